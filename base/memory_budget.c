/* A thread takes the lock only when its account has used up all bytes that it
 * was granted. The thread then asks for many bytes at once, so that it rarely
 * has to ask. */
#include "base/memory_budget.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sanitizers.h"

/* An account asks for at least this many bytes more, or a quarter of the bytes
 * that it holds if that is more. */
enum { STEP = 1 << 20 };

/* Blocks from this size on are mapped: they grow without being copied, and go
 * back to the system at once. */
enum { MAPPED = 1 << 20 };

/* Bytes that a thread may keep in its heap from one page to the next. */
enum { KEEP = 2 << 20 };

/* A function of mimalloc, or NULL if the program is linked without mimalloc. It
 * is needed because mimalloc keeps freed memory for the thread, while the
 * thread may have to wait for memory. */
extern void mi_collect(bool force) __attribute__((weak));
extern void mi_option_set(int option, long value) __attribute__((weak));

/* Number of mimalloc's option decommit_delay (2.0), which is purge_delay since
 * 2.1. */
enum { MI_DELAY = 15 };

/* Maximum bytes of an account's share; a larger one has no advantage. */
enum { SHARE_MAX = 4 << 20 };

_Thread_local struct memory_account *memory_account_current;

/* The sizes are set once. The lock protects the members after it, and those
 * members of accounts for which the header says so. */
static struct {
	size_t bytes;		/* 0: no limit */
	unsigned workers;
	size_t share, common, page;
	void (*ask)(size_t bytes);
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t used;		/* bytes used by all accounts, beyond their
				 * shares */
	const struct memory_account *holder;	/* the account that holds the
						 * reserve, or NULL */
	const struct memory_account *next_holder; /* the loop's account, if it
						   * gets the reserve next, or
						   * NULL */
	TAILQ_HEAD(memory_queue, memory_account) queue;
} budget = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER,
	.queue = TAILQ_HEAD_INITIALIZER(budget.queue),
};

void memory_budget_set(size_t bytes, unsigned workers)
{
	const size_t shares = bytes / 16;

	budget.bytes = bytes;
	budget.workers = workers;
	budget.common = bytes / 4;
	budget.page = bytes - budget.common - shares;
	budget.share = shares / (workers ? workers : 1);
	if (budget.share > SHARE_MAX)
		budget.share = SHARE_MAX;
	budget.used = 0;
	budget.holder = budget.next_holder = NULL;
	budget.ask = NULL;
	TAILQ_INIT(&budget.queue);
}

void memory_budget_set_ask(void (*ask)(size_t bytes))
{
	budget.ask = ask;
}

size_t memory_budget_bytes(void)
{
	return budget.bytes;
}

unsigned memory_budget_workers(void)
{
	return budget.workers;
}

size_t memory_budget_of_page(void)
{
	return budget.bytes ? budget.page : SIZE_MAX;
}

static size_t share(void)
{
	return budget.bytes ? budget.share : SIZE_MAX;
}

bool memory_budget_is_spent(void)
{
	bool is_spent;

	pthread_mutex_lock(&budget.lock);
	is_spent = budget.bytes && budget.used >= budget.common;
	pthread_mutex_unlock(&budget.lock);
	return is_spent;
}

void memory_account_init(struct memory_account *a)
{
	*a = (struct memory_account){.granted = share()};
}

void memory_account_start(struct memory_account *a)
{
	memory_account_current = a;
}

void memory_account_stop(void)
{
	memory_account_current = NULL;
}

/* Returns the bytes that an account has beyond its share. This function and
 * those up to grant_or_wait() are called with the lock held. */
static size_t beyond_share(const struct memory_account *a)
{
	return a->granted > share() ? a->granted - share() : 0;
}

static bool may_have(const struct memory_account *a, size_t bytes)
{
	return bytes <= a->granted || !budget.holder || budget.holder == a ||
	       budget.used + (bytes - a->granted) <= budget.common;
}

/* Called when memory is scarce: memory freed in a segment of mimalloc's (32 MB)
 * then goes back to the system at once, not when the thread allocates again for
 * its next page. This costs system calls. */
static void set_no_purge_delay(void)
{
	if (mi_option_set)
		mi_option_set(MI_DELAY, 0);
}

static void grant_bytes(struct memory_account *a, size_t bytes)
{
	const size_t before = beyond_share(a);

	if (bytes <= a->granted)
		return;
	a->granted = bytes;
	budget.used += beyond_share(a) - before;
	if (budget.used <= budget.common || budget.holder == a)
		return;
	set_no_purge_delay();
	if (!budget.holder)
		budget.holder = a;
	else if (a->never_waits)
		budget.next_holder = a;
}

static void begin_waiting(struct memory_account *a, size_t bytes)
{
	a->wanted = bytes;
	a->waiting = true;
	a->waiting_since = clock_now();
	TAILQ_INSERT_TAIL(&budget.queue, a, link);
}

