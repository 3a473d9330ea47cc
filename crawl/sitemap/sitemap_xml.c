/* State machine with a function for each state (tag, text, comment, ...), which
 * consumes bytes from the front of the input and sets the next state. */
#include "crawl/sitemap/sitemap_xml.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

static void skip(struct slice *s, size_t len)
{
	s->p += len;
	s->len -= len;
}

/* Appends the bytes to a text or tag, up to the size limit. */
static void keep(struct sitemap_xml *x, struct buf *to, struct slice bytes)
{
	const size_t room = SITEMAP_TOKEN_MAX - to->len;

	if (bytes.len > room) {
		bytes.len = room;
		x->is_cut = true;
	}
	buf_add(to, bytes.p, bytes.len);
}

/* --- References ----------------------------------------------------------- */

static const struct {
	const char *name;
	char c;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
};

/* Reads "#39" or "#x27"; returns 0 if it is no character. */
static uint32_t read_number(struct slice s)
{
	const bool is_hex = s.len > 1 && (s.p[1] == 'x' || s.p[1] == 'X');
	const uint32_t base = is_hex ? 16 : 10;
	uint32_t n = 0;

	skip(&s, is_hex ? 2 : 1);
	if (!s.len)
		return 0;
	for (; s.len; skip(&s, 1)) {
		const int digit = ascii_hex_digit(*s.p);

		if (digit < 0 || digit >= (int)base)
			return 0;
		n = n * base + (uint32_t)digit;
		if (n > 0x10ffff)
			return 0;
	}
	return n >= 0xd800 && n < 0xe000 ? 0 : n;
}

/* Appends the character that a reference stands for; name is without "&" and
 * ";". Returns false if there is no such reference. */
static bool add_reference(struct buf *out, struct slice name)
{
	char utf8[4];
	uint32_t n;

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (slice_is(name, entities[i].name)) {
			buf_addch(out, entities[i].c);
			return true;
		}
	if (!name.len || *name.p != '#' || !(n = read_number(name)))
		return false;
	buf_add(out, utf8, utf8_encode(utf8, n));
	return true;
}

/* Appends a text, with each reference replaced by its character. */
static void add_decoded(struct buf *out, struct slice s)
{
	enum { NAME_MAX_LEN = 12 };

	while (s.len) {
		const char *amp = memchr(s.p, '&', s.len), *end;
		const size_t before = amp ? (size_t)(amp - s.p) : s.len;
		size_t len;

		buf_add(out, s.p, before);
		skip(&s, before);
		if (!s.len)
			return;
		len = s.len < NAME_MAX_LEN ? s.len : NAME_MAX_LEN;
		end = memchr(s.p, ';', len);
		if (end && add_reference(out, (struct slice){
				s.p + 1, (size_t)(end - s.p) - 1})) {
			skip(&s, (size_t)(end - s.p) + 1);
		} else {
			buf_addch(out, '&');
			skip(&s, 1);
		}
	}
}

/* --- Tags ----------------------------------------------------------------- */

static bool is_name_end(char c)
{
	return ascii_is_blank(c) || c == '/' || c == '>' || c == '=';
}

/* Removes a name from the front of s, and returns the name. */
static struct slice take_name(struct slice *s)
{
	struct slice name = {s->p, 0};

	while (name.len < s->len && !is_name_end(s->p[name.len]))
		name.len++;
	skip(s, name.len);
	return name;
}

static void skip_blanks(struct slice *s)
{
	while (s->len && ascii_is_blank(*s->p))
		skip(s, 1);
}

/* Removes the value of an attribute from the front of s, and returns the value;
 * empty if there is none. */
static struct slice take_value(struct slice *s)
{
	struct slice value = {s->p, 0};
	const char *end;

	skip_blanks(s);
	if (!s->len || *s->p != '=')
		return value;
	skip(s, 1);
	skip_blanks(s);
	if (!s->len || (*s->p != '"' && *s->p != '\''))
		return take_name(s);
	end = memchr(s->p + 1, *s->p, s->len - 1);
	value.p = s->p + 1;
	value.len = end ? (size_t)(end - value.p) : s->len - 1;
	skip(s, value.len + 1 + (end ? 1 : 0));
	return value;
}

