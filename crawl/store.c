/* Each statement is prepared once. Numbers of 64 bits are stored as SQLite's
 * signed integers and cast back. */
#include "crawl/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"

/* Memory for pages of the database, in KB. */
#define CACHE_SIZE "8192"

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS crawl (name TEXT PRIMARY KEY,"
	" value INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS hosts (host INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS pages (page INTEGER PRIMARY KEY,"
	" host INTEGER NOT NULL, level INTEGER NOT NULL,"
	" fingerprint INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,"
	" url TEXT NOT NULL, via TEXT, id TEXT, headers TEXT,"
	" from_public INTEGER, no_credentials INTEGER);"
	"CREATE INDEX IF NOT EXISTS waiting ON pages (host, page)"
	" WHERE done = 0;"
	"CREATE TABLE IF NOT EXISTS known (fingerprint INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS moves (url TEXT NOT NULL);";

enum statement {
	BEGIN,
	COMMIT,
	GET_VALUE,
	SET_VALUE,
	ADD_HOST,
	ADD_PAGE,
	ADD_KNOWN,
	ADD_MOVE,
	MOVES,
	SET_DONE,
	PAGES_OF_HOST,
	WAITING_OF_HOSTS,
	FINGERPRINTS,
	COUNT,
	STATEMENTS
};

static const char *const statements[STATEMENTS] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[GET_VALUE] = "SELECT value FROM crawl WHERE name = ?",
	[SET_VALUE] = "INSERT OR REPLACE INTO crawl VALUES (?, ?)",
	[ADD_HOST] = "INSERT INTO hosts VALUES (?, ?)",
	[ADD_PAGE] = "INSERT INTO pages (page, host, level, fingerprint, url,"
		     " via, id, headers, from_public, no_credentials)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[ADD_KNOWN] = "INSERT INTO known VALUES (?)",
	[ADD_MOVE] = "INSERT INTO moves VALUES (?)",
	[MOVES] = "SELECT url FROM moves",
	[SET_DONE] = "UPDATE pages SET done = 1 WHERE page = ?",
	[PAGES_OF_HOST] = "SELECT page, host, level, fingerprint, url, via, id,"
			  " headers, from_public, no_credentials"
			  " FROM pages WHERE host = ? AND page >= ?"
			  " AND done = 0 ORDER BY page LIMIT ?",
	[WAITING_OF_HOSTS] = "SELECT host, name, (SELECT count(*) FROM pages p"
			     " WHERE p.host = h.host AND p.done = 0)"
			     " FROM hosts h ORDER BY host",
	[FINGERPRINTS] = "SELECT fingerprint FROM pages UNION ALL"
			 " SELECT fingerprint FROM known",
	[COUNT] = "SELECT count(*), coalesce(sum(done), 0) FROM pages",
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *prepared[STATEMENTS];
	char *error;		/* the first one */
	bool has_crawl;
	uint64_t secret;
	struct store_output output;
};

static int fail(struct store *s)
{
	if (!s->error)
		s->error = xstrdup(s->db ? sqlite3_errmsg(s->db)
					 : "no memory");
	return -1;
}

/* Returns the statement, ready for its values; NULL after an error. */
static sqlite3_stmt *statement_of(struct store *s, enum statement which)
{
	sqlite3_stmt **st = &s->prepared[which];

	if (s->error)
		return NULL;
	if (!*st && sqlite3_prepare_v3(s->db, statements[which], -1,
				       SQLITE_PREPARE_PERSISTENT, st, NULL)) {
		fail(s);
		return NULL;
	}
	return *st;
}

