/* Counts columns in characters of the repaired text, and cuts a window out of
 * long expressions. */
#include "parse/extract/caret.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

enum {
	WINDOW = 66,	/* characters: 70 with the indentation */
	LEAD = 40,	/* characters shown before the position, if not all
			 * fit */
};

#define INDENT "\n    "
#define GAP "..."

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t count_characters(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !continues(s[i]);
	return n;
}

/* Returns the number of bytes in the first chars characters of s. */
static size_t bytes_of(const char *s, size_t len, size_t characters)
{
	size_t i = 0;

	while (i < len && characters--)
		for (i++; i < len && continues(s[i]); i++)
			;
	return i;
}

/* Appends s, with each control character replaced by a space. */
static void add_visible(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		bool c1 = c == 0xc2 && i + 1 < len &&
			  (unsigned char)s[i + 1] < 0xa0;

		buf_addch(out, c < ' ' || c == 0x7f || c1 ? ' ' : s[i]);
		i += c1;
	}
}

void caret_show(struct buf *out, const char *expression, size_t len,
		  size_t at)
{
	const bool known = at != CARET_NOWHERE;
	const size_t before = at < len ? at : len;
	struct buf text = {0};
	size_t all, column, skipped = 0, start, end;

	if (!len)
		expression = "";	/* expression may be NULL */
	/* Repairing the text before the position may move the position. */
	utf8_add(&text, expression, before);
	at = text.len;
	utf8_add(&text, expression + before, len - before);
	buf_cstr(&text);
	column = known ? count_characters(text.data, at) : 0;
	all = count_characters(text.data, text.len);
	if (all > WINDOW && column > LEAD)
		skipped = column - LEAD < all - WINDOW ? column - LEAD :
							 all - WINDOW;
	start = bytes_of(text.data, text.len, skipped);
	end = start + bytes_of(text.data + start, text.len - start, WINDOW);
	buf_addstr(out, INDENT);
	buf_addstr(out, skipped ? GAP : "");
	add_visible(out, text.data + start, end - start);
	buf_addstr(out, end < text.len ? GAP : "");
	if (known) {
		buf_addstr(out, INDENT);
		column -= skipped;
		for (column += skipped ? strlen(GAP) : 0; column; column--)
			buf_addch(out, ' ');
		buf_addch(out, '^');
	}
	buf_release(&text);
}
