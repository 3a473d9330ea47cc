/*
 * A worker process as the stage sees it: a socket, a pid, and the jobs that
 * were handed over and have not come back, the oldest first, which is the one
 * being done.
 *
 * Nothing here calls back. The owner watches the loop (child_open registers
 * its function for the socket) and asks child_on_event() what has happened.
 */
#ifndef POOL_PROCESS_CHILD_H
#define POOL_PROCESS_CHILD_H

#include "base/job/job.h"
#include "base/memory_budget.h"
#include "pool/loop.h"
#include "pool/process/wire.h"
#include "pool/process/worker.h"
#include "pool/process/zygote.h"

/* What a stage of processes keeps of a job, in job->stage_data. */
struct child_job {
	uint64_t seq;		/* never 0 */
	unsigned tries;		/* times it was handed to a worker */
	bool cancelled;		/* asked for while a worker had it */
};

static inline struct child_job *child_job_of(const struct job *job)
{
	return job->stage_data;
}

struct child {
	struct loop *loop;
	struct zygote *zygote;
	void *owner;		/* the config's */
	loop_fn *fn;
	msec timeout;		/* of a job */

	pid_t pid;		/* 0: has been reaped */
	int socket;		/* -1: closed */
	struct worker_slot *place;
	int status;		/* waitpid's, when it has ended */
	bool ready;		/* has said hello */
	int sandbox;		/* what it said: sandbox_enter()'s */
	bool needs_sandbox;	/* is killed without */
	bool overran;		/* killed for its time */
	bool broken;		/* killed for what it said: to be sense, or
				 * true, it is not believed any more */

	struct memory_account memory;	/* of the job it is at */
	uint64_t wanted;	/* memory it waits for; 0: none */
	msec held_up_since;	/* MSEC_NEVER: it was there at once */
	msec due;		/* the deadline then */

	struct job_list jobs;
	size_t count, bytes;	/* of them, and of their bodies */
	struct loop_timer deadline;	/* of the oldest */

	struct wire in;
	struct job *writing;	/* of jobs; NULL: all are with the worker */
	struct buf out;		/* its head and fields */
	size_t written;		/* of out and of its body together */
	bool blocked;		/* the socket is full */
};

struct child_config {
	struct loop *loop;
	struct zygote *zygote;
	msec timeout;
	loop_fn *fn;		/* the owner's, called with the child */
	void *owner;
};

/* NULL with errno: EAGAIN when there is no zygote now. */
struct child *child_open(const struct child_config *config);

/* Kills it if it lives. It must have no jobs. NULL is fine. */
void child_close(struct child *c);

void child_submit(struct child *c, struct job *job);

/* For the owner's function. Moves jobs with results to done; returns false
 * when the child has ended: what is left in jobs will not come back. */
bool child_on_event(struct child *c, int events, struct job_list *done);

/* Grants the memory that it waits for, if that is free. To be tried again when
 * another child has given some back. */
void child_grant(struct child *c);

/* Grants what can be granted. Who has waited longest is asked first: else a
 * large page could wait for ever, while others take in turns what it needs. */
void child_grant_all(struct child *const *children, unsigned count);

/* False: the job is not here. One that the worker is at, or comes to, has a
 * moment left to end by itself. */
bool child_cancel(struct child *c, const struct job *job);

/* Ended: whether it was at this job, its oldest, then. */
bool child_current(const struct child *c, const struct job *job);

/* Ended: says in the job why it has no result. */
void child_fail_job(const struct child *c, struct job *job);

#endif
