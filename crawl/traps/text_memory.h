/*
 * The texts of a crawl's pages: which ones have been seen on a host, and on
 * which page first.
 *
 * A text takes one to three entries of a table in a mapped file, 21 to 43 bytes
 * each, and the URL of its first page in another file. With a million different
 * texts on a host these are some 64 MB of table and 60 MB of URLs, on the disk;
 * in memory are only the parts in use, and 64 KB.
 *
 * Functions return -1, with errno set, if a file cannot be written.
 */
#ifndef CRAWL_TRAPS_TEXT_MEMORY_H
#define CRAWL_TRAPS_TEXT_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/page_text.h"
#include "base/slice.h"

struct text_memory;

/* Makes an empty memory in unnamed files in the folder. Returns NULL, with
 * errno set, if that is not possible. */
struct text_memory *text_memory_open(const char *folder);
void text_memory_close(struct text_memory *m);	/* NULL is fine */

/* Result of comparing a page's text with earlier texts. */
struct text_seen {
	bool is_new;		/* no page of the host has had an equal text
				 * (page_text_is_same()) */
	bool is_repeated;	/* an earlier page has had exactly this text */
	unsigned pages;		/* number of pages with exactly this text,
				 * including this one */
};

/* Adds the text of a page; the text must have words. without_date: compares
 * only `undated`, the words without dates. */
int text_memory_add(struct text_memory *m, struct slice host, struct slice url,
		    const struct page_text *text, bool without_date,
		    struct text_seen *seen);

/* Appends the URL of the first page with exactly this text, which must have
 * been added before. */
int text_memory_first_url(struct text_memory *m, struct slice host,
			  const struct page_text *text, struct buf *out);

size_t text_memory_bytes(const struct text_memory *m);	/* size of both files */

#endif
