/* Collects the findings of a page, then decides. */
#include "parse/article/metadata.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/timestamp.h"
#include "parse/article/metadata/authors.h"
#include "parse/article/metadata/dates.h"
#include "parse/article/metadata/site.h"
#include "parse/article/metadata/title.h"
#include "parse/article/metadata/walk.h"

static char *detach(struct buf *text)
{
	char *s = text->len ? buf_detach(text) : NULL;

	buf_release(text);
	return s;
}

static bool is_about(const struct json_item *item, struct slice text)
{
	struct buf headline = {0};
	bool agrees;

	json_items_text(&headline, item->headline);
	agrees = text.len && title_agrees(slice_of(&headline), text);
	buf_release(&headline);
	return agrees;
}

/* Returns the item of JSON-LD that is about the page: of those with the highest
 * rank, the first whose headline agrees with the page's title, or else the
 * first. NULL if there is none. */
static const struct json_item *main_item(const struct findings *f)
{
	const struct json_item *best = NULL;
	bool best_agrees = false;

	for (size_t i = 0; i < f->json.count; i++) {
		const struct json_item *item = &f->json.list[i];
		const bool agrees =
			is_about(item, slice_of(&f->title)) ||
			is_about(item, slice_of(&f->meta[META_TITLE]));

		if (!best || item->rank > best->rank ||
		    (item->rank == best->rank && agrees && !best_agrees)) {
			best = item;
			best_agrees = agrees;
		}
	}
	return best;
}

static void decide(struct article_metadata *out, const struct findings *f,
		   const char *url)
{
	const int64_t today = timestamp_now() / 1000 / 86400;
	const struct json_item *item = main_item(f);
	struct buf title = {0}, site = {0}, language = {0};
	struct buf date = {0}, modified = {0};
	struct people authors = {0};
	const struct heading *heading;

	site_name(f, item, url, &site);
	site_language(f, item, &language);
	out->title_source = title_choose(f, item, slice_of(&site), &title,
					 &heading);
	out->authors_source = authors_choose(f, item, heading, slice_of(&site),
					     &authors);
	out->date_source = dates_choose(f, item, heading, url, today, &date,
					&modified);
	out->authors = authors.names;
	out->authors_count = authors.count;
	out->title = detach(&title);
	out->site = detach(&site);
	out->language = detach(&language);
	out->date = detach(&date);
	out->modified = detach(&modified);
}

void metadata_read(struct article_metadata *out, const xmlDoc *doc,
		   const char *url)
{
	struct findings f;

	findings_init(&f);
	findings_collect(&f, doc);
	decide(out, &f, url);
	findings_release(&f);
}

void metadata_release(struct article_metadata *m)
{
	for (size_t i = 0; i < m->authors_count; i++)
		free(m->authors[i]);
	free(m->authors);
	free(m->title);
	free(m->date);
	free(m->modified);
	free(m->site);
	free(m->language);
	*m = (struct article_metadata){0};
}
