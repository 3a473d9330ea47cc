/*
 * A stage takes jobs, works on them in another place (a thread, a process, the
 * network), and gives each job back. resolve and multi (fetch/), threads,
 * inline and procs (pool/) are stages; the option --mode chooses which of them
 * a run uses.
 *
 * Every stage keeps these rules (tests/unit/pool/test_stage.c runs over all of
 * them):
 * - submit never blocks, never fails, and never calls on_done itself;
 * - on_done runs on the loop's thread, exactly once for each job submitted;
 * - cancel is only a request. A cancelled job is still given back once: with
 *   ERR_CANCELLED if it was stopped, with its result if it was too late;
 * - a failure of the work is in the job (job_fail), never in the stage;
 * - close may be called only when every job has been given back.
 *
 * All four functions are called on the loop's thread. on_done may submit to any
 * stage, including the one that calls it.
 */
#ifndef POOL_STAGE_H
#define POOL_STAGE_H

#include <stddef.h>

struct job;
struct stage;

struct stage_ops {
	const char *name;
	void (*submit)(struct stage *, struct job *);
	void (*cancel)(struct stage *, struct job *);
	void (*close)(struct stage *);
};

/* The common part of all stages, embedded as the first member of each
 * implementation. */
struct stage {
	const struct stage_ops *ops;
	void (*on_done)(void *ctx, struct job *job);
	void *ctx;
	size_t jobs;		/* number of jobs inside the stage now */
};

static inline void
stage_set_on_done(struct stage *s, void (*on_done)(void *ctx, struct job *job),
		  void *ctx)
{
	s->on_done = on_done;
	s->ctx = ctx;
}

static inline void stage_submit(struct stage *s, struct job *job)
{
	s->jobs++;
	s->ops->submit(s, job);
}

static inline void stage_cancel(struct stage *s, struct job *job)
{
	s->ops->cancel(s, job);
}

static inline void stage_close(struct stage *s)
{
	if (s)
		s->ops->close(s);
}

/* For implementations of stages: gives the job back. The implementation must
 * not use the job afterwards. */
static inline void stage_return(struct stage *s, struct job *job)
{
	s->jobs--;
	s->on_done(s->ctx, job);
}

/*
 * The work of a worker. It is the same in a thread, in a worker process and on
 * the loop. begin makes the state that only this worker uses (parser contexts);
 * run must leave a result or an error in the job; end frees the state. All
 * three are called in the worker. config is borrowed and const everywhere.
 */
struct work {
	void *(*begin)(const void *config);
	void (*run)(void *own, struct job *job);
	void (*end)(void *own);
	const struct work_split *split;	/* NULL: the result of run is accepted
					 * without a check, even from a worker
					 * process */
};

/*
 * The work of run() in two steps, for worker processes that a hostile page may
 * take over. examine runs in the worker process: it gets a job that has only
 * the response, and stores its results in that job (the record may be any
 * text). accept runs on the loop: it checks the reply of the process, `got`,
 * and makes the result in the complete job. Both together do the same as run.
 * accept returns -1 and leaves the job unchanged if examine cannot have sent
 * such a reply.
 */
struct work_split {
	void (*examine)(void *own, struct job *job);
	int (*accept)(const void *config, struct job *job, struct job *got);
};

struct loop;

/* Opens a stage that runs the work on the loop's own thread, one job at a time:
 * for work that is cheaper than waking a thread, and for --mode serial. Never
 * returns NULL. */
struct stage *inline_open(struct loop *loop, const struct work *work,
			  const void *config);

/*
 * Opens a stage with up to `workers` threads (at least 1), started as jobs
 * arrive. It has two locked lists (to do, done) and one wake-up descriptor. If
 * the system starts fewer threads, these do all the work; if it starts none,
 * the jobs run on the loop. A queued job can be cancelled, a running one
 * cannot. Returns NULL with errno if no descriptor is available.
 */
struct stage *threads_open(struct loop *loop, const struct work *work,
			   const void *config, unsigned workers);

#endif
