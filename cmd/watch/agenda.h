/*
 * The requests of a watch in the order in which they are due. Pure: the time is
 * an argument, in msec since 1970.
 *
 * A request has about 100 bytes here; everything else is in the state
 * (cmd/watch/store.h). Requests that are being made are not in the agenda.
 */
#ifndef CMD_WATCH_AGENDA_H
#define CMD_WATCH_AGENDA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/job/timetable.h"

struct agenda {
	struct heap heap;
	bool once;		/* one round: requests are due without jitter
				 * and up to a minute early; a request that is
				 * not due is not added */
	int64_t began;		/* time of the round */
};

struct entry {
	uint64_t number;	/* number of the request in the state */
	struct timetable timetable;	/* empty: due in each round */
	int64_t last;		/* slot at which the request was made last, or
				 * WATCH_NEVER */
	int64_t slot;		/* slot for which the request is being made */
	int64_t due;
	struct heap_node node;
};

void agenda_init(struct agenda *a, bool once, int64_t now);

/* Frees the entries, too. */
void agenda_release(struct agenda *a);

/* Takes an entry and sets when it is due. Frees the entry if the agenda is that
 * of one round, and the entry is not due in it. */
void agenda_add(struct agenda *a, struct entry *e, int64_t now);

/* Returns an entry that is due, and sets its slot; NULL: no entry is due. */
struct entry *agenda_take(struct agenda *a, int64_t now);

/* Returns when the next entry is due; INT64_MAX: there is no entry. */
int64_t agenda_due(const struct agenda *a);

/* Returns how long after its slot a request is made, so that requests with the
 * same timetable are spread: at most 3 % of the interval, and at most a
 * minute. */
int64_t agenda_jitter(const struct timetable *t, uint64_t number, int64_t slot);

#endif
