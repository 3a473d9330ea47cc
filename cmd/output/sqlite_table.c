/*
 * A table counts as made by this program if it has a column of these records
 * other than "id", a name that many tables use. Views and virtual tables are
 * refused, and so is a table that would refuse every row.
 */
#include "cmd/output/sqlite_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/output/sql_text.h"

struct table {
	sqlite3 *db;
	const struct database *to;
	const struct columns *columns;
	const char *url;	/* name of the url's column; NULL if there is
				 * none */
	struct buf *why;
	bool *has;		/* for each column: true if the table has it */
	size_t had;		/* number of the record's columns that the table
				 * has, except "id" */
	bool exists, is_strict;
	bool has_key;		/* there is a unique index on the url's column
				 * alone */
};

/* Returns the errno behind an SQLITE_IOERR or SQLITE_CANTOPEN, or 0. */
static int system_error(sqlite3 *db)
{
	int error = sqlite3_system_errno(db);

	/* Some calls that follow the failed one reset errno. */
	if (!error)
		sqlite3_file_control(db, NULL, SQLITE_FCNTL_LAST_ERRNO, &error);
	return error;
}

void sqlite_add_error(struct buf *why, sqlite3 *db)
{
	const int code = sqlite3_errcode(db);
	const int error = code == SQLITE_IOERR || code == SQLITE_CANTOPEN
				  ? system_error(db)
				  : 0;

	buf_addstr(why, sqlite3_errmsg(db));
	if (code == SQLITE_BUSY)
		buf_addstr(why, ": another program is writing it");
	if (error)
		buf_addf(why, ": %s", strerror(error));
}

static int fail_sqlite(const struct table *t)
{
	if (sqlite3_errcode(t->db) == SQLITE_NOTADB)
		buf_addstr(t->why, "this is not an SQLite database; nothing "
			   "was written to it: give another file");
	else
		sqlite_add_error(t->why, t->db);
	return -1;
}

/* Begins a message about the table; returns -1. */
static int fail_table(const struct table *t)
{
	buf_addf(t->why, "table \"%.200s\" ", t->to->table);
	return -1;
}

static int run_sql(const struct table *t, struct buf *sql)
{
	const int result =
		sqlite3_exec(t->db, buf_cstr(sql), NULL, NULL, NULL);

	buf_release(sql);
	return result ? fail_sqlite(t) : 0;
}

/* Calls on_row() for each row of the query, with the names of the table and of
 * the column url as its parameters. Returns 0; or -1 after an error or if
 * on_row() has failed. */
static int query_table(struct table *t, const char *sql,
		       int (*on_row)(struct table *t, sqlite3_stmt *row))
{
	sqlite3_stmt *query;
	int result = 0, step = SQLITE_DONE;

	if (sqlite3_prepare_v2(t->db, sql, -1, &query, NULL))
		return fail_sqlite(t);
	sqlite3_bind_text(query, 1, t->to->table, -1, SQLITE_STATIC);
	sqlite3_bind_text(query, 2, t->url, -1, SQLITE_STATIC);
	while (!result && (step = sqlite3_step(query)) == SQLITE_ROW)
		result = on_row(t, query);
	if (!result && step != SQLITE_DONE)
		result = fail_sqlite(t);
	sqlite3_finalize(query);
	return result;
}

/* --- The existing table --------------------------------------------------- */

/* Reads the kind of the table. Columns of the row: type, strict. */
static int read_kind(struct table *t, sqlite3_stmt *row)
{
	const char *type = (const char *)sqlite3_column_text(row, 0);

	t->exists = true;
	t->is_strict = sqlite3_column_int(row, 1);
	if (!strcmp(type, "table"))
		return 0;
	buf_addf(t->why, "\"%.200s\" is a %s%s, to which no records can be "
		 "added: choose another name with --table", t->to->table, type,
		 strcmp(type, "view") != 0 ? " table" : "");
	return -1;
}

static bool find_column(const struct table *t, const char *name, size_t *at)
{
	for (size_t i = 0; i < t->columns->len; i++)
		if (!sqlite3_stricmp(t->columns->list[i].name, name)) {
			*at = i;
			return true;
		}
	return false;
}

/* Reads a column of the table. Columns of the row: name, whether it is not null
 * without a default, whether it is generated. */
static int read_column(struct table *t, sqlite3_stmt *row)
{
	const char *name = (const char *)sqlite3_column_text(row, 0);
	size_t at;

	if (!find_column(t, name, &at)) {
		if (!sqlite3_column_int(row, 1))
			return 0;
		fail_table(t);
		buf_addf(t->why, "needs a value for its column \"%.200s\" (NOT "
			 "NULL), which records do not have: choose another "
			 "name with --table", name);
		return -1;
	}
	if (sqlite3_column_int(row, 2)) {
		fail_table(t);
		buf_addf(t->why, "computes its column \"%.200s\", so records "
			 "cannot be stored there: choose another name with "
			 "--table", name);
		return -1;
	}
	t->has[at] = true;
	t->had += sqlite3_stricmp(name, "id") != 0;
	return 0;
}

