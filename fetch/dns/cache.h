/*
 * What is known about names: their addresses, or that there are none, until a
 * moment. A name somebody is asking about stays; of the others the table holds
 * DNS_CACHE_MAX, and lets go of the one first that would expire first.
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

enum { DNS_CACHE_MAX = 100000 };

struct waiter;
TAILQ_HEAD(waiter_list, waiter);

/* The answer is in one of two ways: addresses, or why there are none. Neither:
 * nothing is known. */
struct dns_entry {
	UT_hash_handle hh;
	void *owner;			/* who waits; set by them */
	struct waiter_list waiters;	/* theirs */
	bool looking_up;
	bool temporary;
	char *addresses;
	const char *error;		/* static */
	msec answered, expires;
	struct heap_node node;
	char text[];
};

struct dns_cache {
	struct dns_entry *all;
	struct heap expiry;
};

void dns_cache_init(struct dns_cache *cache);
void dns_cache_release(struct dns_cache *cache);

/* Finds the name or makes one. Another that is not being asked about may be
 * gone afterwards. */
struct dns_entry *dns_cache_get(struct dns_cache *cache, struct slice text,
				msec now);

/* Whether its answer is there and may still be used. again: for a retry, which
 * is not to be told the failure of a moment ago once more. */
bool dns_entry_is_usable(const struct dns_entry *entry, bool again, msec now);

/* Forgets the answer; it is being asked about from now on. */
void dns_entry_start_lookup(struct dns_cache *cache, struct dns_entry *entry);

/* Keeps the answer: addresses for their TTL within [1 s, 5 min], "no such
 * name" for 30 s, failures that may pass for 1 s. */
void dns_entry_set_answer(struct dns_cache *cache, struct dns_entry *entry,
			  const struct dns_answer *answer, msec now);

#endif
