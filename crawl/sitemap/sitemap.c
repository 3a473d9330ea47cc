/* Converts the bytes to UTF-8, and the UTF-8 to lines or XML elements
 * (crawl/sitemap/sitemap_xml.h). on_entry() is called at the end of an entry's
 * element. */
#include "crawl/sitemap/sitemap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "crawl/sitemap/sitemap_text.h"
#include "crawl/sitemap/sitemap_xml.h"
#include "parse/values/date.h"

enum format { FORMAT_UNKNOWN, FORMAT_XML, FORMAT_TEXT };

/* The parts of an entry, each an element inside of the entry. */
enum part { PART_URL, PART_LASTMOD, PART_PRIORITY, PARTS };

struct sitemap {
	void (*on_entry)(void *ctx, const struct sitemap_entry *entry);
	void *ctx;
	struct sitemap_text text;
	enum format format;
	bool is_sitemap;	/* the document has one of the known formats */
	bool is_other;		/* the document has none of the known formats */
	struct buf line;	/* the current line of a text document, so
				 * far */
	bool is_long_line;
	struct sitemap_xml xml;
	unsigned depth;		/* number of open elements */
	unsigned entry_depth;	/* depth of the entry that is open; 0: none is
				 * open */
	struct buf entry_name;	/* name of the entry's element, with its
				 * prefix */
	bool is_index_entry;
	int reading;		/* part whose text is being read (enum part);
				 * -1: none */
	struct buf parts[PARTS];
	bool is_cut;		/* the URL of the entry is longer than the
				 * limit */
	uint64_t bytes;
	unsigned entries, too_long;
	bool is_full;		/* the limit of entries is exceeded */
};

static const char *const roots[] = {
	"urlset", "sitemapindex", "rss", "RDF", "feed",
};

/* Names of elements that are entries. */
static const struct {
	const char *name;
	bool is_sitemap;
} entry_names[] = {
	{"url", false}, {"sitemap", true}, {"item", false}, {"entry", false},
};

/* Names of elements inside of an entry, and the part that each holds. */
static const struct {
	const char *name;
	enum part part;
	bool has_any_prefix;	/* any prefix is accepted: dc:date in RSS */
} part_names[] = {
	{"loc", PART_URL, false},
	{"link", PART_URL, false},
	{"lastmod", PART_LASTMOD, false},
	{"updated", PART_LASTMOD, false},
	{"modified", PART_LASTMOD, false},
	{"pubDate", PART_LASTMOD, false},
	{"date", PART_LASTMOD, true},
	{"priority", PART_PRIORITY, false},
};

void sitemap_free(struct sitemap *s)
{
	if (!s)
		return;
	buf_release(&s->line);
	buf_release(&s->entry_name);
	for (size_t i = 0; i < PARTS; i++)
		buf_release(&s->parts[i]);
	sitemap_xml_release(&s->xml);
	free(s);
}

/* --- Entries -------------------------------------------------------------- */

/* Reads a number such as "0.8"; anything else counts as the default, 0.5. */
static int read_priority(struct slice s)
{
	enum { LEAST = -5, MOST = 5 };
	int tenths = 0;

	if (s.len && s.p[0] == '1')
		return MOST;
	if (s.len && s.p[0] == '0') {
		s.p++;
		s.len--;
	} else if (!s.len || s.p[0] != '.') {
		return 0;
	}
	if (s.len > 1 && s.p[0] == '.' && ascii_is_digit(s.p[1]))
		tenths = s.p[1] - '0';
	return tenths + LEAST;
}

/* Appends the text as UTF-8. */
static void add_utf8(struct buf *out, struct slice text)
{
	char utf8[4];

	if (utf8_valid_prefix(text.p, text.len) == text.len) {
		buf_add(out, text.p, text.len);
		return;
	}
	for (size_t i = 0; i < text.len; i++)
		buf_add(out, utf8, utf8_encode(utf8,
					       (unsigned char)text.p[i]));
}

/* Returns the date in W3C's format (2026-01-31), or an empty slice if the text
 * is empty or no date. Dates in other formats, such as that of RSS (RFC 822),
 * are replaced in the buffer. */
static struct slice read_date(struct buf *text)
{
	struct slice date = ascii_trim(slice_of(text));
	struct buf json = {0};

	if (date.len && !sitemap_is_date(date) && date_read(&json, date)) {
		buf_clear(text);
		/* Leave out the quotes of the JSON string. */
		buf_add(text, json.data + 1, json.len - 2);
		date = slice_of(text);
	}
	buf_release(&json);
	return sitemap_is_date(date) ? date : (struct slice){0};
}

