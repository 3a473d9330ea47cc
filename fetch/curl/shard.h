/*
 * One libcurl multi handle on the loop, driven with curl_multi_socket_action().
 *
 * No curl_multi_* function may be called from inside a libcurl callback, and
 * returning a job may bring in a new one. So on_done, which is called from the
 * loop, must only record that the transfer has finished.
 */
#ifndef FETCH_CURL_SHARD_H
#define FETCH_CURL_SHARD_H

#include <curl/curl.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "fetch/curl/transfer.h"
#include "pool/loop.h"

struct shard {
	LIST_ENTRY(shard) link;		/* in a list of the shard's owner */
	CURLM *curl;
	struct loop *loop;
	struct loop_timer timer;	/* the timer that libcurl has asked
					 * for */
	void (*on_done)(void *ctx, struct transfer *t, CURLcode code);
	void *ctx;
	unsigned transfers;		/* number of transfers that were added
					 * and not removed */
	unsigned connections;		/* number of connections that were made
					 * so far */
	msec poked;
};

LIST_HEAD(shard_list, shard);

/* Opens a shard. keeps: number of connections that may stay open. strictly:
 * never open more; a transfer then waits until an idle connection is closed.
 * Returns NULL if memory is short. */
struct shard *shard_open(struct loop *loop, long keeps, bool strictly);

/* Closes a shard, which must have no transfers. */
void shard_close(struct shard *s);

/* Starts the transfer and sets t->owner to the shard, until the transfer is
 * removed. Returns 0, or -1 if libcurl refuses the transfer. */
int shard_add(struct shard *s, struct transfer *t);

/* Removes the transfer, whether it is finished or not. */
void shard_remove(struct shard *s, struct transfer *t);

/* Makes libcurl check all transfers, unless it has just done so. It is needed
 * because libcurl 7.88 tries the next address of a name when the first has been
 * silent for half of the connection time, but sets no timer for this. */
void shard_poke(struct shard *s);

#endif
