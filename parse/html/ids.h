/* Index of an HTML page's elements by id, for XPath's id() and microdata's
 * itemref. */
#ifndef PARSE_HTML_IDS_H
#define PARSE_HTML_IDS_H

#include <stdbool.h>

#include <libxml/tree.h>

struct html_ids;

/* Creates the index. doc is a tree of html_parse(), borrowed; it must not
 * change while the index exists. */
struct html_ids *html_ids_new(const xmlDoc *doc);
void html_ids_free(struct html_ids *ids);

/* Returns the first element in document order that has the id, or NULL.
 * Elements inside a <template> are not part of the document; with templates
 * true, such an element is returned if no other has the id. */
xmlNode *html_ids_find(const struct html_ids *ids, const char *id,
		       bool templates);

#endif
