/*
 * Checks the PostgreSQL targets that -o accepts: a URL, the pairs "host=...
 * dbname=..." of libpq, or the name of a database. A target may not contain a
 * password: command lines are visible to others, and stay in the history of the
 * shell.
 */
#ifndef CMD_OUTPUT_POSTGRES_TARGET_H
#define CMD_OUTPUT_POSTGRES_TARGET_H

#include <stdbool.h>

#include "base/buf.h"

/* Returns true if the text begins with postgresql:// or postgres://. */
bool postgres_target_is_url(const char *text);

/* Returns 0; or -1, after adding the reason to why. The message has no part of
 * a password. */
int postgres_target_check(const char *target, struct buf *why);

#endif
