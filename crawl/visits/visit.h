/* The data that a crawl stores about a requested page, so that a later crawl
 * can ask the server for the page only if it has changed. */
#ifndef CRAWL_VISITS_VISIT_H
#define CRAWL_VISITS_VISIT_H

#include <stdint.h>

#include "base/job/page_text.h"
#include "base/slice.h"

/* Texts are borrowed. */
struct visit {
	uint64_t page;		/* index of the page */
	unsigned status;	/* status of the response; 0: there was none */
	int64_t at;		/* time of the response, in seconds since
				 * 1970 */
	const char *etag;	/* value of the header ETag; or NULL */
	const char *modified;	/* value of the header Last-Modified; or NULL */
	struct page_text text;	/* digests of the response */
	struct slice links;	/* links of the page (crawl/link_list.h), kept
				 * only with a validator, etag or modified */
};

#endif
