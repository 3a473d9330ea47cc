/* Collects what a page says about itself, in one walk over its tree. */
#ifndef PARSE_ARTICLE_METADATA_WALK_H
#define PARSE_ARTICLE_METADATA_WALK_H

#include <libxml/tree.h>

#include "parse/article/metadata/findings.h"

/* Fills f, which must be empty, from an HTML document. */
void findings_collect(struct findings *f, const xmlDoc *doc);

#endif
