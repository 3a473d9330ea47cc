/*
 * The way of a job:
 *
 *	input -> schedule -> resolve -> fetch -> parse -> output
 *	            ^___________________/
 *	         redirect or retry
 *
 * Back-pressure is at the door only: nothing is admitted while the output is
 * above its mark, and nothing is read while the window of waiting requests is
 * full. All that happens does its own step and asks for a pump, which looks
 * at both doors once per turn of the loop.
 */
#include "cmd/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/columns.h"
#include "cmd/input.h"
#include "cmd/modes.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/signals.h"
#include "cmd/stats.h"
#include "fetch/budget.h"
#include "fetch/fetch.h"
#include "parse/parse.h"
#include "ratelimit/schedule.h"

/* Read ahead: requests, and their bytes. */
enum { WINDOW = 8192, WINDOW_BYTES = 16 << 20 };

/* Of records that wait for an older one, in order. */
enum { HELD_BYTES = 256 << 20 };

/* In one turn: lines that are no requests (they pass the schedule by), and
 * requests started (so that the replies to the first are not kept waiting). */
enum { BATCH = 256 };

struct run {
	const struct options *options;
	struct loop *loop;
	struct schedule *schedule;
	struct stage *resolve, *fetch, *parse, *light;
	struct input *input;
	struct columns *columns;
	struct output *output;
	struct stats *stats;
	struct progress *progress;
	struct loop_timer pump;
	bool pump_asked;
	uint64_t requests;	/* read so far: the next one's index */
	size_t jobs;		/* between input and output */
	size_t waiting_bytes;	/* of requests in the schedule */
	double record_bytes;	/* of a record, lately; 0: there was none */
	bool stopping;		/* interrupted: nothing new is started */
};

static size_t text_bytes(const char *text)
{
	return text ? strlen(text) : 0;
}

static size_t request_bytes(const struct job *job)
{
	const struct request *req = &job->req;

	return req->body.cap + req->headers.cap + text_bytes(req->url) +
	       text_bytes(req->params) + text_bytes(req->id) +
	       job->hop.url.len;
}

static void ask_pump(void *ctx)
{
	struct run *run = ctx;

	if (run->pump_asked)
		return;
	run->pump_asked = true;
	loop_set_timer(run->loop, &run->pump, loop_now(run->loop));
}

static void to_parse(struct run *run, struct job *job)
{
	stage_submit(parse_is_light(job, &run->options->parse) ? run->light : run->parse, job);
}

static void forget(struct run *run, struct job *job)
{
	schedule_done(run->schedule, job);
	job_free(job);
	run->jobs--;
}

/* Goes up quickly and down slowly: it is to be on the safe side. */
static void note_size(struct run *run, size_t len)
{
	const double more = (double)len - run->record_bytes;

	if (run->record_bytes <= 0)
		run->record_bytes = (double)len;
	else
		run->record_bytes += more > 0 ? more / 4 : more / 64;
}

static void on_parsed(void *ctx, struct job *job)
{
	struct run *run = ctx;

	budget_give(run->options->fetch.budget, job->res.charged);
	stats_add(run->stats, job);
	note_size(run, job->record.len);
	output_put(run->output, job->req.index, &job->record);
	forget(run, job);
	ask_pump(run);
}

static void to_schedule(struct run *run, struct job *job)
{
	run->waiting_bytes += request_bytes(job);
	schedule_add(run->schedule, job, loop_now(run->loop));
}

static enum answer answer_of(const struct job *job)
{
	if (job->err || job->res.status >= 500)
		return ANSWER_NONE;
	return job->res.status == 429 ? ANSWER_TOO_MANY : ANSWER_GIVEN;
}

/* The host permit comes back, and the host learns from its answer. */
static void leave_host(struct run *run, struct job *job, msec now)
{
	if (!schedule_fetched(run->schedule, job, answer_of(job), now))
		return;
	log_warn("%.*s answers 429 (too many requests): slowing down; "
		 "--host-rate sets a pace",
		 (int)url_host(&job->hop.url).len, url_host(&job->hop.url).p);
}

