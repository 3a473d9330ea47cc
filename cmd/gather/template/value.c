/* Looks up values for placeholders and writes them as text, encoded for their
 * use. */
#include "cmd/gather/template/value.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/string.h"

/* Names the type of a value for a message. */
static const char *kind_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	case JSON_NULL:
		return "null";
	case JSON_TRUE:
	case JSON_FALSE:
		return "a boolean";
	default:
		return "a number";
	}
}

void template_add_placeholder(struct buf *why, struct slice name)
{
	buf_addf(why, "{%.*s} ", json_shown_length(name), name.p);
}

const json_t *template_look_up(const json_t *value, struct slice name,
			       struct buf *why)
{
	const char *p = name.p, *end = name.p + name.len;

	while (p < end) {
		const char *dot = memchr(p, '.', (size_t)(end - p));
		const char *stop = dot ? dot : end;
		const struct slice key = {p, (size_t)(stop - p)};
		const json_t *from = value;

		value = json_object_getn(from, key.p, key.len);
		if (!value) {
			template_add_placeholder(why, name);
			buf_addf(why, "is missing: there is no \"%.*s\" in "
				 "%s", json_shown_length(key), key.p,
				 kind_name(from));
			return NULL;
		}
		p = stop + (dot != NULL);
	}
	return value;
}

/* Adds a number in JSON's form with the fewest digits that give the same
 * double: jansson's default prints 0.1 as 0.10000000000000001. */
static void add_number(struct buf *out, const json_t *number)
{
	enum { ENOUGH = 17, ROOM = 64 };
	const double n = json_real_value(number);

	if (json_is_integer(number)) {
		buf_addf(out, "%" JSON_INTEGER_FORMAT,
			 json_integer_value(number));
		return;
	}
	for (unsigned digits = 15; digits <= ENOUGH; digits++) {
		char *to = buf_reserve(out, ROOM);
		const size_t len = json_dumpb(
			number, to, ROOM,
			JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
		json_t *again = json_loadb(to, len, JSON_DECODE_ANY, NULL);
		const bool same = json_real_value(again) == n;

		json_decref(again);
		if (same || digits == ENOUGH) {
			out->len += len;
			return;
		}
	}
}

/* Returns true for the unreserved characters of RFC 3986, 2.3. */
static bool is_unreserved(char c)
{
	return ascii_is_letter(c) || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.' || c == '_' || c == '~';
}

static void add_encoded(struct buf *out, const char *s, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; len; s++, len--) {
		if (is_unreserved(*s)) {
			buf_addch(out, *s);
			continue;
		}
		buf_addch(out, '%');
		buf_addch(out, digits[(uint8_t)*s >> 4]);
		buf_addch(out, digits[*s & 15]);
	}
}

static const char *add_string(struct buf *out, enum template_use use,
			      const json_t *value)
{
	const char *s = json_string_value(value);
	const size_t len = json_string_length(value);

	if (use == TEMPLATE_URL) {
		add_encoded(out, s, len);
		return NULL;
	}
	if (use == TEMPLATE_HEADER &&
	    (memchr(s, '\n', len) || memchr(s, '\r', len) || strlen(s) < len))
		return "has a line end or NUL, which no header can hold";
	buf_add(out, s, len);
	return NULL;
}

const char *template_add_value(struct buf *out, enum template_use use,
			       const json_t *value, bool whole)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return add_string(out, use, value);
	case JSON_INTEGER:
	case JSON_REAL:
		add_number(out, value);
		return NULL;
	case JSON_TRUE:
	case JSON_FALSE:
		buf_addstr(out, json_is_true(value) ? "true" : "false");
		return NULL;
	case JSON_NULL:
		return "is null";
	case JSON_OBJECT:
		return whole ? "needs a scalar: the value is an object; write "
			       "{key}"
			     : "needs a scalar: it is an object";
	default:
		return whole ? "needs a scalar: the value is an array"
			     : "needs a scalar: it is an array";
	}
}
