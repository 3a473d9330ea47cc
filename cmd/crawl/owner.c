#include "cmd/crawl/owner.h"

#include <string.h>

#include "cmd/crawl/commits.h"
#include "cmd/crawl/map.h"
#include "cmd/crawl/page_job.h"
#include "cmd/crawl/page_roles.h"
#include "cmd/crawl/seed.h"
#include "cmd/session/archive.h"
#include "fetch/fetch.h"
#include "parse/record.h"

/* Most pages that are passed over without a request (pages of traps, or for
 * --map) in one turn of the loop. */
enum { PASSED_OVER_AT_ONCE = 256 };

/* Time in msec after which more entries of a sitemap are added, if the database
 * was too busy. */
#define ENTRIES_WAIT 5.0

/* Reads the seeds that have arrived so far. */
static void read_seeds(struct crawl *c)
{
	struct job *job;

	while (!c->session.stopping && (job = input_next(c->seeds))) {
		const int added = seed_add(&c->follow, c->sitemaps, job,
					   &c->options->engine.fetch);

		c->has_bad_seeds |= !added;
		if (added < 0)
			commits_fail(c);
		job_free(job);
	}
}

/* Returns a page of the frontier that need not wait for sitemaps, or NULL. */
static struct frontier_page *next_page(struct crawl *c)
{
	const msec now = loop_now(c->session.loop);
	struct frontier_page *page = sitemaps_next_page(c->sitemaps, now);
	msec ends;

	while (!page && (page = frontier_next(c->frontier)) &&
	       sitemaps_hold(c->sitemaps, page, now))
		page = NULL;
	ends = sitemaps_wait_ends(c->sitemaps);
	if (!page && ends < MSEC_NEVER)
		loop_set_timer(c->session.loop, &c->held, ends);
	return page;
}

/* Returns true with --map if the page cannot lead to further URLs. */
static bool is_needless(const struct crawl *c, const struct frontier_page *page)
{
	const struct crawl_options *o = &c->options->crawl;

	return o->map && (o->sitemaps == SITEMAPS_ONLY ||
			  page->level >= o->level ||
			  !page_roles_have_links(c->follow.roles, page));
}

/* Finishes a page. Its record, if it has one, is in the output already. */
static void finish_page(struct crawl *c, struct frontier_page *page)
{
	if (c->follow.map && !page->level)
		map_put(c->follow.map, c->follow.roles, page->index, page->url,
			page);
	if (frontier_done(c->frontier, page))
		commits_fail(c);
	commits_note_change(c);
}

/* Finishes a page that gets no record, for the given reason. */
static void leave_out(struct crawl *c, struct frontier_page *page,
		      enum skip_reason reason)
{
	skipped_add(&c->skipped, (struct slice){page->url, strlen(page->url)},
		    page->via, reason);
	if (frontier_skip(c->frontier, page))
		commits_fail(c);
	commits_note_change(c);
}

static bool is_exhausted(void *ctx)
{
	const struct crawl *c = ctx;

	return c->is_exhausted && input_ended(c->seeds);
}

void owner_stop_at(struct crawl *c, const char *option)
{
	limits_reach(&c->limits, option);
	engine_stop(c->engine);
}

/* Follows the links of a finished page. */
static int follow(struct crawl *c, const struct job *job,
		  const struct frontier_page *page)
{
	const uint64_t known = frontier_pages(c->frontier);

	if (!job_is_ok(job) || c->options->crawl.sitemaps == SITEMAPS_ONLY ||
	    (job->res.status >= 300 && !page->is_unmodified) ||
	    recrawl_is_unlinked(c->recrawl, page))
		return 0;
	if (follow_links(&c->follow, job, page))
		return -1;
	if (frontier_pages(c->frontier) > known)
		traps_note_links(c->traps, job, page);
	return 0;
}

/* Notes that a request has ended, before anything else is done with its job. */
static void note_end(struct crawl *c, const struct job *job)
{
	const bool ends = limits_add_bytes(&c->limits, job->bytes);

	c->is_exhausted = false;
	c->state.bytes = c->limits.bytes;
	if (ends)
		engine_stop(c->engine);
}

/* Sets the timer for adding the next entries: in the next turn of the loop, or,
 * if the database is busy, a little later. */
static void wake_entries(struct crawl *c)
{
	const msec wait = frontier_is_full(c->frontier) ? ENTRIES_WAIT : 0;

	if (sitemaps_have_entries(c->sitemaps) && !c->failed)
		loop_set_timer(c->session.loop, &c->entries,
			       loop_now(c->session.loop) + wait);
}

