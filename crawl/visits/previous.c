#include "crawl/visits/previous.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "crawl/database/database.h"
#include "crawl/store.h"
#include "crawl/url_key.h"
#include "crawl/visits/link_pack.h"

struct previous {
	struct database *database;
	const char *const *ignored;	/* borrowed */
	size_t n_ignored;
	uint64_t secret;
	bool has_visits;	/* false: the crawl is from a version of the
				 * program that stored no visits */
	struct buf key, etag, modified, links;
};

static char *folder_of(const char *folder)
{
	return xasprintf("%s/previous", folder);
}

bool previous_exists(const char *folder)
{
	char *path = xasprintf("%s/previous/crawl.db", folder);
	const bool exists = !access(path, F_OK);

	free(path);
	return exists;
}

/* Merges the log of changes into the database, so that it is a single file. */
static int merge_log(const char *folder, struct buf *why)
{
	struct store *s = store_open(folder, why);

	if (!s)
		return -1;
	store_close(s);
	return 0;
}

static int move(const char *folder, const char *name, const char *to,
		struct buf *why)
{
	char *old = xasprintf("%s/%s", folder, name);
	char *new = xasprintf("%s/%s", to, name);
	const int result = rename(old, new);

	if (result)
		buf_addf(why, "%.500s: %s", old, strerror(errno));
	free(old);
	free(new);
	return result;
}

/* Removes the log of changes (WAL) that a killed run has left in the folder:
 * SQLite would apply it to the next database of that name. */
static void remove_log(const char *to)
{
	static const char *const names[] = {"crawl.db-wal", "crawl.db-shm"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = xasprintf("%s/%s", to, names[i]);

		(void)unlink(path);
		free(path);
	}
}

int previous_keep(const char *folder, struct buf *why)
{
	char *to = folder_of(folder);
	int result = merge_log(folder, why);

	if (!result && mkdir(to, 0700) && errno != EEXIST) {
		buf_addf(why, "%.500s: %s", to, strerror(errno));
		result = -1;
	}
	if (!result) {
		remove_log(to);
		result = move(folder, "crawl.db", to, why);
	}
	free(to);
	return result;
}

/* Reads a number of the database. Returns false if there is none. */
static bool get_number(struct previous *p, const char *sql, uint64_t *number)
{
	struct statement *st = database_statement(p->database, sql);
	bool found = false;

	while (database_next_row(p->database, st)) {
		*number = number_at(st, 0);
		found = true;
	}
	return found;
}

struct previous *previous_open(const char *folder,
			       const char *const *ignored, size_t n_ignored,
			       struct buf *why)
{
	struct previous *p = xcalloc(1, sizeof(*p));
	char *path = folder_of(folder);
	uint64_t tables = 0;

	p->ignored = ignored;
	p->n_ignored = n_ignored;
	p->database = database_open(path, STORE_FILE,
		"CREATE INDEX IF NOT EXISTS by_fingerprint"
		" ON pages (fingerprint);", STORE_VERSION, "", why);
	free(path);
	if (p->database && get_number(p, "SELECT value FROM crawl"
				      " WHERE name = 'secret'", &p->secret) &&
	    get_number(p, "SELECT count(*) FROM sqlite_master"
		       " WHERE name = 'visits'", &tables)) {
		p->has_visits = tables > 0;
		return p;
	}
	if (p->database)
		buf_addstr(why, database_error(p->database)
					? database_error(p->database)
					: "it has no crawl");
	previous_close(p);
	return NULL;
}

void previous_close(struct previous *p)
{
	if (!p)
		return;
	database_close(p->database);
	buf_release(&p->key);
	buf_release(&p->etag);
	buf_release(&p->modified);
	buf_release(&p->links);
	free(p);
}

const char *previous_error(const struct previous *p)
{
	return database_error(p->database);
}

/* --- Finding a page ------------------------------------------------------- */