static void bind_text(sqlite3_stmt *st, int at, const char *text)
{
	if (text)
		sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

static void bind_number(sqlite3_stmt *st, int at, uint64_t n)
{
	sqlite3_bind_int64(st, at, (sqlite3_int64)n);
}

/* Runs a statement without results, and makes it ready for other values. */
static int finish(struct store *s, sqlite3_stmt *st)
{
	int result = 0;

	if (!st)
		return -1;
	if (sqlite3_step(st) != SQLITE_DONE)
		result = fail(s);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return result;
}

/* Steps to the next row. Returns false at the end, or after an error, and makes
 * the statement ready for other values. */
static bool next_row(struct store *s, sqlite3_stmt *st)
{
	const int result = sqlite3_step(st);

	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		fail(s);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return false;
}

static uint64_t number_at(sqlite3_stmt *st, int column)
{
	return (uint64_t)sqlite3_column_int64(st, column);
}

static const char *text_at(sqlite3_stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st, column);
}

/* Reads a value of the table `crawl`. Returns false if there is none. */
static bool get_value(struct store *s, const char *name, uint64_t *value)
{
	sqlite3_stmt *st = statement_of(s, GET_VALUE);
	bool found = false;

	if (!st)
		return false;
	bind_text(st, 1, name);
	while (next_row(s, st)) {
		*value = number_at(st, 0);
		found = true;
	}
	return found;
}

static int set_value(struct store *s, const char *name, uint64_t value)
{
	sqlite3_stmt *st = statement_of(s, SET_VALUE);

	if (!st)
		return -1;
	bind_text(st, 1, name);
	bind_number(st, 2, value);
	return finish(s, st);
}

static int begin(struct store *s)
{
	return finish(s, statement_of(s, BEGIN));
}

/* Creates the file before SQLite does: it may hold secrets of the seeds, and
 * SQLite gives its other files the same mode. */
static int open_database(struct store *s, const char *folder)
{
	char *path = folder ? xasprintf("%s/crawl.db", folder) : xstrdup("");
	const int fd = folder ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)
			      : -1;
	const int result = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE |
					   SQLITE_OPEN_CREATE, NULL);
	const char *settings = folder
		? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

	if (fd >= 0)
		close(fd);
	free(path);
	if (result || sqlite3_exec(s->db, settings, NULL, NULL, NULL) ||
	    sqlite3_exec(s->db, "PRAGMA cache_size = -" CACHE_SIZE, NULL, NULL,
			 NULL) ||
	    sqlite3_exec(s->db, schema, NULL, NULL, NULL))
		return fail(s);
	return begin(s);
}

/* Reads the crawl's values, or begins a crawl. */
static int read_values(struct store *s)
{
	s->has_crawl = get_value(s, "secret", &s->secret);
	get_value(s, "output", &s->output.length);
	get_value(s, "tail", &s->output.tail);
	if (s->has_crawl || s->error)
		return s->error ? -1 : 0;
	if (getrandom(&s->secret, sizeof(s->secret), 0) !=
	    sizeof(s->secret))
		s->secret = (uintptr_t)s;
	return set_value(s, "secret", s->secret);
}

struct store *store_open(const char *folder, struct buf *why)
{
	struct store *s = xcalloc(1, sizeof(*s));

	if (!open_database(s, folder) && !read_values(s))
		return s;
	buf_addstr(why, s->error);
	store_close(s);
	return NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(s->prepared[i]);
	sqlite3_close(s->db);
	free(s->error);
	free(s);
}

bool store_has_crawl(const struct store *s)
{
	return s->has_crawl;
}

uint64_t store_secret(const struct store *s)
{
	return s->secret;
}

struct store_output store_output(const struct store *s)
{
	return s->output;
}

const char *store_error(const struct store *s)
{
	return s->error;
}

int store_each_host(struct store *s,
		    void (*each)(void *ctx, uint64_t host, const char *name,
				 uint64_t waiting),
		    void *ctx)
{
	sqlite3_stmt *st = statement_of(s, WAITING_OF_HOSTS);

	while (st && next_row(s, st))
		each(ctx, number_at(st, 0), text_at(st, 1), number_at(st, 2));
	return s->error ? -1 : 0;
}

