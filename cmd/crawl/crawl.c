/* Opens the parts of a crawl, runs it, and closes them. */
#include "cmd/crawl/crawl.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/crawl/commits.h"
#include "cmd/crawl/ending.h"
#include "cmd/crawl/map.h"
#include "cmd/crawl/notes.h"
#include "cmd/crawl/meaning.h"
#include "cmd/crawl/owner.h"
#include "cmd/crawl/progress_view.h"
#include "cmd/crawl/page_roles.h"
#include "cmd/crawl/retry.h"
#include "cmd/crawl/run.h"
#include "cmd/crawl/status/status.h"
#include "cmd/engine/signals.h"
#include "cmd/report/results.h"
#include "cmd/session/archive.h"

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
	owner_stop_at(ctx, "--max-duration");
}

static void on_wait_ends(void *ctx, msec now)
{
	struct crawl *c = ctx;

	(void)now;
	c->is_exhausted = false;
	engine_wake(c->engine);
}

/* Extends the scope by a URL that an earlier run has stored. */
static void on_move(void *ctx, const char *href)
{
	const struct crawl *c = ctx;
	struct url url;

	if (url_parse(&url, href, strlen(href), NULL))
		return;
	scope_add_seed(c->scope, &url);
	url_release(&url);
}

static int open_store(struct crawl *c)
{
	const struct options *o = c->options;
	struct buf why = {0};

	c->frontier = frontier_open(&(struct frontier_config){
		.folder = o->crawl.state,
		.ignored = o->crawl.ignored.items,
		.n_ignored = o->crawl.ignored.len,
		.max_per_host = o->crawl.max_pages_host,
		.in_flight_per_host = o->engine.fetch.parallel_max_host,
	}, &why);
	if (c->frontier)
		return 0;
	log_fatal("the state in %.500s cannot be opened: %s",
		  o->crawl.state ? o->crawl.state : "a temporary file",
		  buf_cstr(&why));
	buf_release(&why);
	return -1;
}

/* Opens the frontier of a new crawl if the frontier of the folder has no page:
 * no crawl can be continued, and the options of the earlier run must not
 * count. */
static int replace_empty(struct crawl *c)
{
	if (!frontier_is_resumed(c->frontier) || frontier_pages(c->frontier))
		return 0;
	frontier_close(c->frontier);
	c->frontier = NULL;
	return state_empty(&c->state) || open_store(c) ? -1 : 0;
}

static bool has_record(void *ctx, uint64_t index)
{
	return store_is_done(ctx, index);
}

/* Begins the archive. A repair of the archive removes the exchanges of pages
 * that are not done. */
static int begin_archive(const struct crawl *c)
{
	return archive_begin(c->options, &(struct archive_rows){
		.has = c->state.is_resumed ? has_record : NULL,
		.ctx = frontier_store(c->frontier),
	});
}

/* Makes the pages that --retry-failed selects wait again. */
static int repeat_failed(struct crawl *c)
{
	uint64_t pages;

	if (!c->options->retry.is_wanted || !c->state.is_resumed)
		return 0;
	if (retry_begin(&c->state, c->frontier, &c->options->retry, &pages))
		return -1;
	if (!pages)
		return 0;
	frontier_close(c->frontier);
	return open_store(c);
}

/* Opens the frontier. Returns 0 or the exit code. */
static int open_frontier(struct crawl *c)
{
	const struct options *o = c->options;
	int code = state_open(&c->state, o->crawl.state, o->output);

	if (code)
		return code;
	code = recrawl_prepare(o);
	if (code)
		return code;
	if (open_store(c) || replace_empty(c))
		return EXIT_NOT_COMPLETED;
	code = state_begin(&c->state, c->frontier, o->resume);
	if (code)
		return code;
	c->state.archive = o;
	if (begin_archive(c) || repeat_failed(c))
		return EXIT_NOT_COMPLETED;
	c->limits.given = frontier_counts(c->frontier).requested;
	c->limits.bytes = frontier_output(c->frontier).bytes;
	c->state.bytes = c->limits.bytes;
	(void)frontier_each_move(c->frontier, on_move, c);
	robots_keeper_open(&c->robots, c->frontier, o->crawl.state,
			   c->state.is_resumed);
	if (meaning_has_other_shard(c->frontier, o))
		return EXIT_USAGE;
	if (meaning_update(c->frontier, o, &c->has_other_options))
		return EXIT_NOT_COMPLETED;
	if (o->crawl.state) {
		c->recrawl = recrawl_open(o, c->frontier);
		if (!c->recrawl)
			return EXIT_NOT_COMPLETED;
	}
	code = map_check(o->crawl.map, c->frontier, o->crawl.state);
	return code ? code : page_roles_check(o->roles, c->frontier,
					      o->crawl.state);
}

