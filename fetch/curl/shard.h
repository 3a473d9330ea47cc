/*
 * One of libcurl's multi handles on the loop, through
 * curl_multi_socket_action().
 *
 * No curl_multi_* function may be called from inside a callback of libcurl's,
 * and a job that is handed back may bring a new one: so on_done, called from
 * the loop, only takes note of a transfer that has finished.
 */
#ifndef FETCH_CURL_SHARD_H
#define FETCH_CURL_SHARD_H

#include <curl/curl.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "fetch/curl/transfer.h"
#include "pool/loop.h"

struct shard {
	LIST_ENTRY(shard) link;		/* its owner's */
	CURLM *curl;
	struct loop *loop;
	struct loop_timer timer;	/* what libcurl asked for */
	void (*on_done)(void *ctx, struct transfer *t, CURLcode code);
	void *ctx;
	unsigned transfers;		/* in it now */
	unsigned connections;		/* made, ever */
	msec poked;
};

LIST_HEAD(shard_list, shard);

/* keeps: connections that may be open; strictly: not one more, a transfer
 * waits until an idle one is closed. NULL: no memory. */
struct shard *shard_open(struct loop *loop, long keeps, bool strictly);

/* No transfer may be in it. */
void shard_close(struct shard *s);

/* Starts the transfer; t->owner is the shard until it is taken out. Returns 0,
 * or -1 when libcurl will not have it. */
int shard_add(struct shard *s, struct transfer *t);

/* Takes the transfer out, finished or not. */
void shard_remove(struct shard *s, struct transfer *t);

/* libcurl 7.88 goes on to a name's next address when the first one has been
 * silent for half of the time, but sets itself no timer for that. This makes
 * it look at all transfers, unless it has done so a moment ago. */
void shard_poke(struct shard *s);

#endif
