/*
 * Converts text to UTF-8.
 *
 * Most bodies are UTF-8 already: these are only checked, in place. Single-byte
 * encodings use a table of UTF-8 sequences, made from ICU's converter on first
 * use. ICU converts the rest in pieces, through UTF-16;
 * parse/encoding/icu_fixes.c lists where the standard disagrees with ICU.
 */
#include "parse/encoding/convert.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/library/icu.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/encoding/icu_fixes.h"

enum {
	PIECE = 4096,	/* bytes or code units converted at a time */
	UTF8_MAX = 4,
	BAD_MAX = 32,	/* more bytes than ICU ever rejects at once */
};

/* UTF-8 sequences for the bytes 0x80 to 0xff. */
struct table {
	char utf8[128][UTF8_MAX];
	unsigned char size[128];
};

struct charset {
	struct table *tables[ENCODINGS];
	UConverter *converters[ENCODINGS];
};

/* Code points of the bytes 0x80 to 0x9f in windows-1252; each byte from 0xa0 on
 * is its own code point. */
static const uint16_t windows_1252[32 + 1] =
	u"\u20ac\x0081\u201a\u0192\u201e\u2026\u2020\u2021"
	u"\u02c6\u2030\u0160\u2039\u0152\x008d\u017d\x008f"
	u"\x0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014"
	u"\u02dc\u2122\u0161\u203a\u0153\x009d\u017e\u0178";

/* Called by ICU for bytes that cannot be decoded; writes U+FFFD in their place.
 * ICU's own callback writes U+001A for single bytes, and drops an ASCII byte (a
 * quote, a '<') that follows half a character. */
static void on_unreadable(const void *context, UConverterToUnicodeArgs *args,
			  const char *bytes, int32_t len,
			  UConverterCallbackReason reason, UErrorCode *error)
{
	const struct encoding *e = context;
	UChar text[BAD_MAX];
	int32_t count = 0;

	if (reason > UCNV_IRREGULAR)
		return;
	*error = U_ZERO_ERROR;
	text[count] = icu_fix_bytes(e->name, bytes, (size_t)len);
	if (!text[count]) {
		text[count] = ICU_FIX_NONE;
		for (int32_t i = 1; i < len && i < BAD_MAX; i++)
			if (e->kind == ENCODING_MULTI_BYTE &&
			    (unsigned char)bytes[i] < 0x80)
				text[++count] = (UChar)bytes[i];
	}
	ucnv_cbToUWriteUChars(args, text, count + 1, 0, error);
}

/* Returns the encoding's converter, borrowed; NULL if ICU has no data for
 * it. */
static UConverter *converter_of(struct charset *c, const struct encoding *e)
{
	UConverter **slot = &c->converters[e - encodings];
	UErrorCode error = U_ZERO_ERROR;

	if (*slot) {
		ucnv_resetToUnicode(*slot);
		return *slot;
	}
	*slot = ucnv_open(e->converter, &error);
	if (U_FAILURE(error))
		return *slot = NULL;
	ucnv_setToUCallBack(*slot, on_unreadable, e, NULL, NULL, &error);
	return *slot;
}

static void high_bytes_from_icu(struct charset *c, const struct encoding *e,
				uint16_t high[128])
{
	UConverter *converter = converter_of(c, e);
	UErrorCode error = U_ZERO_ERROR;
	UChar *to = high;
	char bytes[128];
	const char *from = bytes;

	if (!converter)
		return;
	for (int i = 0; i < 128; i++)
		bytes[i] = (char)(0x80 + i);
	ucnv_toUnicode(converter, &to, high + 128, &from, bytes + 128, NULL,
		       true, &error);
}

static struct table *table_new(struct charset *c, const struct encoding *e)
{
	struct table *table = xmalloc(sizeof(*table));
	uint16_t high[128];

	for (int i = 0; i < 128; i++)
		high[i] = (uint16_t)(0x80 + i);
	if (e->kind == ENCODING_WINDOWS_1252)
		memcpy(high, windows_1252, 32 * sizeof(high[0]));
	else if (e->kind == ENCODING_USER_DEFINED)
		for (int i = 0; i < 128; i++)
			high[i] = (uint16_t)(0xf780 + i);
	else if (e->converter)
		high_bytes_from_icu(c, e, high);
	icu_fix_high_bytes(e->name, high);
	for (int i = 0; i < 128; i++)
		table->size[i] =
			(unsigned char)utf8_encode(table->utf8[i], high[i]);
	return table;
}

static const struct table *table_of(struct charset *c,
				    const struct encoding *e)
{
	struct table **slot = &c->tables[e - encodings];

	if (!*slot)
		*slot = table_new(c, e);
	return *slot;
}

