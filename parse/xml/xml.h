/*
 * XML text to a tree of libxml2 nodes: no network, no entities but the five,
 * no DTD. What cannot be markup is text as it was written: a "&" or "<" that
 * begins nothing, a reference to an unknown entity (parse/xml/mend.h). A document
 * that is not well-formed for other reasons gives the tree as far as it can be
 * made out, and is said to be so: it may have been cut off.
 *
 * What a DTD inside the document declares is skipped before libxml2 sees it:
 * entities that expand to gigabytes, and default attributes, which it adds
 * even without being asked. Attributes and namespaces are compared pair by
 * pair, and a table of names stops growing and is searched, so there are
 * limits to their numbers; the worst 16 MB that were tried take 2 s.
 */
#ifndef PARSE_XML_XML_H
#define PARSE_XML_XML_H

#include <stddef.h>

#include <libxml/tree.h>

enum { XML_TREE_DEPTH = 512 };

/* The tree of len bytes of clean UTF-8 at s, for xml_free(), whatever encoding
 * it says it has; an empty text has an empty tree. *why is NULL then; with a
 * tree, what the first mistake in it is; without one, why the document is
 * refused (too deep, too large, too many attributes). It is good until the
 * thread reads another one. A thread has one such tree
 * at a time and adds nothing to it; tree_open() makes it faster. */
xmlDoc *xml_parse(const char *s, size_t len, const char **why);
void xml_free(xmlDoc *doc);

#endif
