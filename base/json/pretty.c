#include "base/json/pretty.h"

#include <string.h>

#include "base/colour.h"
#include "base/printable.h"

enum { INDENT_MAX = 100 };

/* Escape sequences of a terminal (ECMA-48, SGR), the colours of jq. */
#define COLOUR_NULL "\033[1;30m"
#define COLOUR_SCALAR "\033[0;39m"
#define COLOUR_STRING "\033[0;32m"
#define COLOUR_BRACKET "\033[1;39m"
#define COLOUR_NAME "\033[34;1m"

struct writer {
	struct buf *out;
	bool coloured;
	bool is_line;		/* all on one line, without blanks */
	size_t depth;
	bool at_status;		/* the value of "status" is next */
};

static void begin_colour(const struct writer *w, const char *colour)
{
	if (w->coloured)
		buf_addstr(w->out, colour);
}

static void end_colour(const struct writer *w)
{
	begin_colour(w, COLOUR_END);
}

static void add_line_end(const struct writer *w)
{
	size_t spaces = 2 * w->depth;

	if (w->is_line)
		return;
	buf_addch(w->out, '\n');
	if (spaces > INDENT_MAX)
		spaces = INDENT_MAX;
	memset(buf_reserve(w->out, spaces), ' ', spaces);
	w->out->len += spaces;
}

/* Appends a character as \uXXXX, above U+FFFF as a surrogate pair. */
static void add_escaped(struct buf *out, uint32_t c)
{
	if (c < 0x10000) {
		buf_addf(out, "\\u%04x", c);
		return;
	}
	c -= 0x10000;
	buf_addf(out, "\\u%04x\\u%04x", 0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

/* Appends a string, quotes included. */
static void add_string(struct buf *out, struct slice string)
{
	const char *p = string.p, *end = p + string.len;

	while (p < end) {
		uint32_t c;
		const size_t safe = printable_safe_length(p, (size_t)(end - p));

		buf_add(out, p, safe);
		p += safe;
		if (p == end)
			break;
		p += printable_unsafe(p, (size_t)(end - p), &c);
		add_escaped(out, c);
	}
}

/* Returns the length of the string at p, quotes included. */
static size_t string_length(const char *p, const char *end)
{
	const char *q = p + 1;

	while (q < end && *q != '"')
		q += *q == '\\' && q + 1 < end ? 2 : 1;
	return (size_t)(q < end ? q + 1 - p : end - p);
}

static const char *write_string(struct writer *w, const char *p,
				const char *end)
{
	const size_t len = string_length(p, end);
	const bool is_name = p + len < end && p[len] == ':';

	w->at_status = is_name && w->depth == 1 &&
		       slice_is((struct slice){p, len}, "\"status\"");
	begin_colour(w, is_name ? COLOUR_NAME : COLOUR_STRING);
	add_string(w->out, (struct slice){p, len});
	end_colour(w);
	return p + len;
}

/* Returns the colour of a number, true, false or null. */
static const char *colour_of(const struct writer *w, const char *p)
{
	if (*p == 'n')
		return COLOUR_NULL;
	if (!w->at_status)
		return COLOUR_SCALAR;
	return *p >= '4' ? COLOUR_RED : *p == '3' ? COLOUR_YELLOW : COLOUR_GREEN;
}

/* Writes a number, true, false or null. */
static const char *write_scalar(const struct writer *w, const char *p,
				const char *end)
{
	size_t len = 1;

	while (p + len < end && !strchr(",:]}[{\"", p[len]))
		len++;
	begin_colour(w, colour_of(w, p));
	buf_add(w->out, p, len);
	end_colour(w);
	return p + len;
}

/* Writes an opening bracket, and the closing one if nothing is between them. */
static const char *write_open(struct writer *w, const char *p, const char *end)
{
	const bool is_empty = p + 1 < end && p[1] == *p + 2;

	begin_colour(w, COLOUR_BRACKET);
	buf_add(w->out, p, is_empty ? 2 : 1);
	end_colour(w);
	if (is_empty)
		return p + 2;
	w->depth++;
	add_line_end(w);
	return p + 1;
}

static const char *write_close(struct writer *w, const char *p)
{
	w->depth -= w->depth > 0;
	add_line_end(w);
	begin_colour(w, COLOUR_BRACKET);
	buf_addch(w->out, *p);
	end_colour(w);
	return p + 1;
}

static const char *write_token(struct writer *w, const char *p, const char *end)
{
	switch (*p) {
	case '"':
		return write_string(w, p, end);
	case '{':
	case '[':
		return write_open(w, p, end);
	case '}':
	case ']':
		return write_close(w, p);
	case ',':
		buf_addch(w->out, ',');
		add_line_end(w);
		return p + 1;
	case ':':
		buf_addstr(w->out, w->is_line ? ":" : ": ");
		return p + 1;
	default:
		return write_scalar(w, p, end);
	}
}

static void write_text(struct writer *w, struct slice text)
{
	const char *p = text.p, *end = p + text.len;

	while (p < end)
		p = write_token(w, p, end);
	buf_addch(w->out, '\n');
}

void json_pretty(struct buf *out, struct slice text, bool coloured)
{
	struct writer w = {.out = out, .coloured = coloured};

	write_text(&w, text);
}

void json_coloured_line(struct buf *out, struct slice text)
{
	struct writer w = {.out = out, .coloured = true, .is_line = true};

	write_text(&w, text);
}
