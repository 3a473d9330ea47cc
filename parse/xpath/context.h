/* State of the XPath functions that this program adds, for one document. It is
 * stored in the XPath context's userData. */
#ifndef PARSE_XPATH_CONTEXT_H
#define PARSE_XPATH_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/tree/libxml2.h"

enum {
	XPATH_MAX_ARGUMENTS = 4,
	XPATH_MAX_STRING = 64 << 20,	/* bytes of a string that one of these
					 * functions makes */
	XPATH_TRIAL_STRING = 8 << 10,	/* limit instead of XPATH_MAX_STRING
					 * while an expression is tested */
	XPATH_PATTERNS = 16,
};

struct xpath_pattern {
	char *key;		/* the pattern's flags, a NUL, and the pattern's
				 * text */
	size_t len;
	struct pattern *compiled;
};

struct xpath_userdata {
	xmlDoc *made;		/* document that contains the nodes that
				 * functions have created */
	/* Cache of compiled patterns, because a function may be called for each
	 * of many nodes with the same few patterns. */
	struct xpath_pattern patterns[XPATH_PATTERNS];
	unsigned next;		/* index of the entry to be replaced next */
	bool over;		/* the memory limit is exceeded */
	bool on_trial;		/* the expression is being tested, before there
				 * is a page */
	bool untried;		/* the test was ended early, because it would
				 * have taken long */
	int error;		/* libxml2's code of the first error */
	size_t at;
	struct buf why;		/* error message of one of these functions, or
				 * empty */
	struct html_ids *ids;	/* index of an HTML page's ids, made on first
				 * use */
};

void xpath_userdata_release(struct xpath_userdata *userdata);

/* Ends the evaluation with an error message. */
void xpath_fail(xmlXPathParserContext *p, const char *why);

/* Ends the evaluation with the error that memory is used up. */
void xpath_fail_memory(xmlXPathParserContext *p);

/* Takes the function's arguments off the stack, as strings to be freed by
 * xpath_free_arguments(). For a missing argument, p is NULL. Returns false if
 * the arguments were wrong and the evaluation has been ended with an error. */
bool xpath_take_arguments(xmlXPathParserContext *p, int count, int min,
			  int max, struct slice *args);
void xpath_free_arguments(struct slice *args);

/* Push the function's result onto the stack of the evaluation. */
void xpath_return_string(xmlXPathParserContext *p, struct slice s);
void xpath_return_nodes(xmlXPathParserContext *p, xmlNodeSet *nodes);

/* Creates an element with that text and adds it to nodes. */
void xpath_make_node(xmlXPathParserContext *p, xmlNodeSet *nodes,
		     const char *name, struct slice text);

/* xpath_register_functions() registers all functions that this program adds,
 * and their prefixes. It calls xpath_register_strings(), which registers str:
 * and concat(), and xpath_register_sets(), which registers set:. */
void xpath_register_functions(xmlXPathContext *context);
void xpath_register_strings(xmlXPathContext *context);
void xpath_register_sets(xmlXPathContext *context);

#endif
