/*
 * The current position in a JSON file, with which error messages begin:
 * "fields.price.typ: unknown key (did you mean \"type\"?)".
 *
 * Only the first error is reported: a function that fails returns -1 at once,
 * and the path is not used any more.
 */
#ifndef BASE_JSON_PATH_H
#define BASE_JSON_PATH_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* A position in the file. The top of the file is {.why = ...}, all else
 * zero. */
struct json_path {
	struct buf path;	/* "endpoints.users.each[2]" */
	struct buf *why;	/* borrowed; error messages are appended to
				 * it */
};

/* Parses a JSON text. On an error returns NULL and appends the message with
 * line and column to why. Of the text itself, the message contains only
 * duplicate names (the rest may be secret). */
json_t *json_path_load(struct slice text, struct buf *why);

/* Move to a member or an element. They return a value to be passed to
 * json_path_leave(). */
size_t json_path_enter(struct json_path *p, const char *key);
size_t json_path_enter_element(struct json_path *p, size_t index);

static inline void json_path_leave(struct json_path *p, size_t before)
{
	p->path.len = before;
}

void json_path_release(struct json_path *p);

/* Appends text of the file to a message, as one line of limited length. */
void json_path_add_shown(struct buf *out, const char *s);

/* Append a message that begins with the position, and return -1. */
int json_path_fail(struct json_path *p, const char *what);
int json_path_failf(struct json_path *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Inserts the position before a message that was appended to why from offset
 * start on. Returns -1. */
int json_path_fail_since(struct json_path *p, size_t start);

/* Reports an error about a word ("unknown key") and suggests the most similar
 * known word (known ends in NULL). Returns -1. */
int json_path_fail_word(struct json_path *p, const char *what,
			 const char *word, const char *const *known);

/* Returns -1 after a message if the object has a key that is not in known
 * (which ends in NULL). */
int json_path_keys(struct json_path *p, const json_t *object,
		    const char *const *known);

/* Read an optional member. If it is missing, *text becomes NULL and *flag keeps
 * its value. They return -1 after a message if the member has another type. */
int json_path_text(struct json_path *p, const json_t *object,
		    const char *key, const char **text);
int json_path_flag(struct json_path *p, const json_t *object,
		    const char *key, bool *flag);

#endif
