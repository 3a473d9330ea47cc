/*
 * A database file (SQLite) with prepared statements.
 *
 * The first error is kept, and after that the database only fails. Numbers of
 * 64 bits are stored as SQLite's signed integers. One thread at a time.
 */
#ifndef CRAWL_DATABASE_H
#define CRAWL_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/slice.h"

struct database;

/* Opens crawl.db in the folder, which exists; NULL: a temporary database
 * without a name. Creates what the schema (SQL) says. Returns NULL, and appends
 * the reason to why, on failure, or if the file has another version of the
 * schema. */
struct database *database_open(const char *folder, const char *schema,
			       int version, struct buf *why);

/* Opens crawl.db in the folder to read what was committed last, while another
 * process may write it. Returns NULL as above. */
struct database *database_open_to_read(const char *folder, int version,
				       struct buf *why);

/* Drops what is not committed. NULL is fine. */
void database_close(struct database *d);

/* Returns the statement with this SQL, ready for its values; NULL after an
 * error. Each is prepared once: sql is a literal. */
sqlite3_stmt *database_statement(struct database *d, const char *sql);

/* Runs a statement without results, and makes it ready for other values. st
 * NULL: fails. Returns 0, or -1 after an error. */
int database_finish(struct database *d, sqlite3_stmt *st);

/* Steps to the next row. Returns false at the end, or after an error, and makes
 * the statement ready for other values. st NULL: false. */
bool database_next_row(struct database *d, sqlite3_stmt *st);

/* Returns the first error, as the end of a sentence; NULL: none. */
const char *database_error(const struct database *d);

/* Set and get values of a statement; positions of the former begin with 1, of
 * the latter with 0. Texts are borrowed until the statement has run. NULL is
 * stored as such. */
void bind_number(sqlite3_stmt *st, int at, uint64_t n);
void bind_text(sqlite3_stmt *st, int at, const char *text);
void bind_slice(sqlite3_stmt *st, int at, struct slice text);
uint64_t number_at(sqlite3_stmt *st, int column);
const char *text_at(sqlite3_stmt *st, int column);

#endif
