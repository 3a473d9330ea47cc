/*
 * Addresses given by --resolve, as curl takes them: "HOST:PORT:ADDRESS[,...]",
 * IPv6 with or without brackets, "*" for any host. "+" in front (the entry may
 * expire) changes nothing here; "-HOST:PORT" (forget it) has nothing to do.
 * The last of equal ones counts.
 */
#ifndef FETCH_DNS_OVERRIDES_H
#define FETCH_DNS_OVERRIDES_H

#include "base/url/url.h"
#include "fetch/config.h"

struct dns_overrides;

/* NULL with *why, a message to be freed, when an item is none. */
struct dns_overrides *dns_overrides_new(const struct strings *items,
					char **why);
/* NULL is fine. */
void dns_overrides_free(struct dns_overrides *overrides);

/* As hop.addresses is; borrowed. NULL: not given. */
const char *dns_overrides_find(const struct dns_overrides *overrides,
			       const struct url *url);

#endif
