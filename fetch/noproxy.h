/*
 * The list of hosts that are reached without a proxy, as curl 7.88 reads it:
 * separated by commas or blanks; "*" is every host; a name stands for itself
 * and all below it, with or without a dot in front; an address stands for
 * itself, or with /bits for its network. Beyond curl, "name:port" is that port
 * only, as in wget and Go.
 */
#ifndef FETCH_NOPROXY_H
#define FETCH_NOPROXY_H

#include "base/url/url.h"

bool noproxy_matches(const char *list, const struct url *url);

#endif
