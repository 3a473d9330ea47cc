/* Which endpoint may make the next request: one after the other. */
#include <string.h>

#include "cmd/engine/engine.h"
#include "cmd/gather/run.h"
#include "cmd/gather/token.h"
#include "cmd/stats/progress.h"
#include "cmd/stats/stats.h"

/* Values of a dependent that may wait for it before no more are made. */
enum { WAITING_MAX = 10000 };

/* Somebody who depends on it has enough to do. */
static bool is_held(const struct gather_run *run)
{
	for (size_t i = 0; i < run->dependents_len; i++)
		if (run->dependents[i]->waiting_len > WAITING_MAX)
			return true;
	return false;
}

static bool may_call(struct gather_run *run, msec now)
{
	msec wait;

	if (run->done || is_held(run) ||
	    (TAILQ_EMPTY(&run->ready) && !gather_run_has_values(run)))
		return false;
	if (run->token && !gather_token_is_ready(run->token, now))
		return false;
	wait = limiter_wait(&run->limiter, now);
	if (wait > 0 && wait < MSEC_NEVER)
		loop_set_timer(run->g->session.loop, &run->timer, now + wait);
	return wait <= 0;
}

/* It has failed before anybody was asked. */
static void refuse(struct call *call, struct gather_error *error)
{
	struct gather_value *v = call->value;

	gather_value_fail(v, error);
	gather_request_free(call);
	gather_value_call_done(v);
}

static struct job *make(struct call *call)
{
	struct buf why = {0};
	struct job *job = gather_request_make(call, &why);

	if (!job)
		refuse(call, gather_error_new("input", buf_cstr(&why), 0,
					      NULL));
	buf_release(&why);
	return job;
}

static struct job *next_of(struct gather_run *run, msec now)
{
	struct job *job;

	while (may_call(run, now)) {
		struct call *call = TAILQ_FIRST(&run->ready);

		if (!call)
			call = gather_values_begin(run);
		TAILQ_REMOVE(&run->ready, call, link);
		if (run->token && gather_token_error(run->token)) {
			refuse(call, gather_token_error(run->token));
			continue;
		}
		job = make(call);
		if (!job)
			continue;
		call->job = job;
		job->owner_data = &call->asker;
		limiter_take(&run->limiter, now);
		TAILQ_INSERT_TAIL(&run->active, call, link);
		return job;
	}
	return NULL;
}

static struct job *next_of_all(struct gather *g, msec now)
{
	for (size_t i = 0; i < g->spec->count; i++) {
		const size_t turn = (g->turn + i) % g->spec->count;
		struct job *job = next_of(&g->runs[turn], now);

		if (job) {
			g->turn = turn + 1;
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

	/* Who has asked for a token only now. */
	if (!job)
		job = next_of_all(g, now);
	if (!job)
		job = gather_tokens_next(g->tokens, now);
	if (g->session.progress)
		progress_set(g->session.progress, engine_in_flight(g->engine), 0);
	return job;
}

void gather_dispatch_on_record(void *ctx, struct job *job)
{
	struct gather *g = ctx;
	struct asker *asker = job->owner_data;

	/* What was taken back before it was sent does not count. */
	if (job->attempts || job->err != ERR_CANCELLED)
		stats_add(g->session.stats, job);
	asker->came(asker, job);
}

void gather_dispatch_on_dropped(void *ctx, struct job *job)
{
	struct asker *asker = job->owner_data;

	(void)ctx;
	asker->dropped(asker);
}
