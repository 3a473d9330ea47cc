/*
 * A stage takes jobs, works on them somewhere else, and gives each back: the
 * executor of the run. resolve and multi (fetch/), threads, inline and procs
 * (pool/) are stages, and a mode is a choice of them.
 *
 * What every stage keeps (tests/unit/pool/test_stage.c runs over all of them):
 * - submit never blocks, never fails, and never calls on_done itself;
 * - on_done runs on the loop's thread, exactly once for each job submitted;
 * - cancel only asks. A cancelled job still comes back once: with
 *   ERR_CANCELLED if it was stopped, with its result if it was too late;
 * - a failure of the work is in the job (job_fail), never in the stage;
 * - close may be called when every job has come back, and only then.
 *
 * All four are called on the loop's thread. on_done may submit to any stage,
 * this one included.
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

/* Embedded first in what implements it. */
struct stage {
	const struct stage_ops *ops;
	void (*on_done)(void *ctx, struct job *job);
	void *ctx;
	size_t jobs;		/* inside it now */
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

/* For implementations: hands the job back. Last thing done with it. */
static inline void stage_return(struct stage *s, struct job *job)
{
	s->jobs--;
	s->on_done(s->ctx, job);
}

/*
 * What a worker does, the same in a thread, in a child and on the loop.
 * begin makes the state that only this worker touches (parser contexts); run
 * must leave a result or an error in the job; end frees the state. All three
 * are called in the worker. config is borrowed and const everywhere.
 */
struct work {
	void *(*begin)(const void *config);
	void (*run)(void *own, struct job *job);
	void (*end)(void *own);
	const struct work_split *split;	/* NULL: run's result is taken as it
					 * is, from processes, too */
};

/*
 * Run in two halves, for work in processes that may be taken over by what they
 * read. In the process, examine leaves what it has found in the job, of which
 * only the response is there (the record is any text). On the loop, accept
 * makes the result of it, in the job that has all, and believes nothing: `got`
 * has what the process says. Both together are the same as run. accept returns
 * -1, and the job is what it was, if examine can have said no such thing.
 */
struct work_split {
	void (*examine)(void *own, struct job *job);
	int (*accept)(const void *config, struct job *job, struct job *got);
};

struct loop;

/* Runs the work on the loop's own thread, a job at a time, from the loop:
 * for work that is cheaper than a wake-up, and for serial. NULL never. */
struct stage *inline_open(struct loop *loop, const struct work *work,
			  const void *config);

/* Up to workers threads (1 at least), started as jobs come in. Two locked lists
 * (to do, done) and one wake-up descriptor. If the system gives fewer threads,
 * those do; if none, the jobs are run on the loop. A queued job can be
 * cancelled, a running one not. NULL with errno when no descriptor can be
 * had. */
struct stage *threads_open(struct loop *loop, const struct work *work,
			   const void *config, unsigned workers);

#endif
