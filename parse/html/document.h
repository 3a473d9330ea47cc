/* A document of HTML: libxml2's, and what it has no field for. */
#ifndef PARSE_HTML_DOCUMENT_H
#define PARSE_HTML_DOCUMENT_H

#include <libxml/tree.h>

#include "parse/html/nodes.h"

struct html_document {
	xmlDoc doc;		/* first: the document is known by it */
	enum html_quirks quirks;
};


#endif
