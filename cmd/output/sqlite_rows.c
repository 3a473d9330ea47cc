#include "cmd/output/sqlite_rows.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/library/sqlite.h"
#include "base/mem.h"
#include "cmd/output/sql_text.h"
#include "cmd/output/sqlite_table.h"

/* Time to wait for another process that holds the database's lock, in msec. */
enum { BUSY_TIMEOUT = 10000 };

static bool has_table(sqlite3 *db, const char *table)
{
	return !sqlite3_table_column_metadata(db, "main", table, NULL, NULL,
					      NULL, NULL, NULL, NULL);
}

/* Appends the name of the member's column; if the table does not have it,
 * NULL: SQLite would take the name for a text
 * (https://www.sqlite.org/quirks.html, 8). */
static void add_column(struct buf *sql, sqlite3 *db, const char *table,
		       const struct columns *c, const char *member)
{
	size_t at;

	if (columns_find(c, member, &at) &&
	    !sqlite3_table_column_metadata(db, "main", table, c->list[at].name,
					   NULL, NULL, NULL, NULL, NULL))
		sql_add_name(sql, c->list[at].name);
	else
		buf_addstr(sql, "NULL");
}

static sqlite3_stmt *prepare(sqlite3 *db, const struct database *from,
			     const struct columns *c, struct buf *why)
{
	struct buf sql = {0};
	sqlite3_stmt *rows = NULL;

	buf_addstr(&sql, "SELECT ");
	add_column(&sql, db, from->table, c, "index");
	buf_addstr(&sql, ", ");
	add_column(&sql, db, from->table, c, "url");
	buf_addstr(&sql, ", ");
	add_column(&sql, db, from->table, c, "error");
	buf_addstr(&sql, " IS NOT NULL FROM main.");
	sql_add_name(&sql, from->table);
	buf_addstr(&sql, " WHERE ");
	add_column(&sql, db, from->table, c, "index");
	buf_addstr(&sql, " IS NOT NULL ORDER BY 1");
	if (sqlite3_prepare_v2(db, buf_cstr(&sql), -1, &rows, NULL))
		sqlite_add_error(why, db);
	buf_release(&sql);
	return rows;
}

static int read_rows(sqlite3 *db, sqlite3_stmt *rows,
		     const struct sqlite_stored *stored, struct buf *why)
{
	int64_t last = -1;
	int result;

	while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
		const int64_t index = sqlite3_column_int64(rows, 0);
		const char *url = (const char *)sqlite3_column_text(rows, 1);

		if (index <= last) {
			buf_addf(why, "its table has two rows with the index "
				 "%lld, of several runs: give each run that is "
				 "to be continued a --table of its own",
				 (long long)index);
			return -1;
		}
		last = index;
		if (stored->on_row(stored->ctx, (uint64_t)index, url ? url : "",
				   sqlite3_column_int(rows, 2) != 0))
			return -1;
	}
	if (result == SQLITE_DONE)
		return 0;
	sqlite_add_error(why, db);
	return -1;
}

/* Reads the rows as sqlite_rows_read() does, from an open database. */
static int read_table(sqlite3 *db, const struct database *from,
		      const struct columns *columns,
		      const struct sqlite_stored *stored, struct buf *why)
{
	sqlite3_stmt *rows;
	int err;

	sqlite3_busy_timeout(db, BUSY_TIMEOUT);
	/* The first statement fails if the file is not a database. */
	if (sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", NULL, NULL,
			 NULL)) {
		sqlite_add_error(why, db);
		return -1;
	}
	if (!has_table(db, from->table))
		return 0;
	rows = prepare(db, from, columns, why);
	err = rows ? read_rows(db, rows, stored, why) : -1;
	sqlite3_finalize(rows);
	return err;
}

int sqlite_rows_read(const struct database *from, const struct columns *columns,
		     const struct sqlite_stored *stored, struct buf *why)
{
	/* Open a relative path as ./PATH, for the reason given in
	 * sink_sqlite.c. */
	char *path = xasprintf("%s%s", *from->path == '/' ? "" : "./",
			       from->path);
	struct stat st;
	sqlite3 *db = NULL;
	int err = 0;

	if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
		buf_addstr(why, "it is not a regular file");
		err = -1;
	} else if (!stat(path, &st)) {
		/* Do not open it read-only: an incomplete transaction of a
		 * killed run is rolled back. */
		err = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
		if (err)
			sqlite_add_error(why, db);
		else
			err = read_table(db, from, columns, stored, why);
	}
	sqlite3_close(db);
	free(path);
	return err ? -1 : 0;
}
