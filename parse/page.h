/* A page with markup: its title and its links, as a browser sees them, and what
 * the user wants of it. */
#ifndef PARSE_PAGE_H
#define PARSE_PAGE_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/record.h"

struct charset;
struct extractor;

struct page_wants {
	bool links;
	bool meta;
	struct extractor *extractor;	/* borrowed; NULL: no fields */
	struct charset *charset;	/* of the worker; borrowed */
	const char *encoding;		/* of the document; NULL: UTF-8 */
};

/*
 * Reads a text (clean UTF-8) as HTML, which overwrites it, and fills in is_html, title and
 * links_count, and, if wanted, links, meta and data. URLs are resolved against
 * the <base>, or against final_url (NULL: unknown, relative ones stay as they
 * are). Contents of a <template> do not count: browsers keep them out of the
 * document.
 *
 * Returns NULL; or what is wrong with the page (good until the next one is
 * read): page is as it was then, or has all but the field it is about.
 */
const char *page_read_html(struct page *page, struct buf *text,
			   const char *final_url,
			   const struct page_wants *wants);

/* The same with XML, which leaves the text as it is, and has no title and no links: only data. One that is not
 * well-formed has its data nevertheless, and is_broken. */
const char *page_read_xml(struct page *page, struct buf *text,
			  const char *final_url,
			  const struct page_wants *wants);

#endif
