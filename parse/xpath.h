/*
 * XPath 1.0 by libxml2, over its trees. Compiled expressions belong to one
 * worker: evaluating writes into them.
 *
 * Beyond the standard there are the functions parsel users know: re:test(),
 * re:match(), re:replace() (PCRE2), has-class(), and EXSLT's set: and str:.
 */
#ifndef PARSE_XPATH_H
#define PARSE_XPATH_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "base/buf.h"

/* libxml2 compiles without a bound to its recursion. */
enum { XPATH_MAX_LENGTH = 4096 };

struct xpath;

/* NULL: no expression; why not is appended to why (one line, without the
 * place), *at is the byte it is about (its length when unknown). Needs
 * parse_global_init(). */
struct xpath *xpath_compile(const char *s, size_t len, struct buf *why,
			    size_t *at);
void xpath_free(struct xpath *xpath);

/* A document to evaluate expressions in; doc is borrowed. One at a time in a
 * thread. */
struct xpath_document;

struct xpath_document *xpath_document_new(xmlDoc *doc);
void xpath_document_free(struct xpath_document *d);

/* The value at node (NULL: the document), for xmlXPathFreeObject(); or NULL,
 * and *why says why there is none (static, or good until the document is
 * freed): too much work or memory, a wrong argument. A node-set is in document
 * order. */
xmlXPathObject *xpath_evaluate(struct xpath_document *d,
			       const struct xpath *xpath, xmlNode *node,
			       const char **why);

#endif
