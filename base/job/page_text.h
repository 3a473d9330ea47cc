/* Digests of a page's text, by which a crawl recognises pages with the same or
 * similar text. Written by a parse worker; see crawl/traps/page_text.h. */
#ifndef BASE_JOB_PAGE_TEXT_H
#define BASE_JOB_PAGE_TEXT_H

#include <stdint.h>

/* Values of page_text.whole that are not digests. */
enum {
	PAGE_TEXT_NONE,		/* the response is not an HTML page */
	PAGE_TEXT_EMPTY,	/* an HTML page without words and images */
};

/* Digests of the page's words in their order, and a simhash. Some digests leave
 * out words of the page's own URL, because these words are not information from
 * the page. */
struct page_text {
	uint64_t whole;		/* digest of all words */
	uint64_t undated;	/* digest without those words of the page's URL
				 * that contain a digit */
	uint64_t wordings;	/* digest without numbers, and without all words
				 * of the page's URL */
	uint64_t simhash;	/* of all words: similar texts differ in few
				 * bits */
	uint64_t body;		/* digest of the decoded body, of any type; 0:
				 * not wanted, or there is none */
};

#endif
