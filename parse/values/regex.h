/*
 * Regular expressions (PCRE2). A compiled pattern is immutable; threads may
 * share it.
 *
 * The work of a match is limited. PCRE2's own limits are not enough: they start
 * again at each position of the text where a match is tried, and do not count
 * how far a single item runs ("a*b" in a megabyte of "a" is 10^12 steps). So
 * PCRE2 calls back before each item (its automatic callouts), and the distance
 * it has moved is counted: the slowest search in a megabyte takes 0.2 s, and an
 * ordinary search takes a tenth longer than without counting. The limit is one
 * of work and not of time, so results do not depend on the machine. Patterns
 * are not compiled to machine code: sandboxed workers may not map executable
 * memory.
 */
#ifndef PARSE_VALUES_REGEX_H
#define PARSE_VALUES_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum { PATTERN_MAX_RESULT = 64 << 20 };

struct pattern;

/* Compiles a pattern: UTF-8, PCRE2's syntax, Unicode classes. flags: any of
 * "imsx"; may be NULL. On error returns NULL, appends the reason to why (one
 * line, without the position) and sets *at to the offset of the wrong byte. */
struct pattern *pattern_compile(const char *s, size_t len, const char *flags,
				struct buf *why, size_t *at);
void pattern_free(struct pattern *p);

/* Returns the number of groups. */
unsigned pattern_groups(const struct pattern *p);

enum pattern_result {
	PATTERN_NONE,
	PATTERN_FOUND,
	PATTERN_TOO_MUCH,	/* the work limit was reached */
};

/* Finds the first match at or after *from and moves *from past it. *found is
 * the text that the first group captured (empty if the group took no part in
 * the match), or the whole match if there are no groups. text is UTF-8. */
enum pattern_result pattern_find(const struct pattern *p, struct slice text, size_t *from,
		  struct slice *found);

/* Like pattern_find(), but returns all groups: the whole match in found[0],
 * then at most max - 1 groups. For a group that took no part in the match, p is
 * NULL. */
enum pattern_result pattern_find_groups(const struct pattern *p,
					struct slice text, size_t *from,
					struct slice *found, size_t max);

/* Appends the text with its matches replaced: all of them (all), or the first
 * one. In the replacement, $1 stands for a group, $0 for the match, $$ for a
 * dollar sign. Returns false, and appends nothing, if the search takes too much
 * work or the result has more than PATTERN_MAX_RESULT bytes. */
bool pattern_replace(const struct pattern *p, struct slice text, bool all,
		     struct slice by, struct buf *out);

#endif