void owner_take_entries(void *ctx, msec now)
{
	struct crawl *c = ctx;

	(void)now;
	c->is_exhausted = false;
	if (!frontier_is_full(c->frontier)) {
		if (sitemaps_take_entries(c->sitemaps))
			commits_fail(c);
		commits_note_change(c);
	}
	wake_entries(c);
	engine_wake(c->engine);
}

static void on_sitemap(struct crawl *c, struct job *job)
{
	if (sitemaps_on_record(c->sitemaps, job, c->engine))
		commits_fail(c);
	commits_note_change(c);
	wake_entries(c);
}

static void on_probe(struct crawl *c, const struct job *job)
{
	if (traps_note_answer(c->traps, job))
		commits_fail(c);
	commits_note_change(c);
}

/* Returns true if the page gets no record, because robots.txt forbids the page
 * and it is not a seed. */
static bool is_left_out(const struct job *job, const struct frontier_page *page)
{
	return job->err == ERR_ROBOTS && !page->was_requested && page->level &&
	       job->host_notes.robots != ROBOTS_NOT_READABLE;
}

static enum page_outcome outcome_of(const struct job *job)
{
	if (job->err)
		return PAGE_ERROR;
	return job->res.status >= 400 ? PAGE_BAD_STATUS : PAGE_GOOD;
}

/* Stores the failure of a page without a record, so that --retry-failed finds
 * the page. */
static void note_unseen(struct crawl *c, const struct job *job,
			const struct frontier_page *page)
{
	skipped_add_unseen(&c->skipped, page->url);
	if (frontier_add_failure(c->frontier, &(struct store_failure){
		.page = page->index,
		.status = (unsigned)job->res.status,
		.error = job->err ? err_name(job->err) : NULL,
	}))
		commits_fail(c);
}

/* Adds the record of a page and its links. */
static void add_page(struct crawl *c, struct job *job,
		     struct frontier_page *page)
{
	const bool has_row = !c->follow.map &&
			     page_roles_have_row(c->follow.roles, page);

	stats_add_from(c->session.stats, job, page->via);
	recrawl_compare(c->recrawl, job, page);
	if (traps_note_page(c->traps, job, page))
		commits_fail(c);
	page_job_extend_record(&job->record, page,
			       roles_name(c->follow.roles, page->role));
	if (follow(c, job, page))
		commits_fail(c);
	if (recrawl_keep(c->recrawl, job, page))
		commits_fail(c);
	if (has_row && recrawl_wants(c->options, page))
		output_put(c->session.output, job->req.index, &job->record);
	else if (!has_row && !c->follow.map && !job_is_ok(job))
		note_unseen(c, job, page);
	page->result = (struct page_result){
		outcome_of(job), job->bytes, job->host_notes,
	};
	finish_page(c, page);
}

static void on_dropped(void *ctx, struct job *job)
{
	struct crawl *c = ctx;

	if (job->req.is_sitemap) {
		sitemaps_on_dropped(c->sitemaps, job);
		return;
	}
	if (!job->owner_data)
		return;
	c->limits.given--;
	frontier_drop(c->frontier, job->owner_data);
}

/* Makes the record of a page that is not requested (--trust-lastmod). */
static void keep_unrequested(struct crawl *c, struct job *job)
{
	struct frontier_page *page = job->owner_data;

	fetch_prepare(job, &c->options->engine.fetch);
	record_write(job, &(struct page){.is_html = false},
		     &c->options->engine.parse);
	add_page(c, job, page);
	job_free(job);
}

/* Adds a page of the previous crawl to which no link has led. */
static int add_unlinked(void *ctx, const struct previous_good *was)
{
	struct crawl *c = ctx;

	return follow_again(&c->follow, was);
}

/* When all other pages are done, adds pages of the previous crawl to which no
 * link has led. Adds some of them at a time, the rest in later turns of the
 * loop. */
static void add_unlinked_pages(struct crawl *c)
{
	int result;

	if (!c->recrawl || !c->is_exhausted || c->failed ||
	    c->session.stopping || engine_jobs(c->engine) > 0 ||
	    limits_end(&c->limits))
		return;
	if (frontier_is_full(c->frontier)) {
		/* on_frontier() wakes the engine when there is room. */
		c->is_exhausted = false;
		return;
	}
	result = recrawl_add_unlinked(c->recrawl, add_unlinked, c);
	if (result < 0)
		commits_fail(c);
	if (result <= 0)
		return;
	commits_note_change(c);
	c->is_exhausted = false;
	engine_wake(c->engine);
}

