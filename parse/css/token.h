/*
 * The words of CSS (https://www.w3.org/TR/css-syntax-3/) as far as selectors
 * have them: names, strings, white space and comments. They are taken straight
 * from the text: what may come is known at each place, so nobody needs a list
 * of tokens.
 *
 * Stricter than the standard in one thing: a string, a comment or an escape
 * that the end of the text leaves open is a mistake. Most likely a shell has
 * eaten the rest.
 */
#ifndef PARSE_CSS_TOKEN_H
#define PARSE_CSS_TOKEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "parse/css/tree.h"

struct css_cursor {
	const char *at;		/* in valid UTF-8, with the only NUL behind
				 * it: looking ahead needs no bounds */
	struct buf *why;
	const char *wrong;	/* what why is about; NULL: all is well */
};

/* Says what is wrong; the first one stays. Then the text is over: at is moved
 * to its end, so nothing goes on from here. Returns false. */
bool css_fail(struct css_cursor *c, const char *wrong, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Comments are nothing, not even white space. */
void css_skip_comments(struct css_cursor *c);

/* White space and comments; whether there was white space. */
bool css_skip_space(struct css_cursor *c);

static inline bool css_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether a name (an "identifier") begins there. */
bool css_name_begins(const char *s);

/* From at on, without escapes. false: css_fail() was called, *text is empty.
 * A name may be empty, and is taken without asking css_name_begins(). */
bool css_take_name(struct css_cursor *c, struct css_text *text);
bool css_take_string(struct css_cursor *c, struct css_text *text);

/* A copy in lower case, of ASCII. */
struct css_text css_lower(struct css_text text);

/* Frees it and leaves it empty. */
void css_text_release(struct css_text *text);

#endif
