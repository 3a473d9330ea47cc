/* {} and {key} in the texts of an endpoint: the value of its each. */
#ifndef CMD_GATHER_TEMPLATE_H
#define CMD_GATHER_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

/* Where the text goes decides what is done to the value. */
enum template_use {
	TEMPLATE_URL,		/* percent-encoded, as a path segment or the
				 * value of a query parameter */
	TEMPLATE_HEADER,	/* no line ends */
	TEMPLATE_TEXT,		/* as it is */
};

/* Whether there is a {} or {key} in it; "{{" and "}}" are braces. */
bool template_is_one(const char *text);

/* What is wrong with it (static), or NULL: an open brace, an empty key, both
 * {} and {key}. has_each: whether there is a value at all. */
const char *template_check(const char *text, bool has_each);

/* Appends the text with value in it: {} for a scalar, {key} and {key.inner} for
 * members. value NULL: there is none. 0; or -1 and has added to why which
 * member is missing, or is no scalar. */
int template_fill(struct buf *out, const char *text, enum template_use use,
		  const json_t *value, struct buf *why);

/* A copy of json with its strings filled (TEMPLATE_TEXT; a string that is only
 * "{}" or "{key}" becomes the value itself, whatever it is). NULL and why. */
json_t *template_fill_json(const json_t *json, const json_t *value,
			   struct buf *why);

#endif
