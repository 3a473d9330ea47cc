/* Sets of findings, by kind and severity: the values of --ignore and
 * --fail-on. */
#ifndef CMD_CHECK_KIND_SET_H
#define CMD_CHECK_KIND_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/check/findings.h"

/* Adds the names of a list: kinds of findings ("noindex,slow"), and the
 * severities notice and warning. A severity stands for all findings of this
 * severity or a lower one. Returns 0; or -1 after appending the reason to
 * why. */
int kind_set_read_ignored(struct kind_set *s, const char *text,
			  struct buf *why);

/* Sets the set to all errors, and adds the names of a list: kinds and
 * severities. A severity stands for all findings of this severity or a higher
 * one. "none" makes the set empty. Returns 0; or -1 after adding the reason to
 * why. */
int kind_set_read_failing(struct kind_set *s, const char *text,
			  struct buf *why);

#endif