static void on_fetched(void *ctx, struct job *job)
{
	struct run *run = ctx;
	const msec now = loop_now(run->loop);
	const struct moment moment = {now, (int64_t)time(NULL), drand48(),
				      schedule_hold(job, now)};
	const size_t charged = job->res.charged;
	struct host_pause pause;
	enum verdict verdict;

	leave_host(run, job, now);
	verdict = fetch_verdict(job, &run->options->fetch, &moment, &pause);
	if (pause.host)
		schedule_close_host(run->schedule,
				    (struct slice){pause.host,
						   strlen(pause.host)},
				    now, pause.until);
	free(pause.host);
	if (verdict == VERDICT_AGAIN)
		budget_give(run->options->fetch.budget, charged);
	if (verdict == VERDICT_DONE && job->record.len)
		on_parsed(run, job);	/* by who fetched it */
	else if (verdict == VERDICT_DONE)
		to_parse(run, job);
	else if (run->stopping && job->hop.redirects == 0)
		forget(run, job);	/* its retry will not come */
	else
		to_schedule(run, job);
	ask_pump(run);
}

static void on_resolved(void *ctx, struct job *job)
{
	struct run *run = ctx;

	if (job->err)
		on_fetched(run, job);
	else
		stage_submit(run->fetch, job);
}

static bool may_read(const struct run *run)
{
	return !run->stopping && !output_full(run->output) &&
	       schedule_waiting(run->schedule) < WINDOW &&
	       run->waiting_bytes < WINDOW_BYTES;
}

/* Ordered records wait for the oldest, so the distance to it is bounded, also
 * by what records of the size of late would take; the oldest itself is always
 * inside. */
static uint64_t reach(const struct run *run)
{
	const double least = 2.0 * run->options->fetch.parallel_max;
	double fit = 0;

	if (run->record_bytes > 0)
		fit = HELD_BYTES / run->record_bytes;
	if (fit < least)
		fit = least;
	return fit < WINDOW ? (uint64_t)fit : WINDOW;
}

static bool is_too_far(const struct run *run)
{
	return run->options->ordered &&
	       run->requests >= output_oldest(run->output) + reach(run);
}

static void read_ahead(struct run *run)
{
	int faulty = 0;

	while (faulty < BATCH && may_read(run) && !is_too_far(run)) {
		struct job *job = input_next(run->input);

		if (!job)
			return;
		run->requests++;
		run->jobs++;
		if (!job->err)
			fetch_prepare(job, &run->options->fetch);
		if (job->err) {
			faulty++;
			to_parse(run, job);
		} else {
			to_schedule(run, job);
		}
	}
}

/* Nothing new is started then. */
static bool is_full(const struct run *run)
{
	return output_full(run->output) ||
	       budget_is_spent(run->options->fetch.budget);
}

/* Returns how long until time alone lets another one start. */
static msec admit(struct run *run)
{
	const msec now = clock_now();
	msec wait = MSEC_NEVER;

	for (int i = 0; i < BATCH && !is_full(run); i++) {
		struct job *job = schedule_next(run->schedule, now, &wait);

		if (!job)
			return wait;
		run->waiting_bytes -= request_bytes(job);
		fetch_begin(job, &run->options->fetch, now);
		stage_submit(run->resolve, job);
	}
	/* A full output, and a request that is finished, ask for a pump. */
	return is_full(run) ? MSEC_NEVER : 0;
}

static void on_pump(void *ctx, msec now)
{
	struct run *run = ctx;
	msec wait;

	(void)now;
	run->pump_asked = false;
	read_ahead(run);
	wait = admit(run);
	if (run->progress)
		progress_set(run->progress,
			     schedule_in_flight(run->schedule),
			     input_total(run->input));
	if (wait < MSEC_NEVER && !run->pump_asked)
		loop_set_timer(run->loop, &run->pump, clock_now() + wait);
}

/* Interrupted: what was not started gets no record; hops of a request that is
 * in flight still count as that. */
