/*
 * Lookups at the DNS servers with c-ares, on the loop: one channel, A and AAAA
 * queries in parallel, and the search list of resolv.conf. The cache and
 * /etc/hosts are separate: fetch/dns/stage.c uses them.
 */
#ifndef FETCH_DNS_QUERY_H
#define FETCH_DNS_QUERY_H

#include <stdbool.h>

#include "base/clock.h"
#include "fetch/config.h"
#include "pool/loop.h"

/* Borrowed, valid during the callback. */
struct dns_answer {
	const char *addresses;	/* in the form of hop.addresses; NULL: failed */
	msec ttl;		/* of the addresses */
	const char *error;	/* static text, if there are no addresses */
	bool temporary;		/* ... and a retry may succeed */
};

typedef void dns_fn(void *ctx, const struct dns_answer *answer);

struct dns;

/* Returns NULL with a message in *why (freed by the caller) on failure. config
 * is borrowed. */
struct dns *dns_open(struct loop *loop, const struct fetch_config *config,
		     char **why);

/* Cancels pending lookups; their callbacks are not called. */
void dns_close(struct dns *dns);	/* NULL is fine */

/* Looks up the addresses of a name that dns_name_is_valid() accepts. fn is
 * called exactly once, from the loop, never during this call. */
void dns_lookup(struct dns *dns, const char *name, dns_fn *fn, void *ctx);

/* Returns true if the name can be sent in a query: its length and that of its
 * labels are allowed (RFC 1035, 2.3.4). */
bool dns_name_is_valid(const char *name, size_t len);

#endif
