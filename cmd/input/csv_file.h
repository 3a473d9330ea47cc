/* Reads the first row of a table before the list is read, to find out whether
 * it has URLs, and what its other columns are. */
#ifndef CMD_INPUT_CSV_FILE_H
#define CMD_INPUT_CSV_FILE_H

#include "cmd/input/csv_header.h"
#include "cmd/input/input.h"

enum csv_file {
	CSV_FILE_READ,		/* the header is set, or left empty if no first
				 * row could be read */
	CSV_FILE_WRONG,		/* it has no column with URLs: see why */
	CSV_FILE_UNKNOWN,	/* it can be read only once */
	CSV_FILE_MISSING,	/* it cannot be read */
};

/* Reads the header of a source, "-" for the rest of standard input, without
 * using it up. */
enum csv_file csv_file_header(struct csv_header *h, const char *source,
			      const struct csv_config *config,
			      struct buf *why);

#endif
