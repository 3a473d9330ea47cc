/* Progress line on standard error during a run: requests done, rate, requests
 * in flight, errors, and the time left if the total is known; at the end of the
 * run its totals. Used on the loop's thread only; a message logged by another
 * thread clears the line first. */
#ifndef CMD_STATS_PROGRESS_H
#define CMD_STATS_PROGRESS_H

#include <stdint.h>

#include "base/clock.h"
#include "cmd/stats/progress_line.h"
#include "cmd/stats/stats.h"
#include "pool/loop.h"

struct progress;

/* Starts a line, which a timer redraws twice a second; st is borrowed. There
 * may be only one at a time. */
struct progress *progress_open(struct loop *loop, const struct stats *st);

/* Sets values that the line shows when it is drawn next; total 0: unknown. p
 * may be NULL. */
void progress_set(struct progress *p, unsigned in_flight, uint64_t total);

/* Makes the line that of a crawl: fill() is called for each drawing. The texts
 * that fill() sets must stay valid until its next call. p may be NULL. */
void progress_set_crawl(struct progress *p,
			void (*fill)(void *ctx,
				     struct progress_line_crawl *crawl),
			void *ctx);

/* Replaces the line by the totals, which stay on the screen, and frees p. p may
 * be NULL. */
void progress_close(struct progress *p);

/* Erases the line if it is on the screen; called when the program ends at once.
 * Any thread. */
void progress_clear(void);

#endif
