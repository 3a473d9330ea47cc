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
 * the end. The text must not contain NUL bytes. */
char path_peek(struct parse *p);

/* The following functions skip white space. If the token they are for follows,
 * they move behind it and return true; otherwise they return false. */
bool path_take(struct parse *p, char c);

/* Takes an operator, but not the beginning of a longer one: "|=", "//=". */
bool path_take_operator(struct parse *p, const char *operator);

/* Takes "?", but not the beginning of the operator "?//". */
bool path_take_question(struct parse *p);

/* Takes a string, and sets text to the bytes between its quotes. Returns false
 * also for strings with escapes, with expressions or with characters that
 * records escape: these are for libjq. */
bool path_take_string(struct parse *p, struct slice *text);

/* The following functions do not skip white space. */

/* Takes an integer without leading zeros and without a sign. */
bool path_take_digits(struct parse *p, struct slice *digits);

/* Takes as many letters, digits and "_" as follow. */
struct slice path_take_name(struct parse *p);

bool path_begins_name(char c);
bool path_continues_name(char c);

#endif
