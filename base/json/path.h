/*
 * Where in a JSON file we are, so that a message about it begins with the
 * place: "fields.price.typ: unknown key (did you mean \"type\"?)".
 *
 * The first thing that is wrong is the only one that is said: whoever fails
 * returns -1 at once, and the path is not looked at any more.
 */
#ifndef BASE_JSON_PATH_H
#define BASE_JSON_PATH_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Zero but for why is the top of the file. */
struct json_path {
	struct buf path;	/* "endpoints.users.each[2]" */
	struct buf *why;	/* borrowed: where messages go */
};

/* A JSON text; NULL, and has added to why what is wrong in which line. Of the
 * text itself only names that are there twice are in the message. */
json_t *json_path_load(struct slice text, struct buf *why);

/* Goes to a member, or an element; returns where it came from, for leave. */
size_t json_path_enter(struct json_path *p, const char *key);
size_t json_path_enter_element(struct json_path *p, size_t index);

static inline void json_path_leave(struct json_path *p, size_t before)
{
	p->path.len = before;
}

void json_path_release(struct json_path *p);

/* Text of the file, for a message: one line, and not too long. */
void json_path_add_shown(struct buf *out, const char *s);

/* These add a message that begins with the place, and return -1. */
int json_path_fail(struct json_path *p, const char *what);
int json_path_failf(struct json_path *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The place goes before a message that was added to why since it had start
 * bytes. */
int json_path_fail_since(struct json_path *p, size_t start);

/* "...unknown key", or what else it is, with the word of known (ends in NULL)
 * that it may have been. */
int json_path_fail_word(struct json_path *p, const char *what,
			 const char *word, const char *const *known);

/* -1: the object has a key that is not known (ends in NULL). */
int json_path_keys(struct json_path *p, const json_t *object,
		    const char *const *known);

/* A member, if it is there: else *text is NULL, *flag as it was. -1: it is of
 * another kind. */
int json_path_text(struct json_path *p, const json_t *object,
		    const char *key, const char **text);
int json_path_flag(struct json_path *p, const json_t *object,
		    const char *key, bool *flag);

#endif
