/*
 * Writes records as rows of a table in an SQLite database, one transaction per
 * batch.
 *
 * With --upsert a row replaces the one with its url; values of columns that
 * these records do not have are kept. With --items, where a page has several
 * rows, the rows of its url are removed first: the lines of a page are always
 * in one batch. A failed request changes nothing if its url has a row.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/json/compact.h"
#include "base/library/sqlite.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/columns.h"
#include "cmd/output/database.h"
#include "cmd/output/kept_rows.h"
#include "cmd/output/sink.h"
#include "cmd/output/sql_text.h"
#include "cmd/output/sqlite_table.h"

/* Time to wait for another process that holds the database's lock, in msec. */
enum { BUSY_TIMEOUT = 10000 };

struct sqlite_sink {
	struct sink sink;
	sqlite3 *db;
	sqlite3_stmt *insert;
	sqlite3_stmt *remove;		/* statement that removes the rows of a
					 * url; or NULL */
	sqlite3_stmt *count;		/* statement that counts the rows of a
					 * url; NULL without --upsert */
	bool skips;			/* skip the other lines of the current
					 * page */
	uint64_t kept;			/* number of rows that were kept
					 * although a failed request had a
					 * record for their url */
	const struct columns *columns;	/* borrowed */
	size_t url;			/* index of the url's column, with
					 * --upsert */
	struct slice *values;		/* values of the current row */
	struct buf *texts;		/* texts of the values, kept until the
					 * row is stored */
};

static void add_column_names(struct buf *sql, const struct columns *c)
{
	for (size_t i = 0; i < c->len; i++) {
		if (i)
			buf_addstr(sql, ", ");
		sql_add_name(sql, c->list[i].name);
	}
}

static void add_update(struct buf *sql, const struct columns *c, size_t url)
{
	buf_addstr(sql, " ON CONFLICT (");
	sql_add_name(sql, c->list[url].name);
	buf_addstr(sql, ") DO UPDATE SET ");
	for (size_t i = 0; i < c->len; i++) {
		if (i)
			buf_addstr(sql, ", ");
		sql_add_name(sql, c->list[i].name);
		buf_addstr(sql, " = excluded.");
		sql_add_name(sql, c->list[i].name);
	}
}

static int prepare(struct sqlite_sink *s, struct buf *sql, sqlite3_stmt **to)
{
	const int result =
		sqlite3_prepare_v2(s->db, buf_cstr(sql), -1, to, NULL);

	buf_release(sql);
	return result;
}

static int prepare_insert(struct sqlite_sink *s, const struct database *to)
{
	struct buf sql = {0};

	buf_addstr(&sql, "INSERT INTO main.");
	sql_add_name(&sql, to->table);
	buf_addstr(&sql, " (");
	add_column_names(&sql, s->columns);
	buf_addstr(&sql, ") VALUES (?");
	for (size_t i = 1; i < s->columns->len; i++)
		buf_addstr(&sql, ", ?");
	buf_addch(&sql, ')');
	if (to->upsert && !s->columns->items)
		add_update(&sql, s->columns, s->url);
	return prepare(s, &sql, &s->insert);
}

/* Prepares a statement about the rows of a url. */
static int prepare_of_url(struct sqlite_sink *s, const struct database *to,
			  const char *verb, sqlite3_stmt **statement)
{
	struct buf sql = {0};

	buf_addf(&sql, "%s FROM main.", verb);
	sql_add_name(&sql, to->table);
	buf_addstr(&sql, " WHERE ");
	sql_add_name(&sql, s->columns->list[s->url].name);
	buf_addstr(&sql, " = ?");
	return prepare(s, &sql, statement);
}

static int prepare_all(struct sqlite_sink *s, const struct database *to)
{
	int result = prepare_insert(s, to);

	if (!result && to->upsert)
		result = prepare_of_url(s, to, "SELECT count(*)", &s->count);
	if (!result && to->upsert && s->columns->items)
		result = prepare_of_url(s, to, "DELETE", &s->remove);
	return result;
}

/* Binds an integer of 64 bits, or a real for other numbers. A number that
 * neither can hold is stored as text: an integer with more digits, and a number
 * that as a real would be infinite or 0. */
static int bind_number(struct sqlite_sink *s, int at, const char *text)
{
	char *end;
	long long integer;
	double real;

	errno = 0;
	integer = strtoll(text, &end, 10);
	if (!*end && !errno)
		return sqlite3_bind_int64(s->insert, at, integer);
	errno = 0;
	real = strtod(text, NULL);
	if (!*end || (errno && (isinf(real) || real == 0)))
		return sqlite3_bind_text(s->insert, at, text, -1,
					 SQLITE_STATIC);
	return sqlite3_bind_double(s->insert, at, real);
}

/* Returns the value of a column of the current row as text, which is borrowed
 * until the next row. */
static struct slice value_text(struct sqlite_sink *s, size_t column)
{
	struct buf *text = &s->texts[column];

	buf_clear(text);
	columns_add_text(text, s->values[column]);
	return (struct slice){buf_cstr(text), text->len};
}

static int bind_value(struct sqlite_sink *s, size_t column)
{
	const struct slice value = s->values[column];
	const int at = (int)column + 1;
	struct slice text;

	if (!value.len || value.p[0] == 'n')
		return sqlite3_bind_null(s->insert, at);
	if (value.p[0] == 't' || value.p[0] == 'f')
		return sqlite3_bind_int(s->insert, at, value.p[0] == 't');
	text = value_text(s, column);
	if (value.p[0] == '-' || (value.p[0] >= '0' && value.p[0] <= '9'))
		return bind_number(s, at, text.p);
	return sqlite3_bind_text64(s->insert, at, text.p, text.len,
				   SQLITE_STATIC, SQLITE_UTF8);
}

