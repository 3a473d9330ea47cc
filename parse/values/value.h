/* From the text of a match to a JSON value. What reads as a number is told in
 * parse/values/number.h, as a date in parse/values/date.h. */
#ifndef PARSE_VALUES_VALUE_H
#define PARSE_VALUES_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

enum value_type {
	VALUE_STRING,
	VALUE_NUMBER,		/* the number in "$ 1,234.50" */
	VALUE_INTEGER,		/* the same, if it is whole */
	VALUE_URL,		/* resolved against the page's base */
	VALUE_DATE,		/* in ISO 8601, as far as the text says: a date,
				 * a time without or with its offset */
};

/* 0; -1: no such type. */
int value_type_by_name(const char *name, enum value_type *type);

/* Appends the text as that type in JSON; false: it is none (nothing is
 * appended). base may be NULL: unknown. */
bool value_add(struct buf *out, enum value_type type, struct slice text,
	       const struct url *base);

#endif
