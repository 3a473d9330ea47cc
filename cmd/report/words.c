/* Escapes text for the page, and formats numbers with units. */
#include "cmd/report/words.h"

#include <math.h>
#include <stdio.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Returns the length of a character that must be replaced: one that XML does
 * not allow (U+FFFE, U+FFFF), or that changes the direction of the text around
 * it (U+202A to U+202E, U+2066 to U+2069). Returns 0 for any other
 * character. */
static size_t replaced_length(const unsigned char *p)
{
	if (p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe)
		return 3;
	if (p[0] != 0xe2)
		return 0;
	if (p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae)
		return 3;
	return p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9 ? 3 : 0;
}

static const char *entity_of(unsigned char c)
{
	switch (c) {
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '&': return "&amp;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return c < ' ' || c == 0x7f ? REPLACEMENT : NULL;
	}
}

void report_text(struct buf *out, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p) {
		const char *entity = entity_of(*p);
		const size_t replaced = replaced_length(p);

		if (entity || replaced)
			buf_addstr(out, entity ? entity : REPLACEMENT);
		else
			buf_addch(out, (char)*p);
		p += replaced ? replaced : 1;
	}
}

/* Appends the number with separators: 1,234,567. */
static void add_grouped(struct buf *out, double value)
{
	char digits[32];
	const int len = snprintf(digits, sizeof(digits), "%.0f", value);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addch(out, ',');
		buf_addch(out, digits[i]);
	}
}

/* Appends the number with three significant digits, without zeros at the end of
 * its decimals. */
static void add_digits(struct buf *out, double value)
{
	const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
	char digits[32];
	int len;

	if (value >= 999.5 || value < 0) {
		add_grouped(out, value);
		return;
	}
	len = snprintf(digits, sizeof(digits), "%.*f", decimals, value);
	while (decimals && digits[len - 1] == '0')
		len--;
	if (decimals && digits[len - 1] == '.')
		len--;
	buf_add(out, digits, (size_t)len);
}

static void add_seconds(struct buf *out, double value)
{
	if (value >= .9995 || value < 5e-10) {
		add_digits(out, value);
		buf_addstr(out, " s");
	} else if (value >= .0009995) {
		add_digits(out, value * 1e3);
		buf_addstr(out, " ms");
	} else {
		add_digits(out, value * 1e6);
		buf_addstr(out, " \xc2\xb5s");
	}
}

static void add_bytes(struct buf *out, double value)
{
	static const char *const units[] = {" B", " kB", " MB", " GB", " TB"};
	size_t i = 0;

	for (; value >= 999.5 && i < 4; i++)
		value /= 1e3;
	add_digits(out, value);
	buf_addstr(out, units[i]);
}

void report_value(struct buf *out, enum unit unit, double value)
{
	if (!isfinite(value) || fabs(value) > 1e18) {
		buf_addstr(out, "\xe2\x80\x93");
		return;
	}
	switch (unit) {
	case UNIT_SECONDS:
		add_seconds(out, value);
		return;
	case UNIT_BYTES:
		add_bytes(out, value);
		return;
	case UNIT_COUNT:
		add_digits(out, value);
		return;
	case UNIT_RATE:
		add_digits(out, value);
		buf_addstr(out, "/s");
		return;
	case UNIT_TIMES:
		add_digits(out, value);
		buf_addstr(out, "\xc3\x97");
		return;
	}
}

double report_number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}
