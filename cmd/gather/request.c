/*
 * Builds the request of a call: the request of its endpoint, with the value in
 * its placeholders, changed for the page (URL, parameter, header or cursor).
 *
 * A URL or host that was named by a response is not the user's choice, so it is
 * treated like the target of a redirect: secrets are sent to the endpoint's own
 * origin only (or, if the value is the host, to the origin of base_url), and an
 * endpoint whose responses came from a public address is not led to a private
 * one.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/json/pointer.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/secrets.h"
#include "cmd/gather/query.h"
#include "cmd/gather/run.h"
#include "cmd/gather/template/template.h"
#include "cmd/gather/token.h"

/* --- The URL -------------------------------------------------------------- */

static int add_param(struct buf *out, const char *name, const json_t *param,
		     const json_t *value, struct buf *why)
{
	struct buf text = {0};
	int err;

	err = json_is_string(param)
		? template_fill(&text, json_string_value(param), TEMPLATE_TEXT,
				value, why)
		: template_fill(&text, "{}", TEMPLATE_TEXT, param, why);
	if (!err) {
		if (out->len)
			buf_addch(out, '&');
		percent_encode_form(out, name, strlen(name));
		buf_addch(out, '=');
		percent_encode_form(out, text.data, text.len);
	}
	buf_release(&text);
	return err;
}

static int add_params(struct buf *out, json_t *params, const json_t *value,
		      struct buf *why)
{
	const char *name;
	json_t *param, *one;
	size_t i;

	json_object_foreach(params, name, param) {
		if (!json_is_array(param) &&
		    add_param(out, name, param, value, why))
			return -1;
		json_array_foreach(param, i, one)
			if (add_param(out, name, one, value, why))
				return -1;
	}
	return 0;
}

/* Returns the endpoint's URL for the value, before the changes for a page. */
static char *make_own_url(const struct gather_value *v, struct buf *why)
{
	const struct gather_endpoint *e = v->run->e;
	struct buf url = {0};

	if (!template_fill(&url, e->url, TEMPLATE_URL, v->value, why))
		return buf_detach(&url);
	buf_release(&url);
	return NULL;
}

static char *make_url(const struct call *call, const char *own,
		      struct buf *why)
{
	const struct page_request *page = &call->page;
	const struct gather_value *v = call->value;
	struct buf params = {0};
	char *url = NULL;

	if (page->url)
		return xstrdup(page->url);
	if (add_params(&params, v->run->e->params, v->value, why))
		goto out;
	if (!params.len && !page->param)
		url = xstrdup(own);
	else
		url = gather_query_set(own, params.len ? buf_cstr(&params)
						       : NULL,
				       page->param, page->value);
	if (!url)
		buf_addstr(why, "the URL cannot be parsed");
out:
	buf_release(&params);
	return url;
}

static bool is_same_origin(const char *a, const char *b)
{
	struct url x = {0}, y = {0};
	const bool same = !url_parse(&x, a, strlen(a), NULL) &&
			  !url_parse(&y, b, strlen(b), NULL) &&
			  url_same_origin(&x, &y);

	url_release(&x);
	url_release(&y);
	return same;
}

/* Returns true if the host in the URL comes from a value. */
static bool has_placeholder_in_host(const char *url)
{
	const char *host = strstr(url, "://");

	if (!host)
		return true;
	host += 3;
	return memchr(host, '{', strcspn(host, "/\\?#")) != NULL;
}

/* Handles a host that was chosen by a response: secrets are not sent to it,
 * unless it is the origin of base_url. A secret in the URL itself cannot be
 * left out, so that is an error. */
static int set_placeholder_origin(struct job *job, const struct gather_run *run,
				  const char *own, struct buf *why)
{
	const char *base = run->g->spec->base_url;
	const char *url = job->req.url;

	job->req.from_public = run->from->from_public;
	if (base && is_same_origin(own, base))
		return 0;
	job->req.no_credentials = true;
	if (!secrets_are_surely_in(url, strlen(url)))
		return 0;
	buf_addstr(why, "the host was named by a response and is not that of "
			"base_url, and the URL has a secret: the request is "
			"not sent");
	return -1;
}

static int set_origin(struct job *job, const struct call *call,
		      const char *own, struct buf *why)
{
	const struct gather_run *run = call->value->run;
	const bool is_open = run->from && has_placeholder_in_host(run->e->url);

	if (is_open && set_placeholder_origin(job, run, own, why))
		return -1;
	if (!call->page.url)
		return 0;
	job->req.from_public = run->from_public;
	job->req.no_credentials |= !is_same_origin(call->page.url, own);
	return 0;
}

/* --- Headers -------------------------------------------------------------- */

/* Returns true if a line has the name at the beginning of s; the name ends
 * before ":" or ";". */
static bool has_header(const struct buf *lines, const char *s)
{
	const size_t len = strcspn(s, ":;\n");
	const char *p = lines->data, *const end = p + lines->len;

	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));

		if ((size_t)(end - p) > len && !strncasecmp(p, s, len) &&
		    (p[len] == ':' || p[len] == ';'))
			return true;
		if (!eol)
			break;
		p = eol + 1;
	}
	return false;
}

/* Adds "Name: value" unless there is a header of that name. Both texts must be
 * free of control characters. */
