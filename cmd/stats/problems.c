/* Keeps the first broken and redirected requests, and counts all of them. */
#include "cmd/stats/problems.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest_set.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "base/utf8.h"

enum { SHOWN_URL = 2048, SHOWN_MESSAGE = 300 };

/* Status of the requests whose status is larger. */
enum { STATUS_MAX = 999 };

/* Releases the text, and returns a copy of at most `most` bytes in valid UTF-8,
 * which the caller frees. */
static char *clean_text(struct buf *text, size_t most)
{
	char *clean = utf8_clean(buf_cstr(text), text->len, most, NULL);

	buf_release(text);
	return clean;
}

static char *shown_url(const char *url)
{
	struct buf shown = {0};

	secret_url_show(&shown, url, strlen(url));
	return clean_text(&shown, SHOWN_URL);
}

static char *shown_message(const char *message)
{
	struct buf shown = {0};

	secrets_hide(&shown, message, strlen(message));
	return clean_text(&shown, SHOWN_MESSAGE);
}

/* Returns a new entry at the end of the list. */
static struct problem *add_problem(struct problem_list *l, const struct job *job,
				   const char *via)
{
	l->list = xgrow(l->list, l->len, 1, sizeof(*l->list));
	l->list[l->len] = (struct problem){
		.index = job->req.index,
		.url = shown_url(job->req.url ? job->req.url : ""),
		.via = via ? shown_url(via) : NULL,
	};
	return &l->list[l->len++];
}

/* The error of --fail says only that the status is bad. */
static bool is_by_status(const struct job *job)
{
	return (!job->err || job->err == ERR_STATUS) && job->res.status > 0;
}

static int limited_status(const struct job *job)
{
	return job->res.status < STATUS_MAX ? job->res.status : STATUS_MAX;
}

static void add_broken(struct problems *p, const struct job *job,
		       const char *via)
{
	struct problem_group *group = is_by_status(job)
		? &p->by_status[limited_status(job)] : &p->by_err[job->err];
	struct problem *new;

	group->count++;
	if (p->broken.len >= PROBLEMS_LISTED &&
	    group->listed >= PROBLEMS_LISTED_GROUP)
		return;
	group->listed++;
	new = add_problem(&p->broken, job, via);
	if (is_by_status(job)) {
		new->status = limited_status(job);
		return;
	}
	new->err = job->err;
	new->text = job->err_message ? shown_message(job->err_message) : NULL;
}

/* Returns the status of the first redirect. The chain is JSON, which
 * fetch/redirect.c has written. */
static int first_status(const struct buf *chain)
{
	static const char start[] = "{\"status\":";
	const size_t len = sizeof(start) - 1;
	int status = 0;

	if (chain->len <= len || memcmp(chain->data, start, len) != 0)
		return 0;
	for (size_t i = len; i < chain->len && chain->data[i] >= '0' &&
			     chain->data[i] <= '9' && status < 1000; i++)
		status = status * 10 + chain->data[i] - '0';
	return status;
}

/* Returns true if the response is a redirect that was not followed, as in a
 * crawl, where the target is a page of its own. */
static bool is_redirect(const struct job *job)
{
	const int status = job->res.status;

	return !job->err && (status == 301 || status == 302 || status == 303 ||
			     status == 307 || status == 308);
}

static void add_redirected(struct problems *p, const struct job *job,
			   const char *via)
{
	struct problem *new;

	p->redirects++;
	if (p->redirected.len >= PROBLEMS_LISTED)
		return;
	new = add_problem(&p->redirected, job, via);
	new->is_open = is_redirect(job);
	new->status = job->hop.chain.len ? first_status(&job->hop.chain)
					 : job->res.status;
	new->text = job->res.final_url ? shown_url(job->res.final_url) : NULL;
}

void problems_add(struct problems *p, const struct job *job, const char *via)
{
	if (!job_is_ok(job) && (job->err || job->res.status > 0))
		add_broken(p, job, via);
	if (job->hop.chain.len || is_redirect(job))
		add_redirected(p, job, via);
}

/* --- Loops of redirects --------------------------------------------------- */

/* The redirected requests that were kept: `known` finds a request by its URL,
 * and next[i] is the index of the request to which request i leads, or NONE. */
struct links {
	struct digest_set known;
	size_t *next;
};

enum { NONE = PROBLEMS_LISTED };

/* Returns the index of the request of a URL, or NONE. A URL with a secret is
 * never found, because URLs that differ only in their secrets look the same. */
static size_t find_url(struct links *l, const char *url)
{
	const struct slice text = {url, strlen(url)};
	unsigned long number = NONE;

	if (strstr(url, "***") || !digest_set_has(&l->known, text))
		return NONE;
	digest_set_add(&l->known, text, &number);
	return number;
}

