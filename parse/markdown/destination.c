/* Writes destinations and titles of links. */
#include <stdint.h>
#include <string.h>

#include "parse/markdown/characters.h"
#include "parse/markdown/escape.h"

/* Appends a character of a title or a destination, without an escape. In these,
 * GitHub's parser replaces references by their characters before it removes
 * backslashes, so that a backslash does not help. */
static void add_quoted(struct buf *out, const char *s, const char *end)
{
	if (*s == '&' && md_is_reference(s, end))
		buf_addstr(out, "&amp;");
	else
		buf_addch(out, *s);
}

static bool escapes_in_title(const char *s, const char *end, bool in_cell)
{
	switch (*s) {
	case '"':
		return true;
	case '\\':
		return s + 1 == end || md_is_punctuation(s[1]);
	case '|':
		return in_cell;
	default:
		return false;
	}
}

void md_add_title(struct buf *out, const char *s, size_t len, bool in_cell)
{
	const char *end = bytes_end(s, len);

	buf_addstr(out, " \"");
	for (; s < end; s++) {
		if (escapes_in_title(s, end, in_cell))
			buf_addch(out, '\\');
		add_quoted(out, s, end);
	}
	buf_addch(out, '"');
}

/* Properties of the characters of a destination. */
enum {
	BREAKS = 1,		/* needs angle brackets around the whole */
	ANGLE = 2,
	PARENTHESIS = 4,
	OTHERS = 8,		/* needs an escape, or may need one */
};

static const uint8_t in_destination[256] = {
	[0 ... '\t'] = BREAKS, ['\n'] = BREAKS | OTHERS,
	['\v' ... '\f'] = BREAKS, ['\r'] = BREAKS | OTHERS,
	[0x0e ... ' '] = BREAKS, [0x7f] = BREAKS, ['<'] = BREAKS | ANGLE,
	['>'] = ANGLE, ['('] = PARENTHESIS, [')'] = PARENTHESIS,
	['\\'] = OTHERS, ['&'] = OTHERS, ['|'] = OTHERS,
};

static unsigned properties_of(const char *s, const char *end)
{
	unsigned all = s == end ? BREAKS : 0;

	for (; s < end; s++)
		all |= in_destination[(uint8_t)*s];
	return all;
}

/* Returns true if the parentheses are in pairs, as they must be in a
 * destination without angle brackets. Parsers limit the depth to 32. */
static bool is_balanced(const char *s, const char *end)
{
	enum { DEPTH = 30 };
	int depth = 0;

	for (; s < end && depth >= 0 && depth <= DEPTH; s++)
		depth += (*s == '(') - (*s == ')');
	return depth == 0;
}

/* Appends a character that has one of the properties for which it is
 * escaped. */
static void add_special(struct buf *out, const char *s, const char *end,
			bool in_cell)
{
	switch (*s) {
	case '\n':
		buf_addstr(out, "%0A");
		return;
	case '\r':
		buf_addstr(out, "%0D");
		return;
	case '&':
		add_quoted(out, s, end);
		return;
	case '\\':
		if (s + 1 == end || md_is_punctuation(s[1]))
			buf_addch(out, '\\');
		break;
	case '|':
		if (in_cell)
			buf_addch(out, '\\');
		break;
	default:
		buf_addch(out, '\\');
	}
	buf_addch(out, *s);
}

void md_add_destination(struct buf *out, const char *s, size_t len,
			bool in_cell)
{
	const char *end = bytes_end(s, len), *done = s;
	const unsigned properties = properties_of(s, end);
	const bool angles = properties & BREAKS;
	unsigned escaped = OTHERS;

	if (angles)
		escaped |= ANGLE;
	else if (properties & PARENTHESIS && !is_balanced(s, end))
		escaped |= PARENTHESIS;
	if (angles)
		buf_addch(out, '<');
	for (; properties & escaped && s < end; s++) {
		if (!(in_destination[(uint8_t)*s] & escaped))
			continue;
		buf_add(out, done, (size_t)(s - done));
		add_special(out, s, end, in_cell);
		done = s + 1;
	}
	buf_add(out, done, (size_t)(end - done));
	if (angles)
		buf_addch(out, '>');
}
