/* Parses the values of --resolve into a hash table with "host:port" as the
 * key. */
#include "fetch/dns/overrides.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch/address.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

struct override {
	UT_hash_handle hh;
	char *key;		/* "host:port" */
	char *addresses;
};

struct dns_overrides {
	struct override *all;
};

static struct override *find_override(const struct dns_overrides *overrides,
				      struct slice host, int port)
{
	struct buf key = {0};
	struct override *override;

	buf_add(&key, host.p, host.len);
	buf_addf(&key, ":%d", port);
	HASH_FIND(hh, overrides->all, key.data, key.len, override);
	buf_release(&key);
	return override;
}

/* Adds an entry or replaces one. Takes ownership of both strings. */
static void put_override(struct dns_overrides *overrides, char *key,
			 char *addresses)
{
	struct override *override;

	HASH_FIND_STR(overrides->all, key, override);
	if (!override) {
		override = xcalloc(1, sizeof(*override));
		override->key = key;
		HASH_ADD_KEYPTR(hh, overrides->all, override->key, strlen(key),
				override);
	} else {
		free(key);
		free(override->addresses);
	}
	override->addresses = addresses;
}

/* Appends the host in the form that it has in a parsed URL: in lower case, with
 * xn-- labels. */
static int add_host(struct buf *key, const char *host, size_t len)
{
	struct buf text = {0};
	struct url url;
	int result;

	if (len == 1 && *host == '*') {
		buf_addch(key, '*');
		return 0;
	}
	buf_addstr(&text, "http://");
	buf_add(&text, host, len);
	buf_addch(&text, '/');
	result = url_parse(&url, text.data, text.len, NULL);
	buf_release(&text);
	if (result)
		return -1;
	buf_add(key, url_host(&url).p, url_host(&url).len);
	url_release(&url);
	return key->len ? 0 : -1;
}

static int add_addresses(struct buf *list, const char *p)
{
	unsigned char ip[16];

	for (;; p++) {
		const size_t len = strcspn(p, ",");
		const int family = address_parse(p, len, ip);

		if (!family)
			return -1;
		address_add(list, family, ip);
		p += len;
		if (!*p)
			return 0;
	}
}

static int parse_override(struct dns_overrides *overrides, const char *item)
{
	const char *host = item + (*item == '+');
	const char *colon = strchr(host, ':');
	struct buf key = {0}, list = {0};
	int result = -1;
	long port;
	char *end;

	if (*item == '-')
		return 0;
	if (!colon || colon == host || colon[1] < '0' || colon[1] > '9')
		return -1;
	port = strtol(colon + 1, &end, 10);
	if (*end != ':' || port > 65535)
		return -1;
	if (add_host(&key, host, (size_t)(colon - host)) ||
	    add_addresses(&list, end + 1))
		goto out;
	buf_addf(&key, ":%ld", port);
	put_override(overrides, xmemdup(key.data, key.len),
		     xmemdup(list.data, list.len));
	result = 0;
out:
	buf_release(&key);
	buf_release(&list);
	return result;
}

struct dns_overrides *dns_overrides_new(const struct strings *items, char **why)
{
	struct dns_overrides *overrides = xcalloc(1, sizeof(*overrides));

	for (size_t i = 0; i < items->len; i++) {
		if (!parse_override(overrides, items->items[i]))
			continue;
		*why = xasprintf("--resolve %s: must be HOST:PORT:ADDRESS"
				 "[,ADDRESS]...", items->items[i]);
		dns_overrides_free(overrides);
		return NULL;
	}
	return overrides;
}

void dns_overrides_free(struct dns_overrides *overrides)
{
	struct override *override, *next;

	if (!overrides)
		return;
	HASH_ITER(hh, overrides->all, override, next) {
		HASH_DEL(overrides->all, override);
		free(override->key);
		free(override->addresses);
		free(override);
	}
	free(overrides);
}

const char *dns_overrides_find(const struct dns_overrides *overrides,
			       const struct url *url)
{
	const int port = url_port(url);
	const struct override *override;

	/* An entry of libcurl cannot be for a literal IPv6 host ([...]), so no
	 * "*" entry applies either. */
	if (!overrides->all || url->host_kind == URL_HOST_IPV6)
		return NULL;
	override = find_override(overrides, url_host(url), port);
	if (!override)
		override = find_override(overrides, (struct slice){"*", 1},
					 port);
	return override ? override->addresses : NULL;
}
