/*
 * Runs work on the loop's own thread: no wake-up, no lock, one job after the
 * other.
 *
 * Jobs wait in a list and are run from a timer that is always due. So they run
 * after the callbacks for descriptors in each step of the loop, and only a few
 * run in one step, because servers must not wait for long.
 */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "pool/job_list.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Maximum number of jobs in one step, which also has a time limit. The clock is
 * read between jobs, so a long job is the last one of its step. (The loop's own
 * time does not change during a step.) */
enum { SLICE_JOBS = 64 };
static const msec slice_time = 1;

struct inline_stage {
	struct stage stage;
	struct loop *loop;
	const struct work *work;
	const void *config;	/* borrowed */
	void *own;		/* the work's state, made for the first job */
	bool begun;
	struct loop_timer timer; /* due while a list is not empty */
	struct job_list todo;
	struct job_list cancelled;
};

static void run_job(struct inline_stage *s, struct job *job)
{
	if (!s->begun)
		s->own = s->work->begin(s->config);
	s->begun = true;
	s->work->run(s->own, job);
}

/* Returns the next job to give back. Runs the job first, unless it was
 * cancelled. Returns NULL if no job is left. */
static struct job *next_finished(struct inline_stage *s)
{
	struct job *job = TAILQ_FIRST(&s->cancelled);

	if (job) {
		TAILQ_REMOVE(&s->cancelled, job, link);
		return job;
	}
	job = TAILQ_FIRST(&s->todo);
	if (job) {
		TAILQ_REMOVE(&s->todo, job, link);
		run_job(s, job);
	}
	return job;
}

static void on_due(void *ctx, msec now)
{
	struct inline_stage *s = ctx;
	const msec end = clock_now() + slice_time;

	for (int i = 0; i < SLICE_JOBS; i++) {
		struct job *job = next_finished(s);
		const bool last = s->stage.jobs == 1;

		if (!job)
			return;
		stage_return(&s->stage, job);
		/* The callback may have closed the stage, so s is not used
		 * after the last job. If the callback has submitted another
		 * job, that has set the timer. */
		if (last)
			return;
		if (clock_now() >= end)
			break;
	}
	loop_set_timer(s->loop, &s->timer, now);
}

static void inline_submit(struct stage *stage, struct job *job)
{
	struct inline_stage *s = (struct inline_stage *)stage;

	TAILQ_INSERT_TAIL(&s->todo, job, link);
	loop_set_timer(s->loop, &s->timer, loop_now(s->loop));
}

static void inline_cancel(struct stage *stage, struct job *job)
{
	struct inline_stage *s = (struct inline_stage *)stage;

	if (!job_list_take(&s->todo, job))
		return;
	job_fail(job, ERR_CANCELLED, "cancelled");
	TAILQ_INSERT_TAIL(&s->cancelled, job, link);
}

static void inline_close(struct stage *stage)
{
	struct inline_stage *s = (struct inline_stage *)stage;

	assert(!stage->jobs);
	loop_set_timer(s->loop, &s->timer, MSEC_NEVER);
	if (s->begun)
		s->work->end(s->own);
	free(s);
}

static const struct stage_ops inline_ops = {
	.name = "inline",
	.submit = inline_submit,
	.cancel = inline_cancel,
	.close = inline_close,
};

struct stage *inline_open(struct loop *loop, const struct work *work,
			  const void *config)
{
	struct inline_stage *s = xcalloc(1, sizeof(*s));

	s->stage.ops = &inline_ops;
	s->loop = loop;
	s->work = work;
	s->config = config;
	s->timer.on_due = on_due;
	s->timer.ctx = s;
	TAILQ_INIT(&s->todo);
	TAILQ_INIT(&s->cancelled);
	return &s->stage;
}