/* Converts one piece of at most PIECE bytes by a table. */
static void add_by_table(struct buf *out, const struct table *table,
			 const char *s, size_t len)
{
	/* Copying always writes UTF8_MAX bytes for a character, even if the
	 * character has fewer. */
	char *start = buf_reserve(out, len * 3 + UTF8_MAX);
	char *to = start;
	size_t i = 0;

	while (i < len) {
		size_t plain = utf8_ascii_prefix(s + i, len - i);

		memcpy(to, s + i, plain);
		to += plain;
		i += plain;
		for (; i < len && (unsigned char)s[i] >= 0x80; i++) {
			unsigned char high = (unsigned char)s[i] & 0x7f;

			memcpy(to, table->utf8[high], UTF8_MAX);
			to += table->size[high];
		}
	}
	out->len += (size_t)(to - start);
}

static struct buf convert_by_table(const struct buf *body,
				   const struct table *table)
{
	struct buf out = {0};

	buf_reserve(&out, body->len + body->len / 4);
	for (size_t i = 0; i < body->len; i += PIECE) {
		size_t len = body->len - i < PIECE ? body->len - i : PIECE;

		add_by_table(&out, table, body->data + i, len);
	}
	return out;
}

/* Returns true for code units that an icu_fix_unit function may have to
 * correct. */
static bool is_patched(uint32_t c)
{
	return c == 0x1a || c == 0x1c || (c >= 0x7f && c <= 0x9f) ||
	       (c >= 0xe000 && c <= 0xf8ff);
}

/* Converts one piece of UTF-16 to UTF-8. A high surrogate at the end of the
 * piece is kept in *lead for the next piece. */
static void add_units(struct buf *out, const UChar *units, size_t count,
		      icu_fix_unit *patch, UChar *lead)
{
	char *start = buf_reserve(out, (count + 1) * 6);
	char *to = start;

	for (size_t i = 0; i < count; i++) {
		uint32_t c = units[i];

		if (patch && is_patched(c)) {
			uint16_t other[2];
			size_t others = patch((uint16_t)c, other);

			for (size_t j = 0; j < others; j++)
				to += utf8_encode(to, other[j]);
		} else if (c < 0x80) {
			*to++ = (char)c;
		} else if (U16_IS_LEAD(c)) {
			*lead = (UChar)c;
		} else {
			/* ICU outputs complete pairs only, so the lead
			 * surrogate came before. */
			if (U16_IS_TRAIL(c))
				c = *lead ? U16_GET_SUPPLEMENTARY(*lead, c)
					  : ICU_FIX_NONE;
			*lead = 0;
			to += utf8_encode(to, c);
		}
	}
	out->len += (size_t)(to - start);
}

static struct buf convert_by_icu(const struct buf *body, UConverter *converter,
				 icu_fix_unit *patch)
{
	const char *from = body->data;
	const char *end = bytes_end(body->data, body->len);
	struct buf out = {0};
	UChar units[PIECE];
	UChar lead = 0;
	UErrorCode error;

	buf_reserve(&out, body->len + body->len / 2);
	do {
		UChar *to = units;

		error = U_ZERO_ERROR;
		ucnv_toUnicode(converter, &to, units + PIECE, &from, end, NULL,
			       true, &error);
		add_units(&out, units, (size_t)(to - units), patch, &lead);
	} while (error == U_BUFFER_OVERFLOW_ERROR);
	return out;
}

static void replace_body(struct buf *body, struct buf text)
{
	buf_release(body);
	*body = text;
}

struct charset *charset_new(void)
{
	return xcalloc(1, sizeof(struct charset));
}

void charset_free(struct charset *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < ENCODINGS; i++) {
		free(c->tables[i]);
		if (c->converters[i])
			ucnv_close(c->converters[i]);
	}
	free(c);
}

void charset_load_library(void)
{
	library_need(&icu_library);
}

void charset_load_all(void)
{
	struct charset *c = charset_new();

	for (size_t i = 0; i < ENCODINGS; i++)
		if (encodings[i].converter)
			(void)converter_of(c, &encodings[i]);
	charset_free(c);
}

void charset_convert(struct charset *c, struct buf *body,
		     const struct encoding *e)
{
	UConverter *converter;

	if (!body->len)
		return;
	switch (e->kind) {
	case ENCODING_UTF8:
		break;
	case ENCODING_SINGLE_BYTE:
	case ENCODING_WINDOWS_1252:
	case ENCODING_USER_DEFINED:
		if (utf8_ascii_prefix(body->data, body->len) == body->len)
			return;
		replace_body(body, convert_by_table(body, table_of(c, e)));
		return;
	case ENCODING_REPLACEMENT:
		buf_clear(body);
		buf_addstr(body, UTF8_REPLACEMENT);
		return;
	case ENCODING_MULTI_BYTE:
	case ENCODING_OTHER:
		converter = converter_of(c, e);
		if (!converter)
			break;
		replace_body(body, convert_by_icu(body, converter,
						  icu_fix_for_units(e->name)));
		return;
	}
	utf8_repair(body);
}
