/*
 * Distributes URLs over machines that work on the same list: each machine has a
 * shard, and a URL belongs to exactly one of them. All URLs of a registrable
 * domain belong to the same shard, so that one machine alone keeps the limits
 * of its hosts.
 *
 * The rule is a part of the contract with users (docs/FLEET.md), because
 * machines may have different versions of the program: a URL belongs to shard
 * 1 + H mod N, where H is the FNV-1a hash with 64 bits of the registrable
 * domain; of the host, if it has none (an address, without the brackets of
 * IPv6, or a single label). Letters are lower case, and names are in Punycode.
 */
#ifndef BASE_URL_SHARD_H
#define BASE_URL_SHARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/url/url.h"

enum { SHARDS_MAX = 1000 * 1000 };

/* Shard `number`, from 1 to count. A count of 0 means that there is a single
 * machine, which has all URLs. */
struct shard {
	uint32_t number, count;
};

/* Reads "2/8". Returns 0; or -1 if the text is anything else. */
int shard_parse(struct shard *s, const char *text);

/* Returns the number of the shard of a name, from 1 to count. */
uint32_t shard_of_name(const char *name, uint32_t count);

/* Returns true if the URL belongs to the shard. "No URL" (base/url/url.h)
 * belongs to the shard of the empty name. */
bool shard_has(const struct shard *s, const struct url *url);

#endif
