/* Values of records as PostgreSQL takes them: the types of columns, and the
 * text of COPY. */
#ifndef CMD_OUTPUT_POSTGRES_VALUE_H
#define CMD_OUTPUT_POSTGRES_VALUE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum postgres_type {
	POSTGRES_NONE,		/* there is no such column yet */
	POSTGRES_BOOLEAN,
	POSTGRES_BIGINT,
	POSTGRES_DOUBLE,
	POSTGRES_NUMERIC,
	POSTGRES_TEXT,		/* takes any value, as text */
	POSTGRES_JSONB,		/* takes any value */
	POSTGRES_OTHER,		/* of the user's; takes what the server can
				 * read */
};

/* Names by type. */
extern const char *const postgres_types[];

/* Returns the type that a column of type `has` must get to take a value (JSON
 * text; empty or null: any type will do); POSTGRES_JSONB if no other type takes
 * both. */
enum postgres_type postgres_type_for(enum postgres_type has,
				     struct slice value);

/*
 * Appends a value as a field of COPY's text format, for a column of that type.
 * What PostgreSQL cannot store is replaced: U+0000 and halves of surrogate
 * pairs by U+FFFD, and a number that is too large for numeric, inside JSON, by
 * a string. scratch is emptied.
 */
void postgres_add_value(struct buf *out, enum postgres_type type,
			struct slice value, struct buf *scratch);

#endif
