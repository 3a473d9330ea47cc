/*
 * The command scrape: reads a list of requests, passes them to the engine, and
 * writes a record for each.
 */
#include "cmd/scrape/scrape.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/engine/engine.h"
#include "cmd/engine/modes.h"
#include "cmd/engine/signals.h"
#include "cmd/input/input.h"
#include "cmd/report/results.h"
#include "cmd/scrape/list_shard.h"
#include "cmd/scrape/resumption.h"
#include "cmd/scrape/unique.h"
#include "cmd/session/archive.h"
#include "cmd/session/session.h"

/* Limits with --ordered: records that may wait for an older one, and their
 * total size in bytes. */
enum { WINDOW = 8192, HELD_BYTES = 256 << 20 };

struct run {
	struct session session;
	const struct options *options;
	struct engine *engine;
	struct input *input;
	struct resumption resumption;	/* for --resume and --retry-failed */
	struct unique *unique;	/* NULL unless --unique */
	uint64_t copies;	/* number of records that --unique has copied */
	uint64_t requests;	/* number read; index of the next request */
	uint64_t others;	/* number of these that other machines make
				 * (--shard) */
	double record_bytes;	/* moving average of sizes; 0: no record yet */
	bool other_list;	/* the output file belongs to another list */
	bool lost_records;	/* a record or exchange could not be stored */
};

/* Updates the average, which rises quickly and falls slowly so that memory use
 * is overestimated rather than underestimated. */
static void update_record_bytes(struct run *run, size_t len)
{
	const double more = (double)len - run->record_bytes;

	if (run->record_bytes <= 0)
		run->record_bytes = (double)len;
	else
		run->record_bytes += more > 0 ? more / 4 : more / 64;
}

/* Ends the run, because something that is needed cannot be stored. */
static void stop_without_records(struct run *run)
{
	run->lost_records = run->session.stopping = true;
	engine_stop(run->engine);
}

static void on_record(void *ctx, struct job *job)
{
	struct run *run = ctx;

	if (archive_has_failed(run->options)) {
		stop_without_records(run);
		return;
	}
	if (run->unique && unique_keep(run->unique, job,
				       input_ended(run->input)))
		stop_without_records(run);
	stats_add(run->session.stats, job);
	update_record_bytes(run, job->record.len);
	output_put(run->session.output, job->req.index, &job->record);
}

/* Returns how far a request may be ahead of the oldest one without a record.
 * Ordered records wait in memory for the oldest, so the distance is bounded,
 * also by their recent size. The oldest request itself is always within the
 * bound. */
static uint64_t order_window(const struct run *run)
{
	const double least = 2.0 * run->options->engine.fetch.parallel_max;
	double fit = run->record_bytes > 0 ? HELD_BYTES / run->record_bytes : 0;

	if (fit < least)
		fit = least;
	return fit < WINDOW ? (uint64_t)fit : WINDOW;
}

static bool is_beyond_window(const struct run *run)
{
	return run->options->ordered && run->requests >=
		output_oldest(run->session.output) + order_window(run);
}

/* Tells --unique that the request of a skipped line has a record, which other
 * lines can copy. */
static void note_request(struct run *run, struct job *job)
{
	uint64_t at, len;
	int fd;

	if (!run->unique || run->resumption.table)
		return;
	resume_place(run->resumption.resume, job->req.index, &fd, &at, &len);
	unique_has(run->unique, job, fd, at, len);
}

/* Puts the record of a line that has waited for the same request of another
 * line. Returns false if there is no such record yet. */
static bool put_copy(struct run *run)
{
	struct buf record = {0};
	uint64_t index;
	int result;

	if (!run->unique)
		return false;
	result = unique_next(run->unique, &index, &record);
	if (result < 0)
		stop_without_records(run);
	if (result <= 0)
		return false;
	update_record_bytes(run, record.len);
	stats_copied(run->session.stats, clock_now());
	run->copies++;
	output_put(run->session.output, index, &record);
	return true;
}

/* Returns true if no line may be read now, because the oldest line has no
 * record yet, or the output or --unique has no room. */
static bool must_wait(const struct run *run)
{
	return is_beyond_window(run) || output_full(run->session.output) ||
	       (run->unique && unique_is_full(run->unique));
}

