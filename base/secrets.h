/*
 * The list of known secrets: passwords, tokens, values of variables.
 *
 * Known secrets are never printed: a secret in a message, in plain form or
 * encoded as in a URL or JSON, is replaced by its name. base/log.h does so in
 * every line; code that prints errors in another way must call secrets_hide().
 * Secrets are not sent to other origins: see base/secret_rules.h.
 *
 * Secrets shorter than SECRETS_MIN bytes are found only if they are the whole
 * text, and are not hidden: a text like "1" occurs everywhere.
 *
 * There is one list for the program, as there is one standard error. Any
 * thread.
 */
#ifndef BASE_SECRETS_H
#define BASE_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { SECRETS_MIN = 4 };

/* Adds a secret. shown: the text printed in its place; NULL: "***". Both texts
 * are copied. If the secret is known already, its first `shown` is kept. */
void secrets_add(const char *text, const char *shown);

/* Adds the value of a variable, shown as "${NAME}". The value is always hidden,
 * whatever the variable's name. If the name is not that of a secret (PORT,
 * USER), secrets_are_surely_in() ignores the value. */
void secrets_add_variable(const char *text, const char *name);

/* Adds the secrets of "user:password": the password (the user if the password
 * is empty, because some services expect a key there), and both in the form of
 * Basic authentication. */
void secrets_add_login(const char *login);

/* Returns true if s contains a secret. */
bool secrets_are_in(const char *s, size_t len);

/* Returns true if s contains a secret, as secrets_are_in() does, but ignores
 * the values of variables whose names are not those of secrets (HOST, PORT).
 * For URLs, which are often built from such variables. */
bool secrets_are_surely_in(const char *s, size_t len);

/* Appends s with its secrets hidden. If two secrets begin at the same place,
 * the longer one is hidden. */
void secrets_hide(struct buf *out, const char *s, size_t len);

/* Removes all secrets from the list. */
void secrets_clear(void);

#endif
