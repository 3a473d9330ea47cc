/*
 * Slow bodies on a loop, looked at in turn (fetch/curl/slow_body.h).
 *
 * The loop has other things to do: a look is over after a few milliseconds, and
 * the next one comes after four times as long, so that however many bodies
 * there are, they take a fifth of its time at most. A body that is there within
 * half a second costs two list operations.
 */
#ifndef FETCH_CURL_SLOW_BODIES_H
#define FETCH_CURL_SLOW_BODIES_H

#include "fetch/curl/slow_body.h"
#include "fetch/curl/transfer.h"
#include "pool/loop.h"

/* Embedded; loop, on_too_large and ctx are set by who opens it. */
struct slow_bodies {
	struct loop *loop;
	/* Its job has failed: end the transfer. From the loop. */
	void (*on_too_large)(void *ctx, struct transfer *t);
	void *ctx;
	struct transfer_list young;	/* the oldest first */
	struct transfer_list slow;	/* to be looked at in turn */
	struct loop_timer timer;
	bool is_set;			/* the timer */
};

void slow_bodies_open(struct slow_bodies *s);

/* The transfers may be gone before. */
void slow_bodies_close(struct slow_bodies *s);

/* t has begun with a job. */
void slow_bodies_add(struct slow_bodies *s, struct transfer *t);

/* Removes a transfer that has ended; one that is not in the list is fine. */
void slow_bodies_remove(struct transfer *t);

#endif
