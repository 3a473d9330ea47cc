/* Showing the place of a mistake in an expression. */
#ifndef PARSE_EXTRACT_CARET_H
#define PARSE_EXTRACT_CARET_H

#include <stddef.h>

#include "base/buf.h"

/* at, when nobody knows the place */
#define CARET_NOWHERE ((size_t)-1)

/*
 * Appends two lines: the expression (len bytes of anything), or what is around
 * byte at of a long one, and a caret under the character there:
 *
 *	    a:foo > b
 *	     ^
 *
 * Begins with a line feed and ends without. Tabs and control characters show
 * as spaces, what is not UTF-8 as U+FFFD. One column a character.
 */
void caret_show(struct buf *out, const char *expression, size_t len,
		  size_t at);

#endif
