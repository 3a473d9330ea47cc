/* The first members of a record, for who reads an output again (parse/record
 * has written them, in this order). */
#ifndef CMD_SCRAPE_RECORD_HEAD_H
#define CMD_SCRAPE_RECORD_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Slices are of the line: JSON as it stands there. */
struct record_head {
	uint64_t index;
	struct slice id;	/* empty: there was none */
	struct slice url;
	bool has_error;
};

enum record_state {
	RECORD_NONE,		/* nor the beginning of one */
	RECORD_PART,		/* more bytes could make it one */
	RECORD_WHOLE
};

/* Of a line without its end. What comes after the error is seen to have its
 * quotes and brackets in pairs, and no NUL bytes (which is what a loss of power
 * leaves of blocks that were not written), but not read. */
enum record_state record_head_read(struct record_head *head,
				   struct slice line);

#endif
