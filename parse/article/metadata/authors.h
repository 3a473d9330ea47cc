/* Chooses the authors of a page. */
#ifndef PARSE_ARTICLE_METADATA_AUTHORS_H
#define PARSE_ARTICLE_METADATA_AUTHORS_H

#include "parse/article/metadata/findings.h"

/* Adds the authors to `out`, which must be empty. item: of JSON-LD; NULL if
 * there is none. heading: the title in the page; NULL: unknown. Returns the
 * name of the source; NULL if there are none. */
const char *authors_choose(const struct findings *f,
			   const struct json_item *item,
			   const struct heading *heading, struct slice site,
			   struct people *out);

#endif
