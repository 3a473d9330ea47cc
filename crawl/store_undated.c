/* Implements the functions of crawl/store.h for pages whose date and priority a
 * sitemap may set. The database has a table of their fingerprints. An index of
 * all pages by fingerprint would cost time for each page, long after the
 * sitemaps were read. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_add_undated(struct store *s, uint64_t fingerprint, uint64_t page)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"INSERT OR IGNORE INTO undated VALUES (?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, fingerprint);
	bind_number(st, 2, page);
	return database_finish(d, st);
}

int store_forget_undated(struct store *s)
{
	struct database *d = store_database(s);

	return database_finish(d, database_statement(d,
		"DELETE FROM undated"));
}

int store_date(struct store *s, uint64_t fingerprint, const char *lastmod,
	       int priority)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"UPDATE pages SET lastmod = coalesce(lastmod, ?2), priority ="
		" CASE priority WHEN 0 THEN ?3 ELSE priority END"
		" WHERE page = (SELECT page FROM undated"
		" WHERE fingerprint = ?1) AND done IN (0, 4)");

	if (!st)
		return -1;
	bind_number(st, 1, fingerprint);
	bind_text(st, 2, lastmod);
	bind_number(st, 3, (uint64_t)(int64_t)priority);
	return database_finish(d, st);
}
