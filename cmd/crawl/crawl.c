/*
 * The owner of the engine for a crawl: takes pages from the frontier, and adds
 * the links of finished pages to it.
 *
 * Changes of the frontier and records become permanent together, every COMMIT
 * msec or every COMMIT_PAGES pages (cmd/crawl/state.h).
 */
#include "cmd/crawl/crawl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/crawl/follow.h"
#include "cmd/crawl/page_job.h"
#include "cmd/crawl/seed.h"
#include "cmd/crawl/state.h"
#include "cmd/engine/engine.h"
#include "cmd/engine/network.h"
#include "cmd/engine/signals.h"
#include "cmd/input/input.h"
#include "cmd/report/results.h"
#include "cmd/session/session.h"

#define COMMIT 200.0	/* msec */
enum { COMMIT_PAGES = 1000 };

struct crawl {
	const struct options *options;
	struct session session;
	struct engine *engine;
	struct input *seeds;
	struct frontier *frontier;
	struct scope *scope;
	struct skipped skipped;
	struct follow follow;
	struct state state;
	struct loop_timer commit, end;
	unsigned uncommitted;		/* pages done since the last commit */
	uint64_t given;			/* pages handed to the engine */
	uint64_t bytes;			/* of the bodies */
	const char *limit;		/* that was reached; NULL: none */
	bool is_exhausted;		/* nothing to request until a page ends */
	bool has_bad_seeds;
	bool failed;			/* the state cannot be written */
};

/* Ends the crawl because it cannot go on. */
static void fail_crawl(struct crawl *c)
{
	if (!c->failed && frontier_error(c->frontier))
		log_fatal("the crawl cannot go on: %s",
			  frontier_error(c->frontier));
	c->failed = true;
	c->session.stopping = true;
	engine_stop(c->engine);
}

static void commit(struct crawl *c)
{
	c->uncommitted = 0;
	loop_set_timer(c->session.loop, &c->commit, MSEC_NEVER);
	if (!c->failed && state_commit(&c->state, c->frontier,
				       c->session.output)) {
		c->failed = true;
		fail_crawl(c);
	}
}

static void on_commit_due(void *ctx, msec now)
{
	(void)now;
	commit(ctx);
}

/* Notes that a page is done; the frontier and the output have changed. */
static void note_change(struct crawl *c)
{
	if (!c->state.folder)
		return;
	if (!c->uncommitted++)
		loop_set_timer(c->session.loop, &c->commit,
			       loop_now(c->session.loop) + COMMIT);
	if (c->uncommitted >= COMMIT_PAGES)
		commit(c);
}

/* Reads seeds, as far as they have arrived. */
static void read_seeds(struct crawl *c)
{
	struct job *job;

	while (!c->session.stopping && (job = input_next(c->seeds))) {
		const int added = seed_add(&c->follow, job,
					   &c->options->engine.fetch);

		c->has_bad_seeds |= !added;
		if (added < 0)
			fail_crawl(c);
		job_free(job);
	}
}

static bool is_over_quota(const struct crawl *c)
{
	const uint64_t quota = c->options->crawl.quota;

	return quota && c->bytes >= quota;
}

/* Returns true if no further page may be requested. */
static bool is_at_limit(struct crawl *c)
{
	const unsigned max = c->options->crawl.max_pages;

	if (max && c->given >= max)
		c->limit = "--max-pages";
	return c->limit;
}

static struct job *next_page(void *ctx)
{
	struct crawl *c = ctx;
	struct frontier_page *page = NULL;

	read_seeds(c);
	/* The scope is that of all seeds. */
	if (!c->session.stopping && input_ended(c->seeds) && !is_at_limit(c))
		page = frontier_next(c->frontier);
	if (frontier_error(c->frontier))
		fail_crawl(c);
	c->is_exhausted = !page;
	progress_set(c->session.progress, engine_in_flight(c->engine),
		     frontier_pages(c->frontier));
	if (!page)
		return NULL;
	c->given++;
	return page_job_new(page);
}

static bool is_exhausted(void *ctx)
{
	const struct crawl *c = ctx;

	return c->is_exhausted && input_ended(c->seeds);
}

static void stop_at(struct crawl *c, const char *limit)
{
	if (!c->limit)
		c->limit = limit;
	engine_stop(c->engine);
}

