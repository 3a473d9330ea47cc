/* Converts the text of a match to a JSON value. Rules for numbers are in
 * parse/values/number.h, for dates in parse/values/date.h. */
#ifndef PARSE_VALUES_VALUE_H
#define PARSE_VALUES_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

enum value_type {
	VALUE_STRING,
	VALUE_NUMBER,		/* the number in "$ 1,234.50" */
	VALUE_INTEGER,		/* the number in the text, only if it has no
				 * fraction */
	VALUE_URL,		/* the URL, resolved against the page's base
				 * URL */
	VALUE_DATE,		/* in ISO 8601: a date, with a time and an
				 * offset if the text has them */
};

/* Sets *type to the type with this name. Returns 0, or -1 if there is no such
 * type. */
int value_type_by_name(const char *name, enum value_type *type);

/* Appends the text, converted to the type, as JSON. Returns false, and appends
 * nothing, if the text cannot be converted. base is the page's base URL, or
 * NULL if unknown. */
bool value_add(struct buf *out, enum value_type type, struct slice text,
	       const struct url *base);

#endif
