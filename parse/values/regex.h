/*
 * A regular expression (PCRE2): immutable once compiled, threads may share it.
 *
 * What a match may cost is bounded. PCRE2's own limits are not enough: they
 * begin anew at each place of the text where a match is tried, and do not see
 * how far a single item runs ("a*b" in a megabyte of "a" is 10^12 steps). So
 * PCRE2 calls us before each item (its automatic callouts) and what it has
 * gone through is counted: the worst find in a megabyte takes 0.2 s, and an
 * ordinary one a tenth more than without. Not by time, so that a result does
 * not depend on the machine. Not compiled to machine code: sandboxed workers
 * may not map any.
 */
#ifndef PARSE_VALUES_REGEX_H
#define PARSE_VALUES_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum { PATTERN_MAX_RESULT = 64 << 20 };

struct pattern;

/* UTF-8; PCRE2's syntax, Unicode classes. flags: of "imsx", may be NULL.
 * NULL: bad; why is appended (one line, without the place), *at is the byte it
 * is about. */
struct pattern *pattern_compile(const char *s, size_t len, const char *flags,
				struct buf *why, size_t *at);
void pattern_free(struct pattern *p);

/* Groups in it. */
unsigned pattern_groups(const struct pattern *p);

enum pattern_result {
	PATTERN_NONE,
	PATTERN_FOUND,
	PATTERN_TOO_MUCH,	/* it would take too much work to say */
};

/* What the first group captured (nothing, when it took no part), or the whole
 * match when there is no group, at or after *from (moved past the match). text
 * is UTF-8. */
enum pattern_result pattern_find(const struct pattern *p, struct slice text, size_t *from,
		  struct slice *found);

/* The same with all groups: the whole match in found[0], then at most max - 1
 * groups. One that took no part has p NULL. */
enum pattern_result pattern_find_groups(const struct pattern *p,
					struct slice text, size_t *from,
					struct slice *found, size_t max);

/* Appends the text with each match (or the first one) replaced; $1 is a group
 * in the replacement, $0 the match, $$ a dollar. false: too much work, or more
 * than PATTERN_MAX_RESULT bytes; nothing is appended. */
bool pattern_replace(const struct pattern *p, struct slice text, bool all,
		     struct slice by, struct buf *out);

#endif
