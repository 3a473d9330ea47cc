/* The engine's source of requests: picks the endpoint that makes the next one,
 * round robin. A run is skipped while its limiter, a missing token or a busy
 * dependent run holds it back. */
#include <string.h>

#include "cmd/engine/engine.h"
#include "cmd/gather/run.h"
#include "cmd/gather/token.h"
#include "cmd/stats/progress.h"
#include "cmd/stats/stats.h"

/* A run makes no further calls while a dependent run has more waiting values
 * than this. */
enum { WAITING_MAX = 10000 };

/* Returns true if a dependent run has enough values waiting. */
static bool has_busy_dependent(const struct gather_run *run)
{
	for (size_t i = 0; i < run->dependents_len; i++)
		if (run->dependents[i]->waiting_len > WAITING_MAX)
			return true;
	return false;
}

static bool can_start_call(struct gather_run *run, msec now)
{
	msec wait;

	if (run->done || has_busy_dependent(run) ||
	    (TAILQ_EMPTY(&run->ready) && !gather_run_has_values(run)))
		return false;
	if (run->token && !gather_token_is_ready(run->token, now))
		return false;
	wait = limiter_wait(&run->limiter, now);
	if (wait > 0 && wait < MSEC_NEVER)
		loop_set_timer(run->g->session.loop, &run->timer, now + wait);
	return wait <= 0;
}

/* Fails the value of a call for which no request was made. */
static void fail_call(struct call *call, struct gather_error *error)
{
	struct gather_value *v = call->value;

	gather_value_fail(v, error);
	gather_request_free(call);
	gather_value_call_done(v);
}

static struct job *make_job(struct call *call)
{
	struct buf why = {0};
	struct job *job = gather_request_make(call, &why);

	if (!job)
		fail_call(call,
			  gather_error_new("input", buf_cstr(&why), 0, NULL));
	buf_release(&why);
	return job;
}

static struct job *next_job_of_run(struct gather_run *run, msec now)
{
	struct job *job;

	while (can_start_call(run, now)) {
		struct call *call = TAILQ_FIRST(&run->ready);

		if (!call)
			call = gather_values_begin(run);
		TAILQ_REMOVE(&run->ready, call, link);
		if (run->token && gather_token_error(run->token)) {
			fail_call(call, gather_token_error(run->token));
			continue;
		}
		job = make_job(call);
		if (!job)
			continue;
		call->job = job;
		job->owner_data = &call->requester;
		limiter_acquire(&run->limiter, now);
		TAILQ_INSERT_TAIL(&run->active, call, link);
		return job;
	}
	return NULL;
}

static struct job *next_job_of_any(struct gather *g, msec now)
{
	for (size_t i = 0; i < g->spec->count; i++) {
		const size_t number = (g->next_run + i) % g->spec->count;
		struct job *job = next_job_of_run(&g->runs[number], now);

		if (job) {
			g->next_run = number + 1;
			return job;
		}
	}
	return NULL;
}

struct job *gather_dispatch_next(void *ctx)
{
	struct gather *g = ctx;
	const msec now = loop_now(g->session.loop);
	struct job *job = gather_tokens_next(g->tokens, now);

	/* Ask for a token fetch last, because the runs above may only just have
	 * asked for a token. */
	if (!job)
		job = next_job_of_any(g, now);
	if (!job)
		job = gather_tokens_next(g->tokens, now);
	return job;
}

void gather_dispatch_progress(void *ctx, struct progress_line_view *view,
			      struct buf *hold)
{
	const struct gather *g = ctx;

	(void)engine_look(g->engine, hold);
	view->in_flight = engine_in_flight(g->engine);
}

void gather_dispatch_on_record(void *ctx, struct job *job)
{
	struct gather *g = ctx;
	struct requester *requester = job->owner_data;

	/* Calls that were cancelled before they were sent do not count. */
	if (job->attempts || job->err != ERR_CANCELLED)
		stats_add(g->session.stats, job);
	requester->on_done(requester, job);
}

void gather_dispatch_on_dropped(void *ctx, struct job *job)
{
	struct requester *requester = job->owner_data;

	(void)ctx;
	requester->on_dropped(requester);
}
