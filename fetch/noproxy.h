/*
 * Matches URLs against a list of hosts that are reached without a proxy, as
 * curl 7.88 does. Entries are separated by commas or blanks: "*" matches every
 * host; a name matches itself and all its subdomains, with or without a leading
 * dot; an address matches itself, or its network if /bits follows. Beyond curl,
 * "name:port" matches that port only, as in wget and Go.
 */
#ifndef FETCH_NOPROXY_H
#define FETCH_NOPROXY_H

#include "base/url/url.h"

bool noproxy_matches(const char *list, const struct url *url);

#endif
