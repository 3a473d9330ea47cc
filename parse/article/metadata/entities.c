#include "parse/article/metadata/entities.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum { REFERENCE_MAX_BYTES = 10 };

static const struct {
	const char *name;
	const char *text;
} names[] = {
	{"amp", "&"}, {"quot", "\""}, {"apos", "'"}, {"lt", "<"}, {"gt", ">"},
	{"nbsp", "\xc2\xa0"}, {"ndash", "–"}, {"mdash", "—"}, {"rsquo", "’"},
	{"lsquo", "‘"}, {"ldquo", "“"}, {"rdquo", "”"}, {"hellip", "…"},
	{"reg", "®"}, {"trade", "™"}, {"copy", "©"}, {"middot", "·"},
	{"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"},
	{"auml", "ä"}, {"ouml", "ö"}, {"uuml", "ü"}, {"szlig", "ß"},
	{"ntilde", "ñ"},
};

/* Appends the character with the number in "#8217" or "#x2019". Returns false
 * if it is no number of a character. */
static bool add_number(struct buf *out, struct slice name)
{
	const unsigned base = name.len > 1 && ascii_lower(name.p[1]) == 'x'
				      ? 16 : 10;
	uint32_t n = 0;
	char utf8[4];

	for (size_t i = base == 16 ? 2 : 1; i < name.len; i++) {
		const int digit = ascii_hex_digit(name.p[i]);

		if (digit < 0 || (unsigned)digit >= base || n > 0x10ffff)
			return false;
		n = n * base + (unsigned)digit;
	}
	if (n < ' ' || n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff))
		return false;
	buf_add(out, utf8, utf8_encode(utf8, n));
	return true;
}

/* Appends the character of a reference, given without "&" and ";". */
static bool add_reference(struct buf *out, struct slice name)
{
	if (name.len && *name.p == '#')
		return add_number(out, name);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is(name, names[i].name)) {
			buf_addstr(out, names[i].text);
			return true;
		}
	return false;
}

void entities_decode(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		const size_t left = text.len - i - 1;
		const char *end;

		if (text.p[i] != '&') {
			buf_addch(out, text.p[i]);
			continue;
		}
		end = memchr(text.p + i + 1, ';', left < REFERENCE_MAX_BYTES
							  ? left
							  : REFERENCE_MAX_BYTES);
		if (end && add_reference(out, (struct slice){
				text.p + i + 1,
				(size_t)(end - text.p) - i - 1}))
			i = (size_t)(end - text.p);
		else
			buf_addch(out, '&');
	}
}
