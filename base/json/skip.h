/*
 * Finds the ends of values in compact JSON text, without checking it. For other
 * text the result is meaningless, but it is a position inside of the text.
 */
#ifndef BASE_JSON_SKIP_H
#define BASE_JSON_SKIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json/find.h"

/* Returns the position after the string whose opening quote is at p; end if it
 * is not closed. *is_escaped becomes true if the string has a backslash, and is
 * left alone otherwise. */
static inline const char *json_string_end(const char *p, const char *end,
					  bool *is_escaped)
{
	p++;
	while (p < end) {
		p = json_find_stop(p, end);
		if (end - p < 2)
			return end;
		if (*p == '"')
			return p + 1;
		*is_escaped = true;
		p += 2;
	}
	return end;
}

/* Returns the position after the bracket that closes the innermost of `depth`
 * (1 or more) open ones; p is outside of a string. Returns end if there is
 * none. */
const char *json_brackets_end(const char *p, const char *end, size_t depth);

/* Like json_brackets_end(), byte by byte. A test compares both. */
const char *json_brackets_end_slowly(const char *p, const char *end,
				     size_t depth);

/* Returns the position after the value at p. If a comma or a closing bracket is
 * at p, returns p; if the value is cut off, returns end. */
const char *json_value_end(const char *p, const char *end);

#endif
