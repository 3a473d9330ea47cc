/*
 * The table of a PostgreSQL database to which records are added: created if it
 * does not exist, and given the columns that it lacks. Its columns are those of
 * the records, and three of its own if the records do not have them: run (a
 * number, see cmd/output/postgres_run.h), index, and item with --items.
 *
 * A column of values of unknown type is made when the first value is there, and
 * gets a type that can hold another value when that comes.
 */
#ifndef CMD_OUTPUT_POSTGRES_TABLE_H
#define CMD_OUTPUT_POSTGRES_TABLE_H

#include "cmd/output/columns.h"
#include "cmd/output/database.h"
#include "cmd/output/postgres.h"
#include "cmd/output/postgres_value.h"

struct postgres_column {
	char *name;		/* as the server has it: at most 63 bytes */
	char *type_name;	/* of POSTGRES_OTHER */
	enum postgres_type type;	/* NONE: no value has come yet */
	bool exists;
};

struct postgres_table {
	struct postgres *server;	/* borrowed, as the next three */
	const struct database *to;
	const struct columns *columns;
	struct buf *why;
	char *schema;		/* of the table; NULL: there is no table */
	struct postgres_column *list;	/* first those of columns */
	size_t len;
	size_t run, index;	/* positions in list */
	size_t item;		/* 0 without --items */
	char *key;		/* "(columns)" of the unique index */
};

/* Makes the table fit for these records. Call in a transaction. Returns 0; or
 * -1, with the reason in why. Release t whatever the result. */
int postgres_table_prepare(struct postgres_table *t);

/* Finds the table and its columns, and changes nothing. schema stays NULL if
 * there is no table. */
int postgres_table_look(struct postgres_table *t);

/* Gives a column another type, or makes it. Call in a transaction. */
int postgres_table_set_type(struct postgres_table *t, size_t column,
			    enum postgres_type type);

/* Append the table's name, a column's name, and a column's type. */
void postgres_table_add_name(struct buf *sql, const struct postgres_table *t);
void postgres_table_add_type(struct buf *sql, const struct postgres_column *c);

/* Returns a copy of the name that ends after 63 bytes, where PostgreSQL cuts
 * names off. */
char *postgres_table_cut_name(const char *name);

void postgres_table_release(struct postgres_table *t);

#endif
