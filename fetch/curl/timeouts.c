#include "fetch/curl/timeouts.h"

#include <string.h>

#define SLOW 1000.0

static struct transfer *transfer_of(const struct heap_node *n)
{
	return heap_entry(n, struct transfer, node);
}

static bool sooner(const struct heap_node *a, const struct heap_node *b)
{
	return transfer_of(a)->look_at < transfer_of(b)->look_at;
}

/* NEVER: nothing is running. */
static msec over_at(const struct transfer *t)
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

static msec next_look(const struct transfer *t, msec over, msec now)
{
	return over > now + SLOW && has_addresses_to_try(t) ? now + SLOW
							    : over;
}

static void set_timer(struct deadlines *d)
{
	const struct heap_node *first = heap_first(&d->heap);

	loop_set_timer(d->loop, &d->timer,
		       first ? transfer_of(first)->look_at : MSEC_NEVER);
}

static void on_due(void *ctx, msec now)
{
	struct deadlines *d = ctx;
	struct heap_node *n;

	while ((n = heap_first(&d->heap)) && transfer_of(n)->look_at <= now) {
		struct transfer *t = transfer_of(n);
		const msec at = over_at(t);

		if (at > now && at < MSEC_NEVER) {
			t->look_at = next_look(t, at, now);
			heap_moved(&d->heap, n);
			if (has_addresses_to_try(t))
				d->on_slow(d->ctx, t);
			continue;
		}
		heap_remove(&d->heap, n);
		if (at <= now)
			d->on_over(d->ctx, t);
	}
	set_timer(d);
}

void deadlines_open(struct deadlines *d)
{
	d->heap.before = sooner;
	d->timer.on_due = on_due;
	d->timer.ctx = d;
}

void deadlines_close(struct deadlines *d)
{
	loop_set_timer(d->loop, &d->timer, MSEC_NEVER);
	heap_release(&d->heap);
}

void deadlines_watch(struct deadlines *d, struct transfer *t)
{
	const msec at = next_look(t, over_at(t), loop_now(d->loop));

	/* A place that comes up sooner does as well. */
	if (heap_has(&t->node) && t->look_at <= at)
		return;
	t->look_at = at;
	if (heap_has(&t->node))
		heap_moved(&d->heap, &t->node);
	else
		heap_push(&d->heap, &t->node);
	if (heap_first(&d->heap) == &t->node)
		set_timer(d);
}

void deadlines_forget(struct deadlines *d, struct transfer *t)
{
	heap_remove(&d->heap, &t->node);
}
