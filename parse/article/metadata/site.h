/* Finds the name of the site, and the language of a page. */
#ifndef PARSE_ARTICLE_METADATA_SITE_H
#define PARSE_ARTICLE_METADATA_SITE_H

#include "base/buf.h"
#include "parse/article/metadata/findings.h"

/* Appends the site's name: from meta elements, JSON-LD (WebSite, publisher), or
 * the part of the <title> element that is in the name of the host. Appends
 * nothing if it is unknown. item: of JSON-LD; NULL if there is none. url: of
 * the page; NULL: unknown. */
void site_name(const struct findings *f, const struct json_item *item,
	       const char *url, struct buf *out);

/* Appends the language tag ("en-GB"): from <html>, meta elements or JSON-LD. */
void site_language(const struct findings *f, const struct json_item *item,
		   struct buf *out);

#endif
