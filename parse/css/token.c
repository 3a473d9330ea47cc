/* Lexer of selectors: names, strings, escapes, white space and comments. */
#include "parse/css/token.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"

static bool is_newline(char c)
{
	return c == '\n' || c == '\r' || c == '\f';
}

static bool begins_name(char c)
{
	return ascii_is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
	return begins_name(c) || css_is_digit(c) || c == '-';
}

/* Returns true if an escape begins at s. A backslash at the end of the text
 * counts as one, too: take_escape() reports the error. */
static bool is_escape(const char *s)
{
	return s[0] == '\\' && !is_newline(s[1]);
}

/* Returns the value of a hexadecimal digit, or -1. */
static int hex_value(char c)
{
	if (css_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns the length of the line end at s; "\r\n" is one line end. */
static size_t newline_length(const char *s)
{
	return s[0] == '\r' && s[1] == '\n' ? 2 : 1;
}

static void add_code_point(struct buf *out, uint32_t code)
{
	const bool surrogate = code >= 0xd800 && code <= 0xdfff;
	char bytes[4];

	if (!code || surrogate || code > 0x10ffff)
		code = 0xfffd;
	buf_add(out, bytes, utf8_encode(bytes, code));
}

/* Reads an escape. If white space follows the hexadecimal digits, its first
 * character is part of the escape. */
static bool take_escape(struct css_cursor *c, struct buf *out)
{
	uint32_t code = 0;

	if (!*++c->at)
		return css_fail(c, c->at - 1, "nothing follows the backslash");
	if (hex_value(*c->at) < 0) {
		/* The remaining bytes of a multi-byte character are read as
		 * ordinary text. */
		buf_addch(out, *c->at++);
		return true;
	}
	for (int i = 0; i < 6 && hex_value(*c->at) >= 0; i++)
		code = code * 16 + (uint32_t)hex_value(*c->at++);
	if (ascii_is_space(*c->at))
		c->at += newline_length(c->at);
	add_code_point(out, code);
	return true;
}

static void text_from_buf(struct css_text *text, struct buf *b)
{
	text->len = b->len;
	text->p = buf_detach(b);
}

/* Reads a quoted string up to its closing quote; open is the position of the
 * opening quote. */
static bool take_quoted(struct css_cursor *c, const char *open,
			struct buf *out)
{
	while (*c->at != *open) {
		if (!*c->at)
			return css_fail(c, open, "no %c closes it", *open);
		if (is_newline(*c->at))
			return css_fail(c, c->at, "a line ends inside of "
				"quotes: \"\\a \" stands for a line end");
		if (is_escape(c->at)) {
			if (!take_escape(c, out))
				return false;
		} else if (*c->at == '\\') {
			c->at++;
			c->at += newline_length(c->at);
		} else {
			buf_addch(out, *c->at++);
		}
	}
	c->at++;
	return true;
}

bool css_fail(struct css_cursor *c, const char *wrong, const char *fmt, ...)
{
	va_list ap;
	char *message;

	if (c->wrong)
		return false;
	c->wrong = wrong;
	c->at += strlen(c->at);
	va_start(ap, fmt);
	if (vasprintf(&message, fmt, ap) < 0)
		message = xstrdup("no selector");
	va_end(ap);
	/* The message must be one line, even if a name in it contains control
	 * characters. */
	for (char *p = message; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	buf_addstr(c->why, message);
	free(message);
	return false;
}

void css_skip_comments(struct css_cursor *c)
{
	while (c->at[0] == '/' && c->at[1] == '*') {
		const char *end = strstr(c->at + 2, "*/");

		if (!end) {
			css_fail(c, c->at, "no */ ends the comment");
			return;
		}
		c->at = end + 2;
	}
}

bool css_skip_space(struct css_cursor *c)
{
	bool spaced = false;

	css_skip_comments(c);
	while (ascii_is_space(*c->at)) {
		spaced = true;
		c->at++;
		css_skip_comments(c);
	}
	return spaced;
}

bool css_name_begins(const char *s)
{
	/* "-->" is a separate token (CDC), dating from CSS in HTML comments. */
	if (*s == '-')
		return (s[1] == '-' && s[2] != '>') || begins_name(s[1]) ||
		       is_escape(s + 1);
	return begins_name(*s) || is_escape(s);
}

bool css_take_name(struct css_cursor *c, struct css_text *text)
{
	struct buf b = {0};

	*text = (struct css_text){0};
	for (;;) {
		const char *start = c->at;

		while (is_name(*c->at))
			c->at++;
		buf_add(&b, start, (size_t)(c->at - start));
		if (!is_escape(c->at))
			break;
		if (!take_escape(c, &b)) {
			buf_release(&b);
			return false;
		}
	}
	text_from_buf(text, &b);
	return true;
}

bool css_take_string(struct css_cursor *c, struct css_text *text)
{
	struct buf b = {0};
	const char *open = c->at++;

	*text = (struct css_text){0};
	if (!take_quoted(c, open, &b)) {
		buf_release(&b);
		return false;
	}
	text_from_buf(text, &b);
	return true;
}

struct css_text css_lower(struct css_text text)
{
	struct css_text lower = {xmemdup(text.p, text.len), text.len};

	for (size_t i = 0; i < lower.len; i++)
		lower.p[i] = ascii_lower(lower.p[i]);
	return lower;
}

void css_text_release(struct css_text *text)
{
	free(text->p);
	*text = (struct css_text){0};
}