static int open_engine(struct crawl *c)
{
	const struct engine_owner owner = owner_of(c);

	c->engine = engine_open(c->session.loop, &c->options->engine, &owner);
	return c->engine ? 0 : -1;
}

/* Opens all parts of a crawl. Returns 0 or the exit code. */
static int crawl_open(struct crawl *c)
{
	const struct options *o = c->options;
	struct input_config seeds = options_list(o);
	int code;

	if (session_open(&c->session, o))
		return EXIT_NOT_COMPLETED;
	c->scope = crawl_scope_new(&o->crawl);
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
	if (o->crawl.traps) {
		c->traps = traps_open(o->crawl.state, c->frontier, c->scope,
				      &c->skipped);
		if (!c->traps)
			return EXIT_NOT_COMPLETED;
	}
	c->follow = (struct follow){
		.options = &o->crawl,
		.shard = &o->shard,
		.frontier = c->frontier,
		.scope = c->scope,
		.skipped = &c->skipped,
		.roles = o->roles,
		.seen = page_links_new(o->roles),
		.traps = c->traps,
		.map = o->crawl.map ? c->session.output : NULL,
		.redirects = &c->redirects,
		.max_redirs = o->engine.fetch.max_redirs,
	};
	c->sitemaps = sitemaps_open(&c->follow);
	if (!c->sitemaps)
		return EXIT_NOT_COMPLETED;
	notes_begin(c);
	if (commits_open(c)) {
		log_fatal("cannot watch the frontier: %s", strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	c->entries = (struct loop_timer){.on_due = owner_take_entries,
					 .ctx = c};
	c->held = (struct loop_timer){.on_due = on_wait_ends, .ctx = c};
	c->end = (struct loop_timer){.on_due = on_time_up, .ctx = c};
	if (o->crawl.max_duration < MSEC_NEVER)
		loop_set_timer(c->session.loop, &c->end,
			       loop_now(c->session.loop) +
			       o->crawl.max_duration);
	c->seeds = input_open(c->session.loop, &seeds, on_change, c);
	session_set_stats(&c->session, results_stats(o, RESULTS_LIST));
	progress_view_begin(c);
	return 0;
}

static void crawl_close(struct crawl *c)
{
	if (c->session.loop) {
		loop_set_timer(c->session.loop, &c->end, MSEC_NEVER);
		loop_set_timer(c->session.loop, &c->held, MSEC_NEVER);
		loop_set_timer(c->session.loop, &c->entries, MSEC_NEVER);
	}
	if (c->frontier)
		commits_close(c);
	session_stop(&c->session);
	if (c->seeds)
		input_close(c->seeds);
	engine_close(c->engine);
	sitemaps_close(c->sitemaps);
	traps_close(c->traps);
	robots_keeper_close(&c->robots);
	recrawl_close(c->recrawl);
	frontier_close(c->frontier);
	scope_free(c->scope);
	skipped_release(&c->skipped);
	digest_set_release(&c->redirects);
	page_links_free(c->follow.seen);
	state_close(&c->state);
	session_close(&c->session);
	buf_release(&c->left_out);
}

/* Closes the output and makes the end of the crawl permanent. */
static int finish_output(struct crawl *c)
{
	frontier_wait(c->frontier);
	if (session_close_output(&c->session))
		return -1;
	skipped_flush(&c->skipped);
	notes_keep(c, notes_end_of(c, false));
	return c->failed ? -1 : state_finish(&c->state, c->frontier);
}

static void add_to_summary(struct crawl *c, bool failed)
{
	stats_set_member(c->session.stats, "crawl",
			 notes_to_json(c, notes_end_of(c, failed)));
}

static bool is_done(void *ctx)
{
	return owner_is_done(ctx);
}

static int run_crawl(void *ctx)
{
	const struct options *options = ctx;
	struct crawl c = {.options = options, .state.lock = -1,
			  .limits.options = &options->crawl};
	int code = crawl_open(&c), failed;

	if (code)
		goto out;
	engine_wake(c.engine);
	if (session_run(&c.session, is_done, &c)) {
		add_to_summary(&c, true);
		results_write(options, c.session.stats, clock_now(), true);
		_exit(ending_report(&c, true));
	}
	failed = finish_output(&c);
	add_to_summary(&c, failed);
	stats_warn(c.session.stats);
	engine_close(c.engine);
	c.engine = NULL;
	failed |= results_write(options, c.session.stats, clock_now(),
				signals_caught());
	failed |= skipped_close(&c.skipped);
	code = ending_report(&c, failed);
out:
	crawl_close(&c);
	return code;
}

int crawl_command(struct options *options)
{
	if (options->crawl.status)
		return status_print(options);
	return archive_run(options, run_crawl);
}
