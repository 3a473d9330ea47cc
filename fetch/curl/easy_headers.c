/* Header lines of requests: the lines of the run, which are made once, and the
 * lines of requests that need other ones. */
#include "fetch/curl/easy_headers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "fetch/method.h"
#include "fetch/request_headers.h"

/* Appends a line to a list. Ends the program if memory is short, because
 * without the line the request would be a different one. */
static void append_line(struct curl_slist **list, const char *line)
{
	*list = mem_must(curl_slist_append(*list, line));
}

static bool has_header(const struct curl_slist *list, const char *name)
{
	const size_t len = strlen(name);

	for (; list; list = list->next)
		if (strcspn(list->data, ":;") == len &&
		    !strncasecmp(list->data, name, len))
			return true;
	return false;
}

static void append_default(struct curl_slist **list, const char *name,
			   const char *value)
{
	char *line;

	if (has_header(*list, name))
		return;
	line = xasprintf("%s: %s", name, value);
	append_line(list, line);
	free(line);
}

/* Appends the default headers of this program. They are lines of the list
 * rather than options of libcurl, because libcurl formats such options twice,
 * which is 4 % of a small request's instructions. */
static void append_defaults(struct curl_slist **list,
			    const struct fetch_config *config)
{
	if (*config->user_agent)
		append_default(list, "User-Agent", config->user_agent);
	append_default(list, "Accept-Encoding", "gzip, deflate, br, zstd");
}

/* Length of a body in bytes. With longer bodies, libcurl would send "Expect:
 * 100-continue" and wait a second for the reply. */
enum { LARGE_BODY = 1 << 20 };

/* Returns true for "-X POST" without a body. libcurl has to be given an empty
 * body then, which it would declare as a form. */
static bool has_no_body_to_send(const struct hop *hop)
{
	return !hop->body.p && method_wants_body(hop->method);
}

/* Returns true if the request sends the body of the configuration, not one of
 * its own, and that body has a type. */
static bool has_typed_body(const struct job *job,
			   const struct fetch_config *config)
{
	return config->body_type && job->hop.body.p == config->body;
}

/* Returns true if the line may be sent to the origin of the job's hop. */
static bool may_send(const struct job *job, const char *line)
{
	return !job->hop.no_credentials || !secret_header(line, strlen(line));
}

static bool has_same_name(const char *line, const char *other)
{
	const size_t len = strcspn(line, ":;");

	return strcspn(other, ":;") == len && !strncasecmp(line, other, len);
}

static bool has_name_of(const struct curl_slist *list, const char *line)
{
	while (list && !has_same_name(list->data, line))
		list = list->next;
	return list;
}

static bool rule_has_header(const struct host_rule *rule, const char *line)
{
	for (size_t i = 0; i < rule->headers.len; i++)
		if (has_same_name(rule->headers.items[i], line))
			return true;
	return host_rule_has_login(rule) &&
	       has_same_name("Authorization:", line);
}

/* Returns true if the settings of the hop's host have a header of that name, or
 * the line is an Authorization and they have a login. */
static bool host_has_header(const struct job *job,
			    const struct fetch_config *config,
			    const char *line)
{
	const struct host_rules *rules = &config->hosts;
	const struct host_rule *rule = NULL;

	while ((rule = host_rules_next(rules, &job->hop.url, rule)))
		if (rule_has_header(rule, line))
			return true;
	return false;
}

/* Returns true if the line of a request comes from a file of options, and the
 * hop's host has a header in its place. Headers of the request itself outweigh
 * those of the host. */
static bool is_replaced(const struct job *job,
			const struct fetch_config *config, const char *line)
{
	const struct strings *from_files = &config->file_headers;

	for (size_t i = 0; i < from_files->len; i++)
		if (!strcmp(from_files->items[i], line))
			return host_has_header(job, config, line);
	return false;
}

static bool has_host_headers(const struct job *job,
			     const struct fetch_config *config)
{
	return config->hosts.len &&
	       host_rules_have_headers(&config->hosts, &job->hop.url);
}

/* Returns a copy of the line at *at, which the caller frees, and moves *at to
 * the next line. Returns NULL at the end of the block. */
static char *next_line(const struct buf *block, size_t *at)
{
	const char *start, *end;
	size_t len;

	if (*at >= block->len)
		return NULL;
	start = block->data + *at;
	len = block->len - *at;
	end = memchr(start, '\n', len);
	if (end)
		len = (size_t)(end - start);
	*at += len + 1;
	return xmemdup(start, len);
}

