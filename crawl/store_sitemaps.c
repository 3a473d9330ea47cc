/* The functions of crawl/store.h for sitemaps: their table in the database. */
#include "crawl/database/database.h"
#include "crawl/store.h"

int store_add_sitemap(struct store *s, const struct store_sitemap *sitemap)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"INSERT INTO sitemaps (sitemap, url, site, id, depth, guess,"
		" from_public, no_credentials)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, sitemap->number);
	bind_text(st, 2, sitemap->url);
	bind_text(st, 3, sitemap->site);
	bind_text(st, 4, sitemap->id);
	bind_number(st, 5, sitemap->depth);
	bind_number(st, 6, sitemap->is_guess);
	bind_number(st, 7, sitemap->from_public);
	bind_number(st, 8, sitemap->no_credentials);
	return database_finish(d, st);
}

int store_set_sitemap_done(struct store *s, uint64_t number)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"UPDATE sitemaps SET done = 1 WHERE sitemap = ?");

	if (!st)
		return -1;
	bind_number(st, 1, number);
	return database_finish(d, st);
}

int store_each_sitemap(struct store *s,
		       void (*each)(void *ctx,
				    const struct store_sitemap *sitemap),
		       void *ctx)
{
	struct database *d = store_database(s);
	struct statement *st = database_statement(d,
		"SELECT sitemap, url, site, id, depth, guess, from_public,"
		" no_credentials, done FROM sitemaps ORDER BY sitemap");

	while (database_next_row(d, st))
		each(ctx, &(struct store_sitemap){
			.number = number_at(st, 0),
			.url = text_at(st, 1),
			.site = text_at(st, 2),
			.id = text_at(st, 3),
			.depth = (unsigned)number_at(st, 4),
			.is_guess = number_at(st, 5),
			.from_public = number_at(st, 6),
			.no_credentials = number_at(st, 7),
			.is_done = number_at(st, 8),
		});
	return database_error(d) ? -1 : 0;
}
