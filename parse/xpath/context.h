/* What our XPath functions keep for one document: a context's userData. */
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
	XPATH_MAX_STRING = 64 << 20,	/* that a function of ours makes */
	XPATH_TRIAL_STRING = 8 << 10,	/* the same, when it is only tried */
	XPATH_PATTERNS = 16,
};

struct xpath_pattern {
	char *key;		/* flags, a NUL, and the expression */
	size_t len;
	struct pattern *compiled;
};

struct xpath_userdata {
	xmlDoc *made;		/* the nodes that functions have made */
	/* A function is called for each of many nodes, with the same few
	 * patterns. */
	struct xpath_pattern patterns[XPATH_PATTERNS];
	unsigned next;		/* the one to be replaced */
	bool over;		/* too much memory */
	bool on_trial;		/* before there is a page */
	bool untried;		/* the rest: it would take long */
	int error;		/* of libxml2's, the first */
	size_t at;
	struct buf why;		/* ours, or empty */
	struct html_ids *ids;	/* of a page of HTML; NULL: not asked for yet */
};

void xpath_userdata_release(struct xpath_userdata *userdata);

/* Ends the evaluation. */
void xpath_fail(xmlXPathParserContext *p, const char *why);

/* The same, for want of memory. */
void xpath_fail_memory(xmlXPathParserContext *p);

/* Takes the function's arguments off the stack, as strings for
 * xpath_free_arguments(); missing ones are NULL. false: it has failed. */
bool xpath_take_arguments(xmlXPathParserContext *p, int count, int min,
			  int max, struct slice *args);
void xpath_free_arguments(struct slice *args);

/* What the function returns. */
void xpath_return_string(xmlXPathParserContext *p, struct slice s);
void xpath_return_nodes(xmlXPathParserContext *p, xmlNodeSet *nodes);

/* Adds a new element with that text. */
void xpath_make_node(xmlXPathParserContext *p, xmlNodeSet *nodes,
		     const char *name, struct slice text);

/* has-class(), id(), and those with a prefix, and the prefixes. */
void xpath_register_functions(xmlXPathContext *context);
void xpath_register_strings(xmlXPathContext *context);

#endif
