/* Finds content and metadata, and writes the text: one paragraph for each
 * block. */
#include "parse/article/article.h"

#include <string.h>

#include "parse/article/article_body.h"
#include "parse/article/metadata/words.h"
#include "parse/article/model.h"
#include "parse/article/text.h"

static const enum article_type types[] = {
	[MODEL_ARTICLE] = ARTICLE_ARTICLE,
	[MODEL_FORUM] = ARTICLE_FORUM,
	[MODEL_PRODUCT] = ARTICLE_PRODUCT,
	[MODEL_COLLECTION] = ARTICLE_COLLECTION,
	[MODEL_LISTING] = ARTICLE_LISTING,
	[MODEL_DOCUMENTATION] = ARTICLE_DOCUMENTATION,
	[MODEL_SERVICE] = ARTICLE_SERVICE,
};

/* Limits for taking the text from JSON-LD: a page with fewer words than this
 * gets a text that has twice as many. */
enum { FEW_WORDS = 100 };

/* The page says that the text is an article's, but not that it is all. */
#define BODY_CONFIDENCE 0.75

static void write_body(struct article *out, const xmlDoc *doc, uint64_t max)
{
	struct buf body = {0};
	uint64_t words;

	article_body_read(&body, doc);
	words = text_words(&body);
	if (words >= FEW_WORDS && words / 2 >= out->words) {
		buf_release(&out->text);
		out->text = buf_take(&body);
		text_limit(&out->text, max);
		out->words = text_words(&out->text);
		out->type = ARTICLE_ARTICLE;
		out->confidence = BODY_CONFIDENCE;
	}
	buf_release(&body);
}

void article_read(struct article *out, const xmlDoc *doc,
		  const struct article_options *options)
{
	content_find(&out->content, doc, options->url);
	if (options->content_only)
		return;
	metadata_read(&out->metadata, doc, options->url);
	out->has_metadata = true;
	text_write(&out->text, &out->content, options->max_text);
	out->words = text_words(&out->text);
	out->confidence = out->content.confidence;
	if (out->text.len)
		out->type = types[out->content.type];
	if (out->words < FEW_WORDS)
		write_body(out, doc, options->max_text);
}

enum { BEFORE_TITLE = 200 };	/* bytes of text that may be before the title,
				 * as a breadcrumb is */

/* Returns true if the line and the title have the same words. */
static bool is_title(struct slice line, struct slice title)
{
	struct buf words = {0}, wanted = {0};
	bool same;

	words_add_folded(&words, line);
	words_add_folded(&wanted, title);
	same = slice_equal(slice_of(&words), slice_of(&wanted));
	buf_release(&words);
	buf_release(&wanted);
	return same;
}

/* Returns true if one of the first lines of the content is the title. */
static bool begins_with(const struct content *content, struct slice title)
{
	struct buf text = {0};
	const char *p, *end;
	bool found = false;

	text_write(&text, content, title.len + BEFORE_TITLE);
	p = text.data;
	end = p + text.len;
	while (p < end && !found) {
		const char *line = memchr(p, '\n', (size_t)(end - p));
		const size_t len = (size_t)((line ? line : end) - p);

		found = is_title((struct slice){p, len}, title);
		p += len + 1;
	}
	buf_release(&text);
	return found;
}

const char *article_heading(struct article *article, const xmlDoc *doc,
			    const char *url)
{
	const char *title;

	if (!article->content.count || article->content.has_h1)
		return NULL;
	if (!article->has_metadata)
		metadata_read(&article->metadata, doc, url);
	article->has_metadata = true;
	title = article->metadata.title;
	return title && !begins_with(&article->content,
				     (struct slice){title, strlen(title)}) ?
		title : NULL;
}

void article_release(struct article *article)
{
	metadata_release(&article->metadata);
	content_release(&article->content);
	buf_release(&article->text);
	*article = (struct article){0};
}
