/*
 * Parses any bytes as a URL, and as a base and a link (split at the first line
 * end).
 *
 * What must hold: the serialisation parses to itself, its parts are in order,
 * and url_resolve() gives the same result as the parser.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/url/url.h"

static void must(bool claim)
{
	if (!claim)
		abort();
}

static void check_parts(const struct url *u)
{
	must(u->len == strlen(u->href) && u->href[u->scheme_end] == ':');
	must(u->scheme_end < u->username_start);
	must(u->username_start <= u->username_end);
	must(u->username_end <= u->password_start);
	must(u->password_start <= u->password_end);
	must(u->password_end <= u->host_start);
	must(u->host_start <= u->host_end && u->host_end <= u->path_start);
	must(u->path_start <= u->query_start);
	must(u->query_start <= u->fragment_start);
	must(u->fragment_start <= u->len);
	must(u->query_start == u->fragment_start ||
	     u->href[u->query_start] == '?');
	must(u->fragment_start == u->len || u->href[u->fragment_start] == '#');
	must(!u->special || u->href[u->path_start] == '/');
	must(u->port <= 65535);
}

/* Returns true if all parts of the URLs except href are equal. */
static bool same_parts(struct url a, struct url b)
{
	return a.len == b.len && a.scheme_end == b.scheme_end &&
	       a.username_start == b.username_start &&
	       a.username_end == b.username_end &&
	       a.password_start == b.password_start &&
	       a.password_end == b.password_end &&
	       a.host_start == b.host_start && a.host_end == b.host_end &&
	       a.path_start == b.path_start && a.query_start == b.query_start &&
	       a.fragment_start == b.fragment_start && a.port == b.port &&
	       a.host_kind == b.host_kind && a.special == b.special &&
	       a.opaque_path == b.opaque_path;
}

static void check_link(const char *s, size_t len, const struct url *base)
{
	struct buf fast = {0};
	struct url u, again;
	int rc = url_resolve(&fast, s, len, base);

	must(url_parse(&u, s, len, base) == rc);
	if (rc == 0) {
		check_parts(&u);
		must(fast.len == u.len && !memcmp(fast.data, u.href, u.len));
		must(url_parse(&again, u.href, u.len, NULL) == 0);
		must(!strcmp(again.href, u.href) && same_parts(u, again));
		url_release(&again);
	} else {
		must(!u.href && fast.len == len);
	}
	url_release(&u);
	buf_release(&fast);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *s = len ? (const char *)data : NULL;
	const char *newline = len ? memchr(s, '\n', len) : NULL;
	const char *link = newline ? newline + 1 : s;
	const size_t link_len = len - (size_t)(link - s);
	struct url base = {0};

	check_link(link, link_len, NULL);
	if (newline && url_parse(&base, s, (size_t)(newline - s), NULL) == 0)
		check_link(link, link_len, &base);
	url_release(&base);
	return 0;
}