int store_each_fingerprint(struct store *s,
			   int (*each)(void *ctx, uint64_t fingerprint),
			   void *ctx)
{
	sqlite3_stmt *st = statement_of(s, FINGERPRINTS);
	int result = 0;

	while (st && next_row(s, st))
		if (!result)
			result = each(ctx, number_at(st, 0));
	return s->error ? -1 : result;
}

int store_count(struct store *s, uint64_t *pages, uint64_t *done)
{
	sqlite3_stmt *st = statement_of(s, COUNT);

	while (st && next_row(s, st)) {
		*pages = number_at(st, 0);
		*done = number_at(st, 1);
	}
	return s->error ? -1 : 0;
}

int store_add_host(struct store *s, uint64_t host, const char *name)
{
	sqlite3_stmt *st = statement_of(s, ADD_HOST);

	if (!st)
		return -1;
	bind_number(st, 1, host);
	bind_text(st, 2, name);
	return finish(s, st);
}

int store_add_page(struct store *s, const struct store_page *page)
{
	sqlite3_stmt *st = statement_of(s, ADD_PAGE);

	if (!st)
		return -1;
	bind_number(st, 1, page->index);
	bind_number(st, 2, page->host);
	bind_number(st, 3, page->level);
	bind_number(st, 4, page->fingerprint);
	sqlite3_bind_text(st, 5, page->url.p, (int)page->url.len,
			  SQLITE_STATIC);
	bind_text(st, 6, page->via);
	bind_text(st, 7, page->id);
	bind_text(st, 8, page->headers);
	bind_number(st, 9, page->from_public);
	bind_number(st, 10, page->no_credentials);
	return finish(s, st);
}

int store_add_known(struct store *s, uint64_t fingerprint)
{
	sqlite3_stmt *st = statement_of(s, ADD_KNOWN);

	if (!st)
		return -1;
	bind_number(st, 1, fingerprint);
	return finish(s, st);
}

int store_add_move(struct store *s, struct slice href)
{
	sqlite3_stmt *st = statement_of(s, ADD_MOVE);

	if (!st)
		return -1;
	sqlite3_bind_text(st, 1, href.p, (int)href.len, SQLITE_STATIC);
	return finish(s, st);
}

int store_each_move(struct store *s,
		    void (*each)(void *ctx, const char *href), void *ctx)
{
	sqlite3_stmt *st = statement_of(s, MOVES);

	while (st && next_row(s, st))
		each(ctx, text_at(st, 0));
	return s->error ? -1 : 0;
}

int store_set_done(struct store *s, uint64_t index)
{
	sqlite3_stmt *st = statement_of(s, SET_DONE);

	if (!st)
		return -1;
	bind_number(st, 1, index);
	return finish(s, st);
}

static struct store_page page_of_row(sqlite3_stmt *st)
{
	const char *url = text_at(st, 4);

	return (struct store_page){
		.index = number_at(st, 0),
		.host = number_at(st, 1),
		.level = (unsigned)number_at(st, 2),
		.fingerprint = number_at(st, 3),
		.url = {url, (size_t)sqlite3_column_bytes(st, 4)},
		.via = text_at(st, 5),
		.id = text_at(st, 6),
		.headers = text_at(st, 7),
		.from_public = number_at(st, 8),
		.no_credentials = number_at(st, 9),
	};
}

int store_each_page(struct store *s, uint64_t host, uint64_t from,
		    unsigned most,
		    void (*each)(void *ctx, const struct store_page *page),
		    void *ctx)
{
	sqlite3_stmt *st = statement_of(s, PAGES_OF_HOST);

	if (!st)
		return -1;
	bind_number(st, 1, host);
	bind_number(st, 2, from);
	bind_number(st, 3, most);
	while (next_row(s, st)) {
		const struct store_page page = page_of_row(st);

		each(ctx, &page);
	}
	return s->error ? -1 : 0;
}

int store_commit(struct store *s, const struct store_output *output)
{
	if (set_value(s, "output", output->length) ||
	    set_value(s, "tail", output->tail) ||
	    finish(s, statement_of(s, COMMIT)))
		return -1;
	s->output = *output;
	return begin(s);
}
