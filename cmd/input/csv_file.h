/* Reads the first row of a table before the list itself is read, to find the
 * column with the URLs and the names of the other columns. */
#ifndef CMD_INPUT_CSV_FILE_H
#define CMD_INPUT_CSV_FILE_H

#include "cmd/input/csv_header.h"
#include "cmd/input/input.h"

enum csv_file {
	CSV_FILE_READ,		/* the header is set, or left empty if no first
				 * row could be read */
	CSV_FILE_WRONG,		/* the table has no column with URLs; the
				 * message is appended to `why` */
	CSV_FILE_UNKNOWN,	/* the source can be read only once, so its
				 * header is not known */
	CSV_FILE_MISSING,	/* the source cannot be read */
};

/* Reads the header of a source; "-" is the rest of standard input. The same
 * bytes can be read again afterwards. */
enum csv_file csv_file_header(struct csv_header *h, const char *source,
			      const struct csv_config *config,
			      struct buf *why);

#endif
