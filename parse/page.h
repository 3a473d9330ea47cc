/* Reads an HTML or XML page: its title and links as a browser sees them,
 * metadata, and the fields that the user wants. */
#ifndef PARSE_PAGE_H
#define PARSE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "parse/config.h"
#include "parse/followed_links.h"
#include "parse/record.h"

struct charset;
struct extractor;

struct page_wants {
	bool links;
	bool meta;
	bool article;
	enum markdown_part markdown;
	uint64_t max_text;	/* maximum length of the article's text and of
				 * the Markdown, in bytes; 0: no limit */
	bool crawl;		/* collect the links that a crawl may follow */
	struct role_page role;	/* the page's role, which selects the links of a
				 * crawl, if pages have roles; its data is
				 * empty */
	bool text;		/* compute page_text of the page, for a crawl */
	struct extractor *extractor;	/* borrowed; NULL: no fields */
	struct charset *charset;	/* borrowed from the worker */
	const char *encoding;		/* name of the document's encoding;
					 * NULL: UTF-8 */
};

/* The type of the two functions below. */
typedef const char *page_read(struct page *page, struct buf *text,
			      const char *final_url,
			      const struct page_wants *wants);

/*
 * Reads a text (clean UTF-8) as HTML, overwriting it, and fills in is_html,
 * title and links_count and, if wanted, links, meta, article, markdown and
 * data. URLs are resolved against the <base>, or against final_url (NULL:
 * unknown; relative URLs stay as they are). Contents of a <template> do not
 * count: browsers keep them out of the document.
 *
 * Returns NULL, or an error message that is valid until the next page is read.
 * On error, page is either unchanged or lacks only the value of the field that
 * the message names.
 */
const char *page_read_html(struct page *page, struct buf *text,
			   const char *final_url,
			   const struct page_wants *wants);

/* Reads a text as XML, leaving the text unchanged. Fills in data and, if the
 * page's role follows links, these links: by itself, XML has no title and no
 * links. For a document that is not well-formed, the part that could be read is
 * used, is_broken is set, and an error message is returned. */
const char *page_read_xml(struct page *page, struct buf *text,
			  const char *final_url,
			  const struct page_wants *wants);

#endif
