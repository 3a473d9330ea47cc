/*
 * Writes JSON without a library: a record of 8 KB takes a microsecond; with a
 * library that first builds a tree it takes forty.
 */
#include <inttypes.h>
#include <math.h>

#include "base/json/bytes.h"
#include "base/json/compact.h"
#include "base/utf8.h"

void json_escape(char to[JSON_ESCAPE], unsigned code)
{
	static const char hex[] = "0123456789abcdef";
	const char escape[JSON_ESCAPE] = {
		'\\', 'u', '0', '0', hex[code >> 4 & 15], hex[code & 15],
	};

	memcpy(to, escape, sizeof(escape));
}

void json_add_escape(struct buf *out, unsigned code)
{
	json_escape(buf_reserve(out, JSON_ESCAPE), code);
	out->len += JSON_ESCAPE;
}

static void add_special(struct buf *out, unsigned char c)
{
	static const char letters[0x20] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
		['\f'] = 'f', ['\r'] = 'r',
	};
	char letter = c == '"' || c == '\\' ? (char)c :
		      c < sizeof(letters) ? letters[c] : '\0';

	if (letter) {
		const char escape[2] = {'\\', letter};

		buf_add(out, escape, sizeof(escape));
	} else {
		json_add_escape(out, c);
	}
}

/* Appends valid UTF-8 with escapes where needed. */
static void add_escaped(struct buf *out, const char *s, size_t len)
{
	const char *end = bytes_end(s, len);

	while (s < end) {
		size_t plain = json_plain_length(s, (size_t)(end - s));

		buf_add(out, s, plain);
		s += plain;
		if (s == end)
			return;
		if (json_is_c1(s, end)) {
			json_add_escape(out, (unsigned char)s[1]);
			s += 2;
		} else if ((unsigned char)*s == 0xc2) {
			buf_add(out, s, 2);
			s += 2;
		} else {
			add_special(out, (unsigned char)*s++);
		}
	}
}

void json_add_string(struct buf *out, const char *s, size_t len)
{
	if (!len)
		s = "";		/* s may be NULL */
	buf_reserve(out, len + 2);
	buf_addch(out, '"');
	for (;;) {
		size_t good = utf8_valid_prefix(s, len);

		add_escaped(out, s, good);
		s += good;
		len -= good;
		if (!len)
			break;
		good = utf8_bad_length(s, len);
		buf_addstr(out, UTF8_REPLACEMENT);
		s += good;
		len -= good;
	}
	buf_addch(out, '"');
}

void json_add_int(struct buf *out, int64_t n)
{
	if (n < 0)
		buf_addch(out, '-');
	buf_add_uint(out, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void json_add_seconds(struct buf *out, double msec)
{
	/* The limit is 290,000 years. Negative numbers and NaN are written as
	 * 0. */
	const double limit = 9e15;
	uint64_t usec = 0;
	uint64_t rest, unit;

	if (msec > 0)
		usec = (uint64_t)llround((msec < limit ? msec : limit) * 1000);
	buf_add_uint(out, usec / 1000000);
	rest = usec % 1000000;
	if (!rest)
		return;
	buf_addch(out, '.');
	for (unit = 100000; rest; unit /= 10) {
		buf_addch(out, (char)('0' + rest / unit));
		rest %= unit;
	}
}