static void give_entry(struct sitemap *s, struct slice url, bool is_long)
{
	struct sitemap_entry entry = {
		.lastmod = read_date(&s->parts[PART_LASTMOD]),
		.priority = read_priority(
			ascii_trim(slice_of(&s->parts[PART_PRIORITY]))),
		.is_sitemap = s->is_index_entry,
	};
	struct buf clean = {0};

	if (s->entries >= SITEMAP_ENTRIES_MAX) {
		s->is_full = true;
		return;
	}
	s->entries++;
	if (is_long || url.len > SITEMAP_URL_MAX) {
		s->too_long++;
		return;
	}
	add_utf8(&clean, url);
	entry.url = slice_of(&clean);
	s->on_entry(s->ctx, &entry);
	buf_release(&clean);
}

/* --- XML ------------------------------------------------------------------ */

/* Returns the name without its prefix. */
static struct slice local_name(struct slice name)
{
	const char *colon = name.len ? memchr(name.p, ':', name.len) : NULL;

	if (!colon)
		return name;
	return (struct slice){colon + 1, (size_t)(name.p + name.len - colon) -
					 1};
}

/* Returns true if both names have the same prefix, or none. */
static bool has_same_prefix(struct slice a, struct slice b)
{
	a.len -= local_name(a).len;
	b.len -= local_name(b).len;
	return slice_equal(a, b);
}

static void open_root(struct sitemap *s, struct slice name)
{
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		s->is_sitemap |= slice_is(local_name(name), roots[i]);
	s->is_other = !s->is_sitemap;
}

static void open_entry(struct sitemap *s, struct slice name)
{
	const struct slice local = local_name(name);
	size_t i = 0;

	while (i < sizeof(entry_names) / sizeof(*entry_names) &&
	       !slice_is(local, entry_names[i].name))
		i++;
	if (i == sizeof(entry_names) / sizeof(*entry_names))
		return;
	s->entry_depth = s->depth;
	s->is_index_entry = entry_names[i].is_sitemap;
	buf_clear(&s->entry_name);
	buf_add(&s->entry_name, name.p, name.len);
	for (i = 0; i < PARTS; i++)
		buf_clear(&s->parts[i]);
	s->is_cut = false;
}

/* Stores the href of an Atom link as the URL of the entry. */
static void take_href(struct sitemap *s, struct slice inside)
{
	struct buf rel = {0}, href = {0};
	const bool has_rel = sitemap_xml_attribute(inside, "rel", &rel);

	if ((!has_rel || slice_is(slice_of(&rel), "alternate")) &&
	    !s->parts[PART_URL].len &&
	    sitemap_xml_attribute(inside, "href", &href))
		buf_add(&s->parts[PART_URL], href.data, href.len);
	buf_release(&rel);
	buf_release(&href);
}

static void open_part(struct sitemap *s, struct slice name,
		      struct slice inside)
{
	const bool has_prefix = has_same_prefix(name, slice_of(&s->entry_name));
	const struct slice local = local_name(name);

	for (size_t i = 0; i < sizeof(part_names) / sizeof(*part_names); i++) {
		const enum part part = part_names[i].part;

		if (!slice_is(local, part_names[i].name) ||
		    (!has_prefix && !part_names[i].has_any_prefix))
			continue;
		if (slice_is(local, "link"))
			take_href(s, inside);
		/* If an entry has a part twice, the first one counts. */
		if (s->parts[part].len)
			return;
		s->reading = (int)part;
		s->xml.wants_text = true;
	}
}

static void on_open(void *ctx, struct slice name, struct slice inside)
{
	struct sitemap *s = ctx;

	/* Ignore the rest of this piece of input. */
	if (s->is_other)
		return;
	s->depth++;
	if (s->depth == 1 && !s->is_sitemap)
		open_root(s, name);
	else if (!s->entry_depth)
		open_entry(s, name);
	else if (s->depth == s->entry_depth + 1)
		open_part(s, name, inside);
}

static void close_entry(struct sitemap *s)
{
	const struct slice url = ascii_trim(slice_of(&s->parts[PART_URL]));

	if (url.len || s->is_cut)
		give_entry(s, url, s->is_cut);
	/* Unclosed elements inside of the entry end with the entry. */
	s->depth = s->entry_depth;
	s->entry_depth = 0;
}

static void on_close(void *ctx, struct slice name)
{
	struct sitemap *s = ctx;

	s->reading = -1;
	s->xml.wants_text = false;
	if (s->entry_depth && slice_equal(name, slice_of(&s->entry_name)))
		close_entry(s);
	if (s->depth)
		s->depth--;
}