bool sitemap_xml_attribute(struct slice inside, const char *name,
			   struct buf *value)
{
	for (;;) {
		struct slice found, text;

		skip_blanks(&inside);
		if (!inside.len)
			return false;
		found = take_name(&inside);
		text = take_value(&inside);
		if (found.len && slice_is(found, name)) {
			add_decoded(value, text);
			return true;
		}
		/* Skip a byte that begins neither a name nor a value. */
		if (!found.len && !text.len && inside.len)
			skip(&inside, 1);
	}
}

static void give_tag(struct sitemap_xml *x)
{
	struct slice inside = slice_of(&x->tag), name;
	const bool closes = inside.len && *inside.p == '/';

	if (closes)
		skip(&inside, 1);
	name = take_name(&inside);
	if (closes) {
		x->handler.on_close(x->handler.ctx, name);
		return;
	}
	x->handler.on_open(x->handler.ctx, name, inside);
	if (inside.len && inside.p[inside.len - 1] == '/' && !x->is_cut)
		x->handler.on_close(x->handler.ctx, name);
}

/* --- Places --------------------------------------------------------------- */

/* Passes the text so far to the handler. */
static void give_text(struct sitemap_xml *x)
{
	struct buf decoded = {0};

	if (x->text.len && x->wants_text) {
		add_decoded(&decoded, slice_of(&x->text));
		x->handler.on_text(x->handler.ctx, slice_of(&decoded),
				   x->is_cut);
		buf_release(&decoded);
	}
	buf_clear(&x->text);
	x->is_cut = false;
}

static void read_text(struct sitemap_xml *x, struct slice *s)
{
	const char *lt = memchr(s->p, '<', s->len);
	const size_t len = lt ? (size_t)(lt - s->p) : s->len;

	if (x->wants_text)
		keep(x, &x->text, (struct slice){s->p, len});
	skip(s, len);
	if (!lt)
		return;
	skip(s, 1);
	buf_clear(&x->tag);
	x->place = XML_MARKUP;
}

static bool begins_name(char c)
{
	return ascii_is_letter(c) || c == '_' || c == ':' || (c & 0x80);
}

/* Changes the state to one in which another text begins. */
static void enter(struct sitemap_xml *x, int place)
{
	give_text(x);
	x->place = place;
	x->quote = 0;
	x->ending = x->brackets = 0;
	x->in_comment = false;
}

/* Returns true if the markup so far is a prefix of `whole`, the complete
 * beginning of a kind of markup. */
static bool may_become(const struct sitemap_xml *x, const char *whole)
{
	const size_t len = strlen(whole);

	return x->tag.len <= len && !memcmp(x->tag.data, whole, x->tag.len);
}

static void read_markup(struct sitemap_xml *x, struct slice *s)
{
	const char first = x->tag.len ? *x->tag.data : *s->p;

	/* "<" was literal text, as in "a < b". */
	if (first != '/' && first != '?' && first != '!' &&
	    !begins_name(first)) {
		if (x->wants_text)
			keep(x, &x->text, (struct slice){"<", 1});
		x->place = XML_TEXT;
		return;
	}
	if (first != '!') {
		enter(x, first == '?' ? XML_INSTRUCTION : XML_TAG);
		return;
	}
	buf_addch(&x->tag, *s->p);
	skip(s, 1);
	if (slice_is(slice_of(&x->tag), "!--"))
		enter(x, XML_COMMENT);
	else if (slice_is(slice_of(&x->tag), "![CDATA["))
		enter(x, XML_CDATA);
	else if (!may_become(x, "!--") && !may_become(x, "![CDATA[")) {
		/* This byte may already end the markup: read it again. */
		s->p--;
		s->len++;
		enter(x, XML_DOCTYPE);
	}
}

