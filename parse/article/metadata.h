/* Title, authors, dates, site and language of a page, and how each was
 * found. */
#ifndef PARSE_ARTICLE_METADATA_H
#define PARSE_ARTICLE_METADATA_H

#include <stddef.h>

#include <libxml/tree.h>

/* Zero is empty. Strings are owned, clean UTF-8, and NULL if the page has no
 * such value. */
struct article_metadata {
	char *title;		/* without the site's name */
	char **authors;
	size_t authors_count;
	char *date, *modified;	/* ISO 8601, as precise as found */
	char *site, *language;
	/* Names of the sources of title, authors and date: static; NULL if the
	 * value was not found. */
	const char *title_source, *authors_source, *date_source;
};

/* Reads an HTML document. url: of the page; NULL: unknown. */
void metadata_read(struct article_metadata *out, const xmlDoc *doc,
		   const char *url);

void metadata_release(struct article_metadata *m);

#endif
