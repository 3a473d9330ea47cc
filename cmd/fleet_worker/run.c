/* Runs a worker. Its records go to the hub, so the session writes no output. */
#include "cmd/fleet_worker/run.h"

#include <inttypes.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/engine.h"
#include "cmd/engine/signals.h"
#include "cmd/fleet_worker/crawler.h"
#include "cmd/fleet_worker/loader.h"
#include "cmd/fleet_worker/member.h"
#include "cmd/fleet_worker/seed_loader.h"
#include "cmd/fleet_worker/worker.h"
#include "cmd/report/results.h"
#include "cmd/session/archive.h"
#include "cmd/session/session.h"

struct run {
	struct session session;
	const struct options *options;
	struct fleet_member *member;
	struct worker *worker;
	struct loader *loader;	/* NULL: this machine loads no list */
	struct crawler *crawler;	/* NULL: a list */
	struct seed_loader *seeds;	/* NULL: a list */
	struct engine *engine;
	bool is_ending;		/* the engine was stopped, because the run is at
				 * its end */
};

static struct job *next_job(void *ctx)
{
	const struct run *run = ctx;

	return worker_next(run->worker);
}

/* Always true: the engine gives up waiting for robots.txt files when no other
 * request is left in this process, even if other machines may find more. */
static bool is_exhausted(void *ctx)
{
	(void)ctx;
	return true;
}

static bool is_full(void *ctx)
{
	const struct run *run = ctx;

	return worker_is_full(run->worker);
}

static void drain(struct run *run)
{
	if (run->is_ending)
		return;
	run->is_ending = true;
	run->session.stopping = true;
	worker_drain(run->worker);
	engine_stop(run->engine);
}

static void on_record(void *ctx, struct job *job)
{
	struct run *run = ctx;

	if (archive_has_failed(run->options)) {
		worker_drop(run->worker, job);
		drain(run);
		return;
	}
	if (!worker_has_result(job)) {
		worker_drop(run->worker, job);
		return;
	}
	if (!run->crawler || crawler_take(run->crawler, run->worker, job))
		stats_add(run->session.stats, job);
	worker_finish(run->worker, job);
}

static bool may_redirect(void *ctx, struct job *job, const struct url *to)
{
	const struct run *run = ctx;

	if (!run->crawler)
		return true;
	crawler_redirect(run->crawler, run->worker, job, to);
	return false;
}

/* Called when links that were not handed in have been dropped with a lease. */
static void on_lost(void *ctx)
{
	const struct run *run = ctx;

	if (run->crawler)
		crawler_forget(run->crawler);
}

/* Called when the hub does not have all URLs yet, or has forgotten some. */
static void on_unloaded(void *ctx)
{
	const struct run *run = ctx;

	if (run->loader)
		loader_note_unloaded(run->loader);
	if (run->seeds)
		seed_loader_note_unloaded(run->seeds);
}

static void on_dropped(void *ctx, struct job *job)
{
	const struct run *run = ctx;

	worker_drop(run->worker, job);
}

static bool on_again(void *ctx, struct job *job)
{
	const struct run *run = ctx;

	return worker_on_again(run->worker, job);
}

static msec robots_wait(void *ctx, struct job *job)
{
	const struct run *run = ctx;

	return worker_robots_wait(run->worker, job);
}

/* Called when the job was stopped, or the hub cannot go on. */
static void on_worker_stop(void *ctx)
{
	drain(ctx);
}

/* Called on an interrupt. */
static void on_stop(void *ctx)
{
	log_warn("stopping: waiting for the requests in flight, and giving the "
		 "rest back to the hub (interrupt again to end at once)");
	drain(ctx);
}

static void on_change(void *ctx)
{
	const struct run *run = ctx;

	if (run->engine)
		engine_wake(run->engine);
}

static int open_engine(struct run *run)
{
	run->engine = engine_open(run->session.loop, &run->options->engine,
				  &(struct engine_owner){
		.next = next_job,
		.is_exhausted = is_exhausted,
		.is_full = is_full,
		.may_redirect = may_redirect,
		.on_record = on_record,
		.on_dropped = on_dropped,
		.on_again = on_again,
		.robots_wait = robots_wait,
		.ctx = run,
		.robots_memory = worker_robots(run->worker),
	});
	return run->engine ? 0 : -1;
}

static void fill_progress(void *ctx, struct progress_line_view *view,
			  struct buf *hold)
{
	const struct run *run = ctx;
	const struct engine_outlook look = engine_look(run->engine, hold);
	const struct hub_counts counts = worker_counts(run->worker);
	const uint64_t own = stats_done(run->session.stats);

