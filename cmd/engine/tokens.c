/* Finds out which token a hop needs, and keeps the jobs that wait for it. A
 * list of tokens is enough, because few hosts have their own. */
#include "cmd/engine/tokens.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/job/headers.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/oauth2.h"
#include "fetch/fetch.h"
#include "parse/encoding/content_coding.h"

/* Longest reply to a request for a token. */
enum { REPLY_MAX = 1 << 20 };

struct run_token {
	const struct oauth2_client *client;	/* borrowed */
	struct oauth2_token token;
	struct job_list waiting;
	struct job *request;	/* owned by the engine; or NULL */
	char *error;		/* why there can be no token; or NULL */
	enum err kind;		/* kind of the error */
};

struct tokens {
	const struct fetch_config *run;
	struct fetch_config config;	/* settings of requests for tokens */
	struct tokens_owner owner;
	struct run_token *list;
	size_t len, waiting;
};

/* --- The token of a hop --------------------------------------------------- */

static bool is_authorization(const char *line)
{
	static const char name[] = "authorization";
	const size_t len = strlen(name);

	return !strncasecmp(line, name, len) &&
	       (line[len] == ':' || line[len] == ';');
}

/* Returns true if the line is an Authorization that outweighs the login of the
 * rule, or with rule NULL that of the run. */
static bool is_own_login(const struct tokens *tokens, const char *line,
			 const struct host_rule *rule)
{
	const struct strings *from_files = &tokens->run->file_headers;
	const size_t len = strcspn(line, "\n");

	if (!is_authorization(line))
		return false;
	for (size_t i = 0; rule && i < from_files->len; i++)
		if (strlen(from_files->items[i]) == len &&
		    !memcmp(from_files->items[i], line, len))
			return false;
	return true;
}

/* Returns true if the request has a login of its own: in its URL or in its
 * headers, which include those of -H. */
