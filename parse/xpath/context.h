/* State of our XPath functions for one document, kept in the context's
 * userData. */
#ifndef PARSE_XPATH_CONTEXT_H
#define PARSE_XPATH_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	XPATH_MAX_ARGUMENTS = 4,
	XPATH_MAX_STRING = 64 << 20,	/* bytes of a string made by our
					 * functions */
	XPATH_TRIAL_STRING = 8 << 10,	/* the same, while an expression is
					 * tested */
	XPATH_PATTERNS = 16,
};

struct xpath_pattern {
	char *key;		/* flags, a NUL, and the pattern's text */
	size_t len;
	struct pattern *compiled;
};

struct xpath_userdata {
	xmlDoc *made;		/* the nodes that functions have created */
	/* A cache: a function is called for each of many nodes, with the same
	 * few patterns. */
	struct xpath_pattern patterns[XPATH_PATTERNS];
	unsigned next;		/* index to be replaced next */
	bool over;		/* the memory limit is exceeded */
	bool on_trial;		/* the expression is tested, before any page */
	bool untried;		/* the test was cut short: it would take long */
	int error;		/* libxml2's first error code */
	size_t at;
	struct buf why;		/* message of our own, or empty */
	struct html_ids *ids;	/* of an HTML page, made on first use */
};

void xpath_userdata_release(struct xpath_userdata *userdata);

/* Ends the evaluation with that message. */
void xpath_fail(xmlXPathParserContext *p, const char *why);

/* Ends the evaluation because memory is used up. */
void xpath_fail_memory(xmlXPathParserContext *p);

/* Takes the function's arguments off the stack, as strings to be freed by
 * xpath_free_arguments(); missing ones have p NULL. Returns false if it has
 * failed the evaluation. */
bool xpath_take_arguments(xmlXPathParserContext *p, int count, int min,
			  int max, struct slice *args);
void xpath_free_arguments(struct slice *args);

/* Push the function's result. */
void xpath_return_string(xmlXPathParserContext *p, struct slice s);
void xpath_return_nodes(xmlXPathParserContext *p, xmlNodeSet *nodes);

/* Creates an element with that text and adds it to nodes. */
void xpath_make_node(xmlXPathParserContext *p, xmlNodeSet *nodes,
		     const char *name, struct slice text);

/* Register has-class(), id(), and the functions with a prefix and their
 * prefixes. */
void xpath_register_functions(xmlXPathContext *context);
void xpath_register_strings(xmlXPathContext *context);

#endif
