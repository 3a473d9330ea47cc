/* Fetches access tokens with requests through the engine. A failed fetch is
 * retried here with exponential back-off; an old token stays in use until it
 * expires. */
#include "cmd/gather/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/engine.h"
#include "cmd/engine/oauth2.h"
#include "cmd/gather/reply.h"

struct token {
	struct requester requester;
	LIST_ENTRY(token) link;
	struct gather *g;
	struct oauth2_client client;	/* the client in the spec; borrowed */
	struct oauth2_token token;
	bool wanted;
	struct job *job;	/* request that fetches the token, owned by the
				 * engine; or NULL */
	msec not_before;	/* earliest time of the next request */
	struct gather_error *error;
};

struct gather_tokens {
	struct gather *g;
	LIST_HEAD(, token) list;
};

/* --- The request for a token ---------------------------------------------- */

static struct job *make_token_job(const struct token *t)
{
	struct buf login = {0};
	struct job *job = oauth2_request(&t->client, &t->token, &login);

	if (login.len)
		buf_addf(&job->req.headers, "Authorization: %s\n",
			 buf_cstr(&login));
	buf_release(&login);
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

/* --- The response with a token -------------------------------------------- */

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
			    (t->token.text && call->token == t->token.number))
				continue;
			call->recalled = true;
			engine_cancel(g->engine, call->job);
		}
	}
}

static void fail_token(struct token *t, const struct gather_reply *reply,
		       const char *reason)
{
	const struct gather_error *why = reply->error;
	struct buf message = {0};

	buf_addf(&message, "no access token: %s%s",
		 why ? why->message : "the reply has no \"access_token\"",
		 reason);
	if (t->token.text) {
		/* Go on with the old token, which is still valid for a
		 * while. */
		log_warn("%s", buf_cstr(&message));
		t->token.renewal = MSEC_NEVER;
	} else {
		t->error = gather_error_new(why ? why->kind : "parse",
					    buf_cstr(&message), reply->status,
					    t->client.token_url);
	}
	buf_release(&message);
}

/* Takes the token from a reply. Returns false if there is none, and appends the
 * reason that the reply gives. */
static bool take_token(struct token *t, const struct job *job,
		       const struct gather_reply *reply, struct buf *reason)
{
	const msec asked = loop_now(t->g->session.loop) - job->time.total;
	struct oauth2_token unused = {0};

	if (!reply->error) {
		if (!oauth2_token_take(&t->token, reply->json, asked, reason))
			return false;
		oauth2_refresh_token_keep(&t->token, &t->client);
		recall_calls(t);
		return true;
	}
	oauth2_token_take(&unused, reply->json, asked, reason);
	oauth2_token_release(&unused);
	return false;
}

static void on_token_response(struct requester *requester, struct job *job)
{
	struct token *t = (struct token *)requester;
	const struct options *o = t->g->options;
	struct gather_reply reply;
	struct buf reason = {0};
	msec pause;

	t->job = NULL;
	gather_reply_read(&reply, job, NULL);
	if (take_token(t, job, &reply, &reason)) {
		;
	} else if (oauth2_may_retry(&t->token, job, o->engine.fetch.retry,
				    &pause)) {
		t->not_before = loop_now(t->g->session.loop) + pause;
		t->wanted = true;
	} else {
		fail_token(t, &reply, buf_cstr(&reason));
	}
	buf_release(&reason);
	gather_reply_release(&reply);
}

static void on_token_dropped(struct requester *requester)
{
	((struct token *)requester)->job = NULL;
}

/* --- Requests with a token ------------------------------------------------ */

static void drop_token(struct token *t)
{
	oauth2_token_drop(&t->token);
	t->wanted = !t->job;
}

bool gather_token_is_ready(struct token *t, msec now)
{
	if (t->error)
		return true;
	if (t->token.text && now >= t->token.end)
		drop_token(t);
	if (!t->job && (!t->token.text || now >= t->token.renewal))
		t->wanted = true;
	return t->token.text;
}

struct gather_error *gather_token_error(const struct token *t)
{
	const struct gather_error *e = t->error;

	return e ? gather_error_new(e->kind, e->message, e->status, e->url)
		 : NULL;
}

const char *gather_token_text(const struct token *t)
{
	return t->token.text;
}

uint64_t gather_token_number(const struct token *t)
{
	return t->token.number;
}

void gather_token_refused(struct token *t, uint64_t number)
{
	if (!t->token.text || t->token.number != number)
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
		if (is_same(t->client.token_url, auth->token_url) &&
		    is_same(t->client.client_id, auth->client_id) &&
		    is_same(t->client.client_secret, auth->client_secret) &&
		    is_same(t->client.refresh_token, auth->refresh_token) &&
		    is_same(t->client.scope, auth->scope))
			return t;
	t = xcalloc(1, sizeof(*t));
	t->requester.on_done = on_token_response;
	t->requester.on_dropped = on_token_dropped;
	t->g = tokens->g;
	t->client = (struct oauth2_client){
		.token_url = auth->token_url,
		.client_id = auth->client_id,
		.client_secret = auth->client_secret,
		.refresh_token = auth->refresh_token,
		.scope = auth->scope,
	};
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
		oauth2_token_release(&t->token);
		gather_error_free(t->error);
		free(t);
	}
	free(tokens);
}
