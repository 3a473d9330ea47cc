/*
 * XPath 1.0 by libxml2, over its trees. A compiled expression belongs to one
 * worker, because evaluating writes into it.
 *
 * Beyond the standard there are the functions that parsel users know:
 * has-class(), re:test(), re:match(), re:replace() (PCRE2; flags of "gimsx"),
 * EXSLT's set:, and the useful part of its str: (tokenize, split, replace,
 * concat, padding, align). There are no variables.
 *
 * Prefixes are re, set, str, xml and those that a document's root element
 * declares; no element is in the namespace of any other prefix. XPath 1.0
 * cannot name the default namespace: its elements are found by local-name().
 *
 * Work (nodes visited) and memory are limited, but not all work is counted: one
 * contains(/, ...) for each of many nodes can take any time. A caller that has
 * a deadline has to evaluate in a thread that can be abandoned.
 */
#ifndef PARSE_XPATH_XPATH_H
#define PARSE_XPATH_XPATH_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>
#include <libxml/xpath.h>

#include "base/buf.h"

/* Maximum bytes of an expression. It is needed because libxml2's compiler
 * recurses without a limit. */
enum { XPATH_MAX_LENGTH = 4096 };

struct xpath;

/* Loads the libraries that expressions may need, for a process that will not be
 * allowed to read files. In other processes the libraries are loaded when they
 * are first used. */
void xpath_global_load(void);

/*
 * Compiles an expression. On error returns NULL, appends the reason to why (one
 * line, without the position) and sets *at to the offset of the wrong byte (the
 * expression's length if unknown). Reports unknown functions, and errors that
 * do not depend on the document, which are found by testing the expression on
 * an empty document. Call parse_global_init() before.
 */
struct xpath *xpath_compile(const char *s, size_t len, struct buf *why,
			    size_t *at);
void xpath_free(struct xpath *xpath);

/* A document in which expressions are evaluated; doc is borrowed. A thread may
 * have one at a time. */
struct xpath_document;

struct xpath_document *xpath_document_new(xmlDoc *doc);
void xpath_document_free(struct xpath_document *d);

/* Sets the memory limit of all evaluations in the document, 256 MB by default;
 * a single function may exceed it by a few times the document's size. There is
 * no limit under AddressSanitizer. */
void xpath_limit_memory(struct xpath_document *d, size_t bytes);

/*
 * Returns the expression's value with node as the context node (NULL: the
 * document), to be freed by xmlXPathFreeObject(); node-sets are in document
 * order. On error (too much work or memory, a wrong argument) returns NULL and
 * sets *why to the message, which is static or valid until the document is
 * freed.
 */
xmlXPathObject *xpath_evaluate(struct xpath_document *d,
			       const struct xpath *xpath, xmlNode *node,
			       const char **why);

#endif
