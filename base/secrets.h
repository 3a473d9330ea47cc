/*
 * The secrets that are known: passwords, tokens, what variables hold.
 *
 * They are never printed: where one of them stands in a message, as it is or
 * encoded as it would be in a URL or JSON, its name is put in its place.
 * base/log does that with every line; who prints an error otherwise calls
 * secrets_hide(). And they are not sent to another origin: see
 * base/secret_rules.h.
 *
 * Those of less than SECRETS_MIN bytes are found only where they are the whole
 * of a text, and are not hidden: "1" is everywhere.
 *
 * One list for the program, as there is one standard error. Any thread.
 */
#ifndef BASE_SECRETS_H
#define BASE_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { SECRETS_MIN = 4 };

/* shown is what is printed instead; NULL: "***". Both are copied. A text that
 * is there already keeps what it was given first. */
void secrets_add(const char *text, const char *shown);

/* What a variable holds, shown as "${NAME}". One whose name does not say so is a
 * secret no less, but may also be a port, or a user's name. */
void secrets_add_variable(const char *text, const char *name);

/* "user:password": the password (the user when that is empty: some services take
 * a key so), and both as Basic authentication sends them. */
void secrets_add_login(const char *login);

/* Whether one of them stands in s. */
bool secrets_are_in(const char *s, size_t len);

/* The same, without variables of any name: for URLs, which are made of them. */
bool secrets_are_surely_in(const char *s, size_t len);

/* Appends s with its secrets hidden. Of two that begin at the same place, the
 * longer one is. */
void secrets_hide(struct buf *out, const char *s, size_t len);

/* Forgets all of them. */
void secrets_clear(void);

#endif
