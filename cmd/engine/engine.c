/*
 * Moves jobs between the schedule and the stages.
 *
 * Back-pressure applies only where requests enter: no request is started while
 * the owner is full, and no request is taken from the owner while the window of
 * waiting requests is full. Every event does its own step and asks for a pump,
 * which checks both conditions once per turn of the loop.
 */
#include "cmd/engine/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/job/send_permit.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/archive.h"
#include "cmd/engine/config.h"
#include "cmd/engine/engine_parts.h"
#include "cmd/engine/modes.h"
#include "cmd/engine/robots_filter.h"
#include "fetch/fetch.h"
#include "fetch/body_budget.h"
#include "parse/worker.h"
#include "ratelimit/schedule.h"

/* Limits of reading ahead: requests, and their bytes. */
enum { WINDOW = 8192, WINDOW_BYTES = 16 << 20 };

/* Limits per turn of the loop: input lines that are not requests (they do not
 * pass through the schedule), and requests started (so that replies to the
 * first ones need not wait). */
enum { BATCH = 256 };

void engine_wake(struct engine *e)
{
	if (e->pump_requested)
		return;
	e->pump_requested = true;
	loop_set_timer(e->loop, &e->pump, loop_now(e->loop));
}

static void submit_job(struct stage *stage, struct job *job)
{
	job->stage = stage;
	stage_submit(stage, job);
}

void engine_parse_job(struct engine *e, struct job *job)
{
	job->parse_queued_at = loop_now(e->loop);
	submit_job(mode_is_light(e->config, job) ? e->light : e->parse, job);
}

void engine_schedule_job(struct engine *e, struct job *job)
{
	const msec now = loop_now(e->loop);

	job->stage = NULL;
	if (e->tokens) {
		schedule_done(e->schedule, job);
		if (tokens_admit(e->tokens, job, now) && job->err) {
			engine_parse_job(e, job);
			return;
		}
	}
	e->waiting_bytes += job_request_bytes(job);
	if (!job->token_wait)
		schedule_add(e->schedule, job, now);
}

/* Puts a job whose hop is set up into the schedule, as soon as robots.txt
 * allows the hop. */
static void admit(struct engine *e, struct job *job)
{
	job->stage = NULL;
	if (!e->robots) {
		engine_schedule_job(e, job);
		return;
	}
	schedule_done(e->schedule, job);
	if (!robots_filter_admit(e->robots, job, loop_now(e->loop)))
		e->waiting_bytes += job_request_bytes(job);
	else if (job->err)
		engine_parse_job(e, job);
	else
		engine_schedule_job(e, job);
}

void engine_take_request(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	e->jobs++;
	engine_schedule_job(e, job);
	engine_wake(e);
}

static void on_robots_decided(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	e->waiting_bytes -= job_request_bytes(job);
	if (e->owner.on_robots)
		e->owner.on_robots(e->owner.ctx, &job->hop.url);
	if (job->err)
		engine_parse_job(e, job);
	else
		engine_schedule_job(e, job);
	engine_wake(e);
}

static void on_robots_needless(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	if (job->stage)
		return;
	schedule_remove(e->schedule, job);
	e->waiting_bytes -= job_request_bytes(job);
	engine_drop_job(e, job);
}

static const struct fetch_config *fetch_config_of(const struct engine *e,
						  const struct job *job)
{
	if (job->token_of)
		return tokens_config(e->tokens);
	return job->robots_of ? robots_filter_config(e->robots)
			      : &e->config->fetch;
}

/* Returns true if the job's hop is a redirect that its owner does not follow:
 * then the response is the result. */
static bool stops_at_redirect(const struct engine *e, struct job *job)
{
	struct url to = {0};
	bool stops;

	if (!e->owner.may_redirect || job->robots_of || job->token_of ||
	    !fetch_redirect_target(job, &e->config->fetch, &to))
		return false;
	stops = !e->owner.may_redirect(e->owner.ctx, job, &to);
	url_release(&to);
	return stops;
}

static bool goes_on_elsewhere(const struct engine *e, struct job *job)
{
	return e->owner.on_again && !job->robots_of && !job->token_of &&
	       e->owner.on_again(e->owner.ctx, job);
}

/* Returns true if a request for robots.txt may not be sent to its next host
 * yet, and has ended. */
