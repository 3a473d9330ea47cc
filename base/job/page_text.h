/* What a crawl remembers of the text of a page, to tell texts apart. Written by
 * a parse worker; see crawl/traps/page_text.h. */
#ifndef BASE_JOB_PAGE_TEXT_H
#define BASE_JOB_PAGE_TEXT_H

#include <stdint.h>

/* Values of page_text.whole that are not digests. */
enum {
	PAGE_TEXT_NONE,		/* the response is not an HTML page */
	PAGE_TEXT_EMPTY,	/* a page without words and images */
};

/* Digests of words in their order, and a simhash. Words of the page's own URL
 * do not say anything that was not known before the page was requested. */
struct page_text {
	uint64_t whole;		/* of all words */
	uint64_t undated;	/* without words that have a digit and are in
				 * the page's URL */
	uint64_t wordings;	/* without numbers, and without all words of
				 * the page's URL */
	uint64_t simhash;	/* of all words: similar texts differ in few
				 * bits */
};

#endif
