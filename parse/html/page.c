/* Sets up the builder for one page: newlines, limits, and the jump target for
 * exhausted memory. */
#include "parse/html/page.h"

#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/builder.h"
#include "parse/html/nodes/document.h"
#include "parse/tree/tree.h"

struct html_page {
	struct html_builder builder;
};

struct html_page *html_page_new(void)
{
	struct html_page *page = xmalloc(sizeof(*page));

	html_builder_init(&page->builder);
	return page;
}

void html_page_free(struct html_page *page)
{
	if (page)
		html_builder_release(&page->builder);
	free(page);
}

/* Turns CR and CRLF into line feeds (HTML Standard, 13.2.3.5). Returns the new
 * length. */
static size_t normalize_newlines(char *s, size_t len)
{
	const char *end = s + len, *p = memchr(s, '\r', len);
	char *to = (char *)p;

	if (!p)
		return len;
	while (p < end) {
		const char *cr = memchr(p, '\r', (size_t)(end - p));
		const size_t n = (size_t)((cr ? cr : end) - p);

		memmove(to, p, n);
		to += n;
		p += n;
		if (!cr)
			break;
		*to++ = '\n';
		p += 1 + (p[1] == '\n');
	}
	*to = '\0';
	return (size_t)(to - s);
}

/* Returns true if at least one tag of the page has an attribute with that
 * name. */
static bool has_attr(const struct html_builder *b, enum html_id id)
{
	return b->names.known[id].tag >= b->first_tag;
}

/* Returns false if the memory for the tree is exhausted. */
static bool build_page(struct html_builder *b, char *s, size_t len)
{
	jmp_buf on_full;

	b->nodes.region.on_full = &on_full;
	if (setjmp(on_full))
		return false;
	html_builder_run(b, s, len);
	return true;
}

xmlDoc *html_page_parse(struct html_page *page, char *s, size_t len,
			bool scripting, const char **why)
{
	struct html_builder *b = &page->builder;

	*why = "HTML over 2 GB";
	if (len > INT_MAX)
		return NULL;
	html_builder_clear(b);
	b->nodes.outline = HTML_WHOLE_TREE;
	b->scripting = scripting;
	*why = NULL;
	if (build_page(b, s, normalize_newlines(s, len))) {
		struct html_document *d = (void *)b->nodes.doc;

		d->page = page;
		d->plain = !b->has_title && !has_attr(b, N_HREF);
		return b->nodes.doc;
	}
	*why = memory_limit_reached() ? TREE_TOO_LARGE :
				  "HTML too large for the parser";
	html_builder_release(b);
	html_builder_init(b);
	return NULL;
}

static bool is_outline_valid(const struct html_builder *b)
{
	return !b->given_up && !(has_attr(b, N_ITEMSCOPE) &&
				 b->nodes.outline == HTML_OUTLINE_META);
}

xmlDoc *html_page_outline(struct html_page *page, char *s, size_t *len,
			  enum html_outline what,
			  const struct html_text_sink *sink)
{
	struct html_builder *b = &page->builder;

	if (*len > INT_MAX)
		return NULL;
	html_builder_clear(b);
	b->nodes.outline = what;
	b->nodes.sink = sink;
	b->scripting = false;
	*len = normalize_newlines(s, *len);
	if (!build_page(b, s, *len)) {
		html_builder_release(b);
		html_builder_init(b);
		return NULL;
	}
	if (!is_outline_valid(b))
		return NULL;
	((struct html_document *)b->nodes.doc)->page = page;
	return b->nodes.doc;
}

void html_page_clear(struct html_page *page)
{
	html_builder_clear(&page->builder);
}

double html_page_budget_used(const struct html_page *page)
{
	const struct html_builder *b = &page->builder;

	return 1 - (double)b->budget / (double)b->first_budget;
}
