/* A document of HTML: libxml2's, and what it has no field for. */
#ifndef PARSE_HTML_NODES_DOCUMENT_H
#define PARSE_HTML_NODES_DOCUMENT_H

#include <libxml/tree.h>

#include "parse/html/common/names.h"
#include "parse/html/nodes/nodes.h"

struct html_page;

struct html_document {
	xmlDoc doc;		/* first: the document is known by it */
	enum html_quirks quirks;
	struct html_page *page;	/* its parser */
};

/* The name of an element; NULL in documents of XML. */
static inline const struct html_name *html_name(const xmlNode *n)
{
	return n->psvi;
}

/* The namespace of an element. */
static inline enum html_space html_space(const xmlNode *n)
{
	return html_name(n)->space;
}

/* Whether it is this element of HTML; false in documents of XML. */
static inline bool html_is(const xmlNode *n, enum html_id id)
{
	const struct html_name *name = n->psvi;

	return name && name->id == id;
}

static inline enum html_quirks html_quirks(const xmlDoc *doc)
{
	return ((const struct html_document *)doc)->quirks;
}

#endif
