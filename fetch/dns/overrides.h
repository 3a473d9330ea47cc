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

/* Parses the values of --resolve. If one is malformed, returns NULL, with a
 * message in *why, which the caller frees. */
struct dns_overrides *dns_overrides_new(const struct strings *items,
					char **why);
/* Frees the overrides, which may be NULL. */
void dns_overrides_free(struct dns_overrides *overrides);

/* Returns the addresses for the URL's host and port in the form of
 * hop.addresses, borrowed, or NULL if there is no entry. */
const char *dns_overrides_find(const struct dns_overrides *overrides,
			       const struct url *url);

#endif