static int note_key(struct table *t, sqlite3_stmt *row)
{
	(void)row;
	t->has_key = true;
	return 0;
}

static int read_table(struct table *t)
{
	if (query_table(t, "SELECT type, strict FROM pragma_table_list(?1) "
			   "WHERE schema = 'main'", read_kind))
		return -1;
	if (!t->exists)
		return 0;
	if (query_table(t, "SELECT name, \"notnull\" AND dflt_value IS NULL "
			   "AND NOT (pk AND type = 'INTEGER' COLLATE NOCASE), "
			   "hidden FROM pragma_table_xinfo(?1)", read_column))
		return -1;
	return query_table(t, "SELECT 1 FROM pragma_index_list(?1) AS i "
			      "WHERE i.\"unique\" AND NOT i.partial AND "
			      "(SELECT group_concat(c.name) FROM "
			      "pragma_index_info(i.name) AS c) = ?2 COLLATE "
			      "NOCASE", note_key);
}

/* Fails if rows cannot be, or should not be, added to the table. */
static int check_table(const struct table *t)
{
	if (!t->exists)
		return 0;
	if (!t->had) {
		fail_table(t);
		buf_addstr(t->why, "has none of the columns of these records, "
			 "so it is not scrape's: choose another name with "
			 "--table");
		return -1;
	}
	if (!t->has_key || (t->to->upsert && !t->columns->items))
		return 0;
	fail_table(t);
	buf_addf(t->why, "has one row for each url: %s",
		 t->columns->items ? "--items needs another --table"
			      : "add --upsert, or choose another name with "
				"--table");
	return -1;
}

/* --- Changes -------------------------------------------------------------- */

static void add_column(struct buf *sql, const struct table *t, size_t at)
{
	static const char *const types[] = {
		[COLUMN_ANY] = "",
		[COLUMN_TEXT] = " TEXT",
		[COLUMN_INTEGER] = " INTEGER",
		[COLUMN_NUMBER] = " REAL",
		[COLUMN_BOOLEAN] = " INTEGER",
		[COLUMN_JSON] = " TEXT",
	};

	sql_add_name(sql, t->columns->list[at].name);
	/* In a strict table each column needs a type; ANY accepts all
	 * values. */
	buf_addstr(sql, t->is_strict ? " ANY"
				     : types[t->columns->list[at].type]);
}

static int create_table(const struct table *t)
{
	struct buf sql = {0};

	buf_addstr(&sql, "CREATE TABLE main.");
	sql_add_name(&sql, t->to->table);
	for (size_t i = 0; i < t->columns->len; i++) {
		buf_addstr(&sql, i ? ", " : " (");
		add_column(&sql, t, i);
	}
	buf_addch(&sql, ')');
	return run_sql(t, &sql);
}

static int add_missing_columns(const struct table *t)
{
	for (size_t i = 0; i < t->columns->len; i++) {
		struct buf sql = {0};

		if (t->has[i])
			continue;
		buf_addstr(&sql, "ALTER TABLE main.");
		sql_add_name(&sql, t->to->table);
		buf_addstr(&sql, " ADD COLUMN ");
		add_column(&sql, t, i);
		if (run_sql(t, &sql))
			return -1;
	}
	return 0;
}

/* Creates an index of the url. The index is unique, which makes the url the key
 * of the table, unless a url may have several rows (columns->items). */
static int create_index(const struct table *t)
{
	char *name = xasprintf("%s by url", t->to->table);
	struct buf sql = {0};
	int result;

	buf_addf(&sql, "CREATE %sINDEX IF NOT EXISTS main.",
		 t->columns->items ? "" : "UNIQUE ");
	sql_add_name(&sql, name);
	buf_addstr(&sql, " ON ");
	sql_add_name(&sql, t->to->table);
	buf_addstr(&sql, " (");
	sql_add_name(&sql, t->url);
	buf_addch(&sql, ')');
	result = sqlite3_exec(t->db, buf_cstr(&sql), NULL, NULL, NULL);
	buf_release(&sql);
	free(name);
	if (!result)
		return 0;
	if (result != SQLITE_CONSTRAINT)
		return fail_sqlite(t);
	fail_table(t);
	buf_addstr(t->why, "has several rows for the same url, so it cannot "
		   "be updated by url: remove the older ones, or choose "
		   "another name with --table");
	return -1;
}

static int change_table(struct table *t)
{
	if (read_table(t) || check_table(t))
		return -1;
	if (t->exists ? add_missing_columns(t) : create_table(t))
		return -1;
	return t->to->upsert && !t->has_key ? create_index(t) : 0;
}

int sqlite_table_prepare(sqlite3 *db, const struct database *to,
			 const struct columns *columns, struct buf *why)
{
	struct table t = {.db = db, .to = to, .columns = columns, .why = why};
	size_t url;
	int result;

	if (columns_find(columns, "url", &url))
		t.url = columns->list[url].name;
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return fail_sqlite(&t);
	t.has = xcalloc(columns->len + 1, sizeof(*t.has));
	result = change_table(&t);
	if (!result && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL))
		result = fail_sqlite(&t);
	if (result)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	free(t.has);
	return result;
}
