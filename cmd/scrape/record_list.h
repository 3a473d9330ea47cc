/* The places of a file's records, by request: the records of a request's items
 * are one piece. */
#ifndef CMD_SCRAPE_RECORD_LIST_H
#define CMD_SCRAPE_RECORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/scrape/record_copy.h"

/* Zero is empty. */
struct record_list {
	struct record_piece *pieces;	/* in the order of the file */
	uint64_t *keys;		/* of their requests; NULL unless wanted */
	size_t len, cap;
	bool wants_keys, has_items;	/* set before reading */
	bool in_order;		/* indexes rise */
	bool is_damaged;	/* there are lines to be left out */
	bool ends_in_items;	/* the last piece may have fewer items than its
				 * page */
};

/* Adds the records of a file. Damaged lines and a torn end are left out.
 * source: the number for the pieces. Returns 0 or an errno (EILSEQ: a line is
 * no record, or an item without has_items; r->line says which; EINTR: a
 * signal). */
int record_list_read(struct record_list *list, struct record_reader *r,
		     uint32_t source);

/* Sorts by index. The keys no longer match. */
void record_list_sort(struct record_list *list);

void record_list_release(struct record_list *list);

#endif
