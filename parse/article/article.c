/* Finds content and metadata, and writes the text: one paragraph for each
 * block. */
#include "parse/article/article.h"

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

void article_read(struct article *out, const xmlDoc *doc,
		  const struct article_options *options)
{
	content_find(&out->content, doc, options->url);
	if (options->content_only)
		return;
	metadata_read(&out->metadata, doc, options->url);
	out->words = text_write(&out->text, &out->content, options->max_text);
	out->confidence = out->content.confidence;
	if (out->text.len)
		out->type = types[out->content.type];
}

void article_release(struct article *article)
{
	metadata_release(&article->metadata);
	content_release(&article->content);
	buf_release(&article->text);
	*article = (struct article){0};
}
