/* Finds the content once and gives it to both writers. */
#include "parse/page_article.h"

#include "parse/article/article.h"
#include "parse/markdown/markdown.h"

static bool skips(const void *ctx, const xmlNode *node)
{
	return content_skips_in_markdown(ctx, node);
}

static void write_markdown(struct page *page, struct content *content,
			   const char *title, const struct url *base,
			   const struct page_wants *wants)
{
	content_index(content);
	page->has_markdown = true;
	markdown_write(&page->markdown, &(struct markdown_source){
		.roots = content->roots,
		.count = content->count,
		.skips = skips,
		.ctx = content,
		.title = title,
		.base = base,
		.whole = wants->markdown == MARKDOWN_PAGE,
		.max = wants->max_text,
	});
}

static void write_page_markdown(struct page *page, const xmlDoc *doc,
				const struct url *base,
				const struct page_wants *wants)
{
	struct content content = {0};

	content_of_page(&content, doc);
	write_markdown(page, &content, NULL, base, wants);
	content_release(&content);
}

/* Reads the main content, for the article or for its Markdown. */
static void read_main(struct page *page, const xmlDoc *doc,
		      const char *final_url, const struct url *base,
		      const struct page_wants *wants)
{
	struct article article = {0};

	article_read(&article, doc, &(struct article_options){
		.url = final_url,
		.max_text = wants->max_text,
		.content_only = !wants->article,
	});
	if (wants->article) {
		page->has_article = true;
		article_write(&page->article, &article);
		/* Free the text, which may be as large as the page, and is not
		 * needed for Markdown. */
		buf_release(&article.text);
	}
	if (wants->markdown == MARKDOWN_MAIN)
		write_markdown(page, &article.content,
			       article_heading(&article, doc, final_url), base,
			       wants);
	article_release(&article);
}

void page_article_read(struct page *page, const xmlDoc *doc,
		       const char *final_url, const struct url *base,
		       const struct page_wants *wants)
{
	if (wants->article || wants->markdown == MARKDOWN_MAIN)
		read_main(page, doc, final_url, base, wants);
	if (wants->markdown == MARKDOWN_PAGE)
		write_page_markdown(page, doc, base, wants);
}
