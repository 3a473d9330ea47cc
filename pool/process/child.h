/*
 * A worker process from the stage's side: a socket, a pid, and the jobs that
 * were sent to it and have no result yet. The oldest job is first, and is the
 * current one.
 *
 * These functions make no callbacks. child_open() registers a function of the
 * owner for the socket with the loop; that function has to call
 * child_on_event().
 */
#ifndef POOL_PROCESS_CHILD_H
#define POOL_PROCESS_CHILD_H

#include "base/job/job.h"
#include "base/memory_budget.h"
#include "pool/loop.h"
#include "pool/process/wire.h"
#include "pool/process/worker.h"
#include "pool/process/zygote.h"

/* The data that the stage stores about a job, in job->stage_data. */
struct child_job {
	uint64_t seq;		/* number of the job; never 0 */
	unsigned tries;		/* how many times the job was sent to a
				 * worker */
	bool cancelled;		/* cancelled while a worker had it */
};

static inline struct child_job *child_job_of(const struct job *job)
{
	return job->stage_data;
}

struct child {
	struct loop *loop;
	struct zygote *zygote;
	void *owner;		/* from the config, like fn */
	loop_fn *fn;
	msec timeout;		/* time limit of each job */

	pid_t pid;		/* 0: the process has been reaped */
	int socket;		/* -1: the socket is closed */
	struct worker_slot *slot;	/* memory shared with the worker */
	int status;		/* status from waitpid(), after the process has
				 * ended */
	bool ready;		/* the worker has sent its hello */
	int sandbox;		/* result of sandbox_enter(), from the worker's
				 * hello */
	bool needs_sandbox;	/* kill the worker if it has no sandbox */
	bool overran;		/* the worker was killed because a job took too
				 * long */
	bool broken;		/* the worker was killed because it sent an
				 * invalid message; nothing that it sends is
				 * used any more */

	struct memory_account memory;	/* memory of the current job */
	uint64_t wanted;	/* bytes of memory that the worker waits for; 0:
				 * none */
	msec held_up_since;	/* start of the wait for memory; MSEC_NEVER: no
				 * wait */
	msec due;		/* the deadline when the wait for memory
				 * began */

	struct job_list jobs;
	size_t count, bytes;	/* number of jobs, and bytes of their bodies */
	struct loop_timer deadline;	/* deadline of the oldest job */

	struct wire in;
	struct job *writing;	/* job being sent; NULL: all are sent */
	struct buf out;		/* head and fields of the job being sent */
	size_t written;		/* bytes of out and the body that were sent */
	bool blocked;		/* the socket accepts no more bytes for now */
};

struct child_config {
	struct loop *loop;
	struct zygote *zygote;
	msec timeout;
	loop_fn *fn;		/* the owner's function; ctx is the child */
	void *owner;
};

/* Starts a worker process. Returns NULL with errno on failure: EAGAIN if no
 * zygote is running now. */
struct child *child_open(const struct child_config *config);

/* Kills the process if it is alive, and frees c. The child must have no jobs. c
 * may be NULL. */
void child_close(struct child *c);

/* Sends the job to the worker, after the jobs that the worker has already. */
void child_submit(struct child *c, struct job *job);

/* To be called by the owner's function. Moves jobs with results to done.
 * Returns false if the child has ended: then the jobs left in c->jobs will get
 * no result. */
bool child_on_event(struct child *c, int events, struct job_list *done);

/* Grants the memory that the child waits for, if that much is free. If not,
 * call child_grant() again when another child has given memory back. */
void child_grant(struct child *c);

/* Grants memory to all children that wait, as far as memory is free. The child
 * that has waited longest is first: otherwise the others could use up the
 * memory in turns while a large page waits for ever. */
void child_grant_all(struct child *const *children, unsigned count);

/* Cancels the job. Returns false if the child does not have the job. If a
 * cancelled job is the worker's current job, or becomes so, the worker gets
 * some milliseconds to finish it. */
bool child_cancel(struct child *c, const struct job *job);

/* To be called after the child has ended. Returns true if the child was working
 * on this job, its oldest. */
bool child_current(const struct child *c, const struct job *job);

/* To be called after the child has ended. Sets the job's error to the reason
 * for which the child has ended. */
void child_fail_job(const struct child *c, struct job *job);

#endif
