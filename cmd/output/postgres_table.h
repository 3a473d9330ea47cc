/*
 * The table of a PostgreSQL database to which records are added: created if it
 * does not exist, and given the columns that it lacks. Its columns are those of
 * the records, and three of its own if the records do not have them: run (a
 * number, see cmd/output/postgres_run.h), index, and item with --items.
 *
 * A column whose type is not known is created when its first value is written.
 * When a value of another type is written later, the column is changed to a
 * type that holds both.
 */
#ifndef CMD_OUTPUT_POSTGRES_TABLE_H
#define CMD_OUTPUT_POSTGRES_TABLE_H

#include "cmd/output/columns.h"
#include "cmd/output/database.h"
#include "cmd/output/postgres.h"
#include "cmd/output/postgres_value.h"

struct postgres_column {
	char *name;		/* name as the server stores it: at most 63
				 * bytes */
	char *type_name;	/* the type's name, if type is POSTGRES_OTHER */
	enum postgres_type type;	/* POSTGRES_NONE: no value has been
					 * written yet */
	bool exists;
};

struct postgres_table {
	struct postgres *server;	/* borrowed, like the next three
					 * members */
	const struct database *to;
	const struct columns *columns;
	struct buf *why;
	char *schema;		/* schema of the table; NULL: the table does not
				 * exist */
	struct postgres_column *list;	/* the columns of `columns` come
					 * first */
	size_t len;
	size_t run, index;	/* positions of these columns in list */
	size_t item;		/* position of the column item in list; 0:
				 * without --items */
	char *key;		/* expression list "(columns)" of the unique
				 * index */
};

/* Creates or adapts the table for the records. Call inside a transaction.
 * Returns 0; or -1, with the reason in why. t must be released in either
 * case. */
int postgres_table_prepare(struct postgres_table *t);

/* Finds the table and its columns, and changes nothing. schema stays NULL if
 * the table does not exist. */
int postgres_table_look(struct postgres_table *t);

/* Changes the type of a column, or creates the column. Call inside a
 * transaction. */
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
