/* The links of a page that its role follows, with the fields that go along. */
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
	const struct schema *schema;	/* its fields, or NULL */
	const char *agent;		/* the robot's name, in lower case */
	struct slice data;		/* their values, or empty */
	struct slice brought;		/* fields that were carried to it: an
					 * object, or empty */
};

/* Returns the job's page, without data; borrows from both. */
struct role_page role_page_of(const struct parse_config *config,
			      const struct job *job);

/* Returns true if the role of the job's page follows links. */
bool role_page_has_links(const struct parse_config *config,
			 const struct job *job);

/* Appends the links of a document to a list, as crawl_links_read() does. html:
 * the document is HTML. Returns NULL, or why the search for them was given
 * up. */
const char *followed_links_read(struct buf *list, xmlDoc *doc, bool html,
				const struct url *base,
				const struct role_page *page);

#endif
