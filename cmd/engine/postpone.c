/* Gives jobs back to their owner if too many wait for robots.txt files, so that
 * hosts whose robots.txt does not arrive do not use up the room for jobs. */
#include "cmd/engine/engine_parts.h"

/* Keeps a job that was started before: giving it back would repeat its
 * request. */
static void postpone_job(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	if (job->first_start > 0 ||
	    !e->owner.on_postponed(e->owner.ctx, job))
		return;
	robots_filter_remove(e->robots, job);
	e->waiting_bytes -= job_request_bytes(job);
	engine_free_job(e, job);
}

void engine_postpone(struct engine *e)
{
	const size_t before = e->jobs;

	if (e->owner.on_postponed && e->robots && !e->stopping &&
	    robots_filter_is_crowded(e->robots))
		robots_filter_each_behind(e->robots, postpone_job, e);
	if (e->jobs < before)
		engine_wake(e);	/* there may be room for other requests */
}
