/* The positions of the records in a file, by request: the records of a
 * request's items form one piece. */
#ifndef CMD_SCRAPE_RECORD_LIST_H
#define CMD_SCRAPE_RECORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/scrape/record_copy.h"

/* The pieces of a file. Zero is empty. */
struct record_list {
	struct record_piece *pieces;	/* pieces in the order of the file */
	uint64_t *keys;		/* keys of the pieces' requests; NULL unless
				 * wants_keys */
	size_t len, cap;
	bool wants_keys, has_items;	/* set before reading */
	bool in_order;		/* the indexes are in rising order */
	bool is_damaged;	/* the file has lines that are to be left out */
	bool ends_in_items;	/* the last piece may have fewer items than its
				 * page */
};

/* Adds the records of a file. Damaged lines and a torn end are left out.
 * source: number of this file, stored in its pieces. Returns 0 or an errno
 * (EILSEQ: the line r->line is not a record, or is an item although has_items
 * is false; EINTR: a signal). */
int record_list_read(struct record_list *list, struct record_reader *r,
		     uint32_t source);

/* Sorts the pieces by index. The keys are not sorted with them. */
void record_list_sort(struct record_list *list);

void record_list_release(struct record_list *list);

#endif
