/* Lists the names in an XPath expression. libxml2 looks up functions and
 * prefixes only when the evaluation reaches them, which is too late to report
 * an unknown one before the first page. */
#ifndef PARSE_XPATH_NAMES_H
#define PARSE_XPATH_NAMES_H

#include <stdbool.h>

#include <libxml/xpath.h>

#include "base/slice.h"

enum xpath_use {
	XPATH_USE_FUNCTION,	/* a function; its prefix may be empty */
	XPATH_USE_PREFIX,	/* a prefix in a node test */
	XPATH_USE_VARIABLE,
};

/* Calls on_use for each name, in order, until on_use returns false. s must be
 * an expression that compiles. */
void xpath_names(struct slice s,
		 bool (*on_use)(void *ctx, enum xpath_use use,
				struct slice prefix, struct slice name),
		 void *ctx);

#endif
