/*
 * The shape of a run's records: a tree of the values that a record may have,
 * with their types. The columns of a table are chosen from it
 * (cmd/output/columns.h), before there is any record.
 *
 * The root is the record. Its member "data" has the fields of the user as its
 * members.
 */
#ifndef CMD_OUTPUT_SHAPE_H
#define CMD_OUTPUT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "parse/config.h"

/* The JSON type of a value that is not null; ANY: it may differ from record to
 * record. JSON is an object or an array. */
enum column_type {
	COLUMN_ANY,
	COLUMN_TEXT,
	COLUMN_INTEGER,
	COLUMN_NUMBER,
	COLUMN_BOOLEAN,
	COLUMN_JSON,
};

/* In which tables a member of the record is a column if the user chooses
 * none. */
enum shape_use {
	SHAPE_PLAIN,	/* in those without fields */
	SHAPE_ALWAYS,	/* in all, before the fields */
	SHAPE_ASKED,	/* in all, after the fields: an option asks for it */
};

struct shape {
	char *name;		/* its key; NULL: the record */
	enum column_type type;
	enum shape_use use;
	/* The option without which records do not have it; NULL: they have
	 * it. */
	const char *needs;
	bool is_flat;		/* an object whose members are columns of their
				 * own, called NAME_MEMBER */
	bool is_open;		/* an object with other members than those in
				 * the list, too */
	/* Where the shape is found out from records (cmd/table/scan.c): */
	bool has_fixed_type;	/* type was known before */
	bool has_values;	/* type is that of values that were seen */
	struct shape *list;	/* members that are known */
	size_t len;
};

/* Returns the shape of the records of a run; to be freed. */
struct shape *shape_of_run(const struct parse_config *config);

/* Returns the shape of the lines of --map; to be freed. */
struct shape *shape_of_map(void);

/* Returns the shape of the record of a page without fields and options; members
 * that options add are in it, but need these. To be freed. */
struct shape *shape_of_page(void);

/* For a database, which is added to at various times: makes fetched_at a column
 * also where there are fields. */
void shape_keep_time(struct shape *record);

/* Makes the members of a record that need this be there. */
void shape_grant(struct shape *record, const char *needs);

void shape_free(struct shape *s);	/* NULL is fine */
void shape_release(struct shape *s);	/* frees its members */

/* Adds a member. The result is valid until the next one is added. */
struct shape *shape_add(struct shape *s, struct slice name,
			enum column_type type);

/* Returns the member of that name, or NULL. */
struct shape *shape_member(const struct shape *s, struct slice name);

/* Returns "data" if it is an object with the user's fields, or NULL. */
const struct shape *shape_fields(const struct shape *record);

#endif
