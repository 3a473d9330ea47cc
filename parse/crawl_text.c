/* Style sheets are not evaluated, so the text of hidden elements counts as
 * visible. */
#include "parse/crawl_text.h"

#include <string.h>

#include "crawl/traps/page_text.h"

static struct slice slice_of_text(const void *s)
{
	return (struct slice){s, s ? strlen(s) : 0};
}

/* Returns true if the text in the element is not shown on the page. */
static bool is_invisible(const xmlNode *element)
{
	if (!element || element->type != XML_ELEMENT_NODE)
		return false;
	switch (html_name(element)->id) {
	case N_SCRIPT:
	case N_STYLE:
	case N_TITLE:
		return true;
	default:
		return false;
	}
}

static void add_image(struct page_text_reader *r, const xmlNode *n)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		struct slice src = {0};
		const char *query;

		if (strcmp((const char *)a->name, "src") || !a->children)
			continue;
		src = slice_of_text(a->children->content);
		/* The query is left out: it may only be there to bypass
		 * caches. */
		query = src.len ? memchr(src.p, '?', src.len) : NULL;
		if (query)
			src.len = (size_t)(query - src.p);
		page_text_add_image(r, src);
		return;
	}
}

void crawl_text_begin(struct page_text_reader *r, const char *url)
{
	page_text_begin(r, slice_of_text(url));
}

static void on_text(void *ctx, const char *p, size_t len, bool goes_on)
{
	const struct slice text = {p, len};

	if (goes_on)
		page_text_continue(ctx, text);
	else
		page_text_add(ctx, text);
}

struct html_text_sink crawl_text_sink(struct page_text_reader *r)
{
	struct words *w = &r->words_of_text;

	return (struct html_text_sink){
		.on_text = on_text,
		.ctx = r,
		.room = (char *)w->text,
		.used = &w->len,
		.size = WORDS_TEXT,
	};
}

void crawl_text_visit(struct page_text_reader *r, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE) {
		if (!is_invisible(n->parent))
			page_text_add(r, slice_of_text(n->content));
	} else if (n->type == XML_ELEMENT_NODE && html_name(n)->id == N_IMG) {
		add_image(r, n);
	}
}
