/*
 * JSON pointers (RFC 6901): a place in a JSON value, "/variables/after".
 *
 * Only what is there can be pointed at, so that a misspelt name is a mistake
 * and not a new member: whatever is to be set is in the value before, as null.
 */
#ifndef BASE_JSON_POINTER_H
#define BASE_JSON_POINTER_H

#include <jansson.h>

#include "base/buf.h"

/* What is there, borrowed; or NULL and has added to why: no pointer, or nothing
 * there. */
json_t *json_pointer_find(json_t *json, const char *pointer, struct buf *why);

/* Puts a value, given as JSON text, in the place of what is there, in json
 * itself (which is a copy, or the caller's to change). 0; or -1 and why. */
int json_pointer_set(json_t *json, const char *pointer, const char *text,
		     struct buf *why);

#endif
