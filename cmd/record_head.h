/* The first members of a record, for who reads an output again (parse/record
 * has written them, in this order). */
#ifndef CMD_RECORD_HEAD_H
#define CMD_RECORD_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/url.h"

/* Slices are of the line: JSON as it stands there. */
struct record_head {
	uint64_t index;
	struct slice id;	/* empty: there was none */
	struct slice url;
	bool has_error;
};

/* Of a line without its end. False when it is no record, or not a whole one.
 * What comes after the error is not looked at: a torn write leaves no line end,
 * and one that was lost on its way to the disk leaves NUL bytes. */
bool record_head_read(struct record_head *head, struct slice line);

/* Whether more bytes could make a record of it. */
bool record_head_begins(struct slice line);

#endif
