/* A regular expression (PCRE2): immutable once compiled, threads may share it.
 * What a match may cost is bounded. */
#ifndef PARSE_PATTERN_H
#define PARSE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url.h"

struct pattern;

/* UTF-8; PCRE2's syntax, Unicode classes. flags: of "imsx", may be NULL.
 * NULL: bad; why is appended, *at is the byte it is about. */
struct pattern *pattern_compile(const char *s, size_t len, const char *flags,
				struct buf *why, size_t *at);
void pattern_free(struct pattern *p);

/* Groups in it. */
unsigned pattern_groups(const struct pattern *p);

/* What the first group captured, or the whole match when there is no group, at
 * or after *from (moved past the match); false: none (or too much work). */
bool pattern_find(const struct pattern *p, struct slice text, size_t *from,
		  struct slice *found);

/* Appends the text with each match (or the first one) replaced; $1 is a group
 * in the replacement. */
void pattern_replace(const struct pattern *p, struct slice text, bool all,
		     struct slice by, struct buf *out);

#endif
