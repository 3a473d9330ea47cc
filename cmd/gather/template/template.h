/*
 * {} and {key} in the texts of an endpoint: the value of its each.
 *
 * Without an each nothing is a template, and braces are braces: texts are full
 * of them (JSON, GraphQL). With one, braces other than those of {} and {key} are
 * doubled; a single one is a mistake, which is better than a guess.
 */
#ifndef CMD_GATHER_TEMPLATE_TEMPLATE_H
#define CMD_GATHER_TEMPLATE_TEMPLATE_H

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

/* Whether there is a {} or {key} in it; "{{" and "}}" are braces. A key is
 * letters, digits, "_", "-", "$", "@", and what is not ASCII. */
bool template_has_placeholder(const char *text);

/*
 * What is wrong with it (static), or NULL: an open brace, an empty key, both
 * {} and {key}.
 *
 * has_each false: that there is a {} or {key}, as someone may have forgotten
 * the each. That is for URLs; do not ask it of bodies and headers, where it may
 * be JSON or GraphQL ("{viewer{login}}").
 */
const char *template_check(const char *text, bool has_each);

/* Appends the text with value in it: {} for a scalar, {key} and {key.inner} for
 * members. value NULL: there is none, and the text is added as it is. 0; or -1
 * and has added to why which member is missing, or is no scalar; out is as it
 * was. In a URL, "." and ".." as a whole segment of its path are an error:
 * encoded or not, they would lead elsewhere. */
int template_fill(struct buf *out, const char *text, enum template_use use,
		  const json_t *value, struct buf *why);

/* A copy of json with its strings filled (TEMPLATE_TEXT; a string that is only
 * "{}" or "{key}" becomes a copy of the value itself, whatever it is).
 * NULL and why. */
json_t *template_fill_json(const json_t *json, const json_t *value,
			   struct buf *why);

#endif
