/* The URLs that the scope of a crawl is derived from. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_add_move(struct store *s, struct slice href)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"INSERT OR IGNORE INTO moves VALUES (?)");

	if (!st)
		return -1;
	bind_slice(st, 1, href);
	return database_finish(d, st);
}

int store_each_move(struct store *s,
		    void (*each)(void *ctx, const char *href), void *ctx)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d, "SELECT url FROM moves");

	while (database_next_row(d, st))
		each(ctx, text_at(st, 0));
	return database_error(d) ? -1 : 0;
}
