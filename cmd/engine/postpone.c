/* Keeps hosts whose robots.txt does not arrive from filling the window. */
#include "cmd/engine/engine_parts.h"

/* Most jobs that wait for robots.txt files behind the first one of their
 * origin: an eighth of the window. */
enum { BEHIND_MAX = 1024 };

/* A job that was started before has made a request, which would be made
 * again. */
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
	if (e->owner.on_postponed && e->robots && !e->stopping &&
	    robots_filter_behind(e->robots) >= BEHIND_MAX)
		robots_filter_each_behind(e->robots, postpone_job, e);
}
