/* Examines the first bytes of a body, after a byte order mark, white space and
 * the prolog of an XML document. */
#include "parse/encoding/sniff.h"

#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"

/* Maximum bytes of comments and declarations before the root element. */
enum { PROLOG_MAX = 64 * 1024 };

static bool begins_with(struct slice s, const char *with)
{
	const size_t n = strlen(with);

	return s.len >= n && !memcmp(s.p, with, n);
}

static struct slice skip_bytes(struct slice s, size_t bytes)
{
	return (struct slice){s.p + bytes, s.len - bytes};
}

static struct slice skip_space(struct slice s)
{
	while (s.len && ascii_is_space(*s.p))
		s = skip_bytes(s, 1);
	return s;
}

struct slice sniff_skip_bom(struct slice body)
{
	return begins_with(body, "\xef\xbb\xbf") ? skip_bytes(body, 3) : body;
}

/* Returns the body without its byte order mark and leading white space. */
static struct slice front_of(struct slice body)
{
	return skip_space(sniff_skip_bom(body));
}

/* Returns the part of s after the next end; empty if there is none. */
static struct slice skip_past(struct slice s, const char *end)
{
	const char *at = s.len ? memmem(s.p, s.len, end, strlen(end)) : NULL;

	return at ? skip_bytes(s, (size_t)(at - s.p) + strlen(end))
		  : skip_bytes(s, s.len);
}

static struct slice skip_doctype(struct slice s)
{
	const struct slice rest = skip_past(s, ">");
	const char *subset = memchr(s.p, '[', s.len - rest.len);

	if (!subset)
		return rest;
	return skip_past(skip_past(skip_bytes(s, (size_t)(subset - s.p)), "]"),
			 ">");
}

/* Returns the body from the root element's name on; empty if there is no root
 * element. */
static struct slice find_root(struct slice body)
{
	struct slice s = front_of(body);

	if (s.len > PROLOG_MAX)
		s.len = PROLOG_MAX;
	for (; s.len && *s.p == '<'; s = skip_space(s)) {
		if (begins_with(s, "<!--"))
			s = skip_past(s, "-->");
		else if (begins_with(s, "<?"))
			s = skip_past(s, "?>");
		else if (begins_with(s, "<!"))
			s = skip_doctype(s);
		else
			return skip_bytes(s, 1);
	}
	return skip_bytes(s, s.len);
}

bool sniff_is_feed(struct slice body)
{
	static const char *const names[] = {
		"rss", "feed", "urlset", "sitemapindex",
	};
	static const char rdf[] =
		"http://www.w3.org/1999/02/22-rdf-syntax-ns#";
	const struct slice root = find_root(body);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const size_t n = strlen(names[i]);

		if (begins_with(root, names[i]) && root.len > n &&
		    (ascii_is_space(root.p[n]) || root.p[n] == '>' ||
		     root.p[n] == '/'))
			return true;
	}
	return begins_with(root, "rdf:RDF") &&
	       skip_past(root, "http://purl.org/rss/1.0/").len &&
	       skip_past(root, rdf).len;
}

bool sniff_is_declared_xml(struct slice body)
{
	return begins_with(front_of(body), "<?xml");
}

bool sniff_may_be_json(struct slice body)
{
	struct slice s = front_of(body);

	s = skip_space(
		skip_bytes(s, s.len ? json_prefix_length(s.p, s.len) : 0));
	return s.len && *s.p && strchr("{[\"-0123456789tfn", *s.p);
}

/* Returns the part of a name after its last dot; empty if there is no dot, or
 * nothing before it. */
static struct slice ending_of(struct slice name)
{
	const char *dot = name.len ? memrchr(name.p, '.', name.len) : NULL;

	if (!dot || dot == name.p)
		return (struct slice){"", 0};
	return (struct slice){dot + 1,
			      (size_t)(name.p + name.len - dot - 1)};
}

enum media sniff_file_name(struct slice name)
{
	static const struct {
		const char *ending;
		enum media media;
	} rows[] = {
		{"html", MEDIA_HTML},	{"htm", MEDIA_HTML},
		{"xhtml", MEDIA_XHTML}, {"xml", MEDIA_XML},
		{"rss", MEDIA_XML},	{"atom", MEDIA_XML},
		{"rdf", MEDIA_XML},	{"json", MEDIA_JSON},
		{"geojson", MEDIA_JSON},
		{"jsonl", MEDIA_JSON_LINES},
		{"ndjson", MEDIA_JSON_LINES},
	};

	struct slice ending;

	if (name.len > 3 &&
	    ascii_is((struct slice){name.p + name.len - 3, 3}, ".gz"))
		name.len -= 3;
	ending = ending_of(name);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (ascii_is(ending, rows[i].ending))
			return rows[i].media;
	return MEDIA_NONE;
}

enum media sniff_body(struct slice body, enum media name)
{
	const struct slice front = front_of(body);
	enum media sniffed = media_sniff(body.p, body.len);

	if (!front.len)
		return name == MEDIA_NONE ? sniffed : name;
	if (*front.p == '<' &&
	    (name == MEDIA_HTML || name == MEDIA_XHTML || name == MEDIA_XML))
		return name;
	if (sniff_may_be_json(body) &&
	    (name == MEDIA_JSON || name == MEDIA_JSON_LINES))
		return name;
	if (sniff_is_feed(body) || (*front.p == '<' && sniffed == MEDIA_TEXT))
		return MEDIA_XML;
	return sniffed;
}
