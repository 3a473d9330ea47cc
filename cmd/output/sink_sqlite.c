/*
 * Writes records as rows of a table in an SQLite database, one transaction per
 * batch. The table is created if it does not exist; rows are added to an
 * existing one if it has all the columns.
 */
#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/columns.h"
#include "cmd/output/sink.h"

#define TABLE "records"

/* Time to wait for another process that holds the database's lock, in msec. */
enum { BUSY_TIMEOUT = 10000 };

struct sqlite_sink {
	struct sink sink;
	sqlite3 *db;
	sqlite3_stmt *insert;
	const struct columns *columns;	/* borrowed */
	struct slice *values;		/* of the current row */
	struct buf *texts;		/* texts of the values, until stored */
};

static void add_quoted_name(struct buf *sql, const char *name)
{
	buf_addch(sql, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_addch(sql, '"');
		buf_addch(sql, *name);
	}
	buf_addch(sql, '"');
}

static void add_column_names(struct buf *sql, const struct columns *c)
{
	for (size_t i = 0; i < c->len; i++) {
		if (i)
			buf_addstr(sql, ", ");
		add_quoted_name(sql, c->list[i].name);
	}
}

/* Creates the table. Its columns have no type, so they keep every value as it
 * is (https://www.sqlite.org/datatype3.html, 3.1). */
static int create_table(struct sqlite_sink *s)
{
	struct buf sql = {0};
	int result;

	buf_addstr(&sql, "CREATE TABLE IF NOT EXISTS " TABLE " (");
	add_column_names(&sql, s->columns);
	buf_addch(&sql, ')');
	result = sqlite3_exec(s->db, buf_cstr(&sql), NULL, NULL, NULL);
	buf_release(&sql);
	return result;
}

/* Fails if an existing table lacks a column. */
static int prepare_insert(struct sqlite_sink *s)
{
	struct buf sql = {0};
	int result;

	buf_addstr(&sql, "INSERT INTO " TABLE " (");
	add_column_names(&sql, s->columns);
	buf_addstr(&sql, ") VALUES (?");
	for (size_t i = 1; i < s->columns->len; i++)
		buf_addstr(&sql, ", ?");
	buf_addch(&sql, ')');
	result = sqlite3_prepare_v2(s->db, buf_cstr(&sql), -1, &s->insert,
				    NULL);
	buf_release(&sql);
	return result;
}

/* Binds an integer of 64 bits, or a real for other numbers. */
static int bind_number(struct sqlite_sink *s, int at, const char *text)
{
	char *end;
	long long integer;

	errno = 0;
	integer = strtoll(text, &end, 10);
	if (!*end && !errno)
		return sqlite3_bind_int64(s->insert, at, integer);
	/* Neither form can keep all digits of a longer integer. */
	if (!*end)
		return sqlite3_bind_text(s->insert, at, text, -1,
					 SQLITE_STATIC);
	return sqlite3_bind_double(s->insert, at, strtod(text, NULL));
}

static int bind_value(struct sqlite_sink *s, size_t column)
{
	const struct slice value = s->values[column];
	struct buf *text = &s->texts[column];
	const int at = (int)column + 1;

	if (!value.len || value.p[0] == 'n')
		return sqlite3_bind_null(s->insert, at);
	if (value.p[0] == 't' || value.p[0] == 'f')
		return sqlite3_bind_int(s->insert, at, value.p[0] == 't');
	buf_clear(text);
	columns_add_text(text, value);
	if (value.p[0] == '-' || (value.p[0] >= '0' && value.p[0] <= '9'))
		return bind_number(s, at, buf_cstr(text));
	return sqlite3_bind_text64(s->insert, at, text->data ? text->data : "",
				   text->len, SQLITE_STATIC, SQLITE_UTF8);
}

static int insert_record(struct sqlite_sink *s, struct slice line)
{
	int result = SQLITE_OK;

	columns_read(s->columns, line, s->values);
	for (size_t i = 0; i < s->columns->len && result == SQLITE_OK; i++)
		result = bind_value(s, i);
	if (result == SQLITE_OK && sqlite3_step(s->insert) == SQLITE_DONE)
		return SQLITE_OK;
	return result ? result : sqlite3_errcode(s->db);
}

static int insert_batch(struct sqlite_sink *s, const char *lines, size_t len)
{
	const char *end;

	while (len && (end = memchr(lines, '\n', len))) {
		const size_t n = (size_t)(end - lines);
		const int result = insert_record(s, (struct slice){lines, n});

		sqlite3_reset(s->insert);
		if (result != SQLITE_OK)
			return result;
		lines = end + 1;
		len -= n + 1;
	}
	return SQLITE_OK;
}

/* Keeps SQLite's first error text. Returns the errno that is nearest to it. */
static int keep_error(struct sqlite_sink *s)
{
	if (!s->sink.why)
		s->sink.why = xstrdup(sqlite3_errmsg(s->db));
	return sqlite3_errcode(s->db) == SQLITE_FULL ? ENOSPC : EIO;
}

static int sqlite_write(struct sink *sink, const char *lines, size_t len)
{
	struct sqlite_sink *s = (struct sqlite_sink *)sink;
	int error;

	/* IMMEDIATE takes the write lock now: a transaction that waits for it
	 * later may have to be rolled back. */
	if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return keep_error(s);
	if (!insert_batch(s, lines, len) &&
	    !sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL))
		return 0;
	error = keep_error(s);
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return error;
}

static void sqlite_free(struct sink *sink)
{
	struct sqlite_sink *s = (struct sqlite_sink *)sink;

	sqlite3_finalize(s->insert);
	sqlite3_close(s->db);
	for (size_t i = 0; i < s->columns->len; i++)
		buf_release(&s->texts[i]);
	free(s->texts);
	free(s->values);
	free(s);
}

static const struct sink_ops sqlite_ops = {sqlite_write, NULL, sqlite_free};

/* Opens a relative path as ./PATH: SQLite takes the name ":memory:" for a
 * database without a file (https://www.sqlite.org/c3ref/open.html). */
static int open_file(struct sqlite_sink *s, const char *path)
{
	char *plain = xasprintf("%s%s", *path == '/' ? "" : "./", path);
	const int result = sqlite3_open(plain, &s->db);

	free(plain);
	return result;
}

static int open_database(struct sqlite_sink *s, const char *path)
{
	if (open_file(s, path))
		return -1;
	sqlite3_busy_timeout(s->db, BUSY_TIMEOUT);
	/* With NORMAL a crash of the program loses nothing; a crash of the
	 * machine may lose the last batches. */
	if (sqlite3_exec(s->db, "PRAGMA synchronous = NORMAL", NULL, NULL,
			 NULL) ||
	    create_table(s))
		return -1;
	return prepare_insert(s) ? -1 : 0;
}

struct sink *sink_sqlite_open(const char *path, const struct columns *columns)
{
	struct sqlite_sink *s = xcalloc(1, sizeof(*s));

	s->sink.ops = &sqlite_ops;
	s->columns = columns;
	s->values = xcalloc(columns->len, sizeof(*s->values));
	s->texts = xcalloc(columns->len, sizeof(*s->texts));
	if (!open_database(s, path))
		return &s->sink;
	log_fatal("%s: %s%s", path, s->db ? sqlite3_errmsg(s->db) : "no memory",
		  s->db && strstr(sqlite3_errmsg(s->db), "has no column")
			  ? " (its table was made with other fields: give "
			    "another file)"
			  : "");
	sqlite_free(&s->sink);
	return NULL;
}
