/* One line on standard error while a run goes on: done, rate, in flight,
 * errors, and time left when the total is known; at its end, what it came to.
 * Only the loop's thread; a message logged by another one clears the line
 * first. */
#ifndef CMD_STATS_PROGRESS_H
#define CMD_STATS_PROGRESS_H

#include <stdint.h>

#include "base/clock.h"
#include "cmd/stats/stats.h"
#include "pool/loop.h"

struct progress;

/* Redraws by itself, twice a second; st is borrowed. One at a time. */
struct progress *progress_open(struct loop *loop, const struct stats *st);

/* What the next drawing shows; total 0 is unknown. NULL is fine. */
void progress_set(struct progress *p, unsigned in_flight, uint64_t total);

/* Puts the totals in the line's place: they stay. NULL is fine. */
void progress_close(struct progress *p);

/* Erases the line, if there is one: for an end of the program that has no time
 * for more. Any thread. */
void progress_clear(void);

#endif
