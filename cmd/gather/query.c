/* Builds the URL of a request anew: queries are edited pair by pair, so that
 * parameters which stay keep their bytes. */
#include "cmd/gather/query.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/percent.h"
#include "base/url/url.h"

/* Returns true if the decoded name of a pair equals name. */
static bool has_name(const char *pair, size_t len, const char *name)
{
	const char *equals = memchr(pair, '=', len);
	struct buf plain = {0}, decoded = {0};
	bool same;

	if (equals)
		len = (size_t)(equals - pair);
	for (size_t i = 0; i < len; i++)
		buf_addch(&plain, pair[i] == '+' ? ' ' : pair[i]);
	percent_decode(&decoded, plain.data, plain.len);
	same = decoded.len == strlen(name) &&
	       (!decoded.len || !memcmp(decoded.data, name, decoded.len));
	buf_release(&plain);
	buf_release(&decoded);
	return same;
}

static void add_separator(struct buf *query)
{
	if (query->len)
		buf_addch(query, '&');
}

/* Adds all pairs except the pairs with that name. name NULL: adds all. */
static void add_pairs(struct buf *query, struct slice pairs, const char *name)
{
	const char *p = pairs.p, *const end = p + pairs.len;

	while (p < end) {
		const char *amp = memchr(p, '&', (size_t)(end - p));
		const size_t len = (size_t)((amp ? amp : end) - p);

		if (!name || !has_name(p, len, name)) {
			add_separator(query);
			buf_add(query, p, len);
		}
		p += len + 1;
	}
}

static char *replace_query(const struct url *u, const struct buf *query)
{
	struct buf out = {0};

	buf_add(&out, u->href, u->query_start);
	if (query->len) {
		buf_addch(&out, '?');
		buf_add(&out, query->data, query->len);
	}
	return buf_detach(&out);
}

char *gather_query_set(const char *url, const char *pairs, const char *name,
		       const char *value)
{
	struct buf query = {0};
	struct url u;
	char *result;

	if (url_parse(&u, url, strlen(url), NULL))
		return NULL;
	add_pairs(&query, url_query(&u), name);
	if (pairs)
		add_pairs(&query, (struct slice){pairs, strlen(pairs)}, name);
	if (name) {
		add_separator(&query);
		percent_encode_form(&query, name, strlen(name));
		buf_addch(&query, '=');
		percent_encode_form(&query, value, strlen(value));
	}
	result = replace_query(&u, &query);
	buf_release(&query);
	url_release(&u);
	return result;
}
