/* Index of an HTML page's elements by id, for XPath's id() and microdata's
 * itemref. */
#ifndef PARSE_HTML_IDS_H
#define PARSE_HTML_IDS_H

#include <stdbool.h>

#include <libxml/tree.h>

struct html_ids;

/* doc is a tree of html_parse(), borrowed; it must not change. */
struct html_ids *html_ids_new(const xmlDoc *doc);
void html_ids_free(struct html_ids *ids);

/* Returns the first element in document order that has the id, or NULL.
 * Elements inside <template> are not part of the document; with templates, one
 * of them is returned if there is no other. */
xmlNode *html_ids_find(const struct html_ids *ids, const char *id,
		       bool templates);

#endif
