/* Implements the functions of crawl/store.h that postpone and release pages. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_postpone(struct store *s, uint64_t page)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"UPDATE pages SET done = 4 WHERE page = ?");

	if (!st)
		return -1;
	bind_number(st, 1, page);
	return database_finish(d, st);
}

int store_release(struct store *s, uint64_t host)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"UPDATE pages SET done = 0 WHERE host = ? AND done = 4");

	if (!st)
		return -1;
	bind_number(st, 1, host);
	return database_finish(d, st);
}

int store_release_all(struct store *s)
{
	struct database *d = store_database(s);

	return database_finish(d, database_statement(d,
		"UPDATE pages SET done = 0 WHERE done = 4"));
}
