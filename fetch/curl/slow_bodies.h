/*
 * Checks slow bodies on a loop, in turn (fetch/curl/slow_body.h).
 *
 * Because the loop has other work, a step of checking ends after a few
 * milliseconds, and the next one starts after a pause four times as long:
 * however many bodies there are, they take at most a fifth of the loop's time.
 * For a body that arrives within half a second, the cost is two list
 * operations.
 */
#ifndef FETCH_CURL_SLOW_BODIES_H
#define FETCH_CURL_SLOW_BODIES_H

#include "fetch/curl/slow_body.h"
#include "fetch/curl/transfer.h"
#include "pool/loop.h"

/* State of the checks on one loop, embedded in its owner. Set loop,
 * on_too_large and ctx before slow_bodies_open(). */
struct slow_bodies {
	struct loop *loop;
	/* Called from the loop after the job was failed. Must end the
	 * transfer. */
	void (*on_too_large)(void *ctx, struct transfer *t);
	void *ctx;
	struct transfer_list young;	/* transfers that are not slow yet,
					 * oldest first */
	struct transfer_list slow;	/* transfers with slow bodies, to be
					 * checked in turn */
	struct loop_timer timer;
	bool is_set;			/* the timer is set */
};

void slow_bodies_open(struct slow_bodies *s);

/* Ends the checks. The transfers may have been freed before. */
void slow_bodies_close(struct slow_bodies *s);

/* Starts watching a transfer that has started with a job. */
void slow_bodies_add(struct slow_bodies *s, struct transfer *t);

/* Stops watching a transfer that has ended; does nothing if it is in no
 * list. */
void slow_bodies_remove(struct transfer *t);

#endif
