/* An HTML document: libxml2's document with additional fields. */
#ifndef PARSE_HTML_NODES_DOCUMENT_H
#define PARSE_HTML_NODES_DOCUMENT_H

#include <libxml/tree.h>

#include "parse/html/common/names.h"
#include "parse/html/nodes/nodes.h"

struct html_page;

struct html_document {
	xmlDoc doc;		/* must be first: pointers to it are cast */
	enum html_quirks quirks;
	bool plain;		/* the tree is whole, and has no <title> and no
				 * attribute href */
	size_t links;		/* with HTML_OUTLINE_COUNT: number of links,
				 * which have no nodes in the document */
	struct html_page *page;	/* the parser that owns the document */
};

/* Returns the name of an element; NULL in XML documents. n must be an element:
 * in other nodes (texts, comments, the doctype), psvi is something else. */
static inline const struct html_name *html_name(const xmlNode *n)
{
	return n->psvi;
}

/* Returns the namespace of an element of an HTML document. */
static inline enum html_space html_space(const xmlNode *n)
{
	return html_name(n)->space;
}

/* Returns true if the element n is the HTML element with this id; always false
 * in XML documents. n must be an element. */
static inline bool html_is(const xmlNode *n, enum html_id id)
{
	const struct html_name *name = n->psvi;

	return name && name->id == id;
}

/* Returns the number of links of a page whose outline only counts them
 * (HTML_OUTLINE_COUNT); 0 for other documents. */
static inline size_t html_links(const xmlDoc *doc)
{
	return ((const struct html_document *)doc)->links;
}

/* Returns true if the parser has found that an HTML document has no <title> and
 * no attribute href, so that no search is needed. */
static inline bool html_is_plain(const xmlDoc *doc)
{
	return ((const struct html_document *)doc)->plain;
}

static inline enum html_quirks html_quirks(const xmlDoc *doc)
{
	return ((const struct html_document *)doc)->quirks;
}

#endif
