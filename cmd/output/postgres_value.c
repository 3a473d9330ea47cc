#include "cmd/output/postgres_value.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/string.h"
#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

/* A number with at most this many digits and this exponent fits the type
 * numeric, which has 131,072 digits before the point and 16,383 after it
 * (https://www.postgresql.org/docs/15/datatype-numeric.html). */
enum { MAX_DIGITS = 8000, MAX_EXPONENT = 8000 };

const char *const postgres_types[] = {
	[POSTGRES_NONE] = "text",
	[POSTGRES_BOOLEAN] = "boolean",
	[POSTGRES_BIGINT] = "bigint",
	[POSTGRES_DOUBLE] = "double precision",
	[POSTGRES_NUMERIC] = "numeric",
	[POSTGRES_TEXT] = "text",
	[POSTGRES_JSONB] = "jsonb",
	[POSTGRES_OTHER] = "",
};

static bool is_null(struct slice value)
{
	return !value.len || value.p[0] == 'n';
}

/* --- Types ---------------------------------------------------------------- */

/* Returns true if a number is too large for the type numeric. */
static bool is_huge(struct slice number)
{
	const char *end = number.p + number.len;
	const char *e = memchr(number.p, 'e', number.len);

	if (!e)
		e = memchr(number.p, 'E', number.len);
	if (number.len > MAX_DIGITS)
		return true;
	if (!e++)
		return false;
	while (e < end && (*e == '+' || *e == '-' || *e == '0'))
		e++;
	/* Count the digits before strtol(), because the text goes on after the
	 * number. */
	return end - e > 4 || (e < end && strtol(e, NULL, 10) > MAX_EXPONENT);
}

static enum postgres_type type_of_number(struct slice number)
{
	struct buf text = {0};
	char *end;
	double d;
	enum postgres_type type = POSTGRES_BIGINT;

	if (is_huge(number))
		return POSTGRES_TEXT;
	buf_add(&text, number.p, number.len);
	errno = 0;
	(void)strtoll(buf_cstr(&text), &end, 10);
	if (*end) {
		errno = 0;
		d = strtod(buf_cstr(&text), NULL);
		type = errno && (d == 0 || isinf(d)) ? POSTGRES_NUMERIC
						     : POSTGRES_DOUBLE;
	} else if (errno) {
		type = POSTGRES_NUMERIC;
	}
	buf_release(&text);
	return type;
}

static enum postgres_type type_of_value(struct slice value)
{
	switch (value.p[0]) {
	case 't':
	case 'f':
		return POSTGRES_BOOLEAN;
	case '"':
		return POSTGRES_TEXT;
	case '{':
	case '[':
		return POSTGRES_JSONB;
	default:
		return type_of_number(value);
	}
}

static bool is_number(enum postgres_type type)
{
	return type >= POSTGRES_BIGINT && type <= POSTGRES_NUMERIC;
}

enum postgres_type postgres_type_for(enum postgres_type has,
				     struct slice value)
{
	enum postgres_type type;

	if (has >= POSTGRES_TEXT || is_null(value))
		return has;
	type = type_of_value(value);
	if (has == POSTGRES_NONE || type == has)
		return type;
	if (is_number(has) && is_number(type))
		return has > type ? has : type;
	return POSTGRES_JSONB;
}

/* --- Text ----------------------------------------------------------------- */

static unsigned hex4(const char *p)
{
	unsigned n = 0;

	for (int i = 0; i < 4; i++) {
		const char c = p[i];

		n = n * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	return n;
}

/* Appends the character of the escape \uXXXX at p; returns the end of the
 * characters that were read. Characters beyond ASCII are decoded, because an
 * SQL_ASCII database refuses their escapes. */
static const char *add_unicode(struct buf *out, const char *p, const char *end)
{
	unsigned code = hex4(p + 2);
	char utf8[4];

	if (code && code < 0x80) {
		buf_add(out, p, 6);
		return p + 6;
	}
	p += 6;
	if (code >= 0xd800 && code < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u' && hex4(p + 2) >= 0xdc00 && hex4(p + 2) < 0xe000) {
		code = 0x10000 + ((code - 0xd800) << 10) + hex4(p + 2) - 0xdc00;
		p += 6;
	}
	if (!code || (code >= 0xd800 && code < 0xe000))
		buf_addstr(out, REPLACEMENT);
	else
		buf_add(out, utf8, utf8_encode(utf8, code));
	return p;
}

/* Copy a JSON token at p; return its end. */
static const char *add_json_string(struct buf *out, const char *p,
				   const char *end)
{
	buf_addch(out, *p++);
	while (p < end && *p != '"') {
		const size_t plain = strcspn(p, "\"\\");

		if (p[0] == '\\' && p[1] == 'u') {
			p = add_unicode(out, p, end);
		} else if (p[0] == '\\') {
			buf_add(out, p, 2);
			p += 2;
		} else {
			buf_add(out, p, plain);
			p += plain;
		}
	}
	buf_addch(out, '"');
	return p + 1;
}

static const char *add_json_number(struct buf *out, const char *p,
				   const char *end)
{
	const char *begin = p;
	struct slice number;
	bool huge;

	while (p < end && strchr("+-.0123456789eE", *p))
		p++;
	number = (struct slice){begin, (size_t)(p - begin)};
	huge = is_huge(number);
	if (huge)
		buf_addch(out, '"');
	buf_add(out, number.p, number.len);
	if (huge)
		buf_addch(out, '"');
	return p;
}

static void add_json(struct buf *out, struct slice value)
{
	const char *p = value.p, *end = value.p + value.len;

	while (p < end) {
		if (*p == '"')
			p = add_json_string(out, p, end);
		else if (*p == '-' || (*p >= '0' && *p <= '9'))
			p = add_json_number(out, p, end);
		else
			buf_addch(out, *p++);
	}
}

/* Appends text as a field in COPY's text format
 * (https://www.postgresql.org/docs/15/sql-copy.html, "Text Format"). */
static void add_field(struct buf *out, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (p[i]) {
		case '\0':
			buf_addstr(out, REPLACEMENT);
			break;
		case '\n':
			buf_addstr(out, "\\n");
			break;
		case '\r':
			buf_addstr(out, "\\r");
			break;
		case '\t':
			buf_addstr(out, "\\t");
			break;
		case '\\':
			buf_addstr(out, "\\\\");
			break;
		default:
			buf_addch(out, p[i]);
		}
	}
}

void postgres_add_value(struct buf *out, enum postgres_type type,
			struct slice value, struct buf *scratch)
{
	buf_clear(scratch);
	if (is_null(value)) {
		buf_addstr(out, "\\N");
		return;
	}
	if (json_is_text(value) && type != POSTGRES_JSONB)
		json_string_text(scratch, value);
	else
		add_json(scratch, value);
	add_field(out, scratch->data, scratch->len);
}
