/* Statements are found by the address of their SQL, in a list: there are a few
 * dozen. */
#include "crawl/database.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/percent.h"

/* Memory for pages of the database, in KB. */
#define CACHE_SIZE "8192"

enum { STATEMENTS = 64 };

/* How long a reader waits for another process, in msec: it has the file for
 * itself when a crawl begins or ends. */
enum { READ_WAIT = 5000 };

struct database {
	sqlite3 *db;
	struct {
		const char *sql;
		sqlite3_stmt *prepared;
	} statements[STATEMENTS];
	size_t n_statements;
	char *error;		/* the first one */
};

/* Returns what SQLite says, and the system's reason for what SQLite calls a
 * "disk I/O error", to be freed. */
static char *describe_error(sqlite3 *db)
{
	const int error = sqlite3_errcode(db) == SQLITE_IOERR
			  ? sqlite3_system_errno(db) : 0;

	return error ? xasprintf("%s: %s", sqlite3_errmsg(db), strerror(error))
		     : xstrdup(sqlite3_errmsg(db));
}

static int fail(struct database *d)
{
	if (!d->error)
		d->error = d->db ? describe_error(d->db)
				 : xstrdup("no memory");
	return -1;
}

static int run(struct database *d, const char *sql)
{
	return sqlite3_exec(d->db, sql, NULL, NULL, NULL) ? fail(d) : 0;
}

/* Creates the file before SQLite does: it may hold secrets of the seeds, and
 * SQLite gives its other files the same mode. */
static int open_file(struct database *d, const char *folder)
{
	char *path = folder ? xasprintf("%s/crawl.db", folder) : xstrdup("");
	const int fd = folder ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)
			      : -1;
	const int result = sqlite3_open_v2(path, &d->db, SQLITE_OPEN_READWRITE |
					   SQLITE_OPEN_CREATE, NULL);

	if (fd >= 0)
		close(fd);
	free(path);
	if (result)
		return fail(d);
	return run(d, folder
		? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;") ||
	       run(d, "PRAGMA cache_size = -" CACHE_SIZE) ? -1 : 0;
}

/* Returns the number that is the result of the SQL, or -1. */
static int get_number(struct database *d, const char *sql)
{
	sqlite3_stmt *st = database_statement(d, sql);
	int number = -1;

	while (database_next_row(d, st))
		number = (int)number_at(st, 0);
	return number;
}

static int fail_version(struct database *d, int found, int version)
{
	d->error = xasprintf("crawl.db was made by another version of scrape "
			     "(schema %d, not %d): continue the crawl with "
			     "that version, or begin one in another folder",
			     found, version);
	return -1;
}

/* Creates the tables; fails if there are those of another version. */
static int create_tables(struct database *d, const char *schema, int version)
{
	const int tables = get_number(d, "SELECT count(*) FROM sqlite_master");
	const int found = get_number(d, "PRAGMA user_version");
	char *sql;
	int result;

	if (d->error)
		return -1;
	if (tables && found != version)
		return fail_version(d, found, version);
	sql = xasprintf("BEGIN;%sPRAGMA user_version = %d;COMMIT;", schema,
			version);
	result = run(d, sql);
	free(sql);
	return result;
}

struct database *database_open(const char *folder, const char *schema,
			       int version, struct buf *why)
{
	struct database *d = xcalloc(1, sizeof(*d));

	if (!open_file(d, folder) && !create_tables(d, schema, version))
		return d;
	buf_addstr(why, d->error);
	database_close(d);
	return NULL;
}

/* Opens the file without a change to the folder if no crawl uses it (a reader of
 * a file with WAL makes two more files, and cannot do without). */
static int open_to_read(struct database *d, const char *folder)
{
	char *log = xasprintf("%s/crawl.db-wal", folder);
	struct buf uri = {0};
	int result;

	buf_addstr(&uri, "file:");
	percent_encode(&uri, folder, strlen(folder), PERCENT_FORM);
	buf_addstr(&uri, "/crawl.db?mode=ro");
	if (access(log, F_OK))
		buf_addstr(&uri, "&immutable=1");
	result = sqlite3_open_v2(buf_cstr(&uri), &d->db, SQLITE_OPEN_READONLY |
				 SQLITE_OPEN_URI, NULL);
	buf_release(&uri);
	free(log);
	return result ? fail(d) : 0;
}

/* Begins a transaction, in which nothing changes. */
static int begin_to_read(struct database *d, const char *folder, int version)
{
	int tables, found;

	if (open_to_read(d, folder))
		return -1;
	sqlite3_busy_timeout(d->db, READ_WAIT);
	if (run(d, "BEGIN"))
		return -1;
	tables = get_number(d, "SELECT count(*) FROM sqlite_master");
	found = get_number(d, "PRAGMA user_version");
	if (!d->error && !tables)
		d->error = xstrdup("crawl.db is empty: no crawl has begun");
	if (!d->error && found != version)
		return fail_version(d, found, version);
	return d->error ? -1 : 0;
}

struct database *database_open_to_read(const char *folder, int version,
				       struct buf *why)
{
	struct database *d = xcalloc(1, sizeof(*d));

	if (!begin_to_read(d, folder, version))
		return d;
	buf_addstr(why, d->error);
	database_close(d);
	return NULL;
}

void database_close(struct database *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->n_statements; i++)
		sqlite3_finalize(d->statements[i].prepared);
	sqlite3_close(d->db);
	free(d->error);
	free(d);
}

const char *database_error(const struct database *d)
{
	return d->error;
}

static sqlite3_stmt *prepare(struct database *d, const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v3(d->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st,
			       NULL)) {
		fail(d);
		return NULL;
	}
	if (d->n_statements == STATEMENTS)
		abort();	/* see STATEMENTS */
	d->statements[d->n_statements].sql = sql;
	d->statements[d->n_statements++].prepared = st;
	return st;
}

sqlite3_stmt *database_statement(struct database *d, const char *sql)
{
	if (d->error)
		return NULL;
	for (size_t i = 0; i < d->n_statements; i++)
		if (d->statements[i].sql == sql)
			return d->statements[i].prepared;
	return prepare(d, sql);
}

int database_finish(struct database *d, sqlite3_stmt *st)
{
	int result = 0;

	if (!st)
		return -1;
	if (sqlite3_step(st) != SQLITE_DONE)
		result = fail(d);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return result;
}

bool database_next_row(struct database *d, sqlite3_stmt *st)
{
	int result;

	if (!st)
		return false;
	result = sqlite3_step(st);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		fail(d);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return false;
}

void bind_number(sqlite3_stmt *st, int at, uint64_t n)
{
	sqlite3_bind_int64(st, at, (sqlite3_int64)n);
}

void bind_text(sqlite3_stmt *st, int at, const char *text)
{
	if (text)
		sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

void bind_slice(sqlite3_stmt *st, int at, struct slice text)
{
	sqlite3_bind_text(st, at, text.p, (int)text.len, SQLITE_STATIC);
}

uint64_t number_at(sqlite3_stmt *st, int column)
{
	return (uint64_t)sqlite3_column_int64(st, column);
}

const char *text_at(sqlite3_stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st, column);
}
