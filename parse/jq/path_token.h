/* The text of a path filter while it is parsed, token by token. Private to this
 * folder. */
#ifndef PARSE_JQ_PATH_TOKEN_H
#define PARSE_JQ_PATH_TOKEN_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/jq/path_node.h"

struct parse {
	const char *at, *end;
	struct path_filter *filter;
	unsigned depth;		/* number of open brackets */
};

/* Skips white space and returns the next character, without taking it; '\0' at
 * the end. The text must not have a NUL. */
char path_peek(struct parse *p);

/* The following functions take a token, after white space, and return true; or
 * they return false, because another token follows. */
bool path_take(struct parse *p, char c);

/* Takes an operator, but not the beginning of a longer one: "|=", "//=". */
bool path_take_operator(struct parse *p, const char *operator);

/* Takes "?", but not the beginning of the operator "?//". */
bool path_take_question(struct parse *p);

/* Takes a string, and sets text to what is between its quotes. Strings with
 * escapes or expressions, and with characters that records escape, are left to
 * libjq. */
bool path_take_string(struct parse *p, struct slice *text);

/* The following functions start at the current position, even if that is white
 * space. */

/* Takes an integer without leading zeros and without a sign. */
bool path_take_digits(struct parse *p, struct slice *digits);

/* Takes letters, digits and "_", as far as they go. */
struct slice path_take_name(struct parse *p);

bool path_begins_name(char c);
bool path_continues_name(char c);

#endif