/* Appends the header block that cmd/input has merged: lines in curl's syntax,
 * including "Name:" (do not send this header) and "Name;" (send it with an
 * empty value). */
static void append_block(struct curl_slist **list, const struct job *job,
			 const struct fetch_config *config)
{
	size_t at = 0;
	char *line;

	while ((line = next_line(&job->req.headers, &at))) {
		if (may_send(job, line) && !is_replaced(job, config, line))
			append_line(list, line);
		free(line);
	}
}

static bool has_conditions(const struct job *job)
{
	return job->req.conditions.len && !job->hop.redirects;
}

/* Appends the conditions (If-None-Match and others) whose names are not in the
 * list. */
static void append_conditions(struct curl_slist **list, const struct job *job)
{
	size_t at = 0;
	char *line;

	while ((line = next_line(&job->req.conditions, &at))) {
		if (!has_name_of(*list, line))
			append_line(list, line);
		free(line);
	}
}

static void append_list(struct curl_slist **list,
			const struct curl_slist *from)
{
	for (; from; from = from->next)
		append_line(list, from->data);
}

/* Appends the run's headers, except those that the host has, too. */
static void append_shared(struct curl_slist **list, const struct job *job,
			  const struct fetch_config *config,
			  const struct curl_slist *shared)
{
	for (; shared; shared = shared->next)
		if (!host_has_header(job, config, shared->data))
			append_line(list, shared->data);
}

/* Appends the headers of a rule whose names are not in the list. */
static void append_rule(struct curl_slist **list, const struct job *job,
			const struct host_rule *rule)
{
	struct curl_slist *more = NULL;

	for (size_t i = 0; i < rule->headers.len; i++) {
		const char *line = rule->headers.items[i];

		if (may_send(job, line) && !has_name_of(*list, line))
			append_line(&more, line);
	}
	append_list(list, more);
	curl_slist_free_all(more);
}

static void append_host_headers(struct curl_slist **list,
				const struct job *job,
				const struct fetch_config *config)
{
	const struct host_rules *rules = &config->hosts;
	const struct host_rule *rule = NULL;

	while ((rule = host_rules_next(rules, &job->hop.url, rule)))
		append_rule(list, job, rule);
}

bool easy_wants_own_headers(const struct job *job,
			    const struct fetch_config *config)
{
	return job->req.headers.len || has_conditions(job) ||
	       job->hop.authorization ||
	       has_host_headers(job, config) || job->hop.body.len >= LARGE_BODY ||
	       has_no_body_to_send(&job->hop) || has_typed_body(job, config);
}

struct curl_slist *easy_own_headers(const struct job *job,
				    const struct fetch_config *config,
				    const struct curl_slist *shared)
{
	struct curl_slist *list = NULL;

	append_line(&list, "Expect:");
	if (job->req.headers.len)
		append_block(&list, job, config);
	else
		append_shared(&list, job, config, shared);
	append_host_headers(&list, job, config);
	if (has_conditions(job))
		append_conditions(&list, job);
	if (job->hop.authorization)
		append_default(&list, "Authorization", job->hop.authorization);
	if (has_no_body_to_send(&job->hop) && !has_header(list, "Content-Type"))
		append_line(&list, "Content-Type:");
	if (has_typed_body(job, config) && !has_header(list, "Content-Type"))
		append_line(&list, config->body_type);
	append_defaults(&list, config);
	return list;
}

void easy_headers(const struct fetch_config *config,
		  struct curl_slist **all, struct curl_slist **cross_origin)
{
	for (size_t i = 0; i < config->headers.len; i++) {
		const char *line = config->headers.items[i];

		append_line(all, line);
		if (!secret_header(line, strlen(line)))
			append_line(cross_origin, line);
	}
	append_defaults(all, config);
	append_defaults(cross_origin, config);
}

void fetch_each_header(const struct job *job, const struct fetch_config *config,
		       void (*each)(void *ctx, const char *line), void *ctx)
{
	struct curl_slist *all = NULL, *cross_origin = NULL, *own = NULL;

	easy_headers(config, &all, &cross_origin);
	if (easy_wants_own_headers(job, config))
		own = easy_own_headers(job, config, all);
	for (const struct curl_slist *l = own ? own : all; l; l = l->next)
		each(ctx, l->data);
	curl_slist_free_all(own);
	curl_slist_free_all(all);
	curl_slist_free_all(cross_origin);
}
