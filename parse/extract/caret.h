/* Shows the position of an error in an expression. */
#ifndef PARSE_EXTRACT_CARET_H
#define PARSE_EXTRACT_CARET_H

#include <stddef.h>

#include "base/buf.h"

/* Value of the parameter at if the position is unknown. */
#define CARET_NOWHERE ((size_t)-1)

/*
 * Appends two lines. The first is the expression (len bytes, not necessarily
 * valid), or the part of a long expression around its byte number at. The
 * second has a caret under that byte's character:
 *
 *	    a:foo > b
 *	     ^
 *
 * The text begins with a line feed and ends without one. Tabs and control
 * characters are shown as spaces, invalid UTF-8 as U+FFFD. Each character is
 * assumed to take one column.
 */
void caret_show(struct buf *out, const char *expression, size_t len,
		  size_t at);

#endif
