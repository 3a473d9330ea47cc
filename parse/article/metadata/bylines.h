/* Finds the authors in the body of a page: itemprop and rel, classes, text such
 * as "By Jane Doe", and links to the pages of authors. */
#ifndef PARSE_ARTICLE_METADATA_BYLINES_H
#define PARSE_ARTICLE_METADATA_BYLINES_H

#include <libxml/tree.h>

#include "base/slice.h"
#include "parse/article/metadata/walk_state.h"

/* Look at an element, and at a text node. */
void bylines_element(struct walk *w, const xmlNode *n);
void bylines_text(struct walk *w, const xmlNode *n, struct slice text);

#endif
