/*
 * A table of descriptors, a heap of timers, and a back end that waits.
 *
 * For each descriptor the table has the events that the owner of the descriptor
 * wants, and the events that are registered with the kernel. A missing event is
 * registered at once. A superfluous one stays registered until it occurs; only
 * then is the registration updated, because the back ends are level-triggered
 * and would report the event again and again.
 *
 * All events that a wait returns are stored in the table before the first
 * callback runs. An event is cleared when it is delivered, and by
 * loop_unwatch(), so a new descriptor with the same number does not inherit it.
 */
#include "pool/loop.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pool/loop_backend.h"

enum { BATCH = 256 };

struct watch {
	loop_fn *fn;
	void *ctx;
	int wanted;	/* events that the owner wants; 0: none for now */
	int registered;	/* events registered with the kernel; 0: the descriptor
			 * is not registered */
	int ready;	/* events that are still to be delivered in this step */
};

struct loop {
	const struct loop_backend_ops *ops;
	void *backend;
	struct watch *watches;	/* table, indexed by descriptor */
	size_t watches_len;
	struct heap timers;
	struct heap due;	/* timers that are due in this round and not
				 * called yet */
	msec now;
	struct loop_ready batch[BATCH];
};

static const struct loop_backend_ops *const backends[] = {
	[LOOP_EPOLL] = &loop_epoll,
	[LOOP_POLL] = &loop_poll,
};

static struct loop_timer *timer_of(const struct heap_node *node)
{
	return heap_entry(node, struct loop_timer, node);
}

static bool sooner(const struct heap_node *a, const struct heap_node *b)
{
	return timer_of(a)->at < timer_of(b)->at;
}

static bool is_in(const struct heap *heap, const struct heap_node *node)
{
	return heap_has(node) && node->place <= heap->len &&
	       heap->nodes[node->place - 1] == node;
}

static struct watch *find_watch(const struct loop *loop, int fd)
{
	if (fd < 0 || (size_t)fd >= loop->watches_len)
		return NULL;
	return &loop->watches[fd];
}

static struct watch *find_or_add_watch(struct loop *loop, int fd)
{
	const size_t had = loop->watches_len;
	size_t len = had ? had : 64;

	if ((size_t)fd < had)
		return &loop->watches[fd];
	while (len <= (size_t)fd)
		len *= 2;
	loop->watches = xrealloc(loop->watches, len * sizeof(*loop->watches));
	memset(loop->watches + had, 0, (len - had) * sizeof(*loop->watches));
	loop->watches_len = len;
	return &loop->watches[fd];
}

static int register_events(struct loop *loop, int fd, struct watch *w,
			   int events)
{
	if (loop->ops->change(loop->backend, fd, w->registered, events))
		return -1;
	w->registered = events;
	return 0;
}

/* Returns the timeout for the back end in milliseconds, rounded up: the loop
 * would be busy waiting if it woke too early. */
static int timeout(const struct loop *loop, msec until)
{
	const struct heap_node *first = heap_first(&loop->timers);
	msec left;

	if (first && timer_of(first)->at < until)
		until = timer_of(first)->at;
	if (isinf(until) && until > 0)
		return -1;
	left = until - clock_now();
	if (left <= 0)
		return 0;
	/* The result is an int, so long waits are cut to a quarter of an hour;
	 * waking that often costs nothing. */
	return left > 1e6 ? 1000000 : (int)ceil(left);
}

/* Delivers an event. The callback is called last, because it may move the
 * table. */
static void deliver(struct loop *loop, int fd)
{
	struct watch *w = &loop->watches[fd];
	const int ready = w->ready;
	const int events = w->wanted ? ready & (w->wanted | LOOP_ERROR) : 0;

	w->ready = 0;
	/* If no event is wanted, the descriptor is removed from the kernel's
	 * set, because a hang-up is reported even if not asked for. */
	if (w->registered && ready & ~events)
		(void)register_events(loop, fd, w, w->wanted);
	if (events)
		w->fn(w->ctx, fd, events);
}

static void run_descriptors(struct loop *loop, size_t len)
{
	for (size_t i = 0; i < len; i++)
		loop->watches[loop->batch[i].fd].ready = loop->batch[i].events;
	for (size_t i = 0; i < len; i++)
		deliver(loop, loop->batch[i].fd);
}

/* Calls the timers that are due. They are first moved to a heap of their own,
 * so that a timer that a callback sets is not called in the same round, and a
 * callback can still stop a timer that is due. */
static void run_timers(struct loop *loop)
{
	struct heap_node *node;

	while ((node = heap_first(&loop->timers)) != NULL &&
	       timer_of(node)->at <= loop->now)
		heap_push(&loop->due, heap_pop(&loop->timers));
	while ((node = heap_pop(&loop->due)) != NULL) {
		struct loop_timer *timer = timer_of(node);

		timer->on_due(timer->ctx, loop->now);
	}
}

struct loop *loop_open(enum loop_backend backend)
{
	const struct loop_backend_ops *ops = backends[backend];
	void *own = ops->open();
	struct loop *loop;

	if (!own)
		return NULL;
	loop = xcalloc(1, sizeof(*loop));
	loop->ops = ops;
	loop->backend = own;
	loop->timers.before = loop->due.before = sooner;
	loop->now = clock_now();
	return loop;
}

void loop_close(struct loop *loop)
{
	if (!loop)
		return;
	loop->ops->close(loop->backend);
	heap_release(&loop->timers);
	heap_release(&loop->due);
	free(loop->watches);
	free(loop);
}

int loop_watch(struct loop *loop, int fd, int events, loop_fn *fn, void *ctx)
{
	struct watch *w;

	if (fd < 0) {
		errno = EBADF;
		return -1;
	}
	w = find_or_add_watch(loop, fd);
	if (events)
		events |= LOOP_ERROR;
	if (events & ~w->registered && register_events(loop, fd, w, events))
		return -1;
	w->wanted = events;
	w->fn = fn;
	w->ctx = ctx;
	return 0;
}

void loop_unwatch(struct loop *loop, int fd)
{
	struct watch *w = find_watch(loop, fd);

	if (!w)
		return;
	/* Closing the descriptor would also remove it from the kernel's set,
	 * but not if a duplicate of the descriptor is open. */
	if (w->registered)
		(void)loop->ops->change(loop->backend, fd, w->registered, 0);
	*w = (struct watch){0};
}

void loop_set_timer(struct loop *loop, struct loop_timer *timer, msec at)
{
	assert(!isnan(at));
	if (is_in(&loop->due, &timer->node))
		heap_remove(&loop->due, &timer->node);
	if (isinf(at) && at > 0) {
		heap_remove(&loop->timers, &timer->node);
		timer->at = at;
	} else {
		timer->at = at;
		if (heap_has(&timer->node))
			heap_moved(&loop->timers, &timer->node);
		else
			heap_push(&loop->timers, &timer->node);
	}
}

msec loop_now(const struct loop *loop)
{
	return loop->now;
}

void loop_step(struct loop *loop, msec until)
{
	const size_t len = loop->ops->wait(loop->backend,
					   timeout(loop, until), loop->batch,
					   BATCH);

	loop->now = clock_now();
	run_descriptors(loop, len);
	run_timers(loop);
}
