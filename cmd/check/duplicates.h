/*
 * Texts that should be different on all pages. Of several pages with the same
 * text, all but the first one are duplicates. The order of the pages is known
 * only at the end, because responses arrive in any order.
 */
#ifndef CMD_CHECK_DUPLICATES_H
#define CMD_CHECK_DUPLICATES_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest_set.h"
#include "cmd/check/findings.h"

/* The use of a text by a page. */
struct text_use {
	size_t text;		/* number of the text */
	uint64_t order;		/* order number of the page */
	char *url;		/* URL of the page */
	char *shown;		/* beginning of the text; NULL in the first use
				 * that was added */
};

/* Zero is empty. */
struct duplicates {
	struct digest_set known;
	size_t texts;		/* number of different texts */
	struct text_use *uses;
	size_t len;
};

/* Notes a text of the page that is number `order` of all. */
void duplicates_add(struct duplicates *d, const char *text, const char *url,
		    uint64_t order);

/* Reports each page whose text is the same as that of an earlier page, in the
 * order of the pages. */
void duplicates_report(struct duplicates *d, struct finding_list *findings,
		       enum severity severity, enum finding_kind kind);

void duplicates_release(struct duplicates *d);

#endif
