/*
 * Records as rows of a table of an SQLite database.
 *
 * A batch is a transaction. The table is made if there is none; if there is one
 * that has all the columns, rows are added to it.
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

/* For somebody else who has it open, in msec. */
enum { BUSY_TIMEOUT = 10000 };

struct sqlite_sink {
	struct sink sink;
	sqlite3 *db;
	sqlite3_stmt *insert;
	const struct columns *columns;	/* borrowed */
	struct slice *values;		/* of a row */
	struct buf *texts;		/* of its cells, until they are stored */
};

static void add_name(struct buf *sql, const char *name)
{
	buf_addch(sql, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_addch(sql, '"');
		buf_addch(sql, *name);
	}
	buf_addch(sql, '"');
}

static void add_names(struct buf *sql, const struct columns *c)
{
	for (size_t i = 0; i < c->len; i++) {
		if (i)
			buf_addstr(sql, ", ");
		add_name(sql, c->list[i].name);
	}
}

/* Without a type a column keeps every value as it is
 * (https://www.sqlite.org/datatype3.html, 3.1). */
static int create_table(struct sqlite_sink *s)
{
	struct buf sql = {0};
	int result;

	buf_addstr(&sql, "CREATE TABLE IF NOT EXISTS " TABLE " (");
	add_names(&sql, s->columns);
	buf_addch(&sql, ')');
	result = sqlite3_exec(s->db, buf_cstr(&sql), NULL, NULL, NULL);
	buf_release(&sql);
	return result;
}

/* Fails when the table that is there lacks a column. */
static int prepare_insert(struct sqlite_sink *s)
{
	struct buf sql = {0};
	int result;

	buf_addstr(&sql, "INSERT INTO " TABLE " (");
	add_names(&sql, s->columns);
	buf_addstr(&sql, ") VALUES (?");
	for (size_t i = 1; i < s->columns->len; i++)
		buf_addstr(&sql, ", ?");
	buf_addch(&sql, ')');
	result = sqlite3_prepare_v2(s->db, buf_cstr(&sql), -1, &s->insert,
				    NULL);
	buf_release(&sql);
	return result;
}

/* Integers that fit, and other numbers: as such. */
static int bind_number(struct sqlite_sink *s, int at, const char *text)
{
	char *end;
	long long integer;

	errno = 0;
	integer = strtoll(text, &end, 10);
	if (!*end && !errno)
		return sqlite3_bind_int64(s->insert, at, integer);
	/* Digits that neither form can keep. */
	if (!*end)
		return sqlite3_bind_text(s->insert, at, text, -1,
					 SQLITE_STATIC);
	return sqlite3_bind_double(s->insert, at, strtod(text, NULL));
}

static int bind(struct sqlite_sink *s, size_t column)
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

static int insert(struct sqlite_sink *s, struct slice line)
{
	int result = SQLITE_OK;

	columns_read(s->columns, line, s->values);
	for (size_t i = 0; i < s->columns->len && result == SQLITE_OK; i++)
		result = bind(s, i);
	if (result == SQLITE_OK && sqlite3_step(s->insert) == SQLITE_DONE)
		return SQLITE_OK;
	return result ? result : sqlite3_errcode(s->db);
}

static int insert_all(struct sqlite_sink *s, const char *lines, size_t len)
{
	const char *end;

	while (len && (end = memchr(lines, '\n', len))) {
		const size_t n = (size_t)(end - lines);
		const int result = insert(s, (struct slice){lines, n});

		sqlite3_reset(s->insert);
		if (result != SQLITE_OK)
			return result;
		lines = end + 1;
		len -= n + 1;
	}
	return SQLITE_OK;
}

static int fail(struct sqlite_sink *s)
{
	if (!s->sink.why)
		s->sink.why = xstrdup(sqlite3_errmsg(s->db));
	return sqlite3_errcode(s->db) == SQLITE_FULL ? ENOSPC : EIO;
}

static int sqlite_write(struct sink *sink, const char *lines, size_t len)
{
	struct sqlite_sink *s = (struct sqlite_sink *)sink;
	int error;

	/* IMMEDIATE: a writer that waits later for the lock may have to give
	 * up what it has done. */
	if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return fail(s);
	if (!insert_all(s, lines, len) &&
	    !sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL))
		return 0;
	error = fail(s);
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

/* ":memory:" would be a database that goes away with the program
 * (https://www.sqlite.org/c3ref/open.html). */
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
	/* A crash of the program loses nothing even so; one of the machine may
	 * lose the last batches. */
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
			  ? " (made with other fields: give another file)"
			  : "");
	sqlite_free(&s->sink);
	return NULL;
}
