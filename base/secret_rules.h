/*
 * The program's only rule for what is secret. It decides what is left out of a
 * request to another origin, what is blanked on the command line, and what is
 * not displayed.
 *
 * A value is secret by its name: a header, parameter, form field or JSON member
 * with a name that is usual for passwords, keys and tokens (X-Api-Key,
 * access_token). A value is also secret if its text contains one of the known
 * secrets (base/secrets.h), or, in a header, a URL with a secret.
 *
 * In doubt a value is secret: a header that is missing at another origin is
 * noticed and can be added, but a key that was given away cannot be taken back.
 */
#ifndef BASE_SECRET_RULES_H
#define BASE_SECRET_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Returns true if a value of this name is likely secret. Ignores case. */
bool secret_name(const char *name, size_t len);

/* Returns true if a header line must not be sent to another origin: it contains
 * a secret, or is Host, which names the first origin. The line has the syntax
 * of -H ("Name: value"; "Name;" for an empty value; "Name:" to remove the
 * header). */
bool secret_header(const char *line, size_t len);

/* Returns true if a request body, of any type, contains a secret. Appends the
 * secret's name, but never its value, to what, which is for a message and may
 * be NULL. */
bool secret_body(const char *s, size_t len, struct buf *what);

/*
 * Finds the next secret part of a URL: user and password, and the values of
 * pairs with secret names in the query and the fragment. Start with *at = 0;
 * returns false if there are no more. The URL may be any text, including one
 * that cannot be parsed, a template, or NAME=URL.
 */
bool secret_url_next(const char *url, size_t len, size_t *at,
		     struct slice *secret);

/* Finds the next secret part of the URLs in a text, such as the value of a
 * header, as secret_url_next() does in one URL. A word with "://" counts as a
 * URL; so does each part of a list with commas or semicolons. */
bool secret_text_next(const char *text, size_t len, size_t *at,
		      struct slice *secret);

/* Appends a URL for display, with "***" in place of each secret part, or {***}
 * for a JSON object with a secret (an invalid line of a list is shown in place
 * of a URL). Must be used for every URL on standard error, in a summary, a
 * report or an error. */
void secret_url_show(struct buf *out, const char *url, size_t len);

#endif
