/*
 * The table of an SQLite database to which records are added: created if it
 * does not exist, and given the columns that it lacks.
 */
#ifndef CMD_OUTPUT_SQLITE_TABLE_H
#define CMD_OUTPUT_SQLITE_TABLE_H

#include "base/buf.h"
#include "base/library/sqlite.h"
#include "cmd/output/columns.h"
#include "cmd/output/database.h"

/*
 * Makes the table fit for records with these columns, in one transaction.
 * Nothing is removed from an existing table. Returns 0; or -1, with the reason
 * appended to why and the database unchanged.
 *
 * With upsert, url becomes the table's key, unless a url has several rows
 * (columns->items).
 */
int sqlite_table_prepare(sqlite3 *db, const struct database *to,
			 const struct columns *columns, struct buf *why);

/* Appends the text of SQLite's last error, and the system's reason if there is
 * one. */
void sqlite_add_error(struct buf *why, sqlite3 *db);

#endif
