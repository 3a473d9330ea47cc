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

struct pins;

/* NULL with *why, a message to be freed, when an item is none. */
struct pins *pins_new(const struct strings *items, char **why);
void pins_free(struct pins *pins);	/* NULL is fine */

/* As hop.addresses is; borrowed. NULL: not given. */
const char *pins_find(const struct pins *pins, const struct url *url);

#endif
