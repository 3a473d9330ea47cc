/*
 * A page as an article: its metadata, its type and its main text. For a page of
 * another type (a forum, a product), the text is that of the page's subject
 * (the posts, the description).
 */
#ifndef PARSE_ARTICLE_ARTICLE_H
#define PARSE_ARTICLE_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "parse/article/content.h"
#include "parse/article/metadata.h"

enum article_type {
	ARTICLE_OTHER,
	ARTICLE_ARTICLE,
	ARTICLE_FORUM,
	ARTICLE_PRODUCT,
	ARTICLE_COLLECTION,
	ARTICLE_LISTING,
	ARTICLE_DOCUMENTATION,
	ARTICLE_SERVICE,
};

/* Zero is empty. The content points into the tree of the page. */
struct article {
	struct article_metadata metadata;
	bool has_metadata;
	enum article_type type;
	struct content content;	/* empty: the page has no main content */
	struct buf text;	/* clean UTF-8; empty: none */
	uint64_t words;		/* number of words of the text */
	double confidence;	/* 0 to 1 */
};

struct article_options {
	const char *url;	/* URL of the page; NULL: unknown */
	uint64_t max_text;	/* maximum length of the text in bytes; 0: no
				 * limit */
	bool content_only;	/* only `content` is wanted, and the data needed
				 * to find it */
};

/* Reads an HTML document, which is not changed. `out` must be zero. */
void article_read(struct article *out, const xmlDoc *doc,
		  const struct article_options *options);

/* Returns the title, if it belongs before the content: the content has no
 * heading of the first level, and does not begin with the title. NULL: it does
 * not, or there is none. Reads the metadata if they have not been read. doc,
 * url: as for article_read(). */
const char *article_heading(struct article *article, const xmlDoc *doc,
			    const char *url);

/* Appends the article as a JSON object, with the members of the record. */
void article_write(struct buf *out, const struct article *article);

void article_release(struct article *article);

#endif
