/* A hash table of names, and a heap of the entries that can be evicted, ordered
 * by their expiry. */
#include "fetch/dns/cache.h"

#include <assert.h>
#include <string.h>

/* Times in msec for which answers are kept. A temporary failure is kept for a
 * short time, so that a list with a thousand URLs of a broken host causes only
 * one query a second; retries may cause one earlier. */
#define TTL_MIN 1e3
#define TTL_MAX 300e3
#define NO_SUCH_NAME_KEPT 30e3
#define FAILURE_KEPT 1e3
#define FAILURE_KEPT_FROM_RETRIES 100.0

/* Number of expired entries that are dropped when an entry is added: more than
 * one, so that expired entries become fewer. */
enum { SWEEP = 4 };

static struct dns_entry *entry_of(const struct heap_node *n)
{
	return heap_entry(n, struct dns_entry, node);
}

static bool expires_sooner(const struct heap_node *a,
			   const struct heap_node *b)
{
	return entry_of(a)->expires < entry_of(b)->expires;
}

static void forget_entry(struct dns_cache *cache, struct dns_entry *entry)
{
	heap_remove(&cache->expiry, &entry->node);
	HASH_DEL(cache->all, entry);
	free(entry->addresses);
	free(entry);
}

static void sweep_expired(struct dns_cache *cache, msec now)
{
	for (int i = 0; i < SWEEP; i++) {
		struct heap_node *first = heap_first(&cache->expiry);

		if (!first || (entry_of(first)->expires > now &&
			       HASH_COUNT(cache->all) < DNS_CACHE_MAX))
			break;
		forget_entry(cache, entry_of(first));
	}
}

void dns_cache_init(struct dns_cache *cache)
{
	*cache = (struct dns_cache){.expiry.before = expires_sooner};
}

void dns_cache_release(struct dns_cache *cache)
{
	struct dns_entry *entry, *next;

	HASH_ITER(hh, cache->all, entry, next)
		forget_entry(cache, entry);
	heap_release(&cache->expiry);
}

struct dns_entry *dns_cache_get(struct dns_cache *cache, struct slice text,
				msec now)
{
	struct dns_entry *entry;

	HASH_FIND(hh, cache->all, text.p, text.len, entry);
	if (entry)
		return entry;
	sweep_expired(cache, now);
	entry = xcalloc(1, sizeof(*entry) + text.len + 1);
	memcpy(entry->text, text.p, text.len);
	TAILQ_INIT(&entry->waiters);
	HASH_ADD_KEYPTR(hh, cache->all, entry->text, text.len, entry);
	return entry;
}

bool dns_entry_is_usable(const struct dns_entry *entry, bool is_retry,
			 msec now)
{
	if (entry->looking_up || (!entry->addresses && !entry->error))
		return false;
	if (is_retry && entry->temporary)
		return now < entry->answered + FAILURE_KEPT_FROM_RETRIES;
	return now < entry->expires;
}

void dns_entry_start_lookup(struct dns_cache *cache, struct dns_entry *entry)
{
	assert(!entry->looking_up);
	heap_remove(&cache->expiry, &entry->node);
	free(entry->addresses);
	entry->addresses = NULL;
	entry->error = NULL;
	entry->looking_up = true;
}

void dns_entry_set_answer(struct dns_cache *cache, struct dns_entry *entry,
			  const struct dns_answer *answer, msec now)
{
	msec ttl = answer->ttl;

	assert(entry->looking_up);
	if (!answer->addresses)
		ttl = answer->temporary ? FAILURE_KEPT : NO_SUCH_NAME_KEPT;
	if (!(ttl > TTL_MIN))
		ttl = TTL_MIN;
	if (ttl > TTL_MAX)
		ttl = TTL_MAX;
	entry->looking_up = false;
	entry->addresses = answer->addresses ? xstrdup(answer->addresses)
					    : NULL;
	entry->error = answer->error;
	entry->temporary = !answer->addresses && answer->temporary;
	entry->answered = now;
	entry->expires = now + ttl;
	heap_push(&cache->expiry, &entry->node);
}
