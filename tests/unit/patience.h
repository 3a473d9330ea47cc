/*
 * Lets a test wait as long as there is progress: the test gives up when nothing
 * has happened for a long time, however long the whole wait is. On a busy
 * machine other processes take most of the time, so a limit for the whole wait
 * would measure the load of these processes.
 *
 *	struct patience p = {0};
 *
 *	while (home < jobs && patience_lasts(&p, home))
 *		loop_step(loop, p.until);
 */
#ifndef TESTS_PATIENCE_H
#define TESTS_PATIENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

/* Time without any progress after which a test has hung. */
#define PATIENCE ((msec)120e3)

/* Zero is the state before the first call. */
struct patience {
	size_t progress;
	msec until;		/* time at which to give up if there is no
				 * progress */
};

/* Returns false if `progress`, any number that changes as work is done, has had
 * the same value for PATIENCE. */
static inline bool patience_lasts(struct patience *p, size_t progress)
{
	const msec now = clock_now();

	if (!(p->until > 0) || progress != p->progress)
		*p = (struct patience){progress, now + PATIENCE};
	return now < p->until;
}

#endif