static void add_header(struct buf *lines, const char *name, const char *value)
{
	struct buf line = {0};

	buf_addf(&line, "%s:", name);
	if (!has_header(lines, buf_cstr(&line)))
		buf_addf(lines, "%s: %s\n", name, value);
	buf_release(&line);
}

/* Adds a header line with its placeholders filled. An empty value is written as
 * "Name;", so that it is sent. */
static int add_filled_header(struct buf *lines, const char *line,
			     const json_t *value, struct buf *why)
{
	const size_t start = lines->len;
	const size_t name = strcspn(line, ":;");

	if (template_fill(lines, line, TEMPLATE_HEADER, value, why))
		return -1;
	if (line[name] == ':' && line[name + 1] &&
	    strspn(buf_cstr(lines) + start + name + 1, " \t") >=
		    lines->len - start - name - 1) {
		lines->len = start + name;
		buf_addch(lines, ';');
	}
	buf_addch(lines, '\n');
	return 0;
}

/* Adds the endpoint's headers, except the one that the page sets. */
static int add_endpoint_headers(struct buf *lines, const struct call *call,
				struct buf *why)
{
	const struct gather_value *v = call->value;
	const struct buf *own = &v->run->e->headers;
	const struct buf page = *lines;
	const char *p = own->data, *const end = p + own->len;
	struct buf added = {0};
	int err = 0;

	while (p < end && !err) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		char *line = xmemdup(p, (size_t)(eol - p));

		if (!has_header(&page, line))
			err = add_filled_header(&added, line, v->value, why);
		free(line);
		p = eol + 1;
	}
	buf_add(lines, added.data, added.len);
	buf_release(&added);
	return err;
}

static void add_auth(struct buf *lines, struct call *call)
{
	const struct gather_run *run = call->value->run;
	const struct gather_auth *auth = &run->e->auth;
	struct buf value = {0};

	switch (auth->kind) {
	case AUTH_NONE:
		return;
	case AUTH_BASIC:
		buf_addstr(&value, "Basic ");
		base64_add(&value, auth->secret, strlen(auth->secret));
		break;
	case AUTH_BEARER:
		buf_addf(&value, "Bearer %s", auth->secret);
		break;
	case AUTH_OAUTH2:
		buf_addf(&value, "Bearer %s", gather_token_text(run->token));
		call->token = gather_token_number(run->token);
		break;
	}
	add_header(lines, "Authorization", buf_cstr(&value));
	buf_release(&value);
}

/* Adds the headers of the command line (-H) whose names are not in use yet. */
static void add_command_line_headers(struct buf *lines,
				     const struct strings *headers)
{
	const struct buf own = *lines;
	struct buf more = {0};

	for (size_t i = 0; i < headers->len; i++)
		if (!has_header(&own, headers->items[i]))
			buf_addf(&more, "%s\n", headers->items[i]);
	buf_add(lines, more.data, more.len);
	buf_release(&more);
}

static int add_headers(struct job *job, struct call *call, struct buf *why)
{
	const struct gather_run *run = call->value->run;
	const struct gather_endpoint *e = run->e;
	struct buf *lines = &job->req.headers;

	if (call->page.header)
		add_header(lines, call->page.header, call->page.value);
	if (add_endpoint_headers(lines, call, why))
		return -1;
	add_auth(lines, call);
	add_command_line_headers(lines, &run->g->options->engine.fetch.headers);
	if (e->json)
		add_header(lines, "Content-Type", "application/json");
	else if (e->form)
		add_header(lines, "Content-Type",
			   "application/x-www-form-urlencoded");
	add_header(lines, "Accept", "application/json");
	return 0;
}

/* --- The body ------------------------------------------------------------- */

static int add_json(struct job *job, const struct call *call, struct buf *why)
{
	const struct gather_value *v = call->value;
	json_t *json = template_fill_json(v->run->e->json, v->value, why);
	char *text;

	if (!json)
		return -1;
	if (call->page.pointer &&
	    json_pointer_set(json, call->page.pointer, call->page.value, why)) {
		json_decref(json);
		return -1;
	}
	text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT |
				JSON_REAL_PRECISION(17));
	if (text)
		buf_addstr(&job->req.body, text);
	else
		buf_addstr(why, "json: cannot be written as JSON");
	free(text);
	json_decref(json);
	return text ? 0 : -1;
}

static int add_body(struct job *job, const struct call *call, struct buf *why)
{
	const struct gather_value *v = call->value;
	const struct gather_endpoint *e = v->run->e;

	if (!e->json && !e->body)
		return 0;
	job->req.has_body = true;
	if (e->json)
		return add_json(job, call, why);
	return template_fill(&job->req.body, e->body,
			     e->form ? TEMPLATE_URL : TEMPLATE_TEXT, v->value,
			     why);
}

struct job *gather_request_make(struct call *call, struct buf *why)
{
	const struct gather_endpoint *e = call->value->run->e;
	struct job *job = job_new();
	char *own = make_own_url(call->value, why);

	if (own)
		job->req.url = make_url(call, own, why);
	if (!own || !job->req.url || set_origin(job, call, own, why) ||
	    add_headers(job, call, why) || add_body(job, call, why)) {
		free(own);
		job_free(job);
		return NULL;
	}
	job->req.method = e->method ? xstrdup(e->method) : NULL;
	job->req.max_time = e->max_time;
	/* The priority puts the repeated call before other requests, which
	 * would use up the token. */
	job->req.priority = call->token_retries > 0;
	free(own);
	return job;
}
