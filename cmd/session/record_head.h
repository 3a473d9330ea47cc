/* Parses the first members of a record, which parse/record writes in this
 * order. For code that reads an output file again. */
#ifndef CMD_SESSION_RECORD_HEAD_H
#define CMD_SESSION_RECORD_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* The slices point into the line, and have the JSON text of their members. */
struct record_head {
	uint64_t index;
	struct slice index_text;
	struct slice id;	/* empty: no id */
	struct slice url;
	struct slice input;	/* empty: the list was not a table */
	struct slice status;
	struct slice error;	/* empty in the record of an item */
	bool has_error;
	bool is_ok;		/* always true in the record of an item */
	bool is_item;		/* one of the records of a request (--items) */
};

enum record_state {
	RECORD_NONE,		/* neither a record nor the beginning of one */
	RECORD_PART,		/* the beginning of a record */
	RECORD_WHOLE
};

/* Parses a line without its line end. The rest of the line, after the error, is
 * not parsed but only checked: quotes and brackets must be balanced, and there
 * must be no NUL bytes (after a loss of power, blocks that were not written
 * contain NUL bytes). */
enum record_state record_head_read(struct record_head *head,
				   struct slice line);

#endif