static bool must_wait(struct engine *e, struct job *job, msec now)
{
	const msec wait = job->robots_of && e->owner.robots_wait
				  ? e->owner.robots_wait(e->owner.ctx, job) : 0;

	if (wait <= 0)
		return false;
	if (!e->stopping) {
		robots_filter_begin_again(e->robots, job, now + wait);
		job->robots_of = NULL;
	}
	engine_free_job(e, job);
	return true;
}

static void on_fetched(void *ctx, struct job *job)
{
	struct engine *e = ctx;
	const msec now = loop_now(e->loop);
	const struct verdict_context context = {
		.now = now,
		.unix_now = (int64_t)time(NULL),
		.random = drand48(),
		.throttle_backoff = schedule_backoff(job, now),
	};
	const size_t charged = job->res.charged;
	struct host_pause pause = {0};
	enum verdict verdict = VERDICT_DONE;

	throttling_note_response(&e->throttling, e->schedule, job, now);
	if (tokens_refuse(e->tokens, job)) {
		body_budget_refund(e->config->fetch.body_budget, charged);
		fetch_repeat_hop(job, now);
		admit(e, job);
		engine_wake(e);
		return;
	}
	if (!stops_at_redirect(e, job))
		verdict = fetch_verdict(job, fetch_config_of(e, job), &context,
					&pause);
	throttling_note_pause(&e->throttling, e->schedule, &pause, now);
	if (verdict == VERDICT_AGAIN)
		body_budget_refund(e->config->fetch.body_budget, charged);
	if (verdict == VERDICT_DONE)
		engine_finish_fetch(e, job);
	else if (goes_on_elsewhere(e, job))
		engine_free_job(e, job);
	else if (e->stopping && job->hop.redirects == 0)
		engine_drop_job(e, job);	/* no retry after a stop */
	else if (!must_wait(e, job, now))
		admit(e, job);
	engine_wake(e);
}

/* Called when a hop has ended. Stores it first if an archive is written, unless
 * the thread that fetched it has done so. */
static void on_hop(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	if (job->exchange)
		submit_job(e->archive, job);
	else
		on_fetched(e, job);
}

static void on_resolved(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	/* Requests that wait for this host may start if its address turns out
	 * to be private. */
	if (schedule_resolved(e->schedule, job, loop_now(e->loop)))
		engine_wake(e);
	if (job->err)
		on_fetched(e, job);
	else
		submit_job(e->fetch, job);
}

static bool may_read(const struct engine *e)
{
	const size_t held = (e->robots ? robots_filter_waiting(e->robots) : 0) +
			    tokens_waiting(e->tokens);

	return !e->stopping && !e->owner.is_full(e->owner.ctx) &&
	       schedule_waiting(e->schedule) + held < WINDOW &&
	       e->waiting_bytes < WINDOW_BYTES;
}

static void read_ahead(struct engine *e)
{
	int faulty = 0;

	while (faulty < BATCH && may_read(e)) {
		struct job *job = e->owner.next(e->owner.ctx);

		if (!job)
			return;
		e->jobs++;
		/* The next hop of a redirected request is prepared already. */
		if (!job->err && !job->hop.redirects)
			fetch_prepare(job, &e->config->fetch);
		if (job->err) {
			faulty++;
			engine_parse_job(e, job);
		} else {
			admit(e, job);
		}
	}
}

/* Ends the waiting for robots.txt files that cannot be reached, if there is
 * nothing else to do, or if so much waits that nothing else can be read. */
static void check_robots(struct engine *e)
{
	if (!e->robots || !robots_filter_waiting(e->robots) ||
	    schedule_in_flight(e->schedule) ||
	    e->jobs != robots_filter_waiting(e->robots) +
			    robots_filter_requests(e->robots))
		return;
	if (e->owner.is_exhausted(e->owner.ctx) || !may_read(e))
		robots_filter_give_up(e->robots, loop_now(e->loop));
}

/* Returns true if no request may be started. */
static bool is_full(const struct engine *e)
{
	return e->owner.is_full(e->owner.ctx) ||
	       body_budget_is_spent(e->config->fetch.body_budget);
}

/* Takes a job out of the schedule that has waited there for longer than its
 * robots.txt or its access token was valid. */