static uint64_t fingerprint_of(struct previous *p, struct slice href)
{
	buf_clear(&p->key);
	url_key_add(&p->key, href, p->ignored, p->n_ignored);
	return url_key_fingerprint(slice_of(&p->key), p->secret);
}

/* Returns the links as a list; those before the damage, if they are damaged. */
static struct slice unpack(struct previous *p, struct slice packed)
{
	buf_clear(&p->links);
	(void)link_pack_read(&p->links, packed);
	return slice_of(&p->links);
}

/* Copies a text of the current row. Returns NULL if there is none. */
static const char *keep_text(struct buf *to, const char *text)
{
	buf_clear(to);
	if (!text)
		return NULL;
	buf_addstr(to, text);
	return buf_cstr(to);
}

static struct visit visit_of_row(struct previous *p, const struct statement *st)
{
	return (struct visit){
		.page = number_at(st, 0),
		.status = (unsigned)number_at(st, 1),
		.at = (int64_t)number_at(st, 2),
		.etag = keep_text(&p->etag, text_at(st, 3)),
		.modified = keep_text(&p->modified, text_at(st, 4)),
		.text = {
			.whole = number_at(st, 5),
			.undated = number_at(st, 6),
			.wordings = number_at(st, 7),
			.simhash = number_at(st, 8),
			.body = number_at(st, 9),
		},
		.links = unpack(p, slice_at(st, 10)),
	};
}

static void read_visit(struct previous *p, uint64_t index,
		       struct previous_page *page)
{
	struct statement *st = p->has_visits ? database_statement(p->database,
		"SELECT page, status, at, etag, modified, whole, undated,"
		" wordings, simhash, body, links FROM visits"
		" WHERE page = ?") : NULL;

	if (!st)
		return;
	bind_number(st, 1, index);
	while (database_next_row(p->database, st)) {
		page->has_visit = true;
		page->visit = visit_of_row(p, st);
	}
}

bool previous_find(struct previous *p, struct slice href,
		   struct previous_page *page)
{
	struct statement *st = database_statement(p->database,
		"SELECT page FROM pages WHERE fingerprint = ?"
		" AND done IN (1, 3)");
	uint64_t index = 0;
	bool found = false;

	*page = (struct previous_page){.has_visit = false};
	if (!st)
		return false;
	bind_number(st, 1, fingerprint_of(p, href));
	while (database_next_row(p->database, st)) {
		index = number_at(st, 0);
		found = true;
	}
	if (found)
		read_visit(p, index, page);
	return found;
}

/* --- All pages ------------------------------------------------------------ */

static struct previous_good good_of_row(const struct statement *st)
{
	return (struct previous_good){
		.index = number_at(st, 0),
		.url = text_at(st, 1),
		.via = text_at(st, 2),
		.id = text_at(st, 3),
		.level = (unsigned)number_at(st, 4),
		.role = (unsigned)number_at(st, 5),
		.from_public = number_at(st, 6),
		.no_credentials = number_at(st, 7),
	};
}

int previous_each_good(struct previous *p, int64_t *after, unsigned most,
		       int (*each)(void *ctx, const struct previous_good *page),
		       void *ctx)
{
	struct statement *st;
	int pages = 0, result = 0;

	if (!p->has_visits)
		return 0;
	st = database_statement(p->database,
		"SELECT page, p.url, s.url, id, level, role, from_public,"
		" no_credentials FROM pages p JOIN visits USING (page)"
		" LEFT JOIN sources s USING (source)"
		" WHERE page > ? AND status BETWEEN 200 AND 399"
		" ORDER BY page LIMIT ?");
	if (!st)
		return -1;
	bind_number(st, 1, (uint64_t)*after);
	bind_number(st, 2, most);
	while (database_next_row(p->database, st)) {
		const struct previous_good page = good_of_row(st);

		*after = (int64_t)page.index;
		if (result >= 0)
			result = each(ctx, &page);
		pages++;
	}
	return result < 0 || database_error(p->database) ? -1 : pages;
}
