/*
 * Compares the chosen members of two records. Objects are compared member by
 * member, whatever their order; other values, and arrays as a whole, as JSON
 * text.
 */
#ifndef CMD_DIFF_FIELDS_H
#define CMD_DIFF_FIELDS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/slice.h"
#include "cmd/diff/field_choice.h"

/* A member that differs. */
struct field {
	size_t path, path_len;		/* offset in paths, and length */
	struct slice before, after;	/* JSON, borrowed from the records; p
					 * NULL: the record has no such
					 * member */
};

/* Members that differ. Zero is empty; may be used again. */
struct fields {
	struct field *list;
	size_t len;
	struct buf paths;
};

/* Returns a digest of the chosen members, which is the same for records that
 * do not differ in them. */
struct digest fields_digest(const struct field_choice *c, struct slice record);

/* Stores the chosen members that differ. The records are compact JSON. */
void fields_compare(struct fields *f, const struct field_choice *c,
		    struct slice before, struct slice after);

/* Returns the path of a field, which is valid until the next comparison. */
struct slice field_path(const struct fields *f, const struct field *field);

void fields_release(struct fields *f);

#endif
