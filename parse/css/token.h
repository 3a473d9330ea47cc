/*
 * Lexer for CSS (https://www.w3.org/TR/css-syntax-3/), for the parts that
 * selectors use: names, strings, white space and comments. The parser reads
 * them straight from the text, without a token list, because the grammar
 * determines at each position which tokens are allowed.
 *
 * The lexer is stricter than the standard in one point: a string, comment or
 * escape that is unterminated at the end of the text is an error. Most likely a
 * shell has consumed the rest.
 */
#ifndef PARSE_CSS_TOKEN_H
#define PARSE_CSS_TOKEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "parse/css/tree.h"

struct css_cursor {
	const char *at;		/* rest of the text, valid UTF-8; the only NUL
				 * is the terminator, so looking ahead needs no
				 * bounds checks */
	struct buf *why;
	const char *wrong;	/* position of the first error; NULL: no error
				 * so far */
};

/* Reports an error at the position wrong; only the first error is kept. Moves
 * c->at to the end of the text, so that parsing stops. Returns false. */
bool css_fail(struct css_cursor *c, const char *wrong, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Skips comments, which do not count as white space. */
void css_skip_comments(struct css_cursor *c);

/* Skips white space and comments. Returns true if there was white space. */
bool css_skip_space(struct css_cursor *c);

static inline bool css_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Returns true if a name ("identifier" in the standard) begins at s. */
bool css_name_begins(const char *s);

/* Read a name or a string at c->at into *text, with escapes decoded. They
 * return false, with *text empty, if they have reported an error by css_fail().
 * css_take_name() does not check css_name_begins(): the name may be empty. */
bool css_take_name(struct css_cursor *c, struct css_text *text);
bool css_take_string(struct css_cursor *c, struct css_text *text);

/* Returns a copy in ASCII lower case, to be freed with css_text_release(). */
struct css_text css_lower(struct css_text text);

/* Frees the text and leaves it empty. */
void css_text_release(struct css_text *text);

#endif