static void end_waiting(struct memory_account *a)
{
	if (!a->waiting)
		return;
	TAILQ_REMOVE(&budget.queue, a, link);
	a->waiting = false;
	a->waited += clock_now() - a->waiting_since;
}

/* Grants memory to the accounts in the queue, in the order of the queue, so
 * that the result depends neither on which thread wakes up first nor on
 * accounts that come later. */
static void grant_waiting(void)
{
	struct memory_account *a, *next;

	for (a = TAILQ_FIRST(&budget.queue); a; a = next) {
		next = TAILQ_NEXT(a, link);
		if (!may_have(a, a->wanted))
			continue;
		grant_bytes(a, a->wanted);
		end_waiting(a);
	}
	pthread_cond_broadcast(&budget.changed);
}

static void grant_or_wait(struct memory_account *a, size_t bytes)
{
	if (a->never_waits || may_have(a, bytes)) {
		grant_bytes(a, bytes);
		return;
	}
	begin_waiting(a, bytes);
	while (a->waiting)
		pthread_cond_wait(&budget.changed, &budget.lock);
}

/* Returns how many bytes to ask for in total if `held` bytes are needed. */
static size_t ahead_of(size_t held)
{
	const size_t bytes = held + (held / 4 > STEP ? held / 4 : STEP);

	return bytes < budget.page ? bytes : budget.page;
}

bool memory_account_ask(struct memory_account *a)
{
	size_t bytes;

	if (a->held > budget.page)
		a->over = true;
	if (a->over)
		return false;
	bytes = ahead_of(a->held);
	if (budget.ask) {
		set_no_purge_delay();
		budget.ask(bytes);
		a->granted = bytes;
		return true;
	}
	pthread_mutex_lock(&budget.lock);
	if (!a->abandoned)
		grant_or_wait(a, bytes);
	a->over = a->abandoned;
	pthread_mutex_unlock(&budget.lock);
	return !a->over;
}

/* Returns true if blocks of this size are mapped. With sanitizers no block is
 * mapped, because they check only memory from malloc. */
static bool is_mapped(size_t bytes)
{
	return !ADDRESS_SANITIZER && !THREAD_SANITIZER && bytes >= MAPPED;
}

/* Moves a block between memory from malloc and mapped memory. With new_bytes 0,
 * frees the block. */
static void *move_block(void *p, size_t bytes, size_t new_bytes)
{
	void *moved = NULL;

	if (new_bytes)
		moved = is_mapped(new_bytes) ? xmap(new_bytes)
					     : xmalloc(new_bytes);
	if (moved && bytes)
		memcpy(moved, p, bytes < new_bytes ? bytes : new_bytes);
	if (is_mapped(bytes))
		xunmap(p, bytes);
	else
		free(p);
	return moved;
}

void *memory_resize(void *p, size_t bytes, size_t new_bytes)
{
	(void)memory_recharge(bytes, new_bytes);
	if (is_mapped(bytes) && is_mapped(new_bytes))
		return xremap(p, bytes, new_bytes);
	if (!new_bytes || is_mapped(bytes) || is_mapped(new_bytes))
		return move_block(p, bytes, new_bytes);
	return xrealloc(p, new_bytes);
}

bool memory_account_try_grant(struct memory_account *a, size_t bytes)
{
	bool may;

	pthread_mutex_lock(&budget.lock);
	may = !a->waiting && may_have(a, bytes);
	if (may)
		grant_bytes(a, bytes);
	else if (!a->waiting)
		begin_waiting(a, bytes);
	pthread_mutex_unlock(&budget.lock);
	return may;
}

/* Gives the reserve back if the account holds it. Called with the lock held. */
static void return_reserve(const struct memory_account *a)
{
	if (budget.next_holder == a)
		budget.next_holder = NULL;
	if (budget.holder == a) {
		budget.holder = budget.next_holder;
		budget.next_holder = NULL;
	}
	grant_waiting();
}

void memory_account_release(struct memory_account *a)
{
	if ((beyond_share(a) || a->waiting) && !budget.ask) {
		pthread_mutex_lock(&budget.lock);
		end_waiting(a);
		budget.used -= beyond_share(a);
		return_reserve(a);
		pthread_mutex_unlock(&budget.lock);
	}
	a->held = 0;
	a->granted = share();
	a->over = false;
}

void memory_account_trim(const struct memory_account *a)
{
	if (a->granted > share() && a->granted > KEEP && mi_collect)
		mi_collect(true);
}

void memory_account_abandon(struct memory_account *a)
{
	pthread_mutex_lock(&budget.lock);
	a->abandoned = true;
	end_waiting(a);
	return_reserve(a);
	pthread_mutex_unlock(&budget.lock);
}

msec memory_account_waited(struct memory_account *a, msec now)
{
	msec waited;

	pthread_mutex_lock(&budget.lock);
	waited = a->waited;
	if (a->waiting)
		waited += now - a->waiting_since;
	pthread_mutex_unlock(&budget.lock);
	return waited;
}
