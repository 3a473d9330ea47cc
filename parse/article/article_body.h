/* The text of an article as the page's JSON-LD has it, for pages that show the
 * text by a script only. */
#ifndef PARSE_ARTICLE_ARTICLE_BODY_H
#define PARSE_ARTICLE_ARTICLE_BODY_H

#include <libxml/tree.h>

#include "base/buf.h"

/* Sets out to the longest articleBody of the page; empty: there is none. */
void article_body_read(struct buf *out, const xmlDoc *doc);

#endif
