/*
 * XPath 1.0 by libxml2, over its trees. Compiled expressions belong to one
 * worker: evaluating writes into them.
 *
 * Beyond the standard there are the functions parsel users know: has-class(),
 * re:test(), re:match(), re:replace() (PCRE2; flags of "gimsx"), EXSLT's set:,
 * and of its str: what a page needs (tokenize, split, replace, concat, padding,
 * align). There are no variables.
 *
 * Prefixes are re, set, str, xml and those that the root element of a document
 * declares; any other one has nothing in it. XPath 1.0 cannot say "the default
 * namespace": elements that are in it are found by local-name().
 *
 * Work (nodes visited) and memory are limited, but not all work is: one
 * contains(/, ...) for each of many nodes takes what it takes. Whoever cannot
 * wait evaluates in a thread that can be left alone.
 */
#ifndef PARSE_XPATH_XPATH_H
#define PARSE_XPATH_XPATH_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "base/buf.h"

/* libxml2 compiles without a bound to its recursion. */
enum { XPATH_MAX_LENGTH = 4096 };

struct xpath;

/* NULL: no expression; why not is appended to why (one line, without the
 * place), *at is the byte it is about (its length when unknown). Functions that
 * do not exist are found here, and so is what is wrong whatever the document:
 * it is tried on an empty one. Needs parse_global_init(). */
struct xpath *xpath_compile(const char *s, size_t len, struct buf *why,
			    size_t *at);
void xpath_free(struct xpath *xpath);

/* A document to evaluate expressions in; doc is borrowed. One at a time in a
 * thread. */
struct xpath_document;

struct xpath_document *xpath_document_new(xmlDoc *doc);
void xpath_document_free(struct xpath_document *d);

/* What all that is made in it may take, instead of 256 MB; a single function
 * may take a few times the document more. No limit under AddressSanitizer. */
void xpath_limit_memory(struct xpath_document *d, size_t bytes);

/* The value at node (NULL: the document), for xmlXPathFreeObject(); or NULL,
 * and *why says why there is none (static, or good until the document is
 * freed): too much work or memory, a wrong argument. A node-set is in document
 * order. */
xmlXPathObject *xpath_evaluate(struct xpath_document *d,
			       const struct xpath *xpath, xmlNode *node,
			       const char **why);

#endif