static void on_stop(void *ctx)
{
	struct run *run = ctx;
	struct job_list hops = TAILQ_HEAD_INITIALIZER(hops);
	struct job *job;

	run->stopping = true;
	log_warn("stopping: waiting for the requests in flight (interrupt "
		 "again to end at once)");
	while ((job = schedule_take(run->schedule))) {
		run->waiting_bytes -= request_bytes(job);
		if (job->hop.redirects > 0)
			TAILQ_INSERT_TAIL(&hops, job, link);
		else
			forget(run, job);
	}
	while ((job = TAILQ_FIRST(&hops))) {
		TAILQ_REMOVE(&hops, job, link);
		to_schedule(run, job);
	}
	ask_pump(run);
}

static int run_open(struct run *run)
{
	const struct options *o = run->options;

	run->loop = loop_open(LOOP_EPOLL);
	if (!run->loop) {
		log_fatal("no event loop: %s", strerror(errno));
		return -1;
	}
	run->pump.on_due = on_pump;
	run->pump.ctx = run;
	run->columns = columns_new(&o->parse);
	run->output = output_open(run->loop, &(struct output_config){
		.path = o->output,
		.format = o->format,
		.columns = run->columns,
		.ordered = o->ordered,
		.on_change = ask_pump,
		.ctx = run,
	});
	if (!run->output)
		return -1;
	/* Not before: a named pipe is opened when somebody reads it, and until
	 * then a signal is to end the program. */
	if (signals_open(run->loop, on_stop, run)) {
		log_fatal("no signals: %s", strerror(errno));
		return -1;
	}
	run->schedule = schedule_new(&o->limits);
	run->resolve = resolve_open(run->loop, &o->fetch);
	run->fetch = o->mode->open_fetch(run->loop, o);
	run->parse = o->mode->open_parse(run->loop, o);
	run->light = inline_open(run->loop, &parse_work, &o->parse);
	if (!run->resolve || !run->fetch || !run->parse || !run->light)
		return -1;
	stage_on_done(run->resolve, on_resolved, run);
	stage_on_done(run->fetch, on_fetched, run);
	stage_on_done(run->parse, on_parsed, run);
	stage_on_done(run->light, on_parsed, run);
	run->input = input_open(run->loop, &o->sources, &o->fetch.headers,
				ask_pump, run);
	run->stats = stats_new(o->summary != NULL, clock_now());
	if (o->progress)
		run->progress = progress_open(run->loop, run->stats);
	return 0;
}

static void run_close(struct run *run)
{
	progress_close(run->progress);
	if (run->input)
		input_close(run->input);
	stage_close(run->resolve);
	stage_close(run->fetch);
	stage_close(run->parse);
	stage_close(run->light);
	if (run->schedule)
		schedule_free(run->schedule);
	stats_free(run->stats);
	columns_free(run->columns);
	signals_close();
	loop_close(run->loop);
}

static bool is_over(const struct run *run)
{
	return run->jobs == 0 &&
	       (run->stopping || input_ended(run->input));
}

static int write_summary(const struct run *run)
{
	if (!run->options->summary)
		return 0;
	return stats_write(run->stats, run->options->summary, clock_now(),
			   run->stopping);
}

static int exit_code(const struct run *run, int output_errno, int summary)
{
	if (output_errno || summary)
		return 3;
	if (signals_caught())
		return 128 + signals_caught();
	if (input_error(run->input))
		return 3;
	if (run->options->parse.fail && stats_errors(run->stats) > 0)
		return 1;
	return 0;
}

int run_requests(const struct options *options)
{
	struct run run = {.options = options};
	int code = 3;

	srand48((long)(clock_now() * 1e3));
	if (run_open(&run))
		goto out;
	ask_pump(&run);
	while (!is_over(&run) && !output_error(run.output))
		loop_step(run.loop, MSEC_NEVER);
	progress_close(run.progress);
	run.progress = NULL;
	if (output_error(run.output)) {
		/* Said already. There is nowhere to put the results of what
		 * is in flight, so it is not waited for. */
		write_summary(&run);
		_exit(3);
	}
	code = output_close(run.output);
	run.output = NULL;
	code = exit_code(&run, code, write_summary(&run));
out:
	if (run.output)
		output_close(run.output);
	run_close(&run);
	return code;
}
