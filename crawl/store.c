/* Numbers of pages are their indexes. A page names the document in which it was
 * found by number, as a page may have many links. */
#include "crawl/store.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/mem.h"
#include "crawl/database/database.h"
#include "crawl/kept_options.h"
#include "crawl/kept_robots.h"
#include "crawl/store_status.h"

/* Values of pages.done. FORBIDDEN: the page has a record, but was not
 * requested. crawl/store_postponed.c defines the value 4. */
enum { WAITING, DONE, SKIPPED, FORBIDDEN };

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS crawl (name TEXT PRIMARY KEY,"
	" value INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS hosts (host INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS sources (source INTEGER PRIMARY KEY,"
	" url TEXT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS pages (page INTEGER PRIMARY KEY,"
	" host INTEGER NOT NULL, level INTEGER NOT NULL,"
	" fingerprint INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,"
	" priority INTEGER NOT NULL, role INTEGER NOT NULL,"
	" url TEXT NOT NULL, source INTEGER, lastmod TEXT, carried TEXT,"
	" id TEXT, headers TEXT, from_public INTEGER,"
	" no_credentials INTEGER);"
	"CREATE INDEX IF NOT EXISTS waiting"
	" ON pages (host, priority DESC, page) WHERE done = 0;"
	"CREATE INDEX IF NOT EXISTS postponed ON pages (host) WHERE done = 4;"
	"CREATE TABLE IF NOT EXISTS texts (page INTEGER, host TEXT,"
	" whole INTEGER NOT NULL, undated INTEGER, wordings INTEGER,"
	" simhash INTEGER);"
	"CREATE TABLE IF NOT EXISTS known (fingerprint INTEGER NOT NULL,"
	" page INTEGER NOT NULL);"
	"CREATE INDEX IF NOT EXISTS known_by_page ON known (page);"
	"CREATE TABLE IF NOT EXISTS moves (url TEXT PRIMARY KEY)"
	" WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS sitemaps (sitemap INTEGER PRIMARY KEY,"
	" url TEXT NOT NULL, site TEXT NOT NULL, id TEXT,"
	" depth INTEGER NOT NULL, guess INTEGER, from_public INTEGER,"
	" no_credentials INTEGER, done INTEGER NOT NULL DEFAULT 0);"
	"CREATE TABLE IF NOT EXISTS undated"
	" (fingerprint INTEGER PRIMARY KEY, page INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS failures (page INTEGER PRIMARY KEY,"
	" status INTEGER NOT NULL, error TEXT);"
	STORE_STATUS_TABLES
	KEPT_ROBOTS_TABLE
	KEPT_OPTIONS_TABLE;

/* In version 5, texts had other digests. The digests of pages are kept: they
 * are compared with each other when a crawl is resumed. Answers for URLs that
 * do not exist are compared with new pages, so they are requested again. */
static const char upgrade[] = "DELETE FROM texts WHERE host IS NOT NULL;";

struct store {
	struct database *db;
	bool has_crawl;
	uint64_t secret;
	struct store_output output;
	struct status_sum sum;	/* results not written yet */
};

/* Reads a value of the table `crawl`. Returns false if the value is missing. */
static bool get_value(struct store *s, const char *name, uint64_t *value)
{
	struct statement *st = database_statement(s->db,
		"SELECT value FROM crawl WHERE name = ?");
	bool found = false;

	if (st)
		bind_text(st, 1, name);
	while (database_next_row(s->db, st)) {
		*value = number_at(st, 0);
		found = true;
	}
	return found;
}

static int set_value(struct store *s, const char *name, uint64_t value)
{
	struct statement *st = database_statement(s->db,
		"INSERT OR REPLACE INTO crawl VALUES (?, ?)");

	if (!st)
		return -1;
	bind_text(st, 1, name);
	bind_number(st, 2, value);
	return database_finish(s->db, st);
}

int store_keep_number(struct store *s, const char *name, uint64_t number)
{
	uint64_t known;

	if (get_value(s, name, &known))
		return known == number;
	if (database_error(s->db))
		return -1;
	return set_value(s, name, number) ? -1 : 1;
}

static int begin(struct store *s)
{
	return database_finish(s->db, database_statement(s->db,
		"BEGIN IMMEDIATE"));
}

/* Returns 0, or -1 after an error of the database. */
static int result_of(const struct store *s)
{
	return database_error(s->db) ? -1 : 0;
}

/* Reads the values of the crawl; for a new crawl, stores the first ones. */
static int read_values(struct store *s)
{
	s->has_crawl = get_value(s, "secret", &s->secret);
	get_value(s, "output", &s->output.length);
	get_value(s, "tail", &s->output.tail);
	get_value(s, "bytes", &s->output.bytes);
	if (s->has_crawl || result_of(s))
		return result_of(s);
	if (getrandom(&s->secret, sizeof(s->secret), 0) !=
	    sizeof(s->secret))
		s->secret = (uintptr_t)s;
	return set_value(s, "secret", s->secret);
}

struct store *store_open(const char *folder, struct buf *why)
{
	struct store *s = xcalloc(1, sizeof(*s));

	s->db = database_open(folder, STORE_FILE, schema, STORE_VERSION,
			      upgrade, why);
	if (s->db && !begin(s) && !read_values(s) && !store_release_all(s))
		return s;
	if (s->db)
		buf_addstr(why, database_error(s->db));
	store_close(s);
	return NULL;
}

struct database *store_open_to_read(const char *folder, struct buf *why)
{
	return database_open_to_read(folder, STORE_FILE, STORE_VERSION, why);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	database_close(s->db);
	free(s);
}

bool store_has_crawl(const struct store *s)
{
	return s->has_crawl;
}

struct database *store_database(struct store *s)
{
	return s->db;
}

uint64_t store_secret(const struct store *s)
{
	return s->secret;
}

struct store_output store_output(const struct store *s)
{
	return s->output;
}

struct task_queue *store_queue(const struct store *s)
{
	return database_queue(s->db);
}

const char *store_error(const struct store *s)
{
	return database_error(s->db);
}

int store_each_host(struct store *s,
		    void (*each)(void *ctx, uint64_t host, const char *name,
				 uint64_t waiting),
		    void *ctx)
{
	struct statement *st = database_statement(s->db,
		"SELECT host, name, (SELECT count(*) FROM pages p"
		" WHERE p.host = h.host AND p.done = 0)"
		" FROM hosts h ORDER BY host");

	while (database_next_row(s->db, st))
		each(ctx, number_at(st, 0), text_at(st, 1), number_at(st, 2));
	return result_of(s);
}

int store_each_fingerprint(struct store *s,
			   int (*each)(void *ctx, uint64_t fingerprint),
			   void *ctx)
{
	struct statement *st = database_statement(s->db,
		"SELECT fingerprint FROM pages UNION ALL"
		" SELECT fingerprint FROM known");
	int result = 0;

	while (database_next_row(s->db, st))
		if (!result)
			result = each(ctx, number_at(st, 0));
	return result_of(s) ? -1 : result;
}

int store_count(struct store *s, struct store_counts *counts)
{
	struct statement *st = database_statement(s->db,
		"SELECT count(*), coalesce(sum(done IN (1, 3)), 0),"
		" (SELECT coalesce(max(source), 0) FROM sources),"
		" coalesce(sum(done = 1), 0), coalesce(sum(done = 2), 0)"
		" FROM pages");

	while (database_next_row(s->db, st))
		*counts = (struct store_counts){number_at(st, 0),
						number_at(st, 1),
						number_at(st, 2),
						number_at(st, 3),
						number_at(st, 4)};
	return result_of(s);
}

int store_add_host(struct store *s, uint64_t host, const char *name)
{
	struct statement *st = database_statement(s->db,
		"INSERT INTO hosts VALUES (?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, host);
	bind_text(st, 2, name);
	return database_finish(s->db, st);
}

int store_add_source(struct store *s, uint64_t source, const char *url)
{
	struct statement *st = database_statement(s->db,
		"INSERT INTO sources VALUES (?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, source);
	bind_text(st, 2, url);
	return database_finish(s->db, st);
}

int store_add_page(struct store *s, const struct store_page *page)
{
	struct statement *st = database_statement(s->db,
		"INSERT INTO pages (page, host, level, fingerprint, priority,"
		" role, url, source, lastmod, carried, id, headers,"
		" from_public, no_credentials)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, page->index);
	bind_number(st, 2, page->host);
	bind_number(st, 3, page->level);
	bind_number(st, 4, page->fingerprint);
	bind_number(st, 5, (uint64_t)(int64_t)page->priority);
	bind_number(st, 6, page->role);
	bind_slice(st, 7, page->url);
	if (page->source)
		bind_number(st, 8, page->source);
	bind_text(st, 9, page->lastmod);
	bind_text(st, 10, page->carried);
	bind_text(st, 11, page->id);
	bind_text(st, 12, page->headers);
	bind_number(st, 13, page->from_public);
	bind_number(st, 14, page->no_credentials);
	return database_finish(s->db, st);
}

int store_add_known(struct store *s, uint64_t fingerprint, uint64_t page)
{
	struct statement *st = database_statement(s->db,
		"INSERT INTO known VALUES (?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, fingerprint);
	bind_number(st, 2, page);
	return database_finish(s->db, st);
}

int store_add_result(struct store *s, uint64_t host,
		     const struct page_result *result)
{
	return store_status_add(s->db, &s->sum, host, result);
}

int store_write_results(struct store *s)
{
	return store_status_write(s->db, &s->sum);
}

int store_set_notes(struct store *s, const char *json)
{
	return store_status_set_notes(s->db, json);
}

char *store_notes(struct store *s)
{
	return store_status_notes(s->db);
}

int store_each_asked(struct store *s,
		     void (*each)(void *ctx, const char *host, uint64_t asked),
		     void *ctx)
{
	struct statement *st = database_statement(s->db,
		"SELECT name, asked FROM (SELECT host, count(*) AS asked"
		" FROM pages WHERE done = 1 GROUP BY host)"
		" JOIN hosts USING (host)");

	while (database_next_row(s->db, st))
		each(ctx, text_at(st, 0), number_at(st, 1));
	return result_of(s);
}

static int set_state(struct store *s, uint64_t index, unsigned state)
{
	struct statement *st = database_statement(s->db,
		"UPDATE pages SET done = ? WHERE page = ?");

	if (!st)
		return -1;
	bind_number(st, 1, state);
	bind_number(st, 2, index);
	return database_finish(s->db, st);
}

int store_set_done(struct store *s, uint64_t index, bool was_requested)
{
	return set_state(s, index, was_requested ? DONE : FORBIDDEN);
}

bool store_is_done(struct store *s, uint64_t index)
{
	struct statement *st = database_statement(s->db,
		"SELECT count(*) FROM pages WHERE page = ? AND done IN (1, 3)");
	bool is_done = false;

	if (st)
		bind_number(st, 1, index);
	while (database_next_row(s->db, st))
		is_done = number_at(st, 0) > 0;
	return is_done;
}

int store_repeat(struct store *s, uint64_t index,
		 enum page_outcome was)
{
	struct statement *st = database_statement(s->db,
		"DELETE FROM known WHERE page = ?");

	if (!st)
		return -1;
	bind_number(st, 1, index);
	return database_finish(s->db, st) ||
	       store_forget_failure(s, index) ||
	       store_write_results(s) ||
	       store_status_repeat(s->db, index, was) ||
	       set_state(s, index, WAITING) ? -1 : 0;
}

int store_set_skipped(struct store *s, uint64_t index)
{
	return set_state(s, index, SKIPPED);
}

static struct store_page page_of_row(const struct statement *st)
{
	return (struct store_page){
		.index = number_at(st, 0),
		.host = number_at(st, 1),
		.level = (unsigned)number_at(st, 2),
		.fingerprint = number_at(st, 3),
		.priority = (int)(int64_t)number_at(st, 4),
		.role = (unsigned)number_at(st, 5),
		.url = slice_at(st, 6),
		.via = text_at(st, 7),
		.lastmod = text_at(st, 8),
		.carried = text_at(st, 9),
		.id = text_at(st, 10),
		.headers = text_at(st, 11),
		.from_public = number_at(st, 12),
		.no_credentials = number_at(st, 13),
	};
}

int store_each_page(struct store *s, uint64_t host,
		    const struct store_place *place, unsigned most,
		    void (*each)(void *ctx, const struct store_page *page),
		    void *ctx)
{
	struct statement *st = database_statement(s->db,
		"SELECT page, host, level, fingerprint, priority, role,"
		" p.url, s.url, lastmod, carried, id, headers, from_public,"
		" no_credentials"
		" FROM pages p LEFT JOIN sources s USING (source)"
		" WHERE host = ?1 AND done = 0 AND priority <= ?2"
		" AND (priority < ?2 OR page > ?3)"
		" ORDER BY priority DESC, page LIMIT ?4");

	if (!st)
		return -1;
	bind_number(st, 1, host);
	bind_number(st, 2, (uint64_t)place->priority);
	bind_number(st, 3, place->page);
	bind_number(st, 4, most);
	while (database_next_row(s->db, st)) {
		const struct store_page page = page_of_row(st);

		each(ctx, &page);
	}
	return result_of(s);
}

int store_commit(struct store *s, const struct store_output *output)
{
	if (set_value(s, "output", output->length) ||
	    set_value(s, "tail", output->tail) ||
	    set_value(s, "bytes", output->bytes) ||
	    database_finish(s->db, database_statement(s->db, "COMMIT")))
		return -1;
	s->output = *output;
	return begin(s);
}
