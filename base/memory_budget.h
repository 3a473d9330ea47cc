/*
 * Limits the memory for parsing pages, for all workers together.
 *
 * A worker that reads a page has an account. Memory that grows with the page
 * (large struct bufs, trees, tables, jq's values) is charged to the account
 * before it is used. The current account is thread-local, so any function can
 * charge to it. All charged memory is given back at once when the page is
 * finished.
 *
 * Every account has a small share that needs no lock, so an ordinary page costs
 * one addition per block. The parts of the budget are:
 *
 *	shares        1/16 of the budget, divided between the workers
 *	common part   1/4, first come, first served
 *	reserve       11/16, for one account at a time
 *
 * When the common part is used up, the first account that asks becomes the
 * holder of the reserve. The others wait until its page is finished or memory
 * becomes free, in a queue, so that small pages that come later do not overtake
 * a large one for ever. The holder never waits, so there is always a page that
 * can be finished; and the parts add up to the budget, whatever the number of
 * workers. A page that needs more than the reserve is too large:
 * memory_charge() returns false, in every mode at the same size.
 *
 * The account of a worker process is kept by the program, which does not trust
 * the worker. In the worker, the function set with memory_budget_set_ask() asks
 * the program instead of waiting; the program calls memory_account_try_grant(),
 * which uses the same queue.
 *
 * An account of the loop's thread never waits, because others wait for the
 * loop. Its memory is counted, so others wait for that memory.
 */
#ifndef BASE_MEMORY_BUDGET_H
#define BASE_MEMORY_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/clock.h"

/* Set up by memory_account_init(); must not move in memory until it is
 * released. The first four members belong to the thread that charges to the
 * account. The others are guarded by the budget's lock, and so is granted while
 * the account is waiting. */
struct memory_account {
	size_t held;		/* bytes charged and not given back yet */
	size_t granted;		/* bytes that may be held without asking for
				 * more */
	bool over;		/* the page needs more than a page may have */
	bool never_waits;	/* the account is used by the loop's thread */
	bool abandoned;
	bool waiting;		/* the account is in the queue */
	size_t wanted;		/* bytes in total that the account waits for */
	TAILQ_ENTRY(memory_account) link;
	msec waiting_since, waited;
};

/* Sets the budget; must be called before any thread charges memory. bytes 0: no
 * limit. workers: maximum number of pages read at the same time (0 counts as
 * 1). */
void memory_budget_set(size_t bytes, unsigned workers);

/* Return the values of memory_budget_set(), to be passed to another process. */
size_t memory_budget_bytes(void);
unsigned memory_budget_workers(void);

/* Returns the maximum for one page in bytes; SIZE_MAX: no limit. */
size_t memory_budget_of_page(void);

/* Returns true if the common part is used up, so that only the holder of the
 * reserve gets more. */
bool memory_budget_is_spent(void);

/* Initialises an account for a new page; nothing is charged yet. */
void memory_account_init(struct memory_account *a);

/* memory_account_start() makes the thread charge to a, until
 * memory_account_stop() is called. An account may be used by one thread at a
 * time. Charges outside of the two calls are not counted. */
void memory_account_start(struct memory_account *a);
void memory_account_stop(void);

/* Gives back everything charged to the account; call it when the page is
 * finished. */
void memory_account_release(struct memory_account *a);

/* Gives memory that malloc() has kept back to the system, if it may be much.
 * Call it when the page's memory has been freed, before
 * memory_account_release(). */
void memory_account_trim(const struct memory_account *a);

/* Abandons the page: takes the reserve from the account and grants nothing
 * more, so that the page's thread ends. Any thread. */
void memory_account_abandon(struct memory_account *a);

/* Returns how long the account has waited for memory until now. Any thread. */
msec memory_account_waited(struct memory_account *a, msec now);

/* If the account can get this many bytes in total at once, grants them and
 * returns true. Otherwise puts the account into the queue and returns false; a
 * later call returns true when other accounts have been released. For accounts
 * of other processes; the thread's current account is not affected. */
bool memory_account_try_grant(struct memory_account *a, size_t bytes);

/* For worker processes: sets the function that is called instead of waiting.
 * The function must return when the account may hold that many bytes in
 * total. */
void memory_budget_set_ask(void (*ask)(size_t bytes));

/* The account that this thread charges to; NULL if there is none. */
extern _Thread_local struct memory_account *memory_account_current;

/* Slow path of memory_charge(). */
bool memory_account_ask(struct memory_account *a);

/* Charges the bytes; may wait. Returns false if the page may have no more
 * memory: the caller should give up the page soon. The bytes are charged
 * nevertheless, because some libraries do not handle a refusal. */
static inline bool memory_charge(size_t bytes)
{
	struct memory_account *a = memory_account_current;

	if (!a)
		return true;
	a->held += bytes;
	return a->held <= a->granted || memory_account_ask(a);
}

static inline void memory_uncharge(size_t bytes)
{
	struct memory_account *a = memory_account_current;

	/* Some of the memory may have been allocated before the account was
	 * started. */
	if (a)
		a->held -= bytes < a->held ? bytes : a->held;
}

/* Changes a charge from `before` to `after` bytes. Return value as for
 * memory_charge(). */
static inline bool memory_recharge(size_t before, size_t after)
{
	if (after >= before)
		return memory_charge(after - before);
	memory_uncharge(before - after);
	return true;
}

/* Resizes a block like xrealloc() and charges it. bytes: the old size (0: p is
 * NULL). new_bytes 0: frees the block. Only this function may resize and free
 * such blocks. */
void *memory_resize(void *p, size_t bytes, size_t new_bytes);

/* Returns true if memory_charge() has returned false for this page. */
static inline bool memory_limit_reached(void)
{
	return memory_account_current && memory_account_current->over;
}

#endif
