/* The texts of the pages of a crawl, which the database keeps. A digest that
 * equals `whole` is stored as NULL, which takes no space. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_add_text(struct store *s, const struct store_text *text)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"INSERT INTO texts VALUES (?1, ?2, ?3, nullif(?4, ?3),"
		" nullif(?5, ?3), ?6)");

	if (!st)
		return -1;
	if (!text->host)
		bind_number(st, 1, text->page);
	bind_text(st, 2, text->host);
	bind_number(st, 3, text->text.whole);
	bind_number(st, 4, text->text.undated);
	bind_number(st, 5, text->text.wordings);
	bind_number(st, 6, text->text.simhash);
	return database_finish(d, st);
}

static struct store_text text_of_row(const struct statement *st)
{
	return (struct store_text){
		.host = text_at(st, 0),
		.url = slice_at(st, 1),
		.text = {number_at(st, 2), number_at(st, 3), number_at(st, 4),
			 number_at(st, 5)},
	};
}

int store_forget_texts(struct store *s)
{
	struct database *d = store_database(s);

	return database_finish(d, database_statement(d,
		"DELETE FROM texts WHERE (SELECT done FROM pages"
		" WHERE page = texts.page) = 0"));
}

int store_each_text(struct store *s, store_text_each *each, void *ctx)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"SELECT t.host, url, whole, coalesce(undated, whole),"
		" coalesce(wordings, whole), simhash"
		" FROM texts t LEFT JOIN pages USING (page)"
		" ORDER BY t.rowid");
	int result = 0;

	while (database_next_row(d, st)) {
		const struct store_text text = text_of_row(st);

		if (!result)
			result = each(ctx, &text);
	}
	return database_error(d) ? -1 : result;
}
