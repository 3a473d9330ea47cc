/*
 * The file in which the rows of a job are collected. A fingerprint of each row
 * is kept, so that each page is written once. The hub delivers a row again if
 * this program was killed before it had removed the row, or if the hub's server
 * has forgotten that the page was done.
 *
 * A row of a list is identified by its index, which is the index of the line. A
 * row of a crawl is identified by its URL, and gets its index here. With
 * --items a row consists of several records, one on each line.
 */
#ifndef CMD_FLEET_ROW_FILE_H
#define CMD_FLEET_ROW_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct row_file {
	const char *path;	/* borrowed */
	int fd;
	bool is_crawl;
	struct seen_set *known;	/* fingerprints of the rows of the file */
	uint64_t rows;		/* number of rows; the next index of a crawl */
	uint64_t repeated;	/* number of rows that were added again */
	/* The last row of the file when it was opened; some of its records may
	 * be missing. `last` is the fingerprint of this row; 0 if there is no
	 * such row. */
	uint64_t last;
	size_t last_lines;
	struct buf text;	/* records to be written by row_file_sync() */
};

/* Opens the file, which is created if it does not exist, locks it, reads its
 * rows, and cuts off an unfinished last line. Returns 0; or -1 after logging
 * the reason. Call row_file_close() in either case. */
int row_file_open(struct row_file *f, const char *path, bool is_crawl);

/* Adds a row, unless the file has it. A row is one record or more, one on each
 * line, without a line end after the last. Returns 0; 1 if the row is damaged:
 * lines that are not records were left out; or -1 after logging the reason. */
int row_file_add(struct row_file *f, struct slice row);

/* Writes the added rows to the file, and waits until they are on the disk.
 * Returns 0; or -1 after logging the reason. */
int row_file_sync(struct row_file *f);

void row_file_close(struct row_file *f);

#endif
