/*
 * Templates: the texts of an endpoint with the placeholders {} and {key}, which
 * stand for the value of its `each`.
 *
 * Without `each`, nothing is a template, and braces are literal: JSON and
 * GraphQL are full of them. With `each`, braces other than those of
 * placeholders are doubled; a single brace is an error, which is better than a
 * guess.
 */
#ifndef CMD_GATHER_TEMPLATE_TEMPLATE_H
#define CMD_GATHER_TEMPLATE_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

/* Uses of a text, which decide how values are encoded. */
enum template_use {
	TEMPLATE_URL,		/* percent-encoded, for a path segment or the
				 * value of a query parameter */
	TEMPLATE_HEADER,	/* value of a header: line ends and NUL are
				 * errors */
	TEMPLATE_TEXT,		/* the value is not encoded */
};

/* Returns true if the text has a placeholder; "{{" and "}}" are literal braces.
 * A key is made of letters, digits, "_", "-", "$", "@", and bytes that are not
 * ASCII. */
bool template_has_placeholder(const char *text);

/*
 * Returns a message about the error in a template (static); NULL if there is
 * none. Errors are an unbalanced brace, an empty key, and {} beside {key}.
 *
 * If has_each is false, any placeholder is an error: `each` may have been
 * forgotten. Set has_each to false for URLs only: bodies and headers may have
 * text in braces, in JSON or GraphQL ("{viewer{login}}").
 */
const char *template_check(const char *text, bool has_each);

/* Appends the text with its placeholders filled: {} from a scalar, {key} and
 * {key.inner} from members. If value is NULL, there is no `each`, and the text
 * is added unchanged. Returns 0; or -1 after adding to why which member is
 * missing or is no scalar, with out unchanged. In a URL, a path segment that
 * becomes "." or ".." is an error: encoded or not, it would lead to another
 * folder. */
int template_fill(struct buf *out, const char *text, enum template_use use,
		  const json_t *value, struct buf *why);

/* Returns a copy of json with its strings filled (TEMPLATE_TEXT). A string that
 * consists of one placeholder becomes a copy of the value itself, whatever its
 * type. Returns NULL after adding to why. */
json_t *template_fill_json(const json_t *json, const json_t *value,
			   struct buf *why);

#endif