/* Returns true if the request must be made; otherwise frees the job. */
static bool is_missing(struct run *run, struct job *job)
{
	const struct resume *r = run->resumption.resume;
	const bool is_ours = list_shard_has(run->options, job);

	run->others += !is_ours;
	switch (r ? resume_has(r, job, is_ours) : is_ours ? RESUME_MISSING
							  : RESUME_NOT_OURS) {
	case RESUME_MISSING:
		return true;
	case RESUME_HAS:
		note_request(run, job);
		/* fall through */
	case RESUME_NOT_OURS:
		output_skip(run->session.output, job->req.index);
		break;
	case RESUME_OTHER:
		run->other_list = run->session.stopping = true;
		engine_stop(run->engine);
		break;
	}
	job_free(job);
	return false;
}

static struct job *next_job(void *ctx)
{
	struct run *run = ctx;
	/* Return to the loop after skipping this many requests. */
	enum { AT_ONCE = 1000 };

	for (int i = 0; i < AT_ONCE && !run->session.stopping; i++) {
		struct job *job;

		if (!output_full(run->session.output) && put_copy(run))
			continue;
		job = must_wait(run) ? NULL : input_next(run->input);
		if (!job)
			return NULL;
		run->requests++;
		if (is_missing(run, job) &&
		    !(run->unique && unique_take(run->unique, job)))
			return job;
	}
	engine_wake(run->engine);
	return NULL;
}

/* Returns the number of records of earlier runs that stay. */
static uint64_t records_before(const struct run *run)
{
	const struct resume *r = run->resumption.resume;

	return r ? resume_records(r) : 0;
}

/* Returns the expected number of this machine's requests; 0: unknown. The rest
 * of the list is assumed to be like the lines read so far. */
static uint64_t total_requests(const struct run *run)
{
	const uint64_t total = input_total(run->input);
	const double ours = (double)(run->requests - run->others);

	return run->others ? (uint64_t)((double)total * ours /
					(double)run->requests) : total;
}

/* Called for each drawing of the progress line. */
static void fill_progress(void *ctx, struct progress_line_view *view,
			  struct buf *hold)
{
	const struct run *run = ctx;
	const struct engine_outlook look = engine_look(run->engine, hold);

	view->before = records_before(run) + run->copies;
	view->total = total_requests(run);
	view->is_estimate = !input_ended(run->input);
	view->in_flight = engine_in_flight(run->engine);
	view->pause = look.pause;
	view->least = look.least;
}

static bool is_exhausted(void *ctx)
{
	const struct run *run = ctx;

	return input_ended(run->input) || is_beyond_window(run) ||
	       (run->unique && unique_is_full(run->unique));
}

static bool is_full(void *ctx)
{
	const struct run *run = ctx;

	return output_full(run->session.output);
}

/* Called when there is new input, or room in the output. */
static void on_change(void *ctx)
{
	const struct run *run = ctx;

	if (run->engine)
		engine_wake(run->engine);
}

/* Called on an interrupt: requests not started get no record. */
static void on_stop(void *ctx)
{
	struct run *run = ctx;

	log_warn("stopping: waiting for the requests in flight (interrupt "
		 "again to end at once)");
	engine_stop(run->engine);
}

static int open_engine(struct run *run)
{
	const struct options *o = run->options;

	run->engine = engine_open(run->session.loop, &o->engine,
				  &(struct engine_owner){
		.next = next_job,
		.is_exhausted = is_exhausted,
		.is_full = is_full,
		.on_record = on_record,
		.ctx = run,
	});
	return run->engine ? 0 : -1;
}

/* Opens the parts of the run. Returns 0, or the exit code. */
static int run_open(struct run *run)
{
	const struct options *o = run->options;
	struct input_config list;
	int code;

	if (session_open(&run->session, o))
		return EXIT_NOT_COMPLETED;
	code = resumption_open(&run->resumption, o, run->session.loop);
	if (code)
		return code;
	if (resumption_begin_archive(&run->resumption))
		return EXIT_NOT_COMPLETED;
	if (session_open_output(&run->session, &(struct session_owner){
		.path = run->resumption.retry_path,
		.append = o->resume,
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = run,
	}) || open_engine(run))
		return EXIT_NOT_COMPLETED;
	if (o->unique)
		run->unique = unique_open(&o->engine.fetch);
	list = options_list(o);
	run->input = input_open(run->session.loop, &list, on_change, run);
	session_set_stats(&run->session, results_stats(o, RESULTS_LIST));
	progress_set_source(run->session.progress, fill_progress, run);
	return 0;
}

