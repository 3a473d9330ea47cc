/*
 * JSON pointers (RFC 6901): a position in a JSON value, such as
 * "/variables/after".
 *
 * A pointer must refer to an existing value, so that a misspelt name is an
 * error and does not add a member. A member that is to be set must therefore
 * exist before, for example with the value null.
 */
#ifndef BASE_JSON_POINTER_H
#define BASE_JSON_POINTER_H

#include <jansson.h>

#include "base/buf.h"

/* Returns the value at the pointer, borrowed. If the pointer is invalid or
 * refers to nothing, returns NULL and appends the reason to why. */
json_t *json_pointer_find(json_t *json, const char *pointer, struct buf *why);

/* Replaces the value at the pointer by the value in a JSON text, inside json
 * itself. Returns 0; or -1, with the reason appended to why. */
int json_pointer_set(json_t *json, const char *pointer, const char *text,
		     struct buf *why);

#endif
