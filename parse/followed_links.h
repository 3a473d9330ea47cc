/* The links that a crawl follows from a page, as the page's role says, with the
 * fields that they carry. */
#ifndef PARSE_FOLLOWED_LINKS_H
#define PARSE_FOLLOWED_LINKS_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "base/slice.h"
#include "base/url/url.h"
#include "parse/config.h"
#include "parse/extract/roles.h"

/* The page with the links. */
struct role_page {
	const struct roles *roles;	/* NULL: pages have no roles */
	unsigned role;
	const struct schema *schema;	/* fields to extract from the page, or
					 * NULL */
	const char *agent;		/* the crawl's robot name, in lower
					 * case */
	struct slice data;		/* values of the page's fields (JSON),
					 * or empty */
	struct slice brought;		/* fields that were carried to the page:
					 * an object, or empty */
};

/* Returns the description of the job's page, without data. It borrows from
 * config and job. */
struct role_page role_page_of(const struct parse_config *config,
			      const struct job *job);

/* Returns true if the role of the job's page has links to follow. */
bool role_page_has_links(const struct parse_config *config,
			 const struct job *job);

/* Appends the links of a document to a list, in the form of crawl_links_read().
 * html: the document is HTML. Returns NULL, or the reason why the search for
 * links was given up. */
const char *followed_links_read(struct buf *list, xmlDoc *doc, bool html,
				const struct url *base,
				const struct role_page *page);

#endif