static void links_open(struct links *l, const struct problem_list *redirected)
{
	l->next = xcalloc(redirected->len + 1, sizeof(*l->next));
	for (size_t i = 0; i < redirected->len; i++) {
		const char *url = redirected->list[i].url;
		unsigned long number = i;

		digest_set_add(&l->known, (struct slice){url, strlen(url)},
			       &number);
	}
	for (size_t i = 0; i < redirected->len; i++) {
		const struct problem *one = &redirected->list[i];

		l->next[i] = one->is_open && one->text ? find_url(l, one->text)
						       : NONE;
	}
}

/* Returns true if the redirects that begin with a request never end. */
static bool is_endless(const struct links *l, size_t from, size_t len)
{
	for (size_t steps = 0; steps <= len; steps++) {
		from = l->next[from];
		if (from == NONE)
			return false;
	}
	return true;
}

static void add_loop(struct problems *p, const struct problem *one)
{
	struct problem_list *l = &p->broken;

	p->by_err[ERR_REDIRECTS].count++;
	p->by_err[ERR_REDIRECTS].listed++;
	l->list = xgrow(l->list, l->len, 1, sizeof(*l->list));
	l->list[l->len++] = (struct problem){
		.index = one->index,
		.url = xstrdup(one->url),
		.via = one->via ? xstrdup(one->via) : NULL,
		.text = xstrdup("the redirects form a loop"),
		.err = ERR_REDIRECTS,
	};
}

/* Adds the requests whose redirects form a loop to the broken ones. In a crawl,
 * each of these requests has a record without an error. */
static void find_loops(struct problems *p)
{
	const struct problem_list *l = &p->redirected;
	struct links links = {0};

	if (p->has_loops)
		return;
	p->has_loops = true;
	links_open(&links, l);
	for (size_t i = 0; i < l->len; i++)
		if (is_endless(&links, i, l->len))
			add_loop(p, &l->list[i]);
	digest_set_release(&links.known);
	free(links.next);
}

/* --- JSON ----------------------------------------------------------------- */

static int compare_indices(const void *left, const void *right)
{
	const struct problem *a = left, *b = right;

	return a->index < b->index ? -1 : a->index > b->index;
}

static void sort_by_index(struct problem_list *l)
{
	if (l->len)
		qsort(l->list, l->len, sizeof(*l->list), compare_indices);
}

static json_t *text_to_json(const char *text)
{
	return text ? json_string(text) : json_null();
}

/* Returns the listed requests of a group. */
static json_t *requests_to_json(const struct problem_list *l, enum err err,
				int status)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->len; i++)
		if (l->list[i].err == err && l->list[i].status == status)
			json_array_append_new(array, json_pack("{s:s,s:o,s:o}",
				"url", l->list[i].url,
				"via", text_to_json(l->list[i].via), "message",
				text_to_json(l->list[i].text)));
	return array;
}

static void add_group(const struct problems *p, json_t *groups, enum err err,
		      int status)
{
	const struct problem_group *g = err ? &p->by_err[err]
					    : &p->by_status[status];
	json_t *group;
	size_t at = 0;

	if (!g->count)
		return;
	group = json_pack("{s:o,s:o,s:I,s:o}",
		"status", err ? json_null() : json_integer(status),
		"error", err ? json_string(err_name(err)) : json_null(),
		"count", (json_int_t)g->count,
		"requests", requests_to_json(&p->broken, err, status));
	while (at < json_array_size(groups) &&
	       json_integer_value(json_object_get(json_array_get(groups, at),
						  "count")) >=
		       (json_int_t)g->count)
		at++;
	json_array_insert_new(groups, at, group);
}

static json_t *redirected_to_json(const struct problems *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->redirected.len; i++) {
		const struct problem *one = &p->redirected.list[i];

		json_array_append_new(array, json_pack("{s:s,s:o,s:i,s:o}",
			"url", one->url, "via", text_to_json(one->via),
			"status", one->status,
			"final_url", text_to_json(one->text)));
	}
	return json_pack("{s:I,s:o}", "count", (json_int_t)p->redirects,
			 "requests", array);
}

void problems_to_json(struct problems *p, json_t *summary)
{
	json_t *groups = json_array();

	find_loops(p);
	sort_by_index(&p->broken);
	sort_by_index(&p->redirected);
	for (int err = 1; err < ERR_COUNT; err++)
		add_group(p, groups, (enum err)err, 0);
	for (int status = 1; status <= STATUS_MAX; status++)
		add_group(p, groups, ERR_NONE, status);
	json_object_set_new(summary, "broken", groups);
	json_object_set_new(summary, "redirected", redirected_to_json(p));
}

static void release_list(struct problem_list *l)
{
	for (size_t i = 0; i < l->len; i++) {
		free(l->list[i].url);
		free(l->list[i].text);
		free(l->list[i].via);
	}
	free(l->list);
}

void problems_release(struct problems *p)
{
	release_list(&p->broken);
	release_list(&p->redirected);
	*p = (struct problems){0};
}