static bool has_own_login(const struct tokens *tokens, const struct job *job,
			  const struct host_rule *rule)
{
	const struct strings *headers = &tokens->run->headers;
	struct buf own = {0};
	bool has = url_username(&job->hop.url).len ||
		   url_password(&job->hop.url).len;

	buf_add(&own, job->req.headers.data, job->req.headers.len);
	for (const char *p = buf_cstr(&own); *p && !has;) {
		has = is_own_login(tokens, p, rule);
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	for (size_t i = 0; !own.len && i < headers->len; i++)
		has |= is_own_login(tokens, headers->items[i], rule);
	buf_release(&own);
	return has;
}

/* Returns the credentials that the hop's token is fetched with; or NULL. */
static const struct oauth2_client *client_of(const struct tokens *tokens,
					     const struct job *job)
{
	const struct fetch_config *run = tokens->run;
	const struct host_rule *rule;
	const struct oauth2_client *client;

	if (job->hop.no_credentials || job->token_of || job->robots_of)
		return NULL;
	rule = host_rules_login(&run->hosts, &job->hop.url);
	client = rule ? &rule->oauth2 : &run->oauth2;
	return client->token_url && !has_own_login(tokens, job, rule) ? client
								      : NULL;
}

static struct run_token *token_of(struct tokens *tokens, const struct job *job)
{
	const struct oauth2_client *client =
		tokens ? client_of(tokens, job) : NULL;

	for (size_t i = 0; client && i < tokens->len; i++)
		if (tokens->list[i].client == client)
			return &tokens->list[i];
	return NULL;
}

/* --- Requests for tokens -------------------------------------------------- */

/* The request has no other login, and no cookie: its login is that of the
 * client. */
static void request_token(struct tokens *tokens, struct run_token *t,
			  msec not_before)
{
	struct buf login = {0};
	struct job *job = oauth2_request(t->client, &t->token, &login);

	job->req.prefix = REPLY_MAX;
	job->token_of = t;
	fetch_prepare(job, &tokens->config);
	job->hop.no_credentials = true;
	if (login.len)
		job->hop.authorization = buf_detach(&login);
	buf_release(&login);
	job->again = true;
	job->not_before = not_before;
	t->request = job;
	tokens->owner.on_request(tokens->owner.ctx, job);
}

static void fail_job(const struct run_token *t, struct job *job)
{
	job_fail(job, t->kind, "%s", t->error);
}

/* Returns true if the job may be sent with the token. */
static bool is_usable(const struct run_token *t, const struct job *job,
		      msec now)
{
	return t->token.text && (now < t->token.end || job->token_expired);
}

/* Returns all waiting jobs, with the token's error if it has one. */
static void release_waiting(struct tokens *tokens, struct run_token *t,
			    msec now)
{
	struct job_list list = TAILQ_HEAD_INITIALIZER(list);
	struct job *job;

	TAILQ_CONCAT(&list, &t->waiting, link);
	while ((job = TAILQ_FIRST(&list))) {
		TAILQ_REMOVE(&list, job, link);
		job->token_wait = NULL;
		tokens->waiting--;
		job->token_expired |= now >= t->token.end;
		if (t->error)
			fail_job(t, job);
		tokens->owner.on_ready(tokens->owner.ctx, job);
	}
}

static void set_error(struct run_token *t, const struct job *job,
		      const char *reason)
{
	const int status = job->res.status;
	struct buf message = {0};

	buf_addstr(&message, "no access token: ");
	if (job->err)
		buf_addstr(&message, job->err_message);
	else if (status >= 300)
		buf_addf(&message, "HTTP %d", status);
	else
		buf_addstr(&message, "the reply has no \"access_token\"");
	buf_addstr(&message, reason);
	if (t->token.text) {
		log_warn("%s", buf_cstr(&message));
		t->token.renewal = MSEC_NEVER;
		buf_release(&message);
		return;
	}
	t->kind = job->err ? job->err : status >= 300 ? ERR_STATUS : ERR_PARSE;
	t->error = buf_detach(&message);
}

/* Returns true if the reply has a token, or adds the reason that it gives. */
static bool take_reply(struct run_token *t, struct job *job, msec now,
		       struct buf *reason)
{
	const msec asked = now - job->time.total;
	struct oauth2_token unused = {0};
	struct slice coding = {0};

	if (job->err)
		return false;
	headers_get(&job->res.headers, "content-encoding", &coding);
	if (!decode_body_prefix(&job->res.body, coding, REPLY_MAX))
		return false;
	if (job->res.status >= 200 && job->res.status < 300)
		return oauth2_token_take(&t->token, slice_of(&job->res.body),
					 asked, reason);
	oauth2_token_take(&unused, slice_of(&job->res.body), asked, reason);
	oauth2_token_release(&unused);
	return false;
}

void tokens_on_answer(struct tokens *tokens, struct job *job, msec now)
{
	struct run_token *t = job->token_of;
	struct buf reason = {0};
	msec pause;

	t->request = NULL;
	job->token_of = NULL;
	if (take_reply(t, job, now, &reason)) {
		oauth2_refresh_token_keep(&t->token, t->client);
		release_waiting(tokens, t, now);
	} else if (oauth2_may_retry(&t->token, job, tokens->run->retry,
				    &pause)) {
		request_token(tokens, t, now + pause);
	} else {
		set_error(t, job, buf_cstr(&reason));
	}
	if (t->error)
		release_waiting(tokens, t, now);
	buf_release(&reason);
}

void tokens_on_dropped(struct tokens *tokens, struct job *job)
{
	(void)tokens;
	job->token_of->request = NULL;
	job->token_of = NULL;
}

/* --- Requests that need tokens -------------------------------------------- */

bool tokens_admit(struct tokens *tokens, struct job *job, msec now)
{
	struct run_token *t = token_of(tokens, job);

	if (!t || is_usable(t, job, now))
		return true;
	if (t->error) {
		fail_job(t, job);
		return true;
	}
	oauth2_token_drop(&t->token);
	TAILQ_INSERT_TAIL(&t->waiting, job, link);
	job->token_wait = t;
	tokens->waiting++;
	if (!t->request)
		request_token(tokens, t, 0);
	return false;
}

bool tokens_attach(struct tokens *tokens, struct job *job, msec now)
{
	struct run_token *t = token_of(tokens, job);

	if (!t)
		return true;
	if (!is_usable(t, job, now)) {
		job->token_expired |= t->token.text != NULL;
		oauth2_token_drop(&t->token);
		return false;
	}
	free(job->hop.authorization);
	job->hop.authorization = xasprintf("Bearer %s", t->token.text);
	job->token_number = t->token.number;
	if (now >= t->token.renewal && !t->request)
		request_token(tokens, t, 0);
	return true;
}

bool tokens_refuse(struct tokens *tokens, struct job *job)
{
	struct run_token *t;

	if (!fetch_token_is_refused(job))
		return false;
	t = token_of(tokens, job);
	if (!t)
		return false;
	if (t->token.number == job->token_number)
		oauth2_token_drop(&t->token);
	job->token_renewed = true;
	return true;
}

const struct fetch_config *tokens_config(const struct tokens *tokens)
{
	return &tokens->config;
}

size_t tokens_waiting(const struct tokens *tokens)
{
	return tokens ? tokens->waiting : 0;
}

void tokens_remove(struct tokens *tokens, struct job *job)
{
	TAILQ_REMOVE(&job->token_wait->waiting, job, link);
	job->token_wait = NULL;
	tokens->waiting--;
}

struct job *tokens_take(struct tokens *tokens)
{
	struct job *job;

	for (size_t i = 0; tokens && i < tokens->len; i++) {
		job = TAILQ_FIRST(&tokens->list[i].waiting);
		if (!job)
			continue;
		tokens_remove(tokens, job);
		return job;
	}
	return NULL;
}

static void add_token(struct tokens *tokens,
		      const struct oauth2_client *client)
{
	struct run_token *t = &tokens->list[tokens->len];

	if (!client->token_url)
		return;
	t->client = client;
	TAILQ_INIT(&t->waiting);
	tokens->len++;
}

struct tokens *tokens_new(const struct fetch_config *config,
			  const struct tokens_owner *owner)
{
	struct tokens *tokens = xcalloc(1, sizeof(*tokens));

	tokens->run = config;
	tokens->owner = *owner;
	tokens->config = *config;
	tokens->config.method = NULL;
	tokens->config.body = NULL;
	tokens->config.body_len = 0;
	tokens->config.query = NULL;
	tokens->config.max_redirs = 0;
	tokens->list = xcalloc(config->hosts.len + 1, sizeof(*tokens->list));
	add_token(tokens, &config->oauth2);
	for (size_t i = 0; i < config->hosts.len; i++)
		add_token(tokens, &config->hosts.items[i].oauth2);
	if (tokens->len)
		return tokens;
	tokens_free(tokens);
	return NULL;
}

void tokens_free(struct tokens *tokens)
{
	for (size_t i = 0; tokens && i < tokens->len; i++) {
		oauth2_token_release(&tokens->list[i].token);
		free(tokens->list[i].error);
	}
	if (tokens)
		free(tokens->list);
	free(tokens);
}
