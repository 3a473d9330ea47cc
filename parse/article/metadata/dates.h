/* Chooses the dates of a page. */
#ifndef PARSE_ARTICLE_METADATA_DATES_H
#define PARSE_ARTICLE_METADATA_DATES_H

#include "base/buf.h"
#include "parse/article/metadata/findings.h"

/* Appends the date of publication and that of the last change, in ISO 8601, as
 * far as they are known. item: of JSON-LD; NULL if there is none. heading: the
 * title in the page; NULL: unknown. url: of the page; NULL: unknown. now: days
 * since 1970. Returns the name of the source of the date of publication; NULL
 * if there is none. */
const char *dates_choose(const struct findings *f,
			 const struct json_item *item,
			 const struct heading *heading, const char *url,
			 int64_t now, struct buf *date, struct buf *modified);

#endif
