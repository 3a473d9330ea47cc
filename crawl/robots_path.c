/* Brings rules and URLs into one spelling, so that they can be compared byte by
 * byte (RFC 9309, 2.2.2), and matches rules with wildcards (2.2.3). */
#include "crawl/robots_path.h"

#include <string.h>

#include "base/percent.h"

/* Returns true if the byte c means the same with and without percent-encoding.
 * In a path, an encoded "/" or "?" is part of a segment. */
static bool is_plain(unsigned char c, bool in_query)
{
	if (c <= ' ' || c >= 0x7f)
		return false;
	return in_query ? !strchr("#%*$", c) : !strchr("/?#%*$", c);
}

/* Appends s in the normalised spelling; the bytes listed in `kept` stay as they
 * are. */
static void add_path(struct buf *out, struct slice s, const char *kept)
{
	bool in_query = false;

	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		const int byte = percent_byte(s.p + i, s.len - i);

		if (byte >= 0) {
			if (is_plain((unsigned char)byte, in_query))
				buf_addch(out, (char)byte);
			else
				percent_add_byte(out, (unsigned char)byte);
			i += 2;
		} else if (is_plain(c, in_query) || (c && strchr(kept, c))) {
			buf_addch(out, (char)c);
			in_query |= c == '?';
		} else {
			percent_add_byte(out, c);
		}
	}
}

void robots_path_add_rule(struct buf *out, struct slice rule)
{
	add_path(out, rule, "/?*%");
}

void robots_path_add_url(struct buf *out, struct slice path)
{
	add_path(out, path, "/?%");
}

/* Returns the part of the rule before its first wildcard, and removes it and
 * the wildcard; *is_last is set if there was none. */
static struct slice next_part(struct slice *rule, bool *is_last)
{
	const char *star = rule->len ? memchr(rule->p, '*', rule->len) : NULL;
	struct slice part = *rule;

	*is_last = !star;
	if (!star)
		return part;
	part.len = (size_t)(star - rule->p);
	rule->p += part.len + 1;
	rule->len -= part.len + 1;
	return part;
}

static bool begins_with(struct slice path, struct slice part)
{
	return path.len >= part.len &&
	       (!part.len || !memcmp(path.p, part.p, part.len));
}

static bool ends_with(struct slice path, struct slice part)
{
	return path.len >= part.len &&
	       begins_with((struct slice){path.p + path.len - part.len,
					  part.len}, part);
}

/* Removes everything from path up to the end of the first occurrence of part.
 * Returns false if part does not occur. */
static bool skip_past(struct slice *path, struct slice part)
{
	const char *at = path->p;

	if (part.len)
		at = path->len ? memmem(path->p, path->len, part.p, part.len)
			       : NULL;
	if (!at)
		return false;
	path->len -= (size_t)(at - path->p) + part.len;
	path->p = at + part.len;
	return true;
}

bool robots_path_matches(struct slice rule, bool to_end, struct slice path)
{
	bool is_last;
	struct slice part = next_part(&rule, &is_last);

	if (!begins_with(path, part))
		return false;
	if (is_last)
		return !to_end || path.len == part.len;
	path.p += part.len;
	path.len -= part.len;
	while (part = next_part(&rule, &is_last), !is_last)
		if (!skip_past(&path, part))
			return false;
	return to_end ? ends_with(path, part) : skip_past(&path, part);
}
