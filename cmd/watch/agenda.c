#include "cmd/watch/agenda.h"

#include <stdlib.h>

#include "base/digest.h"
#include "cmd/watch/store.h"

enum { MINUTE = 60 * 1000 };

/* Jitter in percent of the interval. */
enum { JITTER = 3 };

static bool is_sooner(const struct heap_node *a, const struct heap_node *b)
{
	const struct entry *x = heap_entry(a, const struct entry, node);
	const struct entry *y = heap_entry(b, const struct entry, node);

	return x->due != y->due ? x->due < y->due : x->number < y->number;
}

void agenda_init(struct agenda *a, bool once, int64_t now)
{
	*a = (struct agenda){.heap = {.before = is_sooner}, .once = once,
			     .began = now};
}

void agenda_release(struct agenda *a)
{
	struct heap_node *n;

	while ((n = heap_pop(&a->heap)))
		free(heap_entry(n, struct entry, node));
	heap_release(&a->heap);
}

int64_t agenda_jitter(const struct timetable *t, uint64_t number, int64_t slot)
{
	const uint64_t of[2] = {number, (uint64_t)slot};
	const int64_t share = t->every * JITTER / 100;
	const int64_t most = t->has_at || share > MINUTE ? MINUTE : share;

	return most ? (int64_t)(digest_of(of, sizeof(of)).a %
				(uint64_t)(most + 1)) : 0;
}

/* Returns how much earlier than its time a request may be made in a round,
 * because timers that start rounds are not exact. Timers of systemd may be late
 * by a minute by default. */
static int64_t early_by(const struct timetable *t)
{
	return t->every / 10 < MINUTE ? t->every / 10 : MINUTE;
}

/* Returns when the entry is due. A slot in the future, which comes from a clock
 * that was set back, counts as now. */
static int64_t due_of(const struct agenda *a, const struct entry *e,
		      int64_t now)
{
	const int64_t last = e->last < now ? e->last : now;
	int64_t slot;

	if (e->last == WATCH_NEVER ||
	    (!e->timetable.every && !e->timetable.has_at))
		return a->once ? a->began : now;
	slot = timetable_next(&e->timetable, last);
	return a->once ? slot - early_by(&e->timetable)
		       : slot + agenda_jitter(&e->timetable, e->number, slot);
}

void agenda_add(struct agenda *a, struct entry *e, int64_t now)
{
	e->due = due_of(a, e, now);
	if (a->once && e->due > a->began)
		free(e);
	else
		heap_push(&a->heap, &e->node);
}

/* Returns the slot for which an entry is made. In a round this is the time at
 * which the round began, so that the next round may be early or late by as
 * much. */
static int64_t slot_of(const struct agenda *a, const struct entry *e,
		       int64_t now)
{
	if (e->timetable.has_at)
		return timetable_slot(&e->timetable, 0,
				      a->once ? a->began : now);
	if (a->once)
		return a->began;
	return e->last == WATCH_NEVER || e->last > now
		? now : timetable_slot(&e->timetable, e->last, now);
}

struct entry *agenda_take(struct agenda *a, int64_t now)
{
	struct heap_node *first = heap_first(&a->heap);
	struct entry *e;

	if (!first || (!a->once && agenda_due(a) > now))
		return NULL;
	e = heap_entry(heap_pop(&a->heap), struct entry, node);
	e->slot = slot_of(a, e, now);
	return e;
}

int64_t agenda_due(const struct agenda *a)
{
	const struct heap_node *first = heap_first(&a->heap);

	return first ? heap_entry(first, const struct entry, node)->due
		     : INT64_MAX;
}
