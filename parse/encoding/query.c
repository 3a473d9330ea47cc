/*
 * Encodes queries in legacy encodings. This is rare: few pages use such an
 * encoding, and few of their links have characters outside of ASCII in a query.
 * So ICU's converter encodes one character at a time. Its result is used only
 * if our own decoder decodes it back to that character, because ICU's
 * converters differ from the standard, which our decoder follows.
 */
#include "parse/encoding/query.h"

#include <stdbool.h>
#include <string.h>

#include "base/library/icu.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "parse/encoding/convert.h"
#include "parse/encoding/labels.h"

enum { CHAR_BYTES = 32 };

static bool is_named(const struct query_encoding *q, const char *name)
{
	return !strcmp(q->e->name, name);
}

/* Decodes the first character of valid UTF-8 and moves *s past it. */
static uint32_t decode_char(const char **s)
{
	const unsigned char *u = (const unsigned char *)*s;
	const unsigned more = u[0] < 0x80 ? 0 : u[0] < 0xe0 ? 1
			      : u[0] < 0xf0 ? 2 : 3;
	uint32_t c = more ? u[0] & (0x3fu >> more) : u[0];

	for (unsigned i = 1; i <= more; i++)
		c = c << 6 | (u[i] & 0x3f);
	*s += more + 1;
	return c;
}

static size_t encode_by_icu(const struct query_encoding *q, char to[CHAR_BYTES],
			    uint32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar units[2];
	const UChar *from = units;
	int32_t count = 0;
	char *end = to;

	U16_APPEND_UNSAFE(units, count, c);
	ucnv_resetFromUnicode(q->converter);
	ucnv_fromUnicode(q->converter, &end, to + CHAR_BYTES, &from,
			 units + count, NULL, true, &error);
	return U_FAILURE(error) ? 0 : (size_t)(end - to);
}

/* Returns true if the bytes decode to the character. */
static bool decodes_to(const struct query_encoding *q, const char *bytes,
		       size_t len, uint32_t c)
{
	struct buf text = {0};
	char utf8[4];
	const size_t size = utf8_encode(utf8, c);
	bool same;

	buf_add(&text, bytes, len);
	charset_convert(q->charset, &text, q->e);
	same = text.len == size && !memcmp(text.data, utf8, size);
	buf_release(&text);
	return same;
}

/* Returns true for bytes that the standard decodes but never writes. */
static bool is_for_reading_only(const struct query_encoding *q,
				const char *bytes, size_t len)
{
	const unsigned char first = (unsigned char)bytes[0];

	if (is_named(q, "GBK"))
		return len == 4;
	if (is_named(q, "Big5"))
		return first > 0x80 && first < 0xa1;
	return is_named(q, "EUC-JP") && first == 0x8f;
}

/* Returns the character that Japanese encodings write in place of c; for most
 * characters, c itself. */
static uint32_t replacement_for(const struct query_encoding *q, uint32_t c)
{
	const bool one_byte = is_named(q, "Shift_JIS") || is_named(q, "EUC-JP");

	if (!one_byte && !is_named(q, "ISO-2022-JP"))
		return c;
	if (c == 0x2212)
		return 0xff0d;
	if (one_byte && c == 0xa5)
		return 0x5c;
	if (one_byte && c == 0x203e)
		return 0x7e;
	return c;
}

static size_t encode_high_byte(const struct query_encoding *q, char *to,
			       uint32_t c)
{
	for (unsigned i = 0; i < 128; i++)
		if (q->high[i] == c) {
			*to = (char)(0x80 + i);
			return 1;
		}
	return 0;
}

/* Writes the bytes of character c and returns their number; 0 if the encoding
 * does not have the character. */
static size_t encode_char(const struct query_encoding *q, char to[CHAR_BYTES],
			  uint32_t c)
{
	size_t len;

	c = replacement_for(q, c);
	if (c < 0x80 && (c != 0x1b || !is_named(q, "ISO-2022-JP"))) {
		*to = (char)c;
		return 1;
	}
	if (!q->converter)
		return c == 0xfffd ? 0 : encode_high_byte(q, to, c);
	if (c == 0x20ac && is_named(q, "GBK")) {
		*to = (char)0x80;
		return 1;
	}
	len = encode_by_icu(q, to, c);
	if (!len || is_for_reading_only(q, to, len) ||
	    !decodes_to(q, to, len, c))
		return 0;
	return len;
}

