/* Fetches access tokens with requests through the engine. A failed fetch is
 * retried here with exponential back-off; an old token stays in use until it
 * expires. */
#include "cmd/gather/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/secrets.h"
#include "cmd/engine/engine.h"
#include "cmd/gather/reply.h"

/* A token is renewed this long before it expires: a share of its lifetime, at
 * most MARGIN_MAX msec. */
#define MARGIN 0.1
#define MARGIN_MAX 30e3

/* Pause before the first retry, in msec. The engine does not repeat a POST, but
 * repeating this one is harmless. */
#define FIRST_PAUSE 500.0

struct token {
	struct requester requester;
	LIST_ENTRY(token) link;
	struct gather *g;
	const struct gather_auth *auth;
	char *text;		/* NULL: no valid token */
	uint64_t number;
	msec renewal, end;	/* times in msec at which the token is to be
				 * renewed and at which it expires */
	bool wanted;
	struct job *job;	/* request that fetches the token, owned by the
				 * engine; or NULL */
	unsigned failures;	/* number of failed requests since the last
				 * token */
	msec not_before;	/* earliest time of the next request */
	struct gather_error *error;
};

struct gather_tokens {
	struct gather *g;
	LIST_HEAD(, token) list;
};

/* --- The request for a token ----------------------------------------------- */

/* User name and password are form-encoded first (RFC 6749, 2.3.1). */
static void add_login(struct buf *lines, const struct gather_auth *auth)
{
	struct buf login = {0};

	percent_encode_form(&login, auth->client_id, strlen(auth->client_id));
	buf_addch(&login, ':');
	percent_encode_form(&login, auth->client_secret,
			strlen(auth->client_secret));
	buf_addstr(lines, "Authorization: Basic ");
	base64_add(lines, login.data, login.len);
	buf_addch(lines, '\n');
	buf_release(&login);
}

static struct job *make_token_job(const struct token *t)
{
	struct job *job = job_new();
	struct request *req = &job->req;

	req->url = xstrdup(t->auth->token_url);
	req->method = xstrdup("POST");
	req->has_body = true;
	buf_addstr(&req->body, "grant_type=client_credentials");
	if (t->auth->scope) {
		buf_addstr(&req->body, "&scope=");
		percent_encode_form(&req->body, t->auth->scope,
				strlen(t->auth->scope));
	}
	add_login(&req->headers, t->auth);
	buf_addstr(&req->headers,
		   "Content-Type: application/x-www-form-urlencoded\n"
		   "Accept: application/json\n");
	job->not_before = t->not_before;
	return job;
}

struct job *gather_tokens_next(struct gather_tokens *tokens, msec now)
{
	struct token *t;

	(void)now;
	LIST_FOREACH(t, &tokens->list, link) {
		if (!t->wanted || t->job)
			continue;
		t->wanted = false;
		t->job = make_token_job(t);
		t->job->owner_data = &t->requester;
		return t->job;
	}
	return NULL;
}

/* --- Its response ---------------------------------------------------------- */

/* Recalls the calls that have an older token and have not been sent: the server
 * would refuse them. Calls that are being retried are left alone, because their
 * number of attempts would be lost. */
static void recall_calls(const struct token *t)
{
	struct gather *g = t->g;
	struct call *call;

	for (size_t i = 0; i < g->spec->count; i++) {
		if (g->runs[i].token != t)
			continue;
		TAILQ_FOREACH(call, &g->runs[i].active, link) {
			const struct job *job = call->job;

			if (call->recalled || job->stage || job->attempts ||
			    (t->text && call->token == t->number))
				continue;
			call->recalled = true;
			engine_cancel(g->engine, call->job);
		}
	}
}

/* Returns true if the text can go into a header: no spaces or control
 * characters. */
static bool is_valid_token(const char *s)
{
	if (!s || !*s)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= 0x20 || *s == 0x7f)
			return false;
	return true;
}

/* Returns how long the token is valid, in msec. Some servers send the number as
 * a string. */
static msec token_lifetime(const json_t *object)
{
	const json_t *in = json_object_get(object, "expires_in");
	const double seconds = json_is_string(in)
				       ? strtod(json_string_value(in), NULL)
				       : json_number_value(in);

	return seconds > 0 ? seconds * 1e3 : MSEC_NEVER;
}

static bool store_token(struct token *t, const struct job *job,
			const json_t *object)
{
	const msec asked = loop_now(t->g->session.loop) - job->time.total;
	const char *text = json_string_value(
		json_object_get(object, "access_token"));
	const msec lives = token_lifetime(object);
	msec margin = lives * MARGIN;

	if (!is_valid_token(text))
		return false;
	if (margin > MARGIN_MAX)
		margin = MARGIN_MAX;
	free(t->text);
	t->text = xstrdup(text);
	t->number++;
	t->failures = 0;
	t->end = asked + lives;
	t->renewal = t->end - margin;
	secrets_add(text, NULL);
	recall_calls(t);
	return true;
}

