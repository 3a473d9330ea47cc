/*
 * Finds secrets in URLs by text search, not with the URL parser: they must also
 * be found in URLs that cannot be parsed, and in templates.
 */
#include <ctype.h>
#include <string.h>

#include "base/ascii.h"
#include "base/percent.h"
#include "base/secret_rules.h"

static size_t span_until(const char *s, size_t from, size_t len,
			 const char *ends)
{
	while (from < len && !(s[from] && strchr(ends, s[from])))
		from++;
	return from;
}

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

/* Returns the offset of the part with user, password and host: after "://", or
 * after a scheme and any slashes, as in url_parse(), or 0. */
static size_t authority_start(const char *url, size_t len)
{
	const size_t path = span_until(url, 0, len, "?#");
	size_t at = 0;

	for (; at + 3 <= path; at++)
		if (!memcmp(url + at, "://", 3)) {
			at += 3;
			goto slashes;
		}
	for (at = 0; at < len && (isalnum((unsigned char)url[at]) ||
				  strchr("+-.", url[at])) && url[at];)
		at++;
	at = at + 1 < len && url[at] == ':' && is_slash(url[at + 1]) ? at + 1
								     : 0;
slashes:
	while (at < len && is_slash(url[at]))
		at++;
	return at;
}

static bool find_userinfo(const char *url, size_t len, struct slice *secret)
{
	const size_t start = authority_start(url, len);
	const size_t end = span_until(url, start, len, "/\\?#");
	const char *at = end > start ? memrchr(url + start, '@', end - start)
				     : NULL;

	if (!at || at == url + start)
		return false;
	*secret = (struct slice){url + start, (size_t)(at - url) - start};
	return true;
}

/* Returns true if the value is only a reference to a variable, with one or two
 * braces, which is not secret. */
static bool is_variable(const char *s, size_t len)
{
	size_t at = 3;

	if (len < 4 || s[0] != '$' || s[1] != '{')
		return false;
	while (at < len && (isalnum((unsigned char)s[at]) || s[at] == '_'))
		at++;
	while (at < len && s[at] == '}')
		at++;
	return at == len && s[len - 1] == '}';
}

static bool is_secret_name(const char *name, size_t len)
{
	struct buf decoded = {0};
	bool yes;

	if (!memchr(name, '%', len))
		return secret_name(name, len);
	percent_decode(&decoded, name, len);
	yes = secret_name(decoded.data, decoded.len);
	buf_release(&decoded);
	return yes;
}

/* Returns true if the pair "name=value" has a secret value. */
static bool is_secret_pair(const char *s, size_t len, struct slice *value)
{
	const char *equals = memchr(s, '=', len);
	size_t name;

	if (!equals)
		return false;
	name = (size_t)(equals - s);
	*value = (struct slice){equals + 1, len - name - 1};
	return value->len && !is_variable(value->p, value->len) &&
	       is_secret_name(s, name);
}

bool secret_url_next(const char *url, size_t len, size_t *at,
		     struct slice *secret)
{
	static const char ends[] = "&#?";
	size_t pair, end;

	if (!*at && find_userinfo(url, len, secret)) {
		*at = (size_t)(secret->p - url) + secret->len;
		return true;
	}
	/* Pairs after "?" and after "#" are handled alike: both may contain
	 * tokens. */
	pair = span_until(url, 0, len, "?#");
	if (pair < *at)
		pair = *at;
	for (; pair < len; pair = end) {
		end = span_until(url, pair + 1, len, ends);
		if (is_secret_pair(url + pair + 1, end - pair - 1, secret)) {
			*at = end;
			return true;
		}
	}
	*at = len;
	return false;
}

/* Returns true if the text begins with a scheme and "://". */
static bool begins_url(const char *s, size_t len)
{
	size_t at = 0;

	while (at < len && s[at] && (isalnum((unsigned char)s[at]) ||
				     strchr("+-.", s[at])))
		at++;
	return at && at + 3 <= len && !memcmp(s + at, "://", 3);
}

/* Returns the end of the word that begins at `at`: a character that no URL
 * contains, or a comma or semicolon with another URL behind it. */
static size_t word_end(const char *s, size_t at, size_t len)
{
	while ((at = span_until(s, at, len, " \t\r\n\"<>,;")) < len &&
	       (s[at] == ',' || s[at] == ';') &&
	       !begins_url(s + at + 1, len - at - 1))
		at++;
	return at;
}

bool secret_text_next(const char *text, size_t len, size_t *at,
		      struct slice *secret)
{
	size_t end;

	for (size_t start = 0; *at < len && start < len; start = end + 1) {
		size_t in_word = *at > start ? *at - start : 0;

		end = word_end(text, start, len);
		if (*at <= end &&
		    memmem(text + start, end - start, "://", 3) &&
		    secret_url_next(text + start, end - start, &in_word,
				    secret)) {
			*at = start + in_word;
			return true;
		}
	}
	*at = len;
	return false;
}

/* Returns true if the text is a JSON object with a secret. In messages, a line
 * of a list that is not a valid request takes the place of a URL, and may have
 * secret headers. A URL that begins with the name of a variable, {base}, is not
 * an object. */
static bool is_secret_object(const char *s, size_t len)
{
	struct slice secret;
	size_t at = 1, in_text = 0;

	if (!len || *s != '{')
		return false;
	while (at < len && ascii_is_space(s[at]))
		at++;
	return at < len && s[at] == '"' &&
	       (secret_body(s, len, NULL) ||
		secret_text_next(s, len, &in_text, &secret));
}

void secret_url_show(struct buf *out, const char *url, size_t len)
{
	const char *from = url;
	struct slice secret;

	if (is_secret_object(url, len)) {
		buf_addstr(out, "{***}");
		return;
	}
	for (size_t at = 0; secret_url_next(url, len, &at, &secret);) {
		buf_add(out, from, (size_t)(secret.p - from));
		buf_addstr(out, "***");
		from = secret.p + secret.len;
	}
	buf_add(out, from, (size_t)(url + len - from));
}
