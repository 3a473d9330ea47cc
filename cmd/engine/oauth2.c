/* Writes requests for access tokens, and reads the replies (RFC 6749). */
#include "cmd/engine/oauth2.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/secrets.h"

/* A token is renewed this long before it expires: a share of its lifetime, at
 * most MARGIN_MAX msec. */
#define MARGIN 0.1
#define MARGIN_MAX 30e3

/* Pause before the first retry, in msec. The engine does not repeat a POST, but
 * repeating this one is harmless. */
#define FIRST_PAUSE 500.0

static void add_field(struct buf *body, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(body, "&%s=", name);
	percent_encode_form(body, value, strlen(value));
}

/* Client and secret are form-encoded first (RFC 6749, 2.3.1). */
static void add_login(struct buf *out, const struct oauth2_client *client)
{
	struct buf login = {0};

	percent_encode_form(&login, client->client_id,
			    strlen(client->client_id));
	buf_addch(&login, ':');
	percent_encode_form(&login, client->client_secret,
			    strlen(client->client_secret));
	buf_addstr(out, "Basic ");
	base64_add(out, login.data, login.len);
	buf_release(&login);
}

struct job *oauth2_request(const struct oauth2_client *client,
			   const struct oauth2_token *token, struct buf *login)
{
	const char *refresh = token->refresh_token ? token->refresh_token
						   : client->refresh_token;
	struct job *job = job_new();
	struct request *req = &job->req;

	req->url = xstrdup(client->token_url);
	req->method = xstrdup("POST");
	req->has_body = true;
	buf_addf(&req->body, "grant_type=%s",
		 refresh ? "refresh_token" : "client_credentials");
	add_field(&req->body, "refresh_token", refresh);
	add_field(&req->body, "scope", client->scope);
	if (client->client_secret)
		add_login(login, client);
	else
		add_field(&req->body, "client_id", client->client_id);
	buf_addstr(&req->headers,
		   "Content-Type: application/x-www-form-urlencoded\n"
		   "Accept: application/json\n");
	return job;
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

/* Keeps a new refresh token, because the server may accept the old one no
 * longer. */
static void take_refresh_token(struct oauth2_token *token,
			       const json_t *object)
{
	const char *text = json_string_value(
		json_object_get(object, "refresh_token"));

	if (!text || !*text ||
	    (token->refresh_token && !strcmp(text, token->refresh_token)))
		return;
	free(token->refresh_token);
	token->refresh_token = xstrdup(text);
	token->has_new_refresh = true;
	secrets_add(text, NULL);
}

static void save_refresh_token(struct oauth2_token *token, const char *path)
{
	struct buf line = {0}, why = {0};

	buf_addf(&line, "%s\n", token->refresh_token);
	if (file_write(path, &line, &why))
		log_warn("the server has sent a new refresh token, which could "
			 "not be saved in %.200s: %s; the old one may be of no "
			 "use for the next run", path, buf_cstr(&why));
	else
		log_warn("the server has sent a new refresh token, which is "
			 "saved in %.200s", path);
	buf_release(&line);
	buf_release(&why);
}

static void warn_unsaved(struct oauth2_token *token)
{
	if (token->has_warned)
		return;
	token->has_warned = true;
	log_warn("the server has sent a new refresh token, which this run "
		 "uses; the old one may be of no use for the next run (in a "
		 "list or a crawl, --oauth2-refresh-token @FILE saves the new "
		 "one in FILE)");
}

void oauth2_refresh_token_keep(struct oauth2_token *token,
			       const struct oauth2_client *client)
{
	if (!token->has_new_refresh)
		return;
	token->has_new_refresh = false;
	if (!client->refresh_token ||
	    !strcmp(token->refresh_token, client->refresh_token))
		return;
	if (client->refresh_file)
		save_refresh_token(token, client->refresh_file);
	else
		warn_unsaved(token);
}

static void set_times(struct oauth2_token *token, msec asked, msec lives)
{
	msec margin = lives * MARGIN;

	if (margin > MARGIN_MAX)
		margin = MARGIN_MAX;
	token->end = asked + lives;
	token->renewal = token->end - margin;
}

bool oauth2_token_take(struct oauth2_token *token, struct slice json,
		       msec asked, struct buf *reason)
{
	json_t *object = json_loadb(json.p, json.len, 0, NULL);
	const char *text = json_string_value(
		json_object_get(object, "access_token"));
	const bool taken = is_valid_token(text);

	if (taken) {
		free(token->text);
		token->text = xstrdup(text);
		token->number++;
		token->failures = 0;
		secrets_add(text, NULL);
		set_times(token, asked, token_lifetime(object));
		take_refresh_token(token, object);
	} else {
		add_reason(reason, object);
	}
	json_decref(object);
	return taken;
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

bool oauth2_may_retry(struct oauth2_token *token, const struct job *job,
		      unsigned retries, msec *pause)
{
	if (!is_transient(job) || token->failures >= retries)
		return false;
	*pause = FIRST_PAUSE * (double)(1 << token->failures % 6);
	token->failures++;
	return true;
}

void oauth2_token_drop(struct oauth2_token *token)
{
	free(token->text);
	token->text = NULL;
}

void oauth2_token_release(struct oauth2_token *token)
{
	free(token->text);
	free(token->refresh_token);
	*token = (struct oauth2_token){0};
}
