/*
 * When transfers have to be over: connected within --connect-timeout, finished
 * within --max-time.
 *
 * Ours, not libcurl's timeout options: those keep a tree in order at the start
 * and the end of each transfer, 1.5 us of a small request. Here a handle that
 * is used again and again keeps its place until that comes up, and is only
 * then looked at: is there anything to be over, and when?
 */
#ifndef FETCH_CURL_TIMEOUTS_H
#define FETCH_CURL_TIMEOUTS_H

#include "base/heap.h"
#include "fetch/curl/transfer.h"
#include "pool/loop.h"

/* Embedded; loop, on_timeout, on_slow_connect and ctx are set by who opens it. */
struct transfer_timeouts {
	struct loop *loop;
	void (*on_timeout)(void *ctx, struct transfer *t);
	void (*on_slow_connect)(void *ctx, struct transfer *t);
	void *ctx;
	struct heap heap;		/* of transfers, by t->check_at */
	struct loop_timer timer;
};

void timeouts_open(struct transfer_timeouts *timeouts);

/* The transfers may be gone before. */
void timeouts_close(struct transfer_timeouts *timeouts);

/* t has begun with a job. on_slow_connect is called, from the loop, every second in
 * which it has no connection and there are addresses to try; on_timeout if it
 * goes on too long; what is not running (t->owner NULL) or paused is left alone. */
void timeouts_watch(struct transfer_timeouts *timeouts, struct transfer *t);

/* Before t is freed. */
void timeouts_forget(struct transfer_timeouts *timeouts, struct transfer *t);

#endif
