/* Chooses the title of a page. */
#ifndef PARSE_ARTICLE_METADATA_TITLE_H
#define PARSE_ARTICLE_METADATA_TITLE_H

#include "base/buf.h"
#include "parse/article/metadata/findings.h"

/* Appends the title: a heading that agrees with the <title> element, the meta
 * elements or JSON-LD; or else what these say, without the name of the site.
 * item: of JSON-LD; NULL if there is none. Sets *heading to the heading from
 * which text near the title is near; NULL: unknown. Returns the name of the
 * source; NULL if there is no title. */
const char *title_choose(const struct findings *f,
			 const struct json_item *item, struct slice site,
			 struct buf *out, const struct heading **heading);

/* Returns true if the words of one text are all of the other's, or a sequence
 * of them. */
bool title_agrees(struct slice a, struct slice b);

#endif
