/*
 * The file that rows are collected in. Of each row a fingerprint is kept, so
 * that each page is written once: rows come again if the program was killed
 * before they were removed from the hub, and if the hub's server has forgotten
 * that a page was done.
 *
 * A row of a list is known by its index, which is that of the line. A row of a
 * crawl is known by its URL, and gets its index here. With --items a row is
 * several records, which are lines of their own.
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
	struct seen_set *known;	/* fingerprints of the rows */
	uint64_t rows;		/* number of rows; the next index of a crawl */
	uint64_t repeated;	/* number of rows that came again */
	/* The last row of the file when it was opened, which may lack records:
	 * its fingerprint, and the number of its records. */
	uint64_t last;
	size_t last_lines;
	struct buf text;	/* what is to be written */
};

/* Opens the file, creates it if there is none, locks it, reads its rows, and
 * cuts off an unfinished line at its end. Returns 0; or -1 after logging why.
 * Close the file whatever the result. */
int row_file_open(struct row_file *f, const char *path, bool is_crawl);

/* Adds a row, one or more records without a line end after the last, unless the
 * file has the row. Returns 0; or -1 after logging that the row is not one. */
int row_file_add(struct row_file *f, struct slice row);

/* Writes the rows, and waits until they are on the disk. Returns 0; or -1 after
 * logging why. */
int row_file_sync(struct row_file *f);

void row_file_close(struct row_file *f);

#endif
