/*
 * Decodes JSON strings.
 *
 * json_string_text() copies the text and accepts halves of surrogate pairs;
 * json_text_read() borrows it where nothing is escaped.
 */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the decoded text of a valid JSON string, given with its quotes. Half
 * of a surrogate pair becomes U+FFFD. */
void json_string_text(struct buf *out, struct slice string);

struct json_text {
	struct slice text;	/* borrowed from the value or from own */
	json_t *own;
};

static inline bool json_is_text(struct slice value)
{
	return value.len && value.p[0] == '"';
}

/* Decodes a valid JSON string, given with its quotes. Returns false if the
 * string is not Unicode (it has half of a surrogate pair). Release t only if
 * the function returned true. */
bool json_text_read(struct json_text *t, struct slice value);

void json_text_release(struct json_text *t);

/* Returns the JSON string, with its quotes, of a name from json_next(). */
static inline struct slice json_quoted(struct slice name)
{
	return (struct slice){name.p - 1, name.len + 2};
}

/* Returns how many bytes of a name to show in a message, for "%.*s". */
int json_shown_length(struct slice name);

#endif
