/* Decodes the escapes of JSON strings. */
#include "base/json/string.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { SHOWN_MAX = 64 };

/* Returns the number of the four hexadecimal digits at s. */
static uint32_t read_hex(const char *s)
{
	uint32_t n = 0;

	for (int i = 0; i < 4; i++)
		n = n << 4 | (uint32_t)((s[i] & 15) + (s[i] > '9' ? 9 : 0));
	return n;
}

/* Appends the character of one escape \uXXXX, or of two that are a surrogate
 * pair; s is just after the first 'u'. Returns the end of the escape or
 * escapes. */
static const char *add_unicode(struct buf *out, const char *s, const char *end)
{
	uint32_t code = read_hex(s);
	char bytes[4];

	s += 4;
	if (code >= 0xd800 && code < 0xdc00 && end - s >= 6 && s[0] == '\\' &&
	    s[1] == 'u') {
		uint32_t low = read_hex(s + 2);

		if (low >= 0xdc00 && low < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) +
			       (low - 0xdc00);
			s += 6;
		}
	}
	if (code >= 0xd800 && code < 0xe000)
		buf_addstr(out, UTF8_REPLACEMENT);
	else
		buf_add(out, bytes, utf8_encode(bytes, code));
	return s;
}

void json_string_text(struct buf *out, struct slice string)
{
	static const char letters[][2] = {
		{'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'},
	};
	const char *s = string.p + 1, *end = string.p + string.len - 1;

	while (s < end) {
		const char *escape = memchr(s, '\\', (size_t)(end - s));
		char c;

		if (!escape)
			escape = end;
		buf_add(out, s, (size_t)(escape - s));
		if (escape == end)
			return;
		c = escape[1];
		s = escape + 2;
		if (c == 'u' && end - s < 4)
			return;		/* not JSON */
		if (c == 'u') {
			s = add_unicode(out, s, end);
			continue;
		}
		for (size_t i = 0; i < sizeof(letters) / 2; i++)
			if (letters[i][0] == escape[1])
				c = letters[i][1];
		buf_addch(out, c);
	}
}

bool json_text_read(struct json_text *t, struct slice value)
{
	json_error_t error;

	/* A single quote, for example from a record cut off by a crash. */
	if (value.len < 2 || value.p[value.len - 1] != '"')
		return false;
	*t = (struct json_text){.text = {value.p + 1, value.len - 2}};
	if (!t->text.len || !memchr(t->text.p, '\\', t->text.len))
		return true;
	t->own = json_loadb(value.p, value.len,
			    JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (!t->own)
		return false;
	t->text = (struct slice){json_string_value(t->own),
				 json_string_length(t->own)};
	return true;
}

void json_text_release(struct json_text *t)
{
	json_decref(t->own);
	*t = (struct json_text){0};
}

int json_shown_length(struct slice name)
{
	if (name.len > SHOWN_MAX)
		name.len = utf8_valid_prefix(name.p, SHOWN_MAX);
	return (int)name.len;
}
