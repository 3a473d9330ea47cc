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

/* JSON types of a value that is not null. COLUMN_ANY: the type may differ from
 * record to record. COLUMN_JSON: an object or an array. */
enum column_type {
	COLUMN_ANY,
	COLUMN_TEXT,
	COLUMN_INTEGER,
	COLUMN_NUMBER,
	COLUMN_BOOLEAN,
	COLUMN_JSON,
};

/* Says in which tables a member of the record is a column if the user names no
 * columns. */
enum shape_use {
	SHAPE_PLAIN,	/* in tables without fields */
	SHAPE_ALWAYS,	/* in all tables, before the fields */
	SHAPE_ASKED,	/* a member that an option asks for: in all tables,
			 * after the fields */
};

struct shape {
	char *name;		/* key of the member; NULL: the record itself */
	enum column_type type;
	enum shape_use use;
	/* Option without which records do not have the member; NULL: all
	 * records have it. */
	const char *needs;
	bool is_flat;		/* an object whose members are columns of their
				 * own, called NAME_MEMBER */
	bool is_open;		/* an object that may have other members than
				 * those in list */
	/* Used when the shape is found out from records (cmd/table/scan.c): */
	bool has_fixed_type;	/* type was known before reading records */
	bool has_values;	/* type is that of values in records that were
				 * read */
	bool occurs;		/* scrape table: at least one of the records
				 * read has the member */
	struct shape *list;	/* the members that are known */
	size_t len;
};

/* Returns the shape of the records of a run; to be freed. */
struct shape *shape_of_run(const struct parse_config *config);

/* Returns the shape of the lines of --map; to be freed. */
struct shape *shape_of_map(void);

/* Returns the shape of a page's record without fields and options, to be freed.
 * Members that need an option are included; shape_grant() makes them
 * columns. */
struct shape *shape_of_page(void);

/* Makes fetched_at a column even if there are fields, for a database, to which
 * records are added at different times. */
void shape_keep_time(struct shape *record);

/* Marks the members that need this option as present in all records. */
void shape_grant(struct shape *record, const char *needs);

void shape_free(struct shape *s);	/* NULL is fine */
void shape_release(struct shape *s);	/* frees the members of s, not s
					 * itself */

/* Adds a member. The result is valid until the next member is added. */
struct shape *shape_add(struct shape *s, struct slice name,
			enum column_type type);

/* Returns the member of that name, or NULL. */
struct shape *shape_member(const struct shape *s, struct slice name);

/* Returns "data" if it is an object with the user's fields, or NULL. */
const struct shape *shape_fields(const struct shape *record);

#endif
