/* Parses Link header fields as RFC 8288, appendix B, describes, except that a
 * malformed link does not hide the links after it. Takes a single pass, because
 * header fields may be long. */
#include "base/job/link_header.h"

#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

struct reader {
	const char *p, *end;
};

/* The parts of one link. */
struct link {
	struct slice target, rel;
	bool has_rel, has_anchor;
};

static void skip_space(struct reader *r)
{
	while (r->p < r->end && ascii_is_space(*r->p))
		r->p++;
}

static bool is_at(const struct reader *r, char c)
{
	return r->p < r->end && *r->p == c;
}

/* Reads a quoted string; the reader is at its opening quote. */
static struct slice read_quoted(struct reader *r)
{
	const char *start = ++r->p;
	struct slice s;

	while (r->p < r->end && *r->p != '"')
		r->p += *r->p == '\\' && r->end - r->p > 1 ? 2 : 1;
	s = (struct slice){start, (size_t)(r->p - start)};
	if (r->p < r->end)
		r->p++;
	return s;
}

/* Skips to the next of the stops that is outside of quotes. */
static void skip_to(struct reader *r, const char *stops)
{
	while (r->p < r->end && (!*r->p || !strchr(stops, *r->p))) {
		if (*r->p == '"')
			read_quoted(r);
		else
			r->p++;
	}
}

static struct slice read_plain(struct reader *r, const char *stops)
{
	const char *start = r->p;

	while (r->p < r->end && (!*r->p || !strchr(stops, *r->p)))
		r->p++;
	return ascii_trim((struct slice){start, (size_t)(r->p - start)});
}

static void read_parameter(struct reader *r, struct link *link)
{
	struct slice name, value = {"", 0};

	skip_space(r);
	name = read_plain(r, "=;,");
	if (is_at(r, '=')) {
		r->p++;
		skip_space(r);
		value = is_at(r, '"') ? read_quoted(r) : read_plain(r, ";,");
	}
	/* A second rel is ignored (RFC 8288, 3.3). */
	if (ascii_is(name, "rel") && !link->has_rel) {
		link->has_rel = true;
		link->rel = value;
	}
	link->has_anchor |= ascii_is(name, "anchor");
	skip_to(r, ";,");
}

/* Reads the next link; returns false at the end. A malformed link has no
 * rel. */
static bool read_link(struct reader *r, struct link *link)
{
	const char *close;

	*link = (struct link){0};
	while (is_at(r, ',') || (r->p < r->end && ascii_is_space(*r->p)))
		r->p++;
	if (r->p == r->end)
		return false;
	if (*r->p != '<') {
		skip_to(r, ",");
		return true;
	}
	close = memchr(r->p, '>', (size_t)(r->end - r->p));
	if (!close)
		return false;
	link->target = (struct slice){r->p + 1, (size_t)(close - r->p - 1)};
	r->p = close + 1;
	skip_to(r, ";,");
	while (is_at(r, ';')) {
		r->p++;
		read_parameter(r, link);
	}
	return true;
}

/* Returns true if the next word of *s is rel, ignoring case, and removes it
 * from *s. A backslash stands for the character after it. */
static bool next_word_is(struct slice *s, const char *rel)
{
	bool same = true;

	for (; s->len && !ascii_is_space(*s->p); s->p++, s->len--) {
		if (*s->p == '\\')
			continue;
		if (same && *rel && ascii_lower(*s->p) == ascii_lower(*rel))
			rel++;
		else
			same = false;
	}
	return same && !*rel;
}

static bool has_rel(struct slice value, const char *rel)
{
	for (value = ascii_trim(value); value.len; value = ascii_trim(value))
		if (next_word_is(&value, rel))
			return true;
	return false;
}

bool link_header_find(struct slice fields, const char *rel,
		      struct slice *target)
{
	struct reader r = {fields.p, bytes_end(fields.p, fields.len)};
	struct link link;

	while (read_link(&r, &link)) {
		if (link.has_anchor || !has_rel(link.rel, rel))
			continue;
		*target = link.target;
		return true;
	}
	return false;
}
