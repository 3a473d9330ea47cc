/*
 * Finds out which values saved records have: the members of the record, and the
 * fields in its data. A struct that is zero except for its shape is a scan that
 * has read nothing.
 */
#ifndef CMD_TABLE_SCAN_H
#define CMD_TABLE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/output/shape.h"

enum {
	SCAN_MAX_VALUES = 4000,	/* members and fields */
	SCAN_MAX_LATE = 50,
};

struct scan {
	struct shape *shape;	/* owned */
	uint64_t records;
	size_t values;
	bool has_items;		/* some records are items of pages (--items);
				 * set at the end */
	bool is_closed;		/* the columns are made, so new values are
				 * late */
	struct shape late;	/* its members are the late values; at most
				 * SCAN_MAX_LATE */
	struct buf key;		/* key of a member, decoded */
};

void scan_init(struct scan *s);
void scan_release(struct scan *s);

/* Adds the values of a record (compact JSON) to the shape. If the scan is
 * closed, or there are too many, they are added to `late` instead. */
void scan_add(struct scan *s, struct slice record);

/* Ends the search for values: columns are made from the shape. */
void scan_close(struct scan *s);

/* Appends the names of the late values, for a message. */
void scan_add_late_names(struct buf *out, const struct scan *s);

#endif
