/* Elements of a page of HTML by their ids, for XPath's id() and microdata's
 * itemref. */
#ifndef PARSE_HTML_IDS_H
#define PARSE_HTML_IDS_H

#include <stdbool.h>

#include <libxml/tree.h>

struct html_ids;

/* Of a tree of html_parse(), which is borrowed and stays as it is. */
struct html_ids *html_ids_new(const xmlDoc *doc);
void html_ids_free(struct html_ids *ids);

/* The first element in document order that has the id; NULL: none. Those inside
 * a <template> are no part of the document; templates: one of them, if there is
 * no other. */
xmlNode *html_ids_find(const struct html_ids *ids, const char *id,
		       bool templates);

#endif
