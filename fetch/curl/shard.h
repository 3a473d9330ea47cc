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
	LIST_ENTRY(shard) link;		/* in a list of the owner */
	CURLM *curl;
	struct loop *loop;
	struct loop_timer timer;	/* requested by libcurl */
	void (*on_done)(void *ctx, struct transfer *t, CURLcode code);
	void *ctx;
	unsigned transfers;		/* added and not removed */
	unsigned connections;		/* made so far, in all */
	msec poked;
};

LIST_HEAD(shard_list, shard);

/* keeps: number of connections that may stay open. strictly: never open more; a
 * transfer waits until an idle connection is closed. Returns NULL if memory is
 * short. */
struct shard *shard_open(struct loop *loop, long keeps, bool strictly);

/* The shard must have no transfers. */
void shard_close(struct shard *s);

/* Starts the transfer; t->owner is the shard until it is removed. Returns 0, or
 * -1 if libcurl refuses it. */
int shard_add(struct shard *s, struct transfer *t);

/* Removes the transfer, finished or not. */
void shard_remove(struct shard *s, struct transfer *t);

/* Makes libcurl check all transfers, unless it has just done so. libcurl 7.88
 * tries the next address of a name when the first has been silent for half of
 * the connection time, but sets no timer for that. */
void shard_poke(struct shard *s);

#endif
