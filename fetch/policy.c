/* Tables of special address blocks, and the functions of the address policy. */
#include "fetch/policy.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "fetch/address.h"

struct block {
	uint8_t prefix[16];
	unsigned bits;
};

/* Blocks of special IPv4 addresses:
 * https://www.iana.org/assignments/iana-ipv4-special-registry */
static const struct block special4[] = {
	{{0}, 8},		{{10}, 8},
	{{100, 64}, 10},	{{127}, 8},
	{{169, 254}, 16},	{{172, 16}, 12},
	{{192, 0, 0}, 24},	{{192, 0, 2}, 24},
	{{192, 88, 99}, 24},	{{192, 168}, 16},
	{{198, 18}, 15},	{{198, 51, 100}, 24},
	{{203, 0, 113}, 24},	{{224}, 4},
	{{240}, 4},
};

/* Blocks of special IPv6 addresses:
 * https://www.iana.org/assignments/iana-ipv6-special-registry. All addresses
 * outside of global unicast (2000::/3) are special, and the following blocks
 * inside of it. */
static const struct block global6 = {{0x20}, 3};
static const struct block special6[] = {
	{{0x20, 0x01, 0, 0}, 23},	/* protocols, including Teredo */
	{{0x20, 0x01, 0x0d, 0xb8}, 32},	/* documentation */
	{{0x3f, 0xff}, 20},		/* documentation, RFC 9637 */
};

static const struct block private4[] = {
	{{0}, 8},	    {{10}, 8},		{{100, 64}, 10},
	{{127}, 8},	    {{169, 254}, 16},	{{172, 16}, 12},
	{{192, 168}, 16},   {{198, 18}, 15},
};

static const struct block private6[] = {
	{{0}, 127},			/* :: and ::1 */
	{{0x20, 0x01, 0, 0x02}, 48},	/* benchmarks */
	{{0xfc}, 7},			/* unique local */
	{{0xfe, 0x80}, 10},		/* link-local */
};

/* Prefixes of IPv6 addresses that embed an IPv4 address, from byte `at` on. */
static const struct {
	struct block block;
	unsigned at;
} ipv4_inside[] = {
	{{{[10] = 0xff, [11] = 0xff}, 96}, 12},	/* ::ffff:0:0/96, mapped */
	{{{0, 0x64, 0xff, 0x9b}, 96}, 12},	/* 64:ff9b::/96, NAT64 */
	{{{0x20, 0x02}, 16}, 2},		/* 2002::/16, 6to4 */
};

static bool is_in_block(const struct block *block, const uint8_t *ip)
{
	const unsigned bytes = block->bits / 8, rest = block->bits % 8;

	if (memcmp(ip, block->prefix, bytes) != 0)
		return false;
	return !rest || (ip[bytes] ^ block->prefix[bytes]) >> (8 - rest) == 0;
}

static bool is_in_any_block(const struct block *blocks, size_t count,
			    const uint8_t *ip)
{
	for (size_t i = 0; i < count; i++)
		if (is_in_block(&blocks[i], ip))
			return true;
	return false;
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

bool policy_is_public(int family, const void *bytes)
{
	const uint8_t *ip = bytes;

	if (family == AF_INET)
		return !is_in_any_block(special4, COUNT(special4), ip);
	if (family != AF_INET6)
		return false;
	for (size_t i = 0; i < COUNT(ipv4_inside); i++)
		if (is_in_block(&ipv4_inside[i].block, ip))
			return policy_is_public(AF_INET,
						ip + ipv4_inside[i].at);
	return is_in_block(&global6, ip) &&
	       !is_in_any_block(special6, COUNT(special6), ip);
}

static bool is_private(int family, const uint8_t *ip)
{
	if (family == AF_INET)
		return is_in_any_block(private4, COUNT(private4), ip);
	if (family != AF_INET6)
		return false;
	for (size_t i = 0; i < COUNT(ipv4_inside); i++)
		if (is_in_block(&ipv4_inside[i].block, ip))
			return is_private(AF_INET, ip + ipv4_inside[i].at);
	return is_in_any_block(private6, COUNT(private6), ip);
}

static bool text_is_private(const char *text, size_t len)
{
	uint8_t ip[16];

	return is_private(address_parse(text, len, ip), ip);
}

bool policy_are_private(const char *addresses)
{
	const char *next;

	for (const char *at = addresses; at; at = next) {
		const char *comma = strchr(at, ',');

		next = comma ? comma + 1 : NULL;
		if (!text_is_private(at, comma ? (size_t)(comma - at)
					       : strlen(at)))
			return false;
	}
	return true;
}

bool policy_text_is_public(const char *text, size_t len)
{
	uint8_t ip[16];
	const int family = address_parse(text, len, ip);

	return family && policy_is_public(family, ip);
}

static bool is_literal(const struct url *url)
{
	return url->host_kind == URL_HOST_IPV4 ||
	       url->host_kind == URL_HOST_IPV6;
}

bool policy_may_be_public(const struct url *url)
{
	const struct slice host = url_host(url);

	return !is_literal(url) || policy_text_is_public(host.p, host.len);
}

bool policy_host_is_private(const struct url *url)
{
	const struct slice host = url_host(url);

	return is_literal(url) ? text_is_private(host.p, host.len)
			       : url_host_is_under(host, "localhost");
}

bool policy_applies(const struct job *job, const struct fetch_config *config)
{
	return job->hop.from_public && !config->allow_private;
}

static void keep_public(struct job *job)
{
	struct buf kept = {0};
	const char *next;

	for (const char *at = job->hop.addresses; at; at = next) {
		const char *comma = strchr(at, ',');
		const size_t len = comma ? (size_t)(comma - at) : strlen(at);

		next = comma ? comma + 1 : NULL;
		if (!policy_text_is_public(at, len))
			continue;
		if (kept.len)
			buf_addch(&kept, ',');
		buf_add(&kept, at, len);
	}
	free(job->hop.addresses);
	job->hop.addresses = NULL;
	if (kept.len)
		job->hop.addresses = xmemdup(kept.data, kept.len);
	buf_release(&kept);
}

void policy_check(struct job *job)
{
	const struct slice host = url_host(&job->hop.url);

	if (is_literal(&job->hop.url)) {
		if (policy_may_be_public(&job->hop.url))
			return;
	} else {
		if (!job->hop.addresses)
			return;	/* allowed without a check, because the proxy
				 * resolves the name */
		keep_public(job);
		if (job->hop.addresses)
			return;
	}
	job_fail(job, ERR_BLOCKED, "a redirect from a public address to a "
		 "private one (%.*s) is not followed (--allow-private)",
		 (int)(host.len < 255 ? host.len : 255), host.p);
}
