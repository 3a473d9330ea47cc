/* Lookups with c-ares at the DNS servers, on the loop: one channel, A and AAAA
 * queries in parallel, and the search list of resolv.conf. The cache and
 * /etc/hosts are not used here but in fetch/dns/stage.c. */
#ifndef FETCH_DNS_QUERY_H
#define FETCH_DNS_QUERY_H

#include <stdbool.h>

#include "base/clock.h"
#include "fetch/config.h"
#include "pool/loop.h"

/* The answer to a lookup. It is borrowed and valid during the callback. */
struct dns_answer {
	const char *addresses;	/* in the form of hop.addresses; NULL: the
				 * lookup failed */
	msec ttl;		/* time for which the addresses are valid */
	const char *error;	/* static text, if there are no addresses */
	bool temporary;		/* there are no addresses, but a retry may
				 * succeed */
};

typedef void dns_fn(void *ctx, const struct dns_answer *answer);

struct dns;

/* Opens the resolver. On failure returns NULL, with a message in *why, which
 * the caller frees. config is borrowed. */
struct dns *dns_open(struct loop *loop, const struct fetch_config *config,
		     char **why);

/* Closes the resolver. Pending lookups are cancelled without calling their
 * callbacks. */
void dns_close(struct dns *dns);	/* NULL is fine */

/* Looks up the addresses of a name for which dns_name_is_valid() is true. fn is
 * called exactly once, from the loop, never during this call. */
void dns_lookup(struct dns *dns, const char *name, dns_fn *fn, void *ctx);

/* Returns true if the name can be sent in a query: the lengths of the name and
 * of its labels are allowed (RFC 1035, 2.3.4). */
bool dns_name_is_valid(const char *name, size_t len);

#endif