enum { ESCAPE_BYTES = 3 };

/* Bytes that are encoded but not yet written to the URL. */
struct run {
	struct buf bytes;
	/* For ISO-2022-JP: the escape sequence that precedes the last
	 * character, if bytes ends with the escape sequence back to ASCII. */
	char state[ESCAPE_BYTES];
	bool has_state;
};

/* Appends a character's bytes. In ISO-2022-JP each character comes with two
 * escape sequences; those between neighbours in the same state are dropped. */
static void add_char(struct run *run, const char *bytes, size_t len)
{
	const bool has_state = bytes[0] == '\x1b' && len > ESCAPE_BYTES;

	if (has_state && run->has_state) {
		run->bytes.len -= ESCAPE_BYTES;
		if (!memcmp(run->state, bytes, ESCAPE_BYTES)) {
			bytes += ESCAPE_BYTES;
			len -= ESCAPE_BYTES;
		}
	}
	run->has_state = has_state;
	if (has_state && bytes[0] == '\x1b')
		memcpy(run->state, bytes, ESCAPE_BYTES);
	buf_add(&run->bytes, bytes, len);
}

static void write_run(struct run *run, struct buf *out, unsigned set)
{
	if (run->bytes.len)
		percent_encode(out, run->bytes.data, run->bytes.len, set);
	buf_clear(&run->bytes);
	run->has_state = false;
}

static void encode_query(const struct url_encoding *e, struct buf *out,
			 const char *s, size_t len, unsigned set)
{
	const struct query_encoding *q = (const struct query_encoding *)e;
	const char *const end = s + len;
	struct run run = {0};

	while (s < end) {
		const uint32_t c = decode_char(&s);
		char bytes[CHAR_BYTES];
		const size_t count = encode_char(q, bytes, c);

		if (count) {
			add_char(&run, bytes, count);
			continue;
		}
		write_run(&run, out, set);
		buf_addf(out, "%%26%%23%u%%3B", c);
	}
	write_run(&run, out, set);
	buf_release(&run.bytes);
}

/* Fills q->high with the characters of the bytes 0x80 to 0xff; U+FFFD for bytes
 * without a character. */
static void decode_high_bytes(struct query_encoding *q)
{
	struct buf text = {0};
	const char *s;

	for (unsigned i = 0; i < 128; i++)
		buf_addch(&text, (char)(0x80 + i));
	charset_convert(q->charset, &text, q->e);
	s = text.data;
	for (unsigned i = 0; i < 128; i++)
		q->high[i] = decode_char(&s);
	buf_release(&text);
}

static bool open_converter(struct query_encoding *q)
{
	UErrorCode error = U_ZERO_ERROR;

	q->converter = ucnv_open(q->e->converter, &error);
	if (U_FAILURE(error)) {
		q->converter = NULL;
		return false;
	}
	ucnv_setFromUCallBack(q->converter, UCNV_FROM_U_CALLBACK_STOP, NULL,
			      NULL, NULL, &error);
	return true;
}

const struct url_encoding *query_encoding_init(struct query_encoding *q,
					       struct charset *c,
					       const char *name)
{
	*q = (struct query_encoding){
		.url = {encode_query},
		.charset = c,
		.e = encoding_by_name(name),
	};
	switch (q->e->kind) {
	case ENCODING_UTF8:
	case ENCODING_REPLACEMENT:
		return NULL;
	case ENCODING_SINGLE_BYTE:
	case ENCODING_WINDOWS_1252:
	case ENCODING_USER_DEFINED:
		decode_high_bytes(q);
		break;
	case ENCODING_MULTI_BYTE:
	case ENCODING_OTHER:
		/* Queries are written in UTF-8 if the page is in a Unicode
		 * encoding. */
		if (!strncmp(name, "UTF-", 4) || !open_converter(q))
			return NULL;
		break;
	}
	return &q->url;
}

void query_encoding_release(struct query_encoding *q)
{
	if (q->converter)
		ucnv_close(q->converter);
	*q = (struct query_encoding){0};
}
