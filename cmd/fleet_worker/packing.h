/*
 * Packs the members of a struct into bytes, and unpacks them, by a table. The
 * bytes travel through the hub, from one worker to another.
 *
 * A member is its tag (one character), the length of its value in decimal, a
 * colon, and the value: "u20:https://a.example/1". Numbers are decimal text.
 * Members that are zero are left out. An unknown tag is skipped.
 */
#ifndef CMD_FLEET_WORKER_PACKING_H
#define CMD_FLEET_WORKER_PACKING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum packed_kind {
	PACKED_TEXT,		/* char *, on the heap, without NUL inside */
	PACKED_BYTES,		/* struct buf */
	PACKED_BOOL,
	PACKED_INT,
	PACKED_UNSIGNED,
	PACKED_UINT64,
	PACKED_SIZE,		/* size_t */
	PACKED_MSEC,
};

/* A row of a table. The last row of a table has tag 0. */
struct packed_member {
	char tag;
	enum packed_kind kind;
	size_t at;		/* offset in the struct */
};

/* Appends one value with its tag. */
void packing_add(struct buf *out, char tag, struct slice value);

/* Cuts the next value off *rest. Returns 1; 0 at the end; -1 if the bytes are
 * damaged. */
int packing_next(struct slice *rest, char *tag, struct slice *value);

/* Appends the members of *from that are not zero. */
void packing_add_members(struct buf *out, const struct packed_member *members,
			 const void *from);

/* Sets the member of *to that has the tag; the other members stay as they are.
 * Returns 1; 0 if the table has no such tag; -1 if the value is not of the
 * member's kind. */
int packing_set_member(const struct packed_member *members, char tag,
		       struct slice value, void *to);

#endif