static bool is_transient(const struct job *job)
{
	const int status = job->res.status;

	switch (job->err) {
	case ERR_NONE:
	case ERR_PARSE:
		return status == 408 || status == 425 || status == 429 ||
		       status >= 500;
	case ERR_DNS:
	case ERR_CONNECT:
	case ERR_TIMEOUT:
	case ERR_HTTP:
		return true;
	default:
		return false;
	}
}

/* Adds the reason in an error response (RFC 6749, 5.2). */
static void add_reason(struct buf *out, const json_t *object)
{
	const char *error = json_string_value(json_object_get(object,
							      "error"));
	const char *more = json_string_value(
		json_object_get(object, "error_description"));

	if (error)
		buf_addf(out, ": %.100s", error);
	if (error && more)
		buf_addf(out, " (%.200s)", more);
}

static void fail_token(struct token *t, const struct gather_reply *reply,
		       const json_t *object)
{
	const struct gather_error *why = reply->error;
	struct buf message = {0};

	buf_addstr(&message, "no access token: ");
	buf_addstr(&message, why ? why->message : "the reply has no "
						  "\"access_token\"");
	add_reason(&message, object);
	if (t->text) {
		/* Go on with the old token, which is still valid for a
		 * while. */
		log_warn("%s", buf_cstr(&message));
		t->renewal = MSEC_NEVER;
	} else {
		t->error = gather_error_new(why ? why->kind : "parse",
					    buf_cstr(&message), reply->status,
					    t->auth->token_url);
	}
	buf_release(&message);
}

static void on_token_response(struct requester *requester, struct job *job)
{
	struct token *t = (struct token *)requester;
	const struct options *o = t->g->options;
	struct gather_reply reply;
	json_t *object;

	t->job = NULL;
	gather_reply_read(&reply, job, NULL);
	object = json_loadb(reply.json.p, reply.json.len, 0, NULL);
	if (!reply.error && store_token(t, job, object)) {
		;
	} else if (is_transient(job) && t->failures < o->engine.fetch.retry) {
		t->not_before = loop_now(t->g->session.loop) +
				FIRST_PAUSE * (double)(1 << t->failures % 6);
		t->failures++;
		t->wanted = true;
	} else {
		fail_token(t, &reply, object);
	}
	json_decref(object);
	gather_reply_release(&reply);
}

static void on_token_dropped(struct requester *requester)
{
	((struct token *)requester)->job = NULL;
}

/* --- For requests with a token --------------------------------------------- */

static void drop_token(struct token *t)
{
	free(t->text);
	t->text = NULL;
	t->wanted = !t->job;
}

bool gather_token_is_ready(struct token *t, msec now)
{
	if (t->error)
		return true;
	if (t->text && now >= t->end)
		drop_token(t);
	if (!t->job && (!t->text || now >= t->renewal))
		t->wanted = true;
	return t->text;
}

struct gather_error *gather_token_error(const struct token *t)
{
	const struct gather_error *e = t->error;

	return e ? gather_error_new(e->kind, e->message, e->status, e->url)
		 : NULL;
}

const char *gather_token_text(const struct token *t)
{
	return t->text;
}

uint64_t gather_token_number(const struct token *t)
{
	return t->number;
}

void gather_token_refused(struct token *t, uint64_t number)
{
	if (!t->text || t->number != number)
		return;
	drop_token(t);
	recall_calls(t);
}

void gather_tokens_cancel(struct gather_tokens *tokens)
{
	struct token *t;

	LIST_FOREACH(t, &tokens->list, link) {
		t->wanted = false;
		if (t->job)
			engine_cancel(tokens->g->engine, t->job);
	}
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

struct token *gather_tokens_get(struct gather_tokens *tokens,
				const struct gather_auth *auth)
{
	struct token *t;

	if (auth->kind != AUTH_OAUTH2)
		return NULL;
	LIST_FOREACH(t, &tokens->list, link)
		if (is_same(t->auth->token_url, auth->token_url) &&
		    is_same(t->auth->client_id, auth->client_id) &&
		    is_same(t->auth->client_secret, auth->client_secret) &&
		    is_same(t->auth->scope, auth->scope))
			return t;
	t = xcalloc(1, sizeof(*t));
	t->requester.on_done = on_token_response;
	t->requester.on_dropped = on_token_dropped;
	t->g = tokens->g;
	t->auth = auth;
	LIST_INSERT_HEAD(&tokens->list, t, link);
	return t;
}

struct gather_tokens *gather_tokens_new(struct gather *g)
{
	struct gather_tokens *tokens = xcalloc(1, sizeof(*tokens));

	tokens->g = g;
	LIST_INIT(&tokens->list);
	return tokens;
}

void gather_tokens_free(struct gather_tokens *tokens)
{
	struct token *t;

	while (tokens && (t = LIST_FIRST(&tokens->list))) {
		LIST_REMOVE(t, link);
		free(t->text);
		gather_error_free(t->error);
		free(t);
	}
	free(tokens);
}