	view->before = counts.done > own ? counts.done - own : 0;
	view->total = counts.known;
	view->is_estimate = run->loader && !loader_is_done(run->loader);
	view->in_flight = engine_in_flight(run->engine);
	view->pause = look.pause;
	view->least = look.least;
}

/* Called when URLs were added to the hub. */
static void on_added(void *ctx)
{
	const struct run *run = ctx;

	worker_lease_soon(run->worker);
}

static int run_open(struct run *run)
{
	const struct options *o = run->options;
	struct fleet_member *m = run->member;
	const struct input_config list = options_list(o);

	run->session.loop = m->loop;
	m->loop = NULL;
	if (session_open(&run->session, o) ||
	    archive_begin(o, &(struct archive_rows){0}) ||
	    session_open_output(&run->session, &(struct session_owner){
		.path = "/dev/null",
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = run,
	}))
		return -1;
	session_set_stats(&run->session, results_stats(o, RESULTS_LIST));
	run->worker = worker_open(&(struct worker_config){
		.loop = run->session.loop,
		.hub = m->hub,
		.fetch = &o->engine.fetch,
		.read_page = run->crawler ? crawler_read_page : NULL,
		.write_page = crawler_write_page,
		.free_page = crawler_free_page,
		.on_stop = on_worker_stop,
		.on_lost = on_lost,
		.on_unloaded = on_unloaded,
		.ctx = run,
	});
	if (open_engine(run))
		return -1;
	worker_set_engine(run->worker, run->engine);
	m->worker = run->worker;
	if (run->crawler)
		run->seeds = seed_loader_open(run->session.loop, m->hub,
					      run->crawler, !m->must_load,
					      on_added, run);
	else if (m->must_load)
		run->loader = loader_open(run->session.loop, m->hub, &list,
					  &o->engine.fetch, on_added, run);
	progress_set_source(run->session.progress, fill_progress, run);
	return 0;
}

static bool is_done(void *ctx)
{
	struct run *run = ctx;

	if (!worker_is_done(run->worker))
		return false;
	/* Cancel requests that still wait for a robots.txt. */
	if (engine_jobs(run->engine) > 0 && !run->is_ending)
		drain(run);
	return engine_jobs(run->engine) == 0;
}

static void run_close(struct run *run)
{
	const bool may_leave = run->worker && !worker_error(run->worker) &&
			       worker_is_idle(run->worker);

	session_stop(&run->session);
	run->member->worker = NULL;
	loader_close(run->loader);
	seed_loader_close(run->seeds);
	worker_close(run->worker);
	crawler_close(run->crawler);
	engine_close(run->engine);
	if (may_leave)
		hub_leave(run->member->hub);
	hub_close(run->member->hub);
	run->member->hub = NULL;
	session_close(&run->session);
}

static int report_outcome(const struct run *run)
{
	const char *error = worker_error(run->worker);
	const uint64_t done = stats_done(run->session.stats);
	const bool may_return = !worker_is_finished(run->worker);

	if (error) {
		log_fatal("%s", error);
		return EXIT_NOT_COMPLETED;
	}
	if (archive_has_failed(run->options) ||
	    (run->loader && loader_has_failed(run->loader)))
		return EXIT_NOT_COMPLETED;
	if (signals_caught() && may_return)
		log_warn("stopped after %" PRIu64 " request%s; the same command "
			 "goes on", done, done == 1 ? "" : "s");
	else if (!done)
		log_debug("this machine has made no request of the job");
	if (signals_caught() && may_return)
		return 128 + signals_caught();
	return run->options->engine.parse.fail &&
	       stats_errors(run->session.stats) > 0 ? EXIT_SOME_FAILED : 0;
}

static int work(struct options *o, struct crawler *crawler)
{
	struct run run = {.options = o, .member = o->fleet.member,
			  .crawler = crawler};
	int code = EXIT_NOT_COMPLETED;

	if (run_open(&run))
		goto out;
	engine_wake(run.engine);
	if (session_run(&run.session, is_done, &run))
		goto out;
	stats_warn(run.session.stats);
	code = report_outcome(&run);
	if (results_write(o, run.session.stats, clock_now(),
			  signals_caught()))
		code = EXIT_NOT_COMPLETED;
out:
	run_close(&run);
	return code;
}

static int run_list(void *ctx)
{
	return work(ctx, NULL);
}

static int run_crawl(void *ctx)
{
	struct options *o = ctx;

	return work(o, crawler_open(o, slice_of(&o->fleet.member->options)));
}

int list_worker_run(struct options *o)
{
	return archive_run(o, run_list);
}

int crawl_worker_run(struct options *o)
{
	return archive_run(o, run_crawl);
}
