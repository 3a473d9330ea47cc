/* Connects the access tokens of a run to the engine: requests for tokens go
 * into the schedule, and requests that have waited for a token go on. */
#include "cmd/engine/config.h"
#include "cmd/engine/engine_parts.h"

static void on_ready(void *ctx, struct job *job)
{
	struct engine *e = ctx;

	e->waiting_bytes -= job_request_bytes(job);
	if (job->err)
		engine_parse_job(e, job);
	else
		engine_schedule_job(e, job);
	engine_wake(e);
}

void engine_open_tokens(struct engine *e)
{
	e->tokens = tokens_new(&e->config->fetch, &(struct tokens_owner){
		.on_request = engine_take_request,
		.on_ready = on_ready,
		.ctx = e,
	});
}
