/*
 * Makes findings from the facts of records: of each one by itself, and of all
 * together (the same title on several pages, fragments that do not exist).
 */
#ifndef CMD_CHECK_AUDIT_H
#define CMD_CHECK_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest_set.h"
#include "cmd/check/duplicates.h"
#include "cmd/check/facts.h"
#include "cmd/check/findings.h"
#include "cmd/check/redirects.h"
#include "cmd/check/status_set.h"
#include "cmd/options/audit.h"

/* A link with a fragment. */
struct fragment_link {
	char *url, *page;
};

/* Zero, except for the first members, is an audit without records. */
struct audit {
	const struct check_options *options;	/* borrowed */
	struct finding_list *findings;		/* borrowed */
	bool has_accepted;			/* --accept was given, and
						 * `accepted` is set */
	struct status_set accepted;
	struct duplicates titles, descriptions, canonicals;
	struct digest_set anchors;	/* "URL#name" */
	struct digest_set anchored;	/* URLs whose names are known */
	struct fragment_link *links;
	size_t links_len;
};

/* Returns why the URL of the record is broken, to be freed; NULL: it is not. */
char *audit_broken(const struct audit *a, const struct facts *f);

/* Makes the findings about a page of the site, except the findings about its
 * answer. name: the URL after redirects, so that a page to which several URLs
 * lead is reported once. order: number of the page. */
void audit_page(struct audit *a, const struct facts *f, const char *name,
		uint64_t order);

/* Makes the findings about the answer to the request of a page of the site: the
 * page is broken, redirected, slow or insecure. */
void audit_page_answer(struct audit *a, const struct facts *f);

/* Makes the finding that a URL is redirected, in the end to `last`, if r has
 * redirects. */
void audit_redirects(struct audit *a, const struct redirects *r,
		     const char *last, const char *url, const char *page);

/* Makes the findings about a slow or an insecure answer. f must have status,
 * seconds, url and final_url. */
void audit_answer(struct audit *a, const struct facts *f, const char *url,
		  const char *page);

/* Makes the findings about a link of a page, except that it is broken. */
void audit_link(struct audit *a, const struct facts *f, const char *url,
		const char *page);

/* Notes a link with a fragment. */
void audit_add_fragment(struct audit *a, const char *url, const char *page);

/* Notes the ids and names of a page, to which fragments may refer. */
void audit_add_anchors(struct audit *a, const struct facts *f);

/* Makes the findings about links with a fragment. */
void audit_find_fragments(struct audit *a);

/* Makes the findings that need all records. */
void audit_end(struct audit *a);

void audit_release(struct audit *a);

#endif