static void on_record(void *ctx, struct job *job)
{
	struct crawl *c = ctx;
	struct frontier_page *page = job->owner_data;

	c->bytes += job->bytes;
	stats_add(c->session.stats, job);
	page_job_extend_record(&job->record, page);
	if (job_is_ok(job) && job->res.status < 300 &&
	    follow_links(&c->follow, job, page))
		fail_crawl(c);
	output_put(c->session.output, job->req.index, &job->record);
	if (frontier_done(c->frontier, page))
		fail_crawl(c);
	c->is_exhausted = false;
	note_change(c);
	if (is_over_quota(c) && !c->limit)
		stop_at(c, "--quota");
}

static void on_dropped(void *ctx, struct job *job)
{
	struct crawl *c = ctx;

	c->given--;
	frontier_drop(c->frontier, job->owner_data);
}

static bool may_redirect(void *ctx, struct job *job, const struct url *to)
{
	const struct crawl *c = ctx;

	if (follow_redirect(&c->follow, job, job->owner_data, to))
		return true;
	/* The record names the page that it leads to. */
	free(job->res.final_url);
	job->res.final_url = xmemdup(to->href, to->len);
	return false;
}

static bool is_full(void *ctx)
{
	const struct crawl *c = ctx;

	return output_full(c->session.output);
}

static void on_change(void *ctx)
{
	const struct crawl *c = ctx;

	if (c->engine)
		engine_wake(c->engine);
}

static void on_stop(void *ctx)
{
	struct crawl *c = ctx;

	log_warn("stopping: waiting for the requests in flight (interrupt "
		 "again to end at once)");
	engine_stop(c->engine);
}

static void on_time_up(void *ctx, msec now)
{
	(void)now;
	stop_at(ctx, "--max-duration");
}

static int open_scope(struct crawl *c)
{
	const struct crawl_options *o = &c->options->crawl;
	struct buf why = {0};
	int result = 0;

	c->scope = scope_new(o->scope);
	for (size_t i = 0; i < o->domains.len; i++)
		scope_add_domain(c->scope, o->domains.items[i]);
	for (size_t i = 0; i < o->excluded.len; i++)
		scope_exclude_domain(c->scope, o->excluded.items[i]);
	/* Checked by the options. */
	for (size_t i = 0; i < o->accepted.len; i++)
		result |= scope_add_regex(c->scope, o->accepted.items[i], true,
					  &why);
	for (size_t i = 0; i < o->rejected.len; i++)
		result |= scope_add_regex(c->scope, o->rejected.items[i], false,
					  &why);
	buf_release(&why);
	return result;
}

/* Extends the scope as in the earlier run. */
static void on_move(void *ctx, const char *href)
{
	const struct crawl *c = ctx;
	struct url url;

	if (url_parse(&url, href, strlen(href), NULL))
		return;
	scope_add_seed(c->scope, &url);
	url_release(&url);
}

/* Returns 0 or the exit code. */
static int open_frontier(struct crawl *c)
{
	const struct options *o = c->options;
	struct buf why = {0};
	int code = state_open(&c->state, o->crawl.state, o->output);

	if (code)
		return code;
	c->frontier = frontier_open(&(struct frontier_config){
		.folder = o->crawl.state,
		.ignored = o->crawl.ignored.items,
		.n_ignored = o->crawl.ignored.len,
	}, &why);
	if (!c->frontier) {
		log_fatal("the state of the crawl cannot be opened: %s",
			  buf_cstr(&why));
		buf_release(&why);
		return EXIT_NOT_COMPLETED;
	}
	c->given = frontier_pages_done(c->frontier);
	(void)frontier_each_move(c->frontier, on_move, c);
	return state_begin(&c->state, c->frontier, o->resume);
}

static int open_engine(struct crawl *c)
{
	c->engine = engine_open(c->session.loop, &c->options->engine,
				&(struct engine_owner){
		.next = next_page,
		.is_exhausted = is_exhausted,
		.may_redirect = may_redirect,
		.is_full = is_full,
		.on_record = on_record,
		.on_dropped = on_dropped,
		.ctx = c,
	});
	return c->engine ? 0 : -1;
}

