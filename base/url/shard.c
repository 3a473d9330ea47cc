#include "base/url/shard.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/url/registrable_domain.h"

/* Constants of FNV-1a with 64 bits
 * (http://www.isthe.com/chongo/tech/comp/fnv/). */
#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

/* Reads digits without a leading zero, up to SHARDS_MAX. Returns the position
 * after them, or NULL. */
static const char *parse_count(uint32_t *n, const char *s)
{
	*n = 0;
	if (!ascii_is_digit(*s) || *s == '0')
		return NULL;
	for (; ascii_is_digit(*s); s++) {
		*n = *n * 10 + (uint32_t)(*s - '0');
		if (*n > SHARDS_MAX)
			return NULL;
	}
	return s;
}

int shard_parse(struct shard *s, const char *text)
{
	text = parse_count(&s->number, text);
	if (!text || *text != '/')
		return -1;
	text = parse_count(&s->count, text + 1);
	return text && !*text && s->number <= s->count ? 0 : -1;
}

uint32_t shard_of_name(const char *name, uint32_t count)
{
	uint64_t hash = FNV_BASIS;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * FNV_PRIME;
	return (uint32_t)(hash % count) + 1;
}

/* Removes the brackets around an IPv6 address. */
static void remove_brackets(char *host)
{
	const size_t len = strlen(host);

	if (*host != '[')
		return;
	memmove(host, host + 1, len - 2);
	host[len - 2] = '\0';
}

bool shard_has(const struct shard *s, const struct url *url)
{
	char *name;
	uint32_t number;

	if (!s->count)
		return true;
	if (!url->href)
		return shard_of_name("", s->count) == s->number;
	name = url_registrable_domain(url);
	remove_brackets(name);
	number = shard_of_name(name, s->count);
	free(name);
	return number == s->number;
}
