/*
 * What is known about names: their addresses, or that there are none, until a
 * moment. A name somebody is asking about stays; of the others the table holds
 * NAMES_MAX, and lets go of the one first that would expire first.
 */
#ifndef FETCH_DNS_CACHE_H
#define FETCH_DNS_CACHE_H

#include <stdbool.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/slice.h"
#include "fetch/dns/query.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

enum { NAMES_MAX = 100000 };

struct waiter;
TAILQ_HEAD(waiter_list, waiter);

/* The answer is in one of two ways: addresses, or why there are none. Neither:
 * nothing is known. */
struct name {
	UT_hash_handle hh;
	void *owner;			/* who waits; set by them */
	struct waiter_list waiters;	/* theirs */
	bool asking;
	bool temporary;
	char *addresses;
	const char *why;		/* static */
	msec answered, expires;
	struct heap_node node;
	char text[];
};

struct dns_cache {
	struct name *all;
	struct heap expiry;
};

void dns_cache_init(struct dns_cache *names);
void dns_cache_release(struct dns_cache *names);

/* Finds the name or makes one. Another that is not being asked about may be
 * gone afterwards. */
struct name *dns_cache_get(struct dns_cache *names, struct slice text,
			   msec now);

/* Whether its answer is there and may still be used. again: for a retry, which
 * is not to be told the failure of a moment ago once more. */
bool name_is_known(const struct name *name, bool again, msec now);

/* Forgets the answer; it is being asked about from now on. */
void name_ask(struct dns_cache *names, struct name *name);

/* Keeps the answer: addresses for their TTL within [1 s, 5 min], "no such
 * name" for 30 s, failures that may pass for 1 s. */
void name_answer(struct dns_cache *names, struct name *name,
		 const struct dns_answer *answer, msec now);

#endif
