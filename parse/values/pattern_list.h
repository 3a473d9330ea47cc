/*
 * A list of regular expressions that choose URLs, as those of --reject-regex
 * and --exclude. May be read by several threads at once.
 */
#ifndef PARSE_VALUES_PATTERN_LIST_H
#define PARSE_VALUES_PATTERN_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

struct pattern;

/* Zero is empty. */
struct pattern_list {
	struct pattern **list;
	size_t len;
};

/* Adds an expression (PCRE2). Returns 0, or -1 after appending the reason to
 * why. */
int pattern_list_add(struct pattern_list *p, const char *text, struct buf *why);

/* Returns true if an expression is found in the text. if_too_much: the result
 * for an expression that takes too much work. */
bool pattern_list_matches(const struct pattern_list *p, struct slice text,
			  bool if_too_much);

void pattern_list_release(struct pattern_list *p);

#endif
