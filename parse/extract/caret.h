/* Shows the position of an error in an expression. */
#ifndef PARSE_EXTRACT_CARET_H
#define PARSE_EXTRACT_CARET_H

#include <stddef.h>

#include "base/buf.h"

/* value of `at` for an unknown position */
#define CARET_NOWHERE ((size_t)-1)

/*
 * Appends two lines: the expression (len bytes of anything), or the part around
 * byte `at` of a long one, and a caret under the character there:
 *
 * 	    a:foo > b
 * 	     ^
 *
 * The text begins with a line feed and ends without one. Tabs and control
 * characters are shown as spaces, invalid UTF-8 as U+FFFD. Each character is
 * assumed to take one column.
 */
void caret_show(struct buf *out, const char *expression, size_t len,
		  size_t at);

#endif
