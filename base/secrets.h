/*
 * Texts that are never to be printed: passwords, tokens, what variables hold.
 *
 * Where one of them stands in a message, as it is or encoded as it would be in
 * a URL, its name is put in its place. base/log does that with every line; who
 * prints a URL or an error otherwise calls secrets_hide().
 *
 * Those of less than SECRETS_MIN bytes are not hidden: "1" is everywhere.
 *
 * One list for the program, as there is one standard error. Any thread.
 */
#ifndef BASE_SECRETS_H
#define BASE_SECRETS_H

#include "base/buf.h"

enum { SECRETS_MIN = 4 };

/* shown is what is printed instead; NULL: "***". Both are copied. A text that
 * is there already keeps what it was given first. */
void secrets_add(const char *text, const char *shown);

/* Appends s with its secrets hidden. Of two that begin at the same place, the
 * longer one is. */
void secrets_hide(struct buf *out, const char *s, size_t len);

/* Forgets all of them. */
void secrets_clear(void);

#endif
