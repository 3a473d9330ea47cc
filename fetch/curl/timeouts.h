/*
 * Time limits of transfers: connected within --connect-timeout, finished within
 * --max-time.
 *
 * libcurl's own timeout options are not used: they update a tree at the start
 * and the end of each transfer, which is 1.5 us of a small request. Here a
 * handle that is used again keeps its old place in the heap; only when that
 * place comes up is the actual limit computed.
 */
#ifndef FETCH_CURL_TIMEOUTS_H
#define FETCH_CURL_TIMEOUTS_H

#include "base/heap.h"
#include "fetch/curl/transfer.h"
#include "pool/loop.h"

/* Embedded; loop, the callbacks and ctx are set before timeouts_open(). */
struct transfer_timeouts {
	struct loop *loop;
	void (*on_timeout)(void *ctx, struct transfer *t);
	void (*on_slow_connect)(void *ctx, struct transfer *t);
	void *ctx;
	struct heap heap;		/* transfers by t->check_at */
	struct loop_timer timer;
};

void timeouts_open(struct transfer_timeouts *timeouts);

/* The transfers may have been freed before. */
void timeouts_close(struct transfer_timeouts *timeouts);

/* Starts watching t, which has started with a job. From the loop,
 * on_slow_connect is called every second in which t has no connection and
 * several addresses to try, and on_timeout when t has exceeded a limit. A
 * transfer that is not running (t->owner NULL) or paused is skipped. */
void timeouts_watch(struct transfer_timeouts *timeouts, struct transfer *t);

/* Call before t is freed. */
void timeouts_forget(struct transfer_timeouts *timeouts, struct transfer *t);

#endif
