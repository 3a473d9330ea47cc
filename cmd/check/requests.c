/* Requests the given pages first, some of which may be saved records, then the
 * pages of sitemaps, and last the links. */
#include "cmd/check/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Return to the loop after this many saved records. */
enum { RECORDS_AT_ONCE = 100 };

static struct job *start(struct check *c, struct target *t, struct job *job)
{
	t->is_started = true;
	c->pages_in_flight += t->is_page;
	job->req.index = c->requests++;
	job->owner_data = (void *)(uintptr_t)(target_index(&c->targets, t) + 1);
	return job;
}

static struct job *target_job(struct check *c, struct target *t)
{
	struct job *job = job_new();

	job->req.url = xstrdup(t->url);
	job->req.from_public = t->from_public;
	job->req.no_credentials = t->no_credentials;
	if (!t->is_page && !t->needs_body && !t->refuses_head)
		job->req.method = xstrdup("HEAD");
	return start(c, t, job);
}

static struct job *sitemap_job(struct check *c)
{
	struct job *job = job_new();

	job->req.url = xstrdup(c->sitemaps.items[c->next_sitemap++]);
	job->owner_data = (void *)(uintptr_t)c->next_sitemap;
	job->req.is_sitemap = true;
	job->req.index = c->requests++;
	c->sitemaps_in_flight++;
	return job;
}

/* Returns the job of a request that was given, unless the same URL was given
 * before; otherwise frees the job and returns NULL. The fragment is looked for
 * all the same. */
static struct job *page_job(struct check *c, struct job *job)
{
	struct target *t;

	if (!check_excludes(c, job->req.url)) {
		t = targets_find(&c->targets, job->req.url);
		targets_make_page(&c->targets, t, page_order(0, c->given++));
		if (!t->is_started)
			return start(c, t, job);
		if (c->options->check.fragments && strchr(job->req.url, '#'))
			audit_add_fragment(&c->audit, job->req.url, NULL);
	}
	job_free(job);
	return NULL;
}

/* Returns the next page of the lists; NULL if there is none now. */
static struct job *next_given(struct check *c)
{
	for (int i = 0; i < RECORDS_AT_ONCE; i++) {
		struct job *job;

		if (output_full(c->session.output))
			return NULL;
		job = input_next(c->input);
		if (!job)
			return NULL;
		if (job->record.len) {
			check_take_record(c, job);
			job_free(job);
			continue;
		}
		job = page_job(c, job);
		if (job)
			return job;
	}
	engine_wake(c->engine);
	return NULL;
}

/* Returns true if all pages are known. */
static bool has_all_pages(const struct check *c)
{
	return input_ended(c->input) && c->next_sitemap == c->sitemaps.len &&
	       !c->sitemaps_in_flight;
}

bool check_excludes(const struct check *c, const char *url)
{
	return pattern_list_matches(&c->excluded,
				    (struct slice){url, strlen(url)}, true);
}

void check_add_sitemap(struct check *c, const char *url)
{
	struct target *t = targets_find(&c->targets, url);

	if (t->is_started)
		return;
	t->is_started = t->is_done = true;
	c->sitemaps.items = xgrow(c->sitemaps.items, c->sitemaps.len, 1,
				  sizeof(*c->sitemaps.items));
	c->sitemaps.items[c->sitemaps.len++] = xstrdup(url);
}

struct job *check_next_job(void *ctx)
{
	struct check *c = ctx;
	struct target *t = NULL;
	struct job *job = NULL;

	if (c->session.stopping)
		return NULL;
	if (c->next_sitemap < c->sitemaps.len)
		return sitemap_job(c);
	if (!input_ended(c->input))
		job = next_given(c);
	if (!job)
		t = targets_next_page(&c->targets);
	if (!job && !t && has_all_pages(c) && c->options->check.from_page)
		t = targets_next_link(&c->targets);
	if (t)
		job = target_job(c, t);
	return job;
}

bool check_is_exhausted(void *ctx)
{
	struct check *c = ctx;

	return has_all_pages(c) && !targets_next_page(&c->targets) &&
	       !(c->options->check.from_page &&
		 targets_next_link(&c->targets));
}

/* Pages that have not come back may have more links. */
void check_fill_progress(void *ctx, struct progress_line_view *view,
			 struct buf *hold)
{
	const struct check *c = ctx;
	const bool links = c->options->check.from_page;
	const struct engine_outlook look = engine_look(c->engine, hold);

	view->in_flight = engine_in_flight(c->engine);
	view->pause = look.pause;
	view->least = look.least;
	if (!has_all_pages(c))
		return;
	view->total = c->requests + targets_to_start(&c->targets, links);
	view->is_estimate = links && (c->pages_in_flight ||
				      c->targets.next_page < c->targets.len);
}
