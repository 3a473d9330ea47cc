/*
 * What holds a secret: the one rule of the program. It decides what is left out
 * of a request to another origin, what is blanked on the command line, and what
 * is not shown.
 *
 * By name: a header, parameter, form field or JSON member that is called like
 * those that hold passwords, keys and tokens (X-Api-Key, access_token). By
 * value: a text that has one of the known secrets (base/secrets.h) in it.
 *
 * The rule leans towards yes: a header that is missing at another origin is seen
 * and can be mended, a key that was given away cannot be taken back.
 */
#ifndef BASE_SECRET_RULES_H
#define BASE_SECRET_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Whether what is called so likely holds a secret. Upper and lower case are the
 * same. */
bool secret_name(const char *name, size_t len);

/* Whether a header line, as -H takes it ("Name: value", "Name;" for an empty
 * one, "Name:" for none), must not be sent to another origin: it holds a
 * secret, or is Host, which names the first origin. */
bool secret_header(const char *line, size_t len);

/* Whether a request's body, of any type, holds a secret; adds to what (NULL: not
 * wanted) which one, for a message: a name, never a value. */
bool secret_body(const char *s, size_t len, struct buf *what);

/*
 * The parts of a URL that hold secrets: user and password, and the values of
 * pairs in query and fragment whose names say so. Start with *at = 0; false
 * when there is none any more. The URL may be any text, also one that cannot
 * be parsed, a template, or NAME=URL.
 */
bool secret_url_next(const char *url, size_t len, size_t *at,
		     struct slice *secret);

/* Appends a URL for people: each of these parts as "***". Whoever prints a URL
 * on standard error, in a summary, a report or an error uses this. */
void secret_url_show(struct buf *out, const char *url, size_t len);

#endif
