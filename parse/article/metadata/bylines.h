/* Finds the authors in the body of a page: itemprop and rel, classes, text such
 * as "By Jane Doe", and links to the pages of authors. */
#ifndef PARSE_ARTICLE_METADATA_BYLINES_H
#define PARSE_ARTICLE_METADATA_BYLINES_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/slice.h"
#include "parse/article/metadata/walk_state.h"

/* Returns true if a text that a class or a link calls an author can be a name.
 * Names of accounts have one or two words, in any case; other names begin with
 * capital letters. Initials are not names. */
bool byline_is_like_name(const char *name);

enum { BYLINE_TEXT_MAX = 160 };	/* bytes of a text that may be a byline */

/* Look at an element, and at a text node. after_by: the text without a word
 * such as "By" at its beginning. */
void bylines_element(struct walk *w, const xmlNode *n);
void bylines_text(struct walk *w, const xmlNode *n, struct slice text,
		  struct slice after_by);

#endif
