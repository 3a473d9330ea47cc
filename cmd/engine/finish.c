/* Ends jobs: passes their records to the owner, or drops them. */
#include "base/job/send_permit.h"
#include "cmd/engine/config.h"
#include "cmd/engine/engine_parts.h"
#include "fetch/body_budget.h"

void engine_free_job(struct engine *e, struct job *job)
{
	schedule_done(e->schedule, job);
	if (job->robots_of)
		robots_filter_on_dropped(e->robots, job);
	if (job->token_of)
		tokens_on_dropped(e->tokens, job);
	job_free(job);
	e->jobs--;
}

void engine_drop_job(struct engine *e, struct job *job)
{
	if (e->owner.on_dropped && !job->robots_of && !job->token_of)
		e->owner.on_dropped(e->owner.ctx, job);
	engine_free_job(e, job);
}

void engine_on_parsed(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	job_note_end(job, loop_now(e->loop));
	body_budget_refund(e->config->fetch.body_budget, job->res.charged);
	e->owner.on_record(e->owner.ctx, job);
	engine_free_job(e, job);
	engine_wake(e);
}

void engine_finish_fetch(struct engine *e, struct job *job)
{
	if (job->robots_of) {
		body_budget_refund(e->config->fetch.body_budget,
				   job->res.charged);
		robots_filter_on_answer(e->robots, job, loop_now(e->loop));
		job->robots_of = NULL;
		engine_free_job(e, job);
	} else if (job->token_of) {
		body_budget_refund(e->config->fetch.body_budget,
				   job->res.charged);
		if (e->stopping && !tokens_waiting(e->tokens))
			tokens_on_dropped(e->tokens, job);
		else
			tokens_on_answer(e->tokens, job, loop_now(e->loop));
		engine_free_job(e, job);
	} else if (job->record.len) {
		engine_on_parsed(e, job);	/* the fetch stage has parsed
						 * it */
	} else {
		engine_parse_job(e, job);
	}
}

void engine_end_unsent(struct engine *e, struct job *job, msec now)
{
	job->hop.started = now;
	schedule_fetched(e->schedule, job, OUTCOME_NONE, now);
	job_fail(job, ERR_CANCELLED, "the time to send it has ended");
	engine_finish_fetch(e, job);
}
