/* Rewrites a file in another order. Only the positions of the records are in
 * memory. */
#include "cmd/scrape/record_order.h"

#include <inttypes.h>
#include <stdio.h>
#include <errno.h>
#include <string.h>

#include "cmd/scrape/record_list.h"

int record_order(const char *path, bool by_indexes, bool has_items,
		 const struct table_rows *table, uint64_t records,
		 struct buf *why)
{
	struct record_reader reader = {
		.file = fopen(path, "re"),
		.table = table,
	};
	struct record_list list = {.has_items = has_items};
	int err = reader.file ? record_list_read(&list, &reader, 0) : errno;
	const bool is_fine = (list.in_order || !by_indexes) && !list.is_damaged;

	if (err) {
		buf_addstr(why, strerror(err));
	} else if (list.len != records) {
		buf_addf(why, "it has %zu records, not %" PRIu64, list.len,
			 records);
		err = -1;
	} else if (!is_fine) {
		if (by_indexes)
			record_list_sort(&list);
		err = record_copy(path, &reader, list.pieces, list.len, why);
	}
	if (reader.file)
		fclose(reader.file);
	record_reader_release(&reader);
	record_list_release(&list);
	return err ? -1 : 0;
}
