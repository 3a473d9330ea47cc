/* Rewrites an output file: in order, and without damaged lines. */
#ifndef CMD_SCRAPE_RECORD_ORDER_H
#define CMD_SCRAPE_RECORD_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Sorts the records of the file by index, or keeps their order, and removes
 * lines that have NUL bytes (cmd/scrape/resume). The file must have the records
 * of this number of requests; with has_items a request may have several.
 * table: NULL for lines of JSON.
 *
 * The records are written to a new file, FILE.scrape-resume, which then
 * replaces FILE, with its owner and permissions if possible. A file that needs
 * no change is left alone. Returns 0; or -1, with the reason appended to why
 * and the file unchanged (a signal, a full disk, a file with several names).
 * Takes 24 bytes of memory per record.
 */
struct table_rows;
int record_order(const char *path, bool by_indexes, bool has_items,
		 const struct table_rows *table, uint64_t records,
		 struct buf *why);

#endif