static void return_job(struct engine *e, struct job *job, msec now)
{
	job->hop.started = now;
	schedule_fetched(e->schedule, job, OUTCOME_NONE, now);
	admit(e, job);
}

/* Starts requests. Returns the time in msec until another one may start, or
 * MSEC_NEVER if an event has to happen first. */
static msec start_requests(struct engine *e)
{
	const msec now = clock_now();
	msec wait = MSEC_NEVER;

	for (int i = 0; i < BATCH && !is_full(e); i++) {
		struct job *job = schedule_next(e->schedule, now, &wait);

		if (!job)
			return wait;
		e->waiting_bytes -= job_request_bytes(job);
		if (send_permit_is_over(job->permit)) {
			engine_end_unsent(e, job, now);
			continue;
		}
		if ((e->robots && now >= job->robots_until) ||
		    (e->tokens && !tokens_attach(e->tokens, job, now))) {
			return_job(e, job, now);
			continue;
		}
		fetch_begin(job, fetch_config_of(e, job), now);
		submit_job(e->resolve, job);
	}
	/* engine_wake() is called when the output has room again or a request
	 * finishes. */
	return is_full(e) ? MSEC_NEVER : 0;
}

static void on_pump(void *ctx, msec now)
{
	struct engine *e = ctx;
	msec wait;

	(void)now;
	e->pump_requested = false;
	read_ahead(e);
	engine_postpone(e);
	check_robots(e);
	wait = start_requests(e);
	if (wait < MSEC_NEVER && !e->pump_requested)
		loop_set_timer(e->loop, &e->pump, clock_now() + wait);
}

void engine_each_sitemap(struct engine *e, const struct job *job,
			 on_robots_sitemap *each, void *ctx)
{
	if (e->robots)
		robots_filter_each_sitemap(e->robots, job, each, ctx);
}

size_t engine_jobs(const struct engine *e)
{
	return e->jobs;
}

unsigned engine_in_flight(const struct engine *e)
{
	return schedule_in_flight(e->schedule);
}

static int open_stages(struct engine *e)
{
	const struct engine_config *config = e->config;

	e->resolve = resolve_open(e->loop, &config->fetch);
	e->fetch = config->mode->open_fetch(e->loop, config);
	e->parse = config->mode->open_parse(e->loop, config);
	e->light = inline_open(e->loop, &parse_work, &config->parse);
	if (!e->resolve || !e->fetch || !e->parse || !e->light)
		return -1;
	if (config->fetch.store) {
		e->archive = archive_stage_open(e->loop, config);
		if (!e->archive)
			return -1;
		stage_set_on_done(e->archive, on_fetched, e);
	}
	stage_set_on_done(e->resolve, on_resolved, e);
	stage_set_on_done(e->fetch, on_hop, e);
	stage_set_on_done(e->parse, engine_on_parsed, e);
	stage_set_on_done(e->light, engine_on_parsed, e);
	return 0;
}

struct engine *engine_open(struct loop *loop,
			   const struct engine_config *config,
			   const struct engine_owner *owner)
{
	struct engine *e = xcalloc(1, sizeof(*e));

	srand48((long)(clock_now() * 1e3));
	e->config = config;
	e->owner = *owner;
	e->loop = loop;
	e->pump.on_due = on_pump;
	e->pump.ctx = e;
	e->schedule = schedule_new(&config->limits);
	if (config->robots)
		e->robots = robots_filter_new(config->robots_agent,
					      &config->fetch,
					      &(struct robots_filter_owner){
			.on_request = engine_take_request,
			.on_decided = on_robots_decided,
			.on_needless = on_robots_needless,
			.ctx = e,
			.memory = owner->robots_memory,
		});
	engine_open_tokens(e);
	if (!open_stages(e))
		return e;
	engine_close(e);
	return NULL;
}

void engine_close(struct engine *e)
{
	if (!e)
		return;
	stage_close(e->resolve);
	stage_close(e->fetch);
	stage_close(e->parse);
	stage_close(e->light);
	stage_close(e->archive);
	loop_set_timer(e->loop, &e->pump, MSEC_NEVER);
	schedule_free(e->schedule);
	throttling_end(&e->throttling);
	robots_filter_free(e->robots);
	tokens_free(e->tokens);
	free(e);
}
