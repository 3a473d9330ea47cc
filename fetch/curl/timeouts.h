/*
 * Time limits of transfers: a transfer must be connected within
 * --connect-timeout and finished within --max-time.
 *
 * libcurl's own timeout options are not used: they update a tree at the start
 * and the end of each transfer, which is 1.5 us of a small request. Here, a
 * handle that is used again keeps its old time in the heap. The actual limit is
 * computed only when that time has come.
 */
#ifndef FETCH_CURL_TIMEOUTS_H
#define FETCH_CURL_TIMEOUTS_H

#include "base/heap.h"
#include "fetch/curl/transfer.h"
#include "pool/loop.h"

/* The time limits of a loop's transfers, embedded in their owner. Set loop, the
 * callbacks and ctx before timeouts_open(). */
struct transfer_timeouts {
	struct loop *loop;
	void (*on_timeout)(void *ctx, struct transfer *t);
	void (*on_slow_connect)(void *ctx, struct transfer *t);
	void *ctx;
	struct heap heap;		/* transfers, ordered by check_at */
	struct loop_timer timer;
};

void timeouts_open(struct transfer_timeouts *timeouts);

/* Ends the checks. The transfers may have been freed before. */
void timeouts_close(struct transfer_timeouts *timeouts);

/* Starts watching t, which has started with a job. The loop calls
 * on_slow_connect every second as long as t has no connection and has several
 * addresses to try, and on_timeout when t has exceeded a limit. A transfer that
 * is not running (t->owner NULL) or paused is skipped. */
void timeouts_watch(struct transfer_timeouts *timeouts, struct transfer *t);

/* Stops watching t. Must be called before t is freed. */
void timeouts_forget(struct transfer_timeouts *timeouts, struct transfer *t);

#endif
