/*
 * Questions to the DNS servers, by c-ares, on the loop: one channel, A and
 * AAAA asked side by side, the search list of resolv.conf. No cache, no
 * /etc/hosts: fetch/dns/stage.c knows them.
 */
#ifndef FETCH_DNS_QUERY_H
#define FETCH_DNS_QUERY_H

#include <stdbool.h>

#include "base/clock.h"
#include "fetch/config.h"
#include "pool/loop.h"

/* Borrowed: good during the callback. */
struct dns_answer {
	const char *addresses;	/* as hop.addresses is; NULL: there are none */
	msec ttl;		/* of the addresses */
	const char *error;	/* without addresses: in words, static */
	bool temporary;		/* ... and asking again may help */
};

typedef void dns_fn(void *ctx, const struct dns_answer *answer);

struct dns;

/* NULL with *why, a message to be freed. config is borrowed. */
struct dns *dns_open(struct loop *loop, const struct fetch_config *config,
		     char **why);

/* What has not been answered by now never is. */
void dns_close(struct dns *dns);	/* NULL is fine */

/* Asks for the addresses of a name that dns_name_is_valid(). fn is called
 * once, from the loop, not from in here. */
void dns_lookup(struct dns *dns, const char *name, dns_fn *fn, void *ctx);

/* Whether a server can be asked for that name: its length and that of its
 * labels (RFC 1035, 2.3.4). */
bool dns_name_is_valid(const char *name, size_t len);

#endif
