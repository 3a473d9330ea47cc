/*
 * Cache of DNS answers by name, including answers that a name has no address.
 *
 * An entry holds addresses or an error until it expires. Entries with a lookup
 * under way are never evicted. Of all other entries the cache keeps
 * DNS_CACHE_MAX; the entry that expires first is evicted first.
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

/* A name and its answer: either addresses or an error text; neither if it is
 * not resolved yet. */
struct dns_entry {
	UT_hash_handle hh;
	void *owner;			/* the stage to which the waiters
					 * belong; set by the stage */
	struct waiter_list waiters;	/* jobs that wait for the answer;
					 * managed by the stage */
	bool looking_up;
	bool temporary;
	char *addresses;
	const char *error;		/* static text */
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

/* Returns the entry of the name, which is created if necessary. May evict other
 * entries that have no lookup under way. */
struct dns_entry *dns_cache_get(struct dns_cache *cache, struct slice text,
				msec now);

/* Returns true if the entry has an answer that has not expired. is_retry: a
 * temporary failure counts only for a short time, so that a retry does not get
 * the failure of its last attempt from the cache. */
bool dns_entry_is_usable(const struct dns_entry *entry, bool is_retry,
			 msec now);

/* Drops the answer of an entry and marks a lookup as under way. */
void dns_entry_start_lookup(struct dns_cache *cache, struct dns_entry *entry);

/* Stores the answer of the lookup: addresses for their TTL, but at least 1 s
 * and at most 5 min; "no such name" for 30 s; temporary failures for 1 s. */
void dns_entry_set_answer(struct dns_cache *cache, struct dns_entry *entry,
			  const struct dns_answer *answer, msec now);

#endif
