#include "base/memory_budget.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sanitizers.h"

/* Asked for at once: at least so much, and a quarter of what is there. */
enum { STEP = 1 << 20 };

/* From here on memory is mapped: it grows without a copy, and goes back to the
 * system at once. */
enum { MAPPED = 1 << 20 };

/* What a thread may keep in its heap from one page to the next. */
enum { KEEP = 2 << 20 };

/* mimalloc's, when the program is linked with it. It keeps what is freed with
 * the thread, which may have to wait for memory next. */
extern void mi_collect(bool force) __attribute__((weak));
extern void mi_option_set(int option, long value) __attribute__((weak));

/* mi_option_decommit_delay of mimalloc 2.0, purge_delay since 2.1. */
enum { MI_DELAY = 15 };

/* A share is not larger: more buys nothing. */
enum { SHARE_MAX = 4 << 20 };

_Thread_local struct memory_account *memory_account_current;

/* The sizes are set once; the lock guards what follows it, and what the header
 * says of accounts. */
static struct {
	size_t bytes;		/* 0: no limit */
	unsigned workers;
	size_t share, common, page;
	void (*ask)(size_t bytes);
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t used;		/* of all accounts, beyond their shares */
	const struct memory_account *pass;
	const struct memory_account *heir;	/* of the pass: the loop's */
	TAILQ_HEAD(memory_line, memory_account) line;
} budget = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER,
	.line = TAILQ_HEAD_INITIALIZER(budget.line),
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
	budget.pass = budget.heir = NULL;
	budget.ask = NULL;
	TAILQ_INIT(&budget.line);
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

/* With the lock held, as what follows. What an account has of the budget. */
static size_t taken(const struct memory_account *a)
{
	return a->granted > share() ? a->granted - share() : 0;
}

static bool may_have(const struct memory_account *a, size_t bytes)
{
	return bytes <= a->granted || !budget.pass || budget.pass == a ||
	       budget.used + (bytes - a->granted) <= budget.common;
}

/* Memory is scarce: what is freed in a segment of mimalloc's (32 MB) is not kept
 * until the thread allocates again, which it does when the next page is there.
 * (It costs system calls.) */
static void give_back_at_once(void)
{
	if (mi_option_set)
		mi_option_set(MI_DELAY, 0);
}

static void grant(struct memory_account *a, size_t bytes)
{
	const size_t before = taken(a);

	if (bytes <= a->granted)
		return;
	a->granted = bytes;
	budget.used += taken(a) - before;
	if (budget.used <= budget.common || budget.pass == a)
		return;
	give_back_at_once();
	if (!budget.pass)
		budget.pass = a;
	else if (a->never_waits)
		budget.heir = a;
}

static void begin_waiting(struct memory_account *a, size_t bytes)
{
	a->wanted = bytes;
	a->waiting = true;
	a->waiting_since = clock_now();
	TAILQ_INSERT_TAIL(&budget.line, a, link);
}

static void end_waiting(struct memory_account *a)
{
	if (!a->waiting)
		return;
	TAILQ_REMOVE(&budget.line, a, link);
	a->waiting = false;
	a->waited += clock_now() - a->waiting_since;
}

/* To those in the line, the first one first: who wakes up first does not
 * matter then, nor who comes later. */
static void grant_waiting(void)
{
	struct memory_account *a, *next;

	for (a = TAILQ_FIRST(&budget.line); a; a = next) {
		next = TAILQ_NEXT(a, link);
		if (!may_have(a, a->wanted))
			continue;
		grant(a, a->wanted);
		end_waiting(a);
	}
	pthread_cond_broadcast(&budget.changed);
}

static void grant_or_wait(struct memory_account *a, size_t bytes)
{
	if (a->never_waits || may_have(a, bytes)) {
		grant(a, bytes);
		return;
	}
	begin_waiting(a, bytes);
	while (a->waiting)
		pthread_cond_wait(&budget.changed, &budget.lock);
}

/* What to ask for when held is not enough. */
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
		give_back_at_once();
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

/* Sanitizers watch malloc. */
static bool is_mapped(size_t bytes)
{
	return !ADDRESS_SANITIZER && !THREAD_SANITIZER && bytes >= MAPPED;
}

/* From one kind to the other, or none. */
static void *move(void *p, size_t bytes, size_t new_bytes)
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
		return move(p, bytes, new_bytes);
	return xrealloc(p, new_bytes);
}

bool memory_account_try_grant(struct memory_account *a, size_t bytes)
{
	bool may;

	pthread_mutex_lock(&budget.lock);
	may = !a->waiting && may_have(a, bytes);
	if (may)
		grant(a, bytes);
	else if (!a->waiting)
		begin_waiting(a, bytes);
	pthread_mutex_unlock(&budget.lock);
	return may;
}

/* With the lock held. */
static void return_pass(const struct memory_account *a)
{
	if (budget.heir == a)
		budget.heir = NULL;
	if (budget.pass == a) {
		budget.pass = budget.heir;
		budget.heir = NULL;
	}
	grant_waiting();
}

void memory_account_release(struct memory_account *a)
{
	if ((taken(a) || a->waiting) && !budget.ask) {
		pthread_mutex_lock(&budget.lock);
		end_waiting(a);
		budget.used -= taken(a);
		return_pass(a);
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
	return_pass(a);
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
