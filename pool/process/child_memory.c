/*
 * Memory that a child gets from the memory for all pages
 * (base/memory_budget.h). The worker asks for memory and waits on a futex. The
 * program keeps the account, and takes the memory back with the reply or when
 * the worker ends.
 */
#include "pool/process/child_memory.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Ends a wait for memory: moves the deadline by the time that the worker has
 * waited. */
static void end_delay(struct child *c)
{
	if (c->held_up_since < MSEC_NEVER && c->due < MSEC_NEVER)
		loop_set_timer(c->loop, &c->deadline,
			       c->due + clock_now() - c->held_up_since);
	c->held_up_since = MSEC_NEVER;
}

/* Suspends the deadline, because waiting for memory that other pages use does
 * not count as parsing. */
static void begin_delay(struct child *c)
{
	if (c->held_up_since < MSEC_NEVER)
		return;
	c->held_up_since = clock_now();
	c->due = c->deadline.at;
	/* The deadline of a cancelled job goes on during the wait. */
	if (!child_job_of(TAILQ_FIRST(&c->jobs))->cancelled)
		loop_set_timer(c->loop, &c->deadline, MSEC_NEVER);
}

void child_grant(struct child *c)
{
	const size_t most = memory_budget_of_page();
	const size_t bytes = c->wanted < most ? (size_t)c->wanted : most;

	if (!c->wanted)
		return;
	if (!memory_account_try_grant(&c->memory, bytes)) {
		begin_delay(c);
		return;
	}
	c->wanted = 0;
	end_delay(c);
	atomic_store(&c->slot->granted, bytes);
	atomic_fetch_add(&c->slot->answers, 1);
	syscall(SYS_futex, &c->slot->answers, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void child_grant_all(struct child *const *children, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		child_grant(children[i]);
}

void child_memory_release(struct child *c)
{
	memory_account_release(&c->memory);
	c->wanted = 0;
	c->held_up_since = MSEC_NEVER;
}

int child_memory_read_want(struct child *c)
{
	const struct job *job = TAILQ_FIRST(&c->jobs);

	if (!job || job == c->writing || c->wanted ||
	    wire_get_want(&c->in, &c->wanted) || !c->wanted)
		return -1;
	return 0;
}
