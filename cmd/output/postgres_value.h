/* Converts values of records for PostgreSQL: the types of columns, and the text
 * for COPY. */
#ifndef CMD_OUTPUT_POSTGRES_VALUE_H
#define CMD_OUTPUT_POSTGRES_VALUE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum postgres_type {
	POSTGRES_NONE,		/* the column does not exist yet */
	POSTGRES_BOOLEAN,
	POSTGRES_BIGINT,
	POSTGRES_DOUBLE,
	POSTGRES_NUMERIC,
	POSTGRES_TEXT,		/* takes any value, as text */
	POSTGRES_JSONB,		/* takes any value */
	POSTGRES_OTHER,		/* any other type, chosen by the user; takes
				 * what the server can convert */
};

/* Names of the types, by enum postgres_type. */
extern const char *const postgres_types[];

/* Returns the type that a column of type `has` needs in order to hold a value
 * as well (JSON text; empty or null fits every type). Returns POSTGRES_JSONB if
 * no other type holds both. */
enum postgres_type postgres_type_for(enum postgres_type has,
				     struct slice value);

/*
 * Appends a value as a field of COPY's text format, for a column of that type.
 * Values that PostgreSQL cannot store are replaced: U+0000 and halves of
 * surrogate pairs by U+FFFD; inside JSON, a number that is too large for
 * numeric by a string. scratch is emptied.
 */
void postgres_add_value(struct buf *out, enum postgres_type type,
			struct slice value, struct buf *scratch);

#endif
