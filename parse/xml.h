/*
 * XML text to a tree of libxml2 nodes: no network, no entities but the five,
 * no DTD. A document that is not well-formed gives the tree up to the mistake
 * and as far as it can be mended.
 */
#ifndef PARSE_XML_H
#define PARSE_XML_H

#include <stddef.h>

#include <libxml/tree.h>

/* The tree of len bytes of clean UTF-8 at s, for xml_free(); NULL: the document
 * is refused (too deep, too large, too many attributes), and *why says what for
 * (static). As with html_parse(), a thread has one tree at a time. */
xmlDoc *xml_parse(const char *s, size_t len, const char **why);
void xml_free(xmlDoc *doc);

#endif
