/*
 * Parses XML text to a tree of libxml2 nodes: no network, only the five
 * predefined entities, no DTD. A "&" or "<" that cannot be markup, and a
 * reference to an unknown entity, are read as text (parse/xml/mend.h). A
 * document that is not well-formed for other reasons, such as one that was cut
 * off, is reported as an error, but the part of the tree that could be read is
 * returned.
 *
 * A DTD inside the document is skipped before libxml2 sees it: entities can
 * expand to gigabytes, and libxml2 adds default attributes even unasked.
 * libxml2 compares attributes and namespaces pair by pair, and searches lists
 * once a table of names has stopped growing, so their numbers are limited; the
 * worst 16 MB that were tried take 2 s.
 */
#ifndef PARSE_XML_XML_H
#define PARSE_XML_XML_H

#include <stddef.h>

#include <libxml/tree.h>

enum { XML_TREE_DEPTH = 512 };

/*
 * Parses len bytes of clean UTF-8 at s, whatever encoding they declare. Returns
 * the tree, to be freed by xml_free(); an empty text has an empty tree. *why is
 * NULL; or, with a tree, the first error in it; or, without a tree, why the
 * document is refused (too deep, too large, too many attributes). It is valid
 * until the thread parses another document. A thread may have one tree at a
 * time and must not add to it; tree_open() makes parsing faster.
 */
xmlDoc *xml_parse(const char *s, size_t len, const char **why);
void xml_free(xmlDoc *doc);

#endif
