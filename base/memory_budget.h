/*
 * The memory in which pages are parsed, limited for all workers together.
 *
 * A worker that reads a page has an account. It charges what grows with the
 * page (every struct buf that is large, trees, tables, jq's values) before it
 * uses it, in whatever function it is, because the account is known by thread.
 * What is charged is given back when the page is finished, all at once.
 *
 * Every account has a small share for which nobody is asked, so an ordinary
 * page costs an addition per block. Beyond that:
 *
 *	shares     1/16 of the budget, divided between the workers
 *	common     1/4, for whoever comes first; then
 *	the pass   11/16, for one account at a time
 *
 * When the common part is used up, the first account to ask gets the pass, and
 * the others wait until it is finished or something comes free: in a line, so
 * that a large page is not passed over for small ones that come later. The
 * holder of the pass never waits, so there is always a page that ends; and the
 * parts add up to the budget, whatever the number of workers. A page that needs
 * more than the pass allows is too large: memory_charge() says so, in every
 * mode at the same size.
 *
 * In worker processes the account of the worker is with the program, which
 * must not rely on what a worker says: memory_budget_set_ask() puts a question
 * to the program in place of the wait, and the program answers with
 * memory_account_try_grant(), which has the same line.
 *
 * An account of the loop's thread is never made to wait, since others wait for
 * the loop. What it takes is counted, so others wait for it.
 */
#ifndef BASE_MEMORY_BUDGET_H
#define BASE_MEMORY_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/clock.h"

/* Begins with memory_account_init(), and stays where it is until it is
 * released. The first four are of the thread that charges to it, the others of
 * the budget's lock; so is granted while it is waiting. */
struct memory_account {
	size_t held;		/* charged and not given back */
	size_t granted;		/* may be held without asking */
	bool over;		/* the page needs more than a page may have */
	bool never_waits;	/* of the loop's thread */
	bool abandoned;
	bool waiting;		/* in the line, for so many bytes in all */
	size_t wanted;
	TAILQ_ENTRY(memory_account) link;
	msec waiting_since, waited;
};

/* Before any thread that charges. workers: how many pages are read at once, at
 * most (0 counts as 1). bytes 0: no limit. */
void memory_budget_set(size_t bytes, unsigned workers);

/* What was set, for another process. */
size_t memory_budget_bytes(void);
unsigned memory_budget_workers(void);

/* What one page may have; SIZE_MAX: no limit. */
size_t memory_budget_of_page(void);

/* Whether only the holder of the pass gets more. */
bool memory_budget_is_spent(void);

/* For a new page; nothing is charged yet. */
void memory_account_init(struct memory_account *a);

/* Between these two, what the thread charges goes to a. One thread at a time.
 * Outside of them it is not counted. */
void memory_account_start(struct memory_account *a);
void memory_account_stop(void);

/* The page is finished: gives back all that is charged to it. */
void memory_account_release(struct memory_account *a);

/* The thread is about to release a page's account, and has freed what it had:
 * what malloc() keeps of it goes back to the system, if it may be much. */
void memory_account_trim(const struct memory_account *a);

/* From any thread: the page is no longer wanted. Its pass is taken away, and
 * nothing more is granted, so that its thread comes to an end. */
void memory_account_abandon(struct memory_account *a);

/* From any thread: how long it has waited for memory until now. */
msec memory_account_waited(struct memory_account *a, msec now);

/* Grants bytes in all, if it can be done at once. If not, the account waits in
 * the line for them: this is true then when it is called again, after others
 * have been released. For accounts of other processes; the thread's own are not
 * affected. */
bool memory_account_try_grant(struct memory_account *a, size_t bytes);

/* In a worker process: ask is called in place of waiting; it returns when so
 * many bytes in all may be held. */
void memory_budget_set_ask(void (*ask)(size_t bytes));

/* The account that this thread charges to; NULL: none. */
extern _Thread_local struct memory_account *memory_account_current;

/* Slow path of memory_charge(). */
bool memory_account_ask(struct memory_account *a);

/* May wait. Returns false if the page may have no more: it is to be given up
 * soon. The bytes are charged all the same, because there are libraries that
 * cannot be refused. */
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

	/* Some of it may be from before. */
	if (a)
		a->held -= bytes < a->held ? bytes : a->held;
}

/* What took before bytes takes after bytes now. */
static inline bool memory_recharge(size_t before, size_t after)
{
	if (after >= before)
		return memory_charge(after - before);
	memory_uncharge(before - after);
	return true;
}

/* As xrealloc(), charged, of memory that was bytes long (0: p is NULL) and that
 * nothing else may free; 0 new bytes frees it. */
void *memory_resize(void *p, size_t bytes, size_t new_bytes);

/* Whether memory_charge() has returned false for this page. */
static inline bool memory_limit_reached(void)
{
	return memory_account_current && memory_account_current->over;
}

#endif