/* Returns 0 or the exit code. */
static int crawl_open(struct crawl *c)
{
	const struct options *o = c->options;
	struct input_config seeds = options_list(o);
	int code;

	if (session_open(&c->session, o) || open_scope(c))
		return EXIT_NOT_COMPLETED;
	code = open_frontier(c);
	if (code)
		return code;
	if (session_open_output(&c->session, &(struct session_owner){
		.append = c->state.is_resumed,
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = c,
	}) || skipped_open(&c->skipped, o->crawl.skipped,
			  c->state.is_resumed) || open_engine(c))
		return EXIT_NOT_COMPLETED;
	c->follow = (struct follow){&o->crawl, c->frontier, c->scope,
				    &c->skipped};
	c->commit = (struct loop_timer){.on_due = on_commit_due, .ctx = c};
	c->end = (struct loop_timer){.on_due = on_time_up, .ctx = c};
	if (o->crawl.max_duration < MSEC_NEVER)
		loop_set_timer(c->session.loop, &c->end,
			       loop_now(c->session.loop) +
			       o->crawl.max_duration);
	c->seeds = input_open(c->session.loop, &seeds, on_change, c);
	session_set_stats(&c->session, results_stats(o, RESULTS_LIST));
	return 0;
}

static void crawl_close(struct crawl *c)
{
	if (c->session.loop) {
		loop_set_timer(c->session.loop, &c->commit, MSEC_NEVER);
		loop_set_timer(c->session.loop, &c->end, MSEC_NEVER);
	}
	session_stop(&c->session);
	if (c->seeds)
		input_close(c->seeds);
	engine_close(c->engine);
	frontier_close(c->frontier);
	scope_free(c->scope);
	skipped_close(&c->skipped);
	state_close(&c->state);
	session_close(&c->session);
}

static bool is_done(void *ctx)
{
	const struct crawl *c = ctx;

	return engine_jobs(c->engine) == 0 &&
	       (c->session.stopping || c->limit || is_exhausted(ctx));
}

static void report_end(const struct crawl *c)
{
	const uint64_t pages = frontier_pages(c->frontier);
	const uint64_t done = frontier_pages_done(c->frontier);

	skipped_report(&c->skipped);
	if (signals_caught() || c->limit)
		log_warn("%s: %" PRIu64 " pages have a record, %" PRIu64
			 " more %s known%s",
			 signals_caught() ? "stopped" : c->limit, done,
			 pages - done, pages - done == 1 ? "is" : "are",
			 c->state.folder
				 ? "; --resume continues the crawl" : "");
	else if (!pages)
		log_warn("there are no seeds: nothing was requested");
	else if (!stats_done(c->session.stats))
		log_warn("nothing to do: the crawl in %s is complete",
			 c->state.folder);
	else
		results_warn_all_failed(c->options, c->session.stats,
					RESULTS_LIST);
}

/* Returns true if the options ask for exit code 1. Records of earlier runs do
 * not count. */
static bool has_failed(const struct crawl *c)
{
	const struct options *o = c->options;
	const struct stats *st = c->session.stats;

	if (o->has_fail_over)
		return results_fail_over(o, stats_failed(st), stats_done(st),
					 RESULTS_LIST);
	return c->has_bad_seeds || (o->engine.parse.fail && stats_errors(st));
}

static int exit_code(const struct crawl *c, int results)
{
	if (results || c->failed)
		return EXIT_NOT_COMPLETED;
	report_end(c);
	if (signals_caught())
		return 128 + signals_caught();
	if (input_error(c->seeds))
		return EXIT_NOT_COMPLETED;
	if (!frontier_pages(c->frontier))
		return EXIT_USAGE;
	return has_failed(c) ? EXIT_SOME_FAILED : 0;
}

/* Closes the output and makes the end of the crawl permanent. */
static int finish_output(struct crawl *c)
{
	if (session_close_output(&c->session))
		return -1;
	return c->failed ? -1 : state_commit(&c->state, c->frontier, NULL);
}

static int run_crawl(void *ctx)
{
	const struct options *options = ctx;
	struct crawl c = {.options = options, .state.lock = -1};
	int code = crawl_open(&c), failed;

	if (code)
		goto out;
	engine_wake(c.engine);
	if (session_run(&c.session, is_done, &c)) {
		results_write(options, c.session.stats, clock_now(), true);
		_exit(EXIT_NOT_COMPLETED);
	}
	failed = finish_output(&c);
	stats_warn(c.session.stats);
	engine_close(c.engine);
	c.engine = NULL;
	failed |= results_write(options, c.session.stats, clock_now(),
				signals_caught());
	failed |= skipped_close(&c.skipped);
	code = exit_code(&c, failed);
out:
	crawl_close(&c);
	return code;
}

int crawl_command(struct options *options)
{
	return network_run(&options->engine, run_crawl, options);
}
