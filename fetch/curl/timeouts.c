/* A heap of transfers, ordered by the time at which each is to be checked next.
 * That time may be before the transfer's limit, but never after it. */
#include "fetch/curl/timeouts.h"

#include <string.h>

#define SLOW_CONNECT 1000.0

static struct transfer *transfer_of(const struct heap_node *n)
{
	return heap_entry(n, struct transfer, node);
}

static bool is_checked_sooner(const struct heap_node *a,
			      const struct heap_node *b)
{
	return transfer_of(a)->check_at < transfer_of(b)->check_at;
}

/* Returns the time at which t exceeds a limit, or MSEC_NEVER if it is not
 * running. */
static msec timeout_at(const struct transfer *t)
{
	const struct job *job = t->job;
	msec connect;

	if (!t->owner || t->paused)
		return MSEC_NEVER;
	connect = job->hop.started + t->shared->config->connect_timeout;
	return t->connected || job->deadline < connect ? job->deadline
							: connect;
}

static bool has_addresses_to_try(const struct transfer *t)
{
	return !t->connected && t->job->hop.addresses &&
	       strchr(t->job->hop.addresses, ',');
}

static msec next_check(const struct transfer *t, msec due, msec now)
{
	return due > now + SLOW_CONNECT && has_addresses_to_try(t)
		       ? now + SLOW_CONNECT : due;
}

static void set_timer(struct transfer_timeouts *timeouts)
{
	const struct heap_node *first = heap_first(&timeouts->heap);

	loop_set_timer(timeouts->loop, &timeouts->timer,
		       first ? transfer_of(first)->check_at : MSEC_NEVER);
}

static void on_due(void *ctx, msec now)
{
	struct transfer_timeouts *timeouts = ctx;
	struct heap_node *n;

	while ((n = heap_first(&timeouts->heap)) &&
	       transfer_of(n)->check_at <= now) {
		struct transfer *t = transfer_of(n);
		const msec at = timeout_at(t);

		if (at > now && at < MSEC_NEVER) {
			t->check_at = next_check(t, at, now);
			heap_moved(&timeouts->heap, n);
			if (has_addresses_to_try(t))
				timeouts->on_slow_connect(timeouts->ctx, t);
			continue;
		}
		heap_remove(&timeouts->heap, n);
		if (at <= now)
			timeouts->on_timeout(timeouts->ctx, t);
	}
	set_timer(timeouts);
}

void timeouts_open(struct transfer_timeouts *timeouts)
{
	timeouts->heap.before = is_checked_sooner;
	timeouts->timer.on_due = on_due;
	timeouts->timer.ctx = timeouts;
}

void timeouts_close(struct transfer_timeouts *timeouts)
{
	loop_set_timer(timeouts->loop, &timeouts->timer, MSEC_NEVER);
	heap_release(&timeouts->heap);
}

void timeouts_watch(struct transfer_timeouts *timeouts, struct transfer *t)
{
	const msec at = next_check(t, timeout_at(t), loop_now(timeouts->loop));

	/* The transfer is in the heap with an earlier time already, which is
	 * good enough. */
	if (heap_has(&t->node) && t->check_at <= at)
		return;
	t->check_at = at;
	if (heap_has(&t->node))
		heap_moved(&timeouts->heap, &t->node);
	else
		heap_push(&timeouts->heap, &t->node);
	if (heap_first(&timeouts->heap) == &t->node)
		set_timer(timeouts);
}

void timeouts_forget(struct transfer_timeouts *timeouts, struct transfer *t)
{
	heap_remove(&timeouts->heap, &t->node);
}
