/* Finds out a body's encoding from all places that may declare it;
 * parse/encoding/convert.c converts the body. */
#include "parse/encoding/charset.h"

#include <stdbool.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/encoding/convert.h"
#include "parse/encoding/labels.h"
#include "parse/encoding/prescan.h"

static void drop_front(struct buf *body, size_t bytes)
{
	body->len -= bytes;
	memmove(body->data, body->data + bytes, body->len);
}

/* Removes the byte order mark from the body and returns the encoding that it
 * stands for; NULL if there is none. */
static const struct encoding *take_bom(struct buf *body,
				       enum charset_kind kind)
{
	static const struct {
		const char *bytes, *name;
		size_t len;
		bool json_only;
	} marks[] = {
		/* The bytes FF FE 00 00 must be tested before FF FE. */
		{"\xff\xfe\0\0", "UTF-32LE", 4, true},
		{"\0\0\xfe\xff", "UTF-32BE", 4, true},
		{"\xef\xbb\xbf", "UTF-8", 3, false},
		{"\xfe\xff", "UTF-16BE", 2, false},
		{"\xff\xfe", "UTF-16LE", 2, false},
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (body->len < marks[i].len ||
		    memcmp(body->data, marks[i].bytes, marks[i].len) ||
		    (marks[i].json_only && kind != CHARSET_JSON))
			continue;
		drop_front(body, marks[i].len);
		return encoding_by_name(marks[i].name);
	}
	return NULL;
}

/* Takes a parameter's value, quoted or not, off the front of s. Backslashes in
 * quotes are kept, because no encoding label contains a backslash. */
static struct slice take_value(struct slice *s)
{
	struct slice value = *s;
	const char *end;

	if (s->len && *s->p == '"') {
		value.p++;
		value.len--;
		end = memchr(value.p, '"', value.len);
	} else {
		end = memchr(value.p, ';', value.len);
	}
	if (end)
		value.len = (size_t)(end - value.p);
	s->len -= (size_t)(value.p + value.len - s->p);
	s->p = value.p + value.len;
	return value;
}

/* Returns the encoding of the media type's first charset parameter; NULL if
 * there is none or its label is unknown. */
static const struct encoding *from_header(struct slice type)
{
	const char *semicolon;

	while (type.len && (semicolon = memchr(type.p, ';', type.len))) {
		struct slice name, value;
		size_t len = 0;

		type.len -= (size_t)(semicolon + 1 - type.p);
		type.p = semicolon + 1;
		while (len < type.len && type.p[len] != ';' &&
		       type.p[len] != '=')
			len++;
		name = ascii_trim((struct slice){type.p, len});
		if (len == type.len || type.p[len] == ';')
			continue;
		type.p += len + 1;
		type.len -= len + 1;
		while (type.len && ascii_is_space(*type.p)) {
			type.p++;
			type.len--;
		}
		value = take_value(&type);
		if (ascii_is(name, "charset"))
			return encoding_by_label(value);
	}
	return NULL;
}

static const struct encoding *declared_encoding(const struct buf *body,
						struct slice content_type,
						enum charset_kind kind)
{
	const struct slice s = {body->data, body->len};
	const struct encoding *e;

	if (kind == CHARSET_JSON)
		return NULL;
	e = from_header(content_type);
	if (!e && kind == CHARSET_HTML)
		e = prescan_html(s);
	if (!e && kind == CHARSET_XML)
		e = prescan_xml(s);
	return e;
}

static const struct encoding *guess_encoding(const struct buf *body,
					     enum charset_kind kind)
{
	const bool utf8 = kind == CHARSET_JSON || kind == CHARSET_XML ||
			  utf8_valid_prefix(body->data, body->len) ==
				  body->len;

	return encoding_by_name(utf8 ? "UTF-8" : "windows-1252");
}

const char *charset_to_utf8(struct charset *c, struct buf *body,
			    struct slice content_type, enum charset_kind kind)
{
	const struct encoding *e = take_bom(body, kind);

	if (!e)
		e = declared_encoding(body, content_type, kind);
	if (!e)
		e = guess_encoding(body, kind);
	charset_convert(c, body, e);
	return e->name;
}

const char *charset_declared(const struct buf *body, struct slice content_type,
			     enum charset_kind kind)
{
	const struct encoding *e = declared_encoding(body, content_type, kind);

	return e ? e->name : "UTF-8";
}

const char *charset_name(const char *label, size_t len)
{
	const struct encoding *e =
		encoding_by_label((struct slice){label, len});

	return e ? e->name : NULL;
}
