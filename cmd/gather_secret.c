#include <string.h>
#include <strings.h>

#include "cmd/gather_reading.h"

#define NAME_LETTERS "_0123456789abcdefghijklmnopqrstuvwxyz" \
		     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* A guess from the name, generous: a "***" too many does no harm. */
bool gather_is_secret(const char *name, size_t len)
{
	static const char *const parts[] = {
		"auth", "cookie", "token", "secret", "password", "passwd",
		"credential", "signature", "session", "api-key", "api_key",
		"apikey", "access-key", "access_key", "accesskey",
		"private",
	};
	static const char *const names[] = {"key", "pwd", "pass", "sig",
					    "x-key", "jwt", "csrf"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (len == strlen(names[i]) &&
		    !strncasecmp(name, names[i], len))
			return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const size_t part = strlen(parts[i]);

		for (size_t at = 0; at + part <= len; at++)
			if (!strncasecmp(name + at, parts[i], part))
				return true;
	}
	return false;
}

/* Nothing but the name of a variable, with one brace or two: no secret. */
static bool is_name(const char *s, size_t len)
{
	size_t at = 3;

	if (len < 4 || s[0] != '$' || s[1] != '{')
		return false;
	while (at < len && strchr(NAME_LETTERS, s[at]))
		at++;
	while (at < len && s[at] == '}')
		at++;
	return at == len && s[len - 1] == '}';
}

static void add_pair(struct buf *out, const char *s, size_t len)
{
	const char *equals = memchr(s, '=', len);
	size_t name = equals ? (size_t)(equals - s) : 0;

	if (!equals || !gather_is_secret(s, name) ||
	    is_name(equals + 1, len - name - 1)) {
		buf_add(out, s, len);
		return;
	}
	buf_add(out, s, name);
	buf_addstr(out, "=***");
}

/* Behind "?" or "#": pairs of both kinds hold tokens. */
static void add_pairs(struct buf *out, const char *s)
{
	while (*s) {
		const size_t len = strcspn(s, "&#?");

		add_pair(out, s, len);
		s += len;
		if (*s)
			buf_addch(out, *s++);
	}
}

void gather_add_url_shown(struct buf *out, const char *url)
{
	const char *host = strstr(url, "://");
	size_t path = strcspn(url, "?#"), len;
	const char *at;

	if (host && (size_t)(host - url) < path) {
		host += 3;
		len = strcspn(host, "/\\?#");
		at = memrchr(host, '@', len);
		buf_add(out, url, (size_t)(host - url));
		if (at) {
			buf_addstr(out, "***");
			path -= (size_t)(at - url);
			url = at;
		} else {
			path -= (size_t)(host - url);
			url = host;
		}
	}
	buf_add(out, url, path);
	if (url[path])
		buf_addch(out, url[path]);
	if (url[path])
		add_pairs(out, url + path + 1);
}
