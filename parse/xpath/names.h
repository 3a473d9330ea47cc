/* The names in an XPath expression: libxml2 looks for functions and prefixes
 * only when it comes to them, with the page there already. */
#ifndef PARSE_XPATH_NAMES_H
#define PARSE_XPATH_NAMES_H

#include <stdbool.h>

#include <libxml/xpath.h>

#include "base/slice.h"

enum xpath_use {
	XPATH_USE_FUNCTION,	/* prefix may be empty */
	XPATH_USE_PREFIX,	/* of a node test */
	XPATH_USE_VARIABLE,
};

/* Calls on_use for each, in order, until it returns false. s is an expression
 * that compiles. */
void xpath_names(struct slice s,
		 bool (*on_use)(void *ctx, enum xpath_use use,
				struct slice prefix, struct slice name),
		 void *ctx);

#endif
