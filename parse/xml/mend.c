/* One pass without state: the bytes after a "&" or "<" decide whether this
 * character is text, inside a tag's quotes as well as outside. Declarations of
 * a DTD go through the same pass; they are never read (xml.c). */
#include "parse/xml/mend.h"

#include <string.h>

#include "base/ascii.h"

enum { MAX_CODE = 0x10ffff };

struct mending {
	const char *at, *end;
	struct buf *out;
	bool mended;
};

static bool begins_with(const struct mending *m, const char *with)
{
	const size_t n = strlen(with);

	return (size_t)(m->end - m->at) >= n && !memcmp(m->at, with, n);
}

static void copy_bytes(struct mending *m, size_t bytes)
{
	buf_add(m->out, m->at, bytes);
	m->at += bytes;
}

static void replace_bytes(struct mending *m, size_t bytes, const char *by)
{
	buf_addstr(m->out, by);
	m->at += bytes;
	m->mended = true;
}

/* Returns true if a code point is a "Char" of XML 1.0, 2.2. */
static bool is_char(unsigned code)
{
	return code == '\t' || code == '\n' || code == '\r' ||
	       (code >= 0x20 && code < 0xd800) ||
	       (code >= 0xe000 && code <= 0xfffd) ||
	       (code >= 0x10000 && code <= MAX_CODE);
}

/* Returns the value of a hexadecimal digit, or 99 for any other character. */
static unsigned digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
}

/* Returns true if the text at p, which follows "&#", completes a valid
 * character reference. */
static bool is_number(const char *p, const char *end)
{
	const bool hex = p < end && *p == 'x';
	const unsigned base = hex ? 16 : 10;
	const char *digits = hex ? ++p : p;
	unsigned code = 0;

	for (; p < end && digit_of(*p) < base; p++)
		code = code > MAX_CODE ? code : code * base + digit_of(*p);
	return p > digits && p < end && *p == ';' && is_char(code);
}

static bool is_reference(const struct mending *m)
{
	static const char *const names[] = {
		"&amp;", "&lt;", "&gt;", "&quot;", "&apos;",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (begins_with(m, names[i]))
			return true;
	return begins_with(m, "&#") && is_number(m->at + 2, m->end);
}

/* Returns true if the "<" at the current position begins markup, even broken
 * markup. */
static bool is_markup(const struct mending *m)
{
	const char c = m->end - m->at > 1 ? m->at[1] : '\0';

	return ascii_is_letter(c) || (c & 0x80) || (c && strchr("_:/!?", c));
}

/* Returns the next occurrence of `end` from p on, or NULL. memmem() is not
 * used, because under AddressSanitizer each call, of a million, would read all
 * the rest of the text. */
static const char *find_end(const char *p, const char *text_end,
			    const char *end)
{
	const size_t len = strlen(end);

	while ((size_t)(text_end - p) >= len) {
		p = memchr(p, *end, (size_t)(text_end - p) - len + 1);
		if (!p || !memcmp(p, end, len))
			return p;
		p++;
	}
	return NULL;
}

/* Copies a comment, CDATA section or processing instruction unchanged. Returns
 * false if the "<" begins none of these. */
static bool copy_section(struct mending *m)
{
	static const struct {
		const char *start, *end;
	} rows[] = {
		{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const size_t n = strlen(rows[i].start);
		const char *end;

		if (!begins_with(m, rows[i].start))
			continue;
		end = find_end(m->at + n, m->end, rows[i].end);
		copy_bytes(m, end ? (size_t)(end - m->at) + strlen(rows[i].end)
				  : (size_t)(m->end - m->at));
		return true;
	}
	return false;
}

static void mend_next(struct mending *m)
{
	if (*m->at == '&' && !is_reference(m))
		replace_bytes(m, 1, "&amp;");
	else if (*m->at == '<' && !is_markup(m))
		replace_bytes(m, 1, "&lt;");
	else if (begins_with(m, "]]>"))
		replace_bytes(m, 3, "]]&gt;");
	else if (*m->at != '<' || !copy_section(m))
		copy_bytes(m, 1);
}

bool xml_mend(struct buf *out, struct slice text)
{
	struct mending m = {
		.at = text.p, .end = text.p + text.len, .out = out,
	};

	buf_reserve(out, text.len + text.len / 64);
	while (m.at < m.end) {
		const char *p = m.at;

		while (p < m.end && *p != '&' && *p != '<' && *p != ']')
			p++;
		copy_bytes(&m, (size_t)(p - m.at));
		if (p < m.end)
			mend_next(&m);
	}
	return m.mended;
}
