/*
 * A worker process from the stage's side: a socket, a pid, and the jobs that
 * were sent to it and have no result yet. The oldest job is first, and is the
 * current one.
 *
 * Nothing here calls back. child_open() registers the owner's function for the
 * socket with the loop; that function calls child_on_event().
 */
#ifndef POOL_PROCESS_CHILD_H
#define POOL_PROCESS_CHILD_H

#include "base/job/job.h"
#include "base/memory_budget.h"
#include "pool/loop.h"
#include "pool/process/wire.h"
#include "pool/process/worker.h"
#include "pool/process/zygote.h"

/* The stage's data of a job, in job->stage_data. */
struct child_job {
	uint64_t seq;		/* never 0 */
	unsigned tries;		/* times it was sent to a worker */
	bool cancelled;		/* cancelled while a worker had it */
};

static inline struct child_job *child_job_of(const struct job *job)
{
	return job->stage_data;
}

struct child {
	struct loop *loop;
	struct zygote *zygote;
	void *owner;		/* from the config, as fn */
	loop_fn *fn;
	msec timeout;		/* of each job */

	pid_t pid;		/* 0: has been reaped */
	int socket;		/* -1: closed */
	struct worker_slot *slot;	/* memory shared with the worker */
	int status;		/* from waitpid(), after it has ended */
	bool ready;		/* has sent its hello */
	int sandbox;		/* from the hello: result of sandbox_enter() */
	bool needs_sandbox;	/* kill the worker if it has no sandbox */
	bool overran;		/* killed because a job took too long */
	bool broken;		/* killed because it sent an invalid message;
				 * nothing that it sends is used any more */

	struct memory_account memory;	/* of the current job */
	uint64_t wanted;	/* memory it waits for, in bytes; 0: none */
	msec held_up_since;	/* start of that wait; MSEC_NEVER: none */
	msec due;		/* the deadline when the wait began */

	struct job_list jobs;
	size_t count, bytes;	/* of jobs, and of their bodies */
	struct loop_timer deadline;	/* of the oldest job */

	struct wire in;
	struct job *writing;	/* job being sent; NULL: all are sent */
	struct buf out;		/* head and fields of that job */
	size_t written;		/* bytes sent of out and the body together */
	bool blocked;		/* the socket is full */
};

struct child_config {
	struct loop *loop;
	struct zygote *zygote;
	msec timeout;
	loop_fn *fn;		/* the owner's function; ctx is the child */
	void *owner;
};

/* Starts a worker process. Returns NULL with errno: EAGAIN if no zygote is
 * running now. */
struct child *child_open(const struct child_config *config);

/* Kills the process if it is alive. It must have no jobs. NULL is fine. */
void child_close(struct child *c);

/* Sends the job to the worker, behind those that it has. */
void child_submit(struct child *c, struct job *job);

/* For the owner's function. Moves jobs with results to done. Returns false if
 * the child has ended: the jobs left in `jobs` will get no result. */
bool child_on_event(struct child *c, int events, struct job_list *done);

/* Grants the memory that the child waits for, if it is free. If not, call it
 * again when another child has given memory back. */
void child_grant(struct child *c);

/* Grants memory to all children that wait, as far as it is free. The one that
 * has waited longest is first: otherwise the others could use up the memory in
 * turns while a large page waits for ever. */
void child_grant_all(struct child *const *children, unsigned count);

/* Cancels the job; returns false if the child does not have it. The worker has
 * some milliseconds left to finish a cancelled job that is its current one, or
 * becomes it. */
bool child_cancel(struct child *c, const struct job *job);

/* After the child has ended: returns true if it was working on this job, its
 * oldest. */
bool child_current(const struct child *c, const struct job *job);

/* After the child has ended: sets the job's error to the reason. */
void child_fail_job(const struct child *c, struct job *job);

#endif
