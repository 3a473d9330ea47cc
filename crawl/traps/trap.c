/* Divides a URL into its parts and counts how often each part occurs. */
#include "crawl/traps/trap.h"

#include <string.h>

enum {
	LONG_PATH = 10,
	/* Parts that are compared; a query with more parts is not a trap for
	 * that reason alone. */
	PARTS = 64,
};

struct parts {
	struct slice list[PARTS];
	size_t len;
	size_t all;		/* number of parts, also those beyond PARTS */
};

static void split(struct parts *p, struct slice text, char separator)
{
	*p = (struct parts){0};
	while (text.len) {
		const char *end = memchr(text.p, separator, text.len);
		const size_t len = end ? (size_t)(end - text.p) : text.len;

		if (len && p->len < PARTS)
			p->list[p->len++] = (struct slice){text.p, len};
		p->all += len > 0;
		if (!end)
			return;
		text.p += len + 1;
		text.len -= len + 1;
	}
}

/* Returns how often the part at the index occurs from there on. */
static unsigned count_from(const struct parts *p, size_t from)
{
	unsigned count = 0;

	for (size_t i = from; i < p->len; i++)
		count += slice_equal(p->list[i], p->list[from]);
	return count;
}

/* Returns how many different parts occur at least `times` times. */
static unsigned repeated(const struct parts *p, unsigned times)
{
	unsigned found = 0;

	/* Count each part only at the index from which exactly `times`
	 * occurrences are left. */
	for (size_t i = 0; i < p->len; i++)
		found += count_from(p, i) == times;
	return found;
}

static bool has_part(const struct parts *p, struct slice part)
{
	for (size_t i = 0; i < p->len; i++)
		if (slice_equal(p->list[i], part))
			return true;
	return false;
}

bool trap_is_too_long(const struct url *url)
{
	return url->len > TRAP_LENGTH;
}

bool trap_has_form(const struct url *url)
{
	const struct slice query = url_query(url);
	struct parts path, pairs;

	split(&path, url_path(url), '/');
	if (path.all > TRAP_SEGMENTS || repeated(&path, TRAP_REPEATS + 1) ||
	    (path.len >= LONG_PATH && repeated(&path, TRAP_REPEATS) >= 2))
		return true;
	if (url->host_kind == URL_HOST_DOMAIN && has_part(&path, url_host(url)))
		return true;
	split(&pairs, query, '&');
	return repeated(&pairs, TRAP_REPEATS + 1) ||
	       (query.len && memmem(query.p, query.len, "amp;amp;", 8));
}
