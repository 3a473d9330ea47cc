/*
 * A database file (SQLite) with prepared statements: crawl.db of a crawl,
 * watch.db of a watch.
 *
 * Statements without results run in order in the database's own thread, so that
 * the caller does not wait for the disk. Their errors are noticed some time
 * later. A statement that reads waits until the earlier ones have run. The
 * first error is kept, and all later calls fail.
 *
 * The database may be used by the thread that has opened it, and by tasks of
 * the database's thread (crawl/database/task_queue.h), whose statements run at
 * once. Numbers of 64 bits are stored as SQLite's signed integers.
 */
#ifndef CRAWL_DATABASE_DATABASE_H
#define CRAWL_DATABASE_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "crawl/database/task_queue.h"

struct database;
struct statement;

/* Opens the file of that name (a literal) in the folder, which must exist;
 * folder NULL: a temporary database without a file. Creates the tables of the
 * schema (SQL) if they do not exist. upgrade: SQL that changes a file of the
 * previous version. Returns NULL, after appending the reason to why, on
 * failure, or if the file has another version of the schema. */
struct database *database_open(const char *folder, const char *name,
			       const char *schema, int version,
			       const char *upgrade, struct buf *why);

/* Opens the file to read the state of the last commit, while another process
 * may write to it. The file may also be of the previous version. Returns NULL,
 * after appending the reason to why, on failure. */
struct database *database_open_to_read(const char *folder, const char *name,
				       int version, struct buf *why);

/* Closes the database without the changes that were not committed. NULL is
 * fine. */
void database_close(struct database *d);

/* Returns the statement with this SQL, ready for its values; NULL after an
 * error. sql is a literal: each statement is known by its address, and is used
 * in one of the two threads only. */
struct statement *database_statement(struct database *d, const char *sql);

/* Runs a statement without results, and makes it ready for other values. st
 * NULL: fails. Returns 0, or -1 after an error. */
int database_finish(struct database *d, struct statement *st);

/* Steps to the next row. Returns false at the end, or after an error, and makes
 * the statement ready for other values. st NULL: false. Before the end, no
 * statement may be run in the database's thread. */
bool database_next_row(struct database *d, struct statement *st);

/* Returns the queue of the database's thread, for other tasks. */
struct task_queue *database_queue(const struct database *d);

/* Returns the first error, as the end of a sentence; NULL if there is none. Any
 * thread. */
const char *database_error(const struct database *d);

/* Set the value of a parameter of the statement, which is copied; `at` begins
 * with 1. NULL is stored as NULL. */
void bind_number(struct statement *st, int at, uint64_t n);
void bind_real(struct statement *st, int at, double n);
void bind_text(struct statement *st, int at, const char *text);
void bind_slice(struct statement *st, int at, struct slice text);

/* Return the value of a column of the current row; columns are numbered from 0.
 * Texts are borrowed until the next row; a column that is NULL gives the text
 * NULL. */
uint64_t number_at(const struct statement *st, int column);
double real_at(const struct statement *st, int column);
const char *text_at(const struct statement *st, int column);
struct slice slice_at(const struct statement *st, int column);

/* Returns a copy of the text, to be freed. */
char *copy_at(const struct statement *st, int column);

#endif
