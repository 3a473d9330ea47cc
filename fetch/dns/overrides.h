/*
 * Addresses given by --resolve, in curl's syntax: "HOST:PORT:ADDRESS[,...]",
 * IPv6 with or without brackets, "*" for any host. A leading "+" (the entry may
 * expire) makes no difference here, and "-HOST:PORT" (remove the entry) is
 * ignored. The last of several entries for the same host and port wins.
 */
#ifndef FETCH_DNS_OVERRIDES_H
#define FETCH_DNS_OVERRIDES_H

#include "base/url/url.h"
#include "fetch/config.h"

struct dns_overrides;

/* Returns NULL with a message in *why (freed by the caller) if an item is
 * malformed. */
struct dns_overrides *dns_overrides_new(const struct strings *items,
					char **why);
/* NULL is fine. */
void dns_overrides_free(struct dns_overrides *overrides);

/* Returns the addresses in the form of hop.addresses, borrowed, or NULL if
 * there is no entry for the URL. */
const char *dns_overrides_find(const struct dns_overrides *overrides,
			       const struct url *url);

#endif
