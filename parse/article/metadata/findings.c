#include "parse/article/metadata/findings.h"

#include <stddef.h>
#include <string.h>

void findings_init(struct findings *f)
{
	memset(f, 0, offsetof(struct findings, json));
	json_items_init(&f->json);
}

enum day_order findings_day_order(const struct findings *f)
{
	struct buf language = {0};
	enum day_order order;

	buf_add(&language, f->language.data, f->language.len);
	order = day_order_of(buf_cstr(&language));
	buf_release(&language);
	return order;
}

bool findings_are_of_article(const struct findings *f,
			     const struct json_item *item)
{
	return (item && item->rank == JSON_ITEM_ARTICLE) ||
	       f->meta[META_DATE].len ||
	       slice_is(slice_of(&f->meta[META_TYPE]), "article");
}

void findings_release(struct findings *f)
{
	buf_release(&f->title);
	buf_release(&f->language);
	buf_release(&f->canonical);
	for (size_t i = 0; i < META_KINDS; i++)
		buf_release(&f->meta[i]);
	people_release(&f->meta_authors);
	json_items_release(&f->json);
	for (size_t i = 0; i < HEADINGS_MAX; i++)
		buf_release(&f->headings[i].text);
	for (size_t i = 0; i < f->bylines_count; i++)
		buf_release(&f->bylines[i].text);
	findings_init(f);
}