static void run_close(struct run *run)
{
	session_stop(&run->session);
	if (run->input)
		input_close(run->input);
	engine_close(run->engine);
	unique_close(run->unique);
	resumption_close(&run->resumption);
	session_close(&run->session);
}

static bool is_done(void *ctx)
{
	const struct run *run = ctx;

	if (engine_jobs(run->engine) > 0)
		return false;
	return run->session.stopping ||
	       (input_ended(run->input) &&
		!(run->unique && unique_waiting(run->unique)));
}

/* Completes --resume. Returns 0 or -1. */
static int finish_resumed(const struct run *run)
{
	const int err = resumption_finish(&run->resumption, run->requests,
					  run->requests - run->others,
					  run->session.stopping);

	return run->other_list || run->lost_records ? -1 : err;
}

/* Returns true if so many requests have failed that the options ask for exit
 * code 1. Records that a resumed run has found count, too. */
static bool has_failed(const struct run *run)
{
	const struct options *o = run->options;
	const struct stats *st = run->session.stats;
	const struct resume *r = run->resumption.resume;

	if (o->has_fail_over)
		return results_fail_over(
			o, stats_failed(st) + (r ? resume_failed(r) : 0),
			stats_done(st) + (r ? resume_records(r) : 0),
			RESULTS_LIST);
	return o->engine.parse.fail &&
	       (stats_errors(st) > 0 || (r && resume_has_errors(r)));
}

/* Reports an interrupted run. The number of requests left is unknown, as the
 * list is not read to its end. */
static void report_interrupt(const struct run *run)
{
	const struct resume *r = run->resumption.resume;
	const uint64_t done = records_before(run) + run->copies +
			      stats_done(run->session.stats);

	if (r && resume_repeated(r)) {
		log_warn("stopped: %" PRIu64 " request%s made; run the same "
			 "command to continue", stats_done(run->session.stats),
			 stats_done(run->session.stats) == 1 ? " was"
							     : "s were");
		return;
	}

	log_warn("stopped: %" PRIu64 " request%s a record%s", done,
		 done == 1 ? " has" : "s have",
		 options_may_resume(run->options)
			 ? "; run the same command with --resume to "
			   "continue"
			 : ", the others have none");
}

/* Reports the outcome in cases that would otherwise print nothing. */
static void report_outcome(const struct run *run)
{
	if (signals_caught())
		report_interrupt(run);
	else if (run->session.stopping || input_has_no_urls(run->input))
		;	/* the error has been logged already */
	else if (!run->requests)
		log_warn("the list is empty: there was nothing to fetch");
	else if (run->requests == run->others)
		log_warn("no request of the list belongs to this --shard");
	else if (!stats_done(run->session.stats) && !run->copies)
		log_warn("nothing to do: each request already has its record%s",
			 run->options->retry.is_wanted
				 ? ", and none is to be repeated" : "");
	else
		results_warn_all_failed(run->session.stats, RESULTS_LIST);
}

static int exit_code(const struct run *run, int failed, int results)
{
	if (failed || results)
		return EXIT_NOT_COMPLETED;
	report_outcome(run);
	if (signals_caught())
		return 128 + signals_caught();
	if (input_has_no_urls(run->input))
		return run->requests ? EXIT_NOT_COMPLETED : EXIT_USAGE;
	if (input_error(run->input))
		return EXIT_NOT_COMPLETED;
	return has_failed(run) ? EXIT_SOME_FAILED : 0;
}

static int run_requests(void *ctx)
{
	const struct options *options = ctx;
	struct run run = {.options = options};
	int code = run_open(&run), failed;
	msec ended;

	if (code)
		goto out;
	engine_wake(run.engine);
	if (session_run(&run.session, is_done, &run)) {
		/* Results of requests in flight cannot be written, so do not
		 * wait for them. */
		results_write(options, run.session.stats, clock_now(),
			      run.session.stopping);
		_exit(EXIT_NOT_COMPLETED);
	}
	failed = session_close_output(&run.session);
	if (!failed && finish_resumed(&run) && !signals_caught())
		failed = -1;
	ended = clock_now();
	stats_warn(run.session.stats);
	/* Close the engine before results_write(): CPU time of child processes
	 * counts only once they have ended. */
	engine_close(run.engine);
	run.engine = NULL;
	code = exit_code(&run, failed,
			 results_write(options, run.session.stats, ended,
				       signals_caught()));
out:
	run_close(&run);
	return code;
}

int scrape_command(struct options *options)
{
	return archive_run(options, run_requests);
}
