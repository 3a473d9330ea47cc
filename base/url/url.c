/* Reads and changes the parts of a parsed URL. The parser is in parse.c. */
#include "base/url/url.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/percent.h"
#include "base/url/scheme.h"
#include "base/utf8.h"

void url_copy(struct url *to, const struct url *from)
{
	*to = *from;
	if (from->href)
		to->href = xmemdup(from->href, from->len);
}

void url_release(struct url *u)
{
	free(u->href);
	*u = (struct url){0};
}

/* Returns the part from start to end, without its first `separator` bytes. */
static struct slice part(const struct url *u, uint32_t start, uint32_t end,
			 uint32_t separator)
{
	if (end - start <= separator)
		return (struct slice){u->href ? u->href + end : "", 0};
	start += separator;
	return (struct slice){u->href + start, end - start};
}

struct slice url_scheme(const struct url *u)
{
	return part(u, 0, u->scheme_end, 0);
}

struct slice url_username(const struct url *u)
{
	return part(u, u->username_start, u->username_end, 0);
}

struct slice url_password(const struct url *u)
{
	return part(u, u->password_start, u->password_end, 0);
}

struct slice url_host(const struct url *u)
{
	return part(u, u->host_start, u->host_end, 0);
}

struct slice url_path(const struct url *u)
{
	return part(u, u->path_start, u->query_start, 0);
}

struct slice url_query(const struct url *u)
{
	return part(u, u->query_start, u->fragment_start, 1);
}

struct slice url_fragment(const struct url *u)
{
	return part(u, u->fragment_start, u->len, 1);
}

bool url_host_is_under(struct slice host, const char *domain)
{
	const size_t len = strlen(domain);

	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	return host.len >= len &&
	       !memcmp(host.p + host.len - len, domain, len) &&
	       (host.len == len || host.p[host.len - len - 1] == '.');
}

int url_port(const struct url *u)
{
	const struct special_scheme *scheme;

	if (u->port >= 0 || !u->special)
		return u->port;
	scheme = special_scheme(u->href, u->scheme_end);
	return scheme ? scheme->port : -1;
}

bool url_scheme_is(const struct url *u, const char *scheme)
{
	return slice_is(url_scheme(u), scheme);
}

bool url_same_origin(const struct url *a, const struct url *b)
{
	return url_port(a) == url_port(b) &&
	       slice_equal(url_scheme(a), url_scheme(b)) &&
	       slice_equal(url_host(a), url_host(b));
}

static bool has_login(const struct url *u)
{
	return url_username(u).len || url_password(u).len;
}

char *url_plain(const struct url *u)
{
	if (!has_login(u))
		return xmemdup(u->href, u->len);
	return xasprintf("%.*s://%s", (int)u->scheme_end, u->href,
			 u->href + u->host_start);
}

void url_drop_login(struct url *u)
{
	struct url without;
	char *href;

	if (!has_login(u))
		return;
	href = url_plain(u);
	if (!url_parse(&without, href, strlen(href), NULL)) {
		url_release(u);
		*u = without;
	}
	free(href);
}

/* Replaces the bytes from start to end with separator (if not NUL) and s. */
static void splice_href(struct url *u, uint32_t start, uint32_t end,
			char separator, const char *s, size_t len)
{
	struct buf href = {0};

	assert(u->href && len < UINT32_MAX - u->len - 2);
	buf_reserve(&href, u->len + len + 2);
	buf_add(&href, u->href, start);
	if (separator)
		buf_addch(&href, separator);
	buf_add(&href, s, len);
	buf_add(&href, u->href + end, u->len - end);
	free(u->href);
	u->len = (uint32_t)href.len;
	u->href = buf_detach(&href);
}

void url_append_query(struct url *u, const char *pairs)
{
	const uint32_t before = u->len;
	char separator = '?';

	if (!*pairs)
		return;
	if (u->query_start != u->fragment_start)
		separator = url_query(u).len ? '&' : '\0';
	splice_href(u, u->fragment_start, u->fragment_start, separator, pairs,
		    strlen(pairs));
	u->fragment_start += u->len - before;
}

void url_set_fragment(struct url *u, const char *s, size_t len)
{
	splice_href(u, u->fragment_start, u->len, s ? '#' : '\0', s,
		    s ? len : 0);
}

void url_encode_non_utf8(struct buf *out, const char *s, size_t len)
{
	while (len) {
		const size_t valid = utf8_valid_prefix(s, len);
		size_t bad = 0;

		buf_add(out, s, valid);
		if (valid < len)
			bad = utf8_bad_length(s + valid, len - valid);
		if (bad)
			percent_encode(out, s + valid, bad, PERCENT_C0);
		s += valid + bad;
		len -= valid + bad;
	}
}
