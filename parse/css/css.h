/*
 * CSS selectors (https://www.w3.org/TR/selectors-4/), as far as a static
 * document has them.
 *
 * A selector is compiled once and is immutable then: threads share it. Looking
 * for it is parse/css/match.h.
 *
 * Besides the standard, a selector may end in ::text, ::attr(name) or ::html,
 * which say what is taken of a match (as in Scrapy). Alone, they stand for
 * :scope. All selectors of a list must end in the same one.
 */
#ifndef PARSE_CSS_CSS_H
#define PARSE_CSS_CSS_H

#include <stddef.h>

#include "base/buf.h"

enum {
	CSS_MAX_LENGTH = 64 << 10,	/* bytes of a selector */
	CSS_MAX_DEPTH = 32,		/* of :not(:is(:has(... */
};

enum css_take {
	CSS_TAKE_ELEMENT,	/* nothing said */
	CSS_TAKE_TEXT,		/* its text nodes, each by itself */
	CSS_TAKE_ATTR,
	CSS_TAKE_HTML,		/* outer HTML */
};

struct css;

/* NULL: it is no selector, or an unknown one; why it is not is appended to why
 * (one line, without the place), and *at is the byte it is about. */
struct css *css_compile(const char *s, size_t len, struct buf *why,
			size_t *at);
void css_free(struct css *css);

/* What is taken of a match. *attr is the attribute's name as written (NULL
 * unless CSS_TAKE_ATTR), css's own. */
enum css_take css_take(const struct css *css, const char **attr);

#endif
