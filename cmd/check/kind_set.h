/* Sets of findings, by kind and severity: the values of --ignore and
 * --fail-on. */
#ifndef CMD_CHECK_KIND_SET_H
#define CMD_CHECK_KIND_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/check/findings.h"

/* Adds a list: kinds of findings ("noindex,slow"), and the severities notice
 * and warning, which stand for all findings of that severity or a lower one.
 * Returns 0; or -1 after appending the reason to why. */
int kind_set_read_ignored(struct kind_set *s, const char *text,
			  struct buf *why);

/* Makes the set that of errors, and adds what a list names: kinds, and
 * severities, which stand for that severity and all worse ones. "none" makes
 * the set empty. Returns 0; or -1 after adding the reason to why. */
int kind_set_read_failing(struct kind_set *s, const char *text,
			  struct buf *why);

#endif