/* Returns true if the line is the first one of its page. */
static bool begins_page(struct slice line)
{
	struct slice key, value;
	size_t at = 0;

	while (json_next(line, &at, &key, &value))
		if (key.len == 4 && !memcmp(key.p, "item", 4))
			return value.len == 1 && value.p[0] == '0';
	return true;
}

/* Runs a statement about the rows of the current url. Returns SQLite's result;
 * *number becomes the number in the first row, if there is one. */
static int run_of_url(struct sqlite_sink *s, sqlite3_stmt *statement,
		      int64_t *number)
{
	const struct slice url = value_text(s, s->url);

	sqlite3_bind_text64(statement, 1, url.p, url.len, SQLITE_STATIC,
			    SQLITE_UTF8);
	if (sqlite3_step(statement) == SQLITE_ROW)
		*number = sqlite3_column_int64(statement, 0);
	return sqlite3_reset(statement);
}

/* Prepares the table for the lines of a page; line is the first one of the
 * page. */
static int begin_page(struct sqlite_sink *s, struct slice line)
{
	int64_t rows = 0;
	int result = SQLITE_OK;

	if (s->count && kept_rows_failed(line))
		result = run_of_url(s, s->count, &rows);
	s->skips = rows > 0;
	s->kept += (uint64_t)rows;
	if (result || !s->remove || s->skips)
		return result;
	return run_of_url(s, s->remove, &rows);
}

static int insert_record(struct sqlite_sink *s, struct slice line)
{
	int result = SQLITE_OK;

	columns_read(s->columns, line, s->values);
	if (!s->remove || begins_page(line))
		result = begin_page(s, line);
	if (s->skips)
		return result;
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

/* Keeps the text of SQLite's error. Returns the most similar errno. */
static int keep_error(struct sqlite_sink *s)
{
	struct buf why = {0};

	sqlite_add_error(&why, s->db);
	s->sink.why = xstrdup(buf_cstr(&why));
	buf_release(&why);
	return sqlite3_errcode(s->db) == SQLITE_FULL ? ENOSPC : EIO;
}

static int sqlite_write(struct sink *sink, const char *lines, size_t len)
{
	struct sqlite_sink *s = (struct sqlite_sink *)sink;
	int error;

	/* IMMEDIATE takes the write lock at once: a transaction that has to
	 * wait for it later may have to be rolled back. */
	if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return keep_error(s);
	if (!insert_batch(s, lines, len) &&
	    !sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL))
		return 0;
	error = keep_error(s);
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return error;
}

static int sqlite_finish(struct sink *sink)
{
	const struct sqlite_sink *s = (struct sqlite_sink *)sink;

	kept_rows_log(s->kept);
	return 0;
}

static void sqlite_free(struct sink *sink)
{
	struct sqlite_sink *s = (struct sqlite_sink *)sink;

	sqlite3_finalize(s->insert);
	sqlite3_finalize(s->remove);
	sqlite3_finalize(s->count);
	sqlite3_close(s->db);
	for (size_t i = 0; i < s->columns->len; i++)
		buf_release(&s->texts[i]);
	free(s->texts);
	free(s->values);
	free(s);
}

static const struct sink_ops sqlite_ops = {
	.write = sqlite_write, .finish = sqlite_finish, .free = sqlite_free,
};

/* Opens a relative path as ./PATH: SQLite takes the name ":memory:" for a
 * database without a file (https://www.sqlite.org/c3ref/open.html). */
static int open_file(struct sqlite_sink *s, const char *path)
{
	char *plain = xasprintf("%s%s", *path == '/' ? "" : "./", path);
	const int result = sqlite3_open(plain, &s->db);

	free(plain);
	return result;
}

/* Returns false if the path is that of a pipe or a device, which SQLite can
 * open but not use. */
static bool may_be_database(const char *path)
{
	struct stat st;

	return stat(path, &st) || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
}

static int open_database(struct sqlite_sink *s, const struct database *to,
			 struct buf *why)
{
	if (!may_be_database(to->path)) {
		buf_addstr(why, "not a regular file, so it cannot be an SQLite "
				"database");
		return -1;
	}
	if (open_file(s, to->path)) {
		sqlite_add_error(why, s->db);
		return -1;
	}
	sqlite3_busy_timeout(s->db, BUSY_TIMEOUT);
	if (sqlite_table_prepare(s->db, to, s->columns, why))
		return -1;
	/* With NORMAL a crash of the program loses nothing; a crash of the
	 * machine may lose the last batches. */
	if (!sqlite3_exec(s->db, "PRAGMA synchronous = NORMAL", NULL, NULL,
			  NULL) &&
	    !prepare_all(s, to))
		return 0;
	sqlite_add_error(why, s->db);
	return -1;
}

struct sink *sink_sqlite_open(const struct database *to,
			      const struct columns *columns)
{
	struct sqlite_sink *s = xcalloc(1, sizeof(*s));
	struct buf why = {0};

	s->sink.ops = &sqlite_ops;
	s->columns = columns;
	columns_find(columns, "url", &s->url);
	s->values = xcalloc(columns->len, sizeof(*s->values));
	s->texts = xcalloc(columns->len, sizeof(*s->texts));
	if (!open_database(s, to, &why))
		return &s->sink;
	log_fatal("%.200s: %s", to->path, buf_cstr(&why));
	buf_release(&why);
	sqlite_free(&s->sink);
	return NULL;
}
