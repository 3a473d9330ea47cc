/* Ends the engine's work: of all requests, or of one. */
#include "cmd/engine/engine_parts.h"

/* Drops the jobs that wait for a robots.txt or an access token. */
static void drop_waiting(struct engine *e)
{
	struct job_list waiting = TAILQ_HEAD_INITIALIZER(waiting);
	struct job *job;

	if (e->robots)
		robots_filter_take_all(e->robots, &waiting);
	while ((job = TAILQ_FIRST(&waiting))) {
		TAILQ_REMOVE(&waiting, job, link);
		e->waiting_bytes -= job_request_bytes(job);
		engine_drop_job(e, job);
	}
	while ((job = tokens_take(e->tokens))) {
		e->waiting_bytes -= job_request_bytes(job);
		engine_drop_job(e, job);
	}
}

/* Drops the waiting requests. Redirect hops stay in the schedule: they belong
 * to requests in flight. */
void engine_stop(struct engine *e)
{
	struct job_list hops = TAILQ_HEAD_INITIALIZER(hops);
	struct job *job;

	e->stopping = true;
	drop_waiting(e);
	while ((job = schedule_take(e->schedule))) {
		e->waiting_bytes -= job_request_bytes(job);
		if (job->hop.redirects > 0)
			TAILQ_INSERT_TAIL(&hops, job, link);
		else
			engine_drop_job(e, job);
	}
	while ((job = TAILQ_FIRST(&hops))) {
		TAILQ_REMOVE(&hops, job, link);
		engine_schedule_job(e, job);
	}
	engine_wake(e);
}

void engine_cancel(struct engine *e, struct job *job)
{
	job->cancelled = true;
	if (job->stage) {
		stage_cancel(job->stage, job);
		return;
	}
	if (job->token_wait)
		tokens_remove(e->tokens, job);
	else if (job->robots_wait)
		robots_filter_remove(e->robots, job);
	else
		schedule_remove(e->schedule, job);
	e->waiting_bytes -= job_request_bytes(job);
	job_fail(job, ERR_CANCELLED, "cancelled");
	engine_parse_job(e, job);
}
