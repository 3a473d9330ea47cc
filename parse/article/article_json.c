/* Writes an article as JSON. */
#include "parse/article/article.h"

#include <string.h>

#include "base/json/compact.h"

static const char *const type_names[] = {
	[ARTICLE_OTHER] = "other",
	[ARTICLE_ARTICLE] = "article",
	[ARTICLE_FORUM] = "forum",
	[ARTICLE_PRODUCT] = "product",
	[ARTICLE_COLLECTION] = "collection",
	[ARTICLE_LISTING] = "listing",
	[ARTICLE_DOCUMENTATION] = "documentation",
	[ARTICLE_SERVICE] = "service",
};

static void add_string(struct buf *out, const char *s)
{
	if (s)
		json_add_string(out, s, strlen(s));
	else
		buf_addstr(out, "null");
}

static void add_authors(struct buf *out, const struct article_metadata *m)
{
	buf_addch(out, '[');
	for (size_t i = 0; i < m->authors_count; i++) {
		if (i)
			buf_addch(out, ',');
		add_string(out, m->authors[i]);
	}
	buf_addch(out, ']');
}

static void add_sources(struct buf *out, const struct article_metadata *m)
{
	buf_addstr(out, ",\"source\":{\"title\":");
	add_string(out, m->title_source);
	buf_addstr(out, ",\"authors\":");
	add_string(out, m->authors_source);
	buf_addstr(out, ",\"date\":");
	add_string(out, m->date_source);
	buf_addch(out, '}');
}

static void add_metadata(struct buf *out, const struct article_metadata *m)
{
	buf_addstr(out, "\"title\":");
	add_string(out, m->title);
	buf_addstr(out, ",\"authors\":");
	add_authors(out, m);
	buf_addstr(out, ",\"date\":");
	add_string(out, m->date);
	buf_addstr(out, ",\"modified\":");
	add_string(out, m->modified);
	buf_addstr(out, ",\"site\":");
	add_string(out, m->site);
	buf_addstr(out, ",\"language\":");
	add_string(out, m->language);
}

void article_write(struct buf *out, const struct article *article)
{
	buf_addch(out, '{');
	add_metadata(out, &article->metadata);
	buf_addf(out, ",\"type\":\"%s\"", type_names[article->type]);
	buf_addstr(out, ",\"text\":");
	if (article->text.len)
		json_add_string(out, article->text.data, article->text.len);
	else
		buf_addstr(out, "null");
	buf_addf(out, ",\"words\":%llu",
		 (unsigned long long)article->words);
	buf_addf(out, ",\"confidence\":%.2f", article->confidence);
	add_sources(out, &article->metadata);
	buf_addch(out, '}');
}