static void read_tag(struct sitemap_xml *x, struct slice *s)
{
	size_t len = 0;

	for (; len < s->len; len++) {
		const char c = s->p[len];

		if (x->quote) {
			if (c == x->quote)
				x->quote = 0;
		} else if (c == '>') {
			break;
		} else if (c == '"' || c == '\'') {
			x->quote = c;
		}
	}
	keep(x, &x->tag, (struct slice){s->p, len});
	skip(s, len);
	if (!s->len)
		return;
	skip(s, 1);
	give_tag(x);
	x->is_cut = false;
	x->place = XML_TEXT;
}

/* Returns true if the byte ends a place that ends with `count` bytes of a kind
 * and ">". */
static bool is_end(struct sitemap_xml *x, char c, char kind, unsigned count)
{
	if (c == '>' && x->ending >= count)
		return true;
	x->ending = c == kind ? x->ending + 1 : 0;
	return false;
}

static void read_until(struct sitemap_xml *x, struct slice *s, char kind,
		       unsigned count)
{
	while (s->len) {
		const char c = *s->p;

		skip(s, 1);
		if (is_end(x, c, kind, count)) {
			x->place = XML_TEXT;
			return;
		}
	}
}

static void read_cdata(struct sitemap_xml *x, struct slice *s)
{
	while (s->len) {
		const char c = *s->p;

		skip(s, 1);
		if (is_end(x, c, ']', 2)) {
			/* The last two bytes of the text belong to the end
			 * "]]>". */
			if (x->text.len >= 2 && !x->is_cut)
				x->text.len -= 2;
			if (x->text.len && x->wants_text)
				x->handler.on_text(x->handler.ctx,
						   slice_of(&x->text),
						   x->is_cut);
			buf_clear(&x->text);
			x->is_cut = false;
			x->place = XML_TEXT;
			return;
		}
		if (x->wants_text)
			keep(x, &x->text, (struct slice){&c, 1});
	}
}

/* Skips a comment inside of a DTD; "<!--" itself is found by counting "-" after
 * "!". */
static bool skip_dtd_comment(struct sitemap_xml *x, char c)
{
	if (x->in_comment) {
		x->in_comment = !is_end(x, c, '-', 2);
		if (!x->in_comment)
			x->ending = 0;
		return true;
	}
	if (c == '!')
		x->ending = 1;
	else if (c == '-' && x->ending)
		x->ending++;
	else
		x->ending = 0;
	if (x->ending == 3) {
		x->in_comment = true;
		x->ending = 0;
	}
	return x->in_comment;
}

static void read_doctype(struct sitemap_xml *x, struct slice *s)
{
	while (s->len) {
		const char c = *s->p;

		skip(s, 1);
		if (x->quote) {
			if (c == x->quote)
				x->quote = 0;
		} else if (skip_dtd_comment(x, c)) {
			continue;
		} else if (c == '"' || c == '\'') {
			x->quote = c;
		} else if (c == '[') {
			x->brackets++;
		} else if (c == ']') {
			x->brackets -= x->brackets > 0;
		} else if (c == '>' && !x->brackets) {
			x->place = XML_TEXT;
			return;
		}
	}
}

void sitemap_xml_feed(struct sitemap_xml *x, struct slice s)
{
	while (s.len) {
		switch (x->place) {
		case XML_TEXT:
			read_text(x, &s);
			break;
		case XML_MARKUP:
			read_markup(x, &s);
			break;
		case XML_TAG:
			read_tag(x, &s);
			break;
		case XML_COMMENT:
			read_until(x, &s, '-', 2);
			break;
		case XML_CDATA:
			read_cdata(x, &s);
			break;
		case XML_INSTRUCTION:
			read_until(x, &s, '?', 1);
			break;
		case XML_DOCTYPE:
			read_doctype(x, &s);
			break;
		}
	}
}

void sitemap_xml_release(struct sitemap_xml *x)
{
	buf_release(&x->text);
	buf_release(&x->tag);
}
