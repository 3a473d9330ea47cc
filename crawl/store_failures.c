/* Implements the functions of crawl/store.h for pages that have failed without
 * a record, which have a table in the database. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_add_failure(struct store *s, const struct store_failure *failure)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"INSERT OR REPLACE INTO failures VALUES (?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, failure->page);
	bind_number(st, 2, failure->status);
	bind_text(st, 3, failure->error);
	return database_finish(d, st);
}

int store_forget_failure(struct store *s, uint64_t page)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"DELETE FROM failures WHERE page = ?");

	if (!st)
		return -1;
	bind_number(st, 1, page);
	return database_finish(d, st);
}

int store_each_failure(struct store *s,
		       void (*each)(void *ctx,
				    const struct store_failure *failure),
		       void *ctx)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"SELECT page, status, error FROM failures");

	while (database_next_row(d, st))
		each(ctx, &(struct store_failure){
			.page = number_at(st, 0),
			.status = (unsigned)number_at(st, 1),
			.error = text_at(st, 2),
		});
	return database_error(d) ? -1 : 0;
}