static void on_text(void *ctx, struct slice text, bool is_cut)
{
	struct sitemap *s = ctx;
	struct buf *part = &s->parts[s->reading];

	if (is_cut || part->len + text.len > SITEMAP_TOKEN_MAX)
		s->is_cut |= s->reading == PART_URL;
	else
		buf_add(part, text.p, text.len);
}

static void begin_xml(struct sitemap *s)
{
	s->format = FORMAT_XML;
	s->xml.handler = (struct sitemap_xml_handler){
		.on_open = on_open,
		.on_close = on_close,
		.on_text = on_text,
		.ctx = s,
	};
}

/* --- Text ----------------------------------------------------------------- */

static bool begins_url(struct slice line)
{
	static const char *const beginnings[] = {"http://", "https://", "/"};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++) {
		const size_t len = strlen(beginnings[i]);

		if (line.len >= len &&
		    ascii_is((struct slice){line.p, len}, beginnings[i]))
			return true;
	}
	return false;
}

static void end_line(struct sitemap *s)
{
	const struct slice line = ascii_trim(slice_of(&s->line));

	if (begins_url(line)) {
		s->is_sitemap = true;
		give_entry(s, line, s->is_long_line);
	} else if (line.len && !s->is_sitemap) {
		s->is_other = true;
	}
	buf_clear(&s->line);
	s->is_long_line = false;
}

static void feed_text(struct sitemap *s, struct slice text)
{
	for (size_t i = 0; i < text.len && !s->is_other && !s->is_full; i++) {
		const char c = text.p[i];

		if (c == '\n' || c == '\r')
			end_line(s);
		else if (s->line.len > SITEMAP_URL_MAX)
			s->is_long_line = true;
		else
			buf_addch(&s->line, c);
	}
}

/* --- Bytes ---------------------------------------------------------------- */

/* Reads text in UTF-8, also of single characters. */
static void feed_utf8(struct sitemap *s, struct slice text)
{
	while (s->format == FORMAT_UNKNOWN && text.len) {
		if (ascii_is_space(*text.p)) {
			text.p++;
			text.len--;
		} else if (*text.p == '<') {
			begin_xml(s);
		} else {
			s->format = FORMAT_TEXT;
		}
	}
	if (s->format == FORMAT_TEXT)
		feed_text(s, text);
	else
		sitemap_xml_feed(&s->xml, text);
}

static void on_text_utf8(void *ctx, struct slice text)
{
	feed_utf8(ctx, text);
}

struct sitemap *sitemap_new(void (*on_entry)(void *ctx,
					     const struct sitemap_entry *entry),
			    void *ctx)
{
	struct sitemap *s = xcalloc(1, sizeof(*s));

	s->on_entry = on_entry;
	s->ctx = ctx;
	s->text.on_text = on_text_utf8;
	s->text.ctx = s;
	s->reading = -1;
	return s;
}

static bool wants_more(const struct sitemap *s)
{
	return !s->is_other && !s->is_full && s->bytes <= SITEMAP_BYTES_MAX;
}

bool sitemap_feed(struct sitemap *s, struct slice bytes)
{
	enum { STEP = 64 << 10 };

	while (bytes.len && wants_more(s)) {
		struct slice step = {bytes.p, bytes.len};
		const uint64_t room = SITEMAP_BYTES_MAX - s->bytes;

		/* Feed small steps, so that reading stops soon after the last
		 * entry. */
		if (step.len > STEP)
			step.len = STEP;
		bytes.p += step.len;
		bytes.len -= step.len;
		s->bytes += step.len;
		if (step.len > room)
			step.len = (size_t)room;
		sitemap_text_feed(&s->text, step);
	}
	return wants_more(s);
}

enum sitemap_end sitemap_end(struct sitemap *s)
{
	sitemap_text_end(&s->text);
	if (s->format == FORMAT_TEXT && wants_more(s))
		end_line(s);
	if (s->is_other || !s->is_sitemap)
		return SITEMAP_NONE;
	if (s->is_full)
		return SITEMAP_TOO_MANY;
	if (s->bytes > SITEMAP_BYTES_MAX)
		return SITEMAP_TOO_LARGE;
	return s->format == FORMAT_XML && s->depth ? SITEMAP_CUT_OFF
						   : SITEMAP_WHOLE;
}

unsigned sitemap_too_long(const struct sitemap *s)
{
	return s->too_long;
}
