#include "fetch/dns/cache.h"

#include <assert.h>
#include <string.h>

/* In msec. A failure that may pass is kept so that a list with a thousand URLs
 * of a broken host asks once a second; retries may ask sooner. */
#define TTL_MIN 1e3
#define TTL_MAX 300e3
#define NO_SUCH_NAME_KEPT 30e3
#define FAILURE_KEPT 1e3
#define FAILURE_KEPT_FROM_RETRIES 100.0

/* Expired ones dropped when a new one is made: more than one, so that they
 * become fewer. */
enum { SWEEP = 4 };

static struct name *name_of(const struct heap_node *n)
{
	return heap_entry(n, struct name, node);
}

static bool expires_sooner(const struct heap_node *a,
			   const struct heap_node *b)
{
	return name_of(a)->expires < name_of(b)->expires;
}

static void forget(struct dns_cache *names, struct name *name)
{
	heap_remove(&names->expiry, &name->node);
	HASH_DEL(names->all, name);
	free(name->addresses);
	free(name);
}

static void sweep(struct dns_cache *names, msec now)
{
	for (int i = 0; i < SWEEP; i++) {
		struct heap_node *first = heap_first(&names->expiry);

		if (!first || (name_of(first)->expires > now &&
			       HASH_COUNT(names->all) < NAMES_MAX))
			break;
		forget(names, name_of(first));
	}
}

void dns_cache_init(struct dns_cache *names)
{
	*names = (struct dns_cache){.expiry.before = expires_sooner};
}

void dns_cache_release(struct dns_cache *names)
{
	struct name *name, *next;

	HASH_ITER(hh, names->all, name, next)
		forget(names, name);
	heap_release(&names->expiry);
}

struct name *dns_cache_get(struct dns_cache *names, struct slice text, msec now)
{
	struct name *name;

	HASH_FIND(hh, names->all, text.p, text.len, name);
	if (name)
		return name;
	sweep(names, now);
	name = xcalloc(1, sizeof(*name) + text.len + 1);
	memcpy(name->text, text.p, text.len);
	TAILQ_INIT(&name->waiters);
	HASH_ADD_KEYPTR(hh, names->all, name->text, text.len, name);
	return name;
}

bool name_is_known(const struct name *name, bool again, msec now)
{
	if (name->asking || (!name->addresses && !name->why))
		return false;
	if (again && name->temporary)
		return now < name->answered + FAILURE_KEPT_FROM_RETRIES;
	return now < name->expires;
}

void name_ask(struct dns_cache *names, struct name *name)
{
	assert(!name->asking);
	heap_remove(&names->expiry, &name->node);
	free(name->addresses);
	name->addresses = NULL;
	name->why = NULL;
	name->asking = true;
}

void name_answer(struct dns_cache *names, struct name *name,
		 const struct dns_answer *answer, msec now)
{
	msec ttl = answer->ttl;

	assert(name->asking);
	if (!answer->addresses)
		ttl = answer->temporary ? FAILURE_KEPT : NO_SUCH_NAME_KEPT;
	if (!(ttl > TTL_MIN))
		ttl = TTL_MIN;
	if (ttl > TTL_MAX)
		ttl = TTL_MAX;
	name->asking = false;
	name->addresses = answer->addresses ? xstrdup(answer->addresses)
					    : NULL;
	name->why = answer->why;
	name->temporary = !answer->addresses && answer->temporary;
	name->answered = now;
	name->expires = now + ttl;
	heap_push(&names->expiry, &name->node);
}
