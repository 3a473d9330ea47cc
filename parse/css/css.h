/*
 * CSS selectors (https://www.w3.org/TR/selectors-4/), except those that have no
 * meaning in a static document.
 *
 * A compiled selector is immutable, so threads may share it. parse/css/match.h
 * finds its matches in a document.
 *
 * Beyond the standard, a selector may end in ::text, ::attr(name) or ::html,
 * which choose what is extracted from each match (as in Scrapy); ::url after
 * ::text or ::attr(name) makes it an absolute URL. Used alone, they stand for
 * :scope::text and so on. All selectors of a list must have the
 * same ending.
 */
#ifndef PARSE_CSS_CSS_H
#define PARSE_CSS_CSS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	CSS_MAX_LENGTH = 64 << 10,	/* bytes */
	CSS_MAX_DEPTH = 32,		/* nested parentheses, as in
					 * :not(:is(:has(... */
};

enum css_take {
	CSS_TAKE_ELEMENT,	/* the element itself: the selector ends in no
				 * ::text, ::attr() or ::html */
	CSS_TAKE_TEXT,		/* each text node, as a separate result */
	CSS_TAKE_ATTR,
	CSS_TAKE_HTML,		/* the element's outer HTML */
};

struct css;

/* Returns NULL if s is not a valid selector or uses an unsupported feature.
 * Then the reason is appended to why (one line, without the position) and *at
 * is the byte offset of the error. */
struct css *css_compile(const char *s, size_t len, struct buf *why,
			size_t *at);
void css_free(struct css *css);

/* Returns what to extract from each match. *attr is the attribute's name as
 * written (NULL unless CSS_TAKE_ATTR), borrowed from css. */
enum css_take css_take(const struct css *css, const char **attr);

/* Returns true if the selector ends in ::url. */
bool css_is_url(const struct css *css);

#endif
