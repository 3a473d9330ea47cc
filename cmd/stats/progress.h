/* Progress line on standard error during a run: requests done, rate, requests
 * in flight, errors, the reason why the run waits, and the time left if the
 * total is known; at the end of the run, the totals. Used on the loop's thread
 * only; a message logged by another thread clears the line first. */
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

/* Sets the function that is called for each drawing: fill() sets the members of
 * the view that the statistics do not have. hold is an empty buffer for the
 * text of view->hold. Other texts must stay valid until the next call. p may be
 * NULL. */
void progress_set_source(struct progress *p,
			 void (*fill)(void *ctx,
				      struct progress_line_view *view,
				      struct buf *hold),
			 void *ctx);

/* Replaces the line by the totals, which stay on the screen, and frees p. p may
 * be NULL. */
void progress_close(struct progress *p);

/* Erases the line if it is on the screen; called when the program ends at once.
 * Any thread. */
void progress_clear(void);

#endif
