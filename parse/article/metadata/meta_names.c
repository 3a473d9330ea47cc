#include "parse/article/metadata/meta_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

enum { NAME_MAX_BYTES = 48 };

/* Sorted by name. */
static const struct meta_name names[] = {
	{"application-name", META_SITE, 2},
	{"article.author", META_AUTHOR, 4},
	{"article.created", META_DATE, 5},
	{"article.published", META_DATE, 4},
	{"article.updated", META_MODIFIED, 4},
	{"article:author", META_AUTHOR, 4},
	{"article:author_name", META_AUTHOR, 1},
	{"article:modified", META_MODIFIED, 3},
	{"article:modified_time", META_MODIFIED, 0},
	{"article:post_date", META_DATE, 3},
	{"article:published", META_DATE, 3},
	{"article:published_time", META_DATE, 0},
	{"article_author", META_AUTHOR, 4},
	{"article_date_original", META_DATE, 3},
	{"author", META_AUTHOR, 2},
	{"authors", META_AUTHOR, 3},
	{"bt:moddate", META_MODIFIED, 4},
	{"bt:pubdate", META_DATE, 4},
	{"byl", META_AUTHOR, 3},
	{"citation_author", META_AUTHOR, 0},
	{"citation_authors", META_AUTHOR, 0},
	{"citation_date", META_DATE, 2},
	{"citation_language", META_LANGUAGE, 1},
	{"citation_online_date", META_DATE, 1},
	{"citation_publication_date", META_DATE, 1},
	{"citation_title", META_TITLE, 1},
	{"content-language", META_LANGUAGE, 2},
	{"cxenseparse:publishtime", META_DATE, 4},
	{"date", META_DATE, 6},
	{"date.created", META_DATE, 6},
	{"date.modified", META_MODIFIED, 4},
	{"datecreated", META_DATE, 6},
	{"datemodified", META_MODIFIED, 1},
	{"datepublished", META_DATE, 1},
	{"dc.creator", META_AUTHOR, 3},
	{"dc.date", META_DATE, 5},
	{"dc.date.created", META_DATE, 5},
	{"dc.date.issued", META_DATE, 4},
	{"dc.date.modified", META_MODIFIED, 3},
	{"dc.language", META_LANGUAGE, 1},
	{"dc.title", META_TITLE, 2},
	{"dcterms.available", META_DATE, 5},
	{"dcterms.created", META_DATE, 5},
	{"dcterms.creator", META_AUTHOR, 3},
	{"dcterms.date", META_DATE, 5},
	{"dcterms.issued", META_DATE, 4},
	{"dcterms.modified", META_MODIFIED, 3},
	{"dcterms.title", META_TITLE, 2},
	{"eprints.creators_name", META_AUTHOR, 1},
	{"last-modified", META_MODIFIED, 5},
	{"last_updated", META_MODIFIED, 5},
	{"lastmod", META_MODIFIED, 5},
	{"modified", META_MODIFIED, 5},
	{"ms.date", META_DATE, 4},
	{"og:article:author", META_AUTHOR, 5},
	{"og:article:modified_time", META_MODIFIED, 1},
	{"og:article:published_time", META_DATE, 1},
	{"og:locale", META_LANGUAGE, 3},
	{"og:modified_time", META_MODIFIED, 2},
	{"og:publish_date", META_DATE, 2},
	{"og:published_time", META_DATE, 2},
	{"og:site_name", META_SITE, 0},
	{"og:title", META_TITLE, 0},
	{"og:type", META_TYPE, 0},
	{"og:updated_time", META_MODIFIED, 2},
	{"originalpublicationdate", META_DATE, 3},
	{"parsely-author", META_AUTHOR, 1},
	{"parsely-pub-date", META_DATE, 2},
	{"parsely-title", META_TITLE, 1},
	{"prism.publicationdate", META_DATE, 3},
	{"pub_date", META_DATE, 4},
	{"pubdate", META_DATE, 4},
	{"publication_date", META_DATE, 4},
	{"publish-date", META_DATE, 4},
	{"publish_date", META_DATE, 4},
	{"published", META_DATE, 5},
	{"published-date", META_DATE, 4},
	{"published_date", META_DATE, 4},
	{"published_time", META_DATE, 4},
	{"publisheddate", META_DATE, 4},
	{"publishtime", META_DATE, 4},
	{"rbpubdate", META_DATE, 4},
	{"sailthru.author", META_AUTHOR, 1},
	{"sailthru.date", META_DATE, 2},
	{"sailthru.title", META_TITLE, 1},
	{"shareaholic:article_author_name", META_AUTHOR, 3},
	{"shareaholic:site_name", META_SITE, 1},
	{"timestamp", META_DATE, 7},
	{"twitter:title", META_TITLE, 3},
	{"updated_time", META_MODIFIED, 3},
	{"uploaddate", META_DATE, 7},
	{"w-published-date", META_DATE, 4},
};

static int compare_names(const void *name, const void *row)
{
	return strcmp(name, ((const struct meta_name *)row)->name);
}

const struct meta_name *meta_name_find(const char *name)
{
	char lower[NAME_MAX_BYTES];
	size_t len = 0;

	while (name[len] && len < sizeof(lower) - 1) {
		lower[len] = ascii_lower(name[len]);
		len++;
	}
	lower[len] = '\0';
	if (name[len])
		return NULL;
	return bsearch(lower, names, sizeof(names) / sizeof(*names),
		       sizeof(*names), compare_names);
}