/* Returns the job of the next page that is to be requested; NULL if there is
 * none. *has_more: call again in the next turn of the loop. */
static struct job *next_wanted(struct crawl *c, bool *has_more)
{
	struct frontier_page *page;
	struct job *job;

	for (unsigned i = 0; i < PASSED_OVER_AT_ONCE; i++) {
		page = c->failed ? NULL : next_page(c);
		if (page && is_needless(c, page))
			finish_page(c, page);
		else if (page && traps_leave_out_page(c->traps, page))
			leave_out(c, page, SKIP_TRAP);
		else if (!page)
			return NULL;
		else if (!recrawl_request(c->recrawl, job = page_job_new(page),
					  page))
			return job;
		else
			keep_unrequested(c, job);
	}
	*has_more = true;
	engine_wake(c->engine);
	return NULL;
}

static struct job *next_job(void *ctx)
{
	struct crawl *c = ctx;
	bool has_more = false;
	struct job *job = NULL;

	read_seeds(c);
	/* Wait until all seeds are read, because they define the scope. */
	if (!c->session.stopping && input_ended(c->seeds) &&
	    !limits_end(&c->limits)) {
		job = sitemaps_next(c->sitemaps);
		if (!job)
			job = traps_next_probe(c->traps);
		if (job)
			return job;
		job = next_wanted(c, &has_more);
	}
	if (frontier_has_failed(c->frontier))
		commits_fail(c);
	c->is_exhausted = !job && !has_more &&
			  !frontier_is_loading(c->frontier) &&
			  !sitemaps_have_entries(c->sitemaps);
	if (!job) {
		add_unlinked_pages(c);
		return NULL;
	}
	c->limits.given++;
	return job;
}

static void on_record(void *ctx, struct job *job)
{
	struct crawl *c = ctx;
	struct frontier_page *page = job->owner_data;

	note_end(c, job);
	if (archive_has_failed(c->options)) {
		on_dropped(c, job);
		commits_fail(c);
		return;
	}
	if (job->req.is_sitemap) {
		on_sitemap(c, job);
		return;
	}
	if (!page) {
		on_probe(c, job);
		return;
	}
	page->was_requested = job->first_start > 0;
	if (!page->was_requested)
		c->limits.given--;
	if (is_left_out(job, page))
		leave_out(c, page, SKIP_ROBOTS);
	else
		add_page(c, job, page);
}

static bool on_postponed(void *ctx, struct job *job)
{
	struct crawl *c = ctx;

	if (job->req.is_sitemap || !job->owner_data)
		return false;
	c->limits.given--;
	c->is_exhausted = false;
	if (frontier_postpone(c->frontier, job->owner_data))
		commits_fail(c);
	return true;
}

static void on_robots(void *ctx, const struct url *url)
{
	struct crawl *c = ctx;

	c->is_exhausted = false;
	if (frontier_release(c->frontier, url_host(url)))
		commits_fail(c);
}

static bool may_redirect(void *ctx, struct job *job, const struct url *to)
{
	struct crawl *c = ctx;

	if (job->req.is_sitemap)
		return sitemaps_may_redirect(c->sitemaps, job, to, c->engine);
	if (!job->owner_data)
		return false;
	if (c->follow.map) {
		if (follow_target(&c->follow, job, job->owner_data, to))
			commits_fail(c);
		return false;
	}
	if (follow_redirect(&c->follow, job, job->owner_data, to))
		return true;
	fetch_end_redirect(job, &job->hop.chain, to);
	return false;
}

static bool is_full(void *ctx)
{
	const struct crawl *c = ctx;

	return output_full(c->session.output) || commits_are_behind(c) ||
	       sitemaps_are_behind(c->sitemaps);
}

struct engine_owner owner_of(struct crawl *c)
{
	return (struct engine_owner){
		.next = next_job,
		.is_exhausted = is_exhausted,
		.may_redirect = may_redirect,
		.is_full = is_full,
		.on_record = on_record,
		.on_postponed = on_postponed,
		.on_robots = on_robots,
		.on_dropped = on_dropped,
		.ctx = c,
		.robots_memory = c->state.folder ? &c->robots.memory : NULL,
	};
}

bool owner_is_done(const struct crawl *c)
{
	return engine_jobs(c->engine) == 0 &&
	       (c->session.stopping || c->limits.reached ||
		is_exhausted((void *)c));
}
