/*
 * The text that a JSON string stands for.
 *
 * json_string_text() copies it and puts up with halves of surrogate pairs;
 * json_text_read() borrows it where nothing is escaped.
 */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the text of a valid JSON string, which comes with its quotes. Half
 * of a surrogate pair becomes U+FFFD. */
void json_string_text(struct buf *out, struct slice string);

struct json_text {
	struct slice text;	/* borrowed from the value, or from own */
	json_t *own;
};

static inline bool json_is_text(struct slice value)
{
	return value.len && value.p[0] == '"';
}

/* Of a valid JSON string with its quotes. False when it is not Unicode (half
 * of a surrogate pair); t is to be released only if it was. */
bool json_text_read(struct json_text *t, struct slice value);

void json_text_release(struct json_text *t);

/* The string that json_next() gave the name of, with its quotes. */
static inline struct slice json_quoted(struct slice name)
{
	return (struct slice){name.p - 1, name.len + 2};
}

/* How much of a name is shown in a message: for "%.*s". */
int json_shown(struct slice name);

#endif
