/* Collects title, links and <base> in one walk over the tree, then writes the
 * parts of the result that need the base URL. If no fields are wanted, most
 * pages are read without building a whole tree. */
#include "parse/page.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/ascii.h"
#include "base/json/bytes.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/crawl_links.h"
#include "parse/crawl_text.h"
#include "parse/encoding/query.h"
#include "parse/extract/extractor.h"
#include "parse/html/html.h"
#include "parse/meta/meta.h"
#include "parse/page_article.h"
#include "parse/xml/xml.h"

/* The results of one walk over the tree. Strings are borrowed from the tree. */
struct found {
	const xmlNode *title;
	const char *base;	/* href of the first <base> that has an href */
	const char **hrefs;	/* values of the links' href; the array is
				 * owned */
	size_t hrefs_cap;
	size_t links;
	bool keep;		/* collect the hrefs, not only count them */
	struct crawl_links crawl;	/* links that a crawl may follow */
};

/* Returns the element's href; "" if it has no value, NULL if there is no
 * href. */
static const char *href_of(const xmlNode *n)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		if (((const struct html_name *)a->psvi)->id != N_HREF)
			continue;
		if (!a->children || !a->children->content)
			return "";
		return (const char *)a->children->content;
	}
	return NULL;
}

static void add_found_link(struct found *f, const xmlNode *n)
{
	const char *href = href_of(n);

	if (!href)
		return;
	if (f->keep && f->links == f->hrefs_cap) {
		const size_t bytes = f->hrefs_cap * sizeof(*f->hrefs);

		f->hrefs_cap = f->hrefs_cap ? f->hrefs_cap * 2 : 256;
		f->hrefs = memory_resize(f->hrefs, bytes, f->hrefs_cap *
					 sizeof(*f->hrefs));
	}
	if (f->keep)
		f->hrefs[f->links] = href;
	f->links++;
}

static void visit_element(struct found *f, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_A:
	case N_AREA:
		add_found_link(f, n);
		break;
	case N_BASE:
		if (!f->base)
			f->base = href_of(n);
		break;
	case N_TITLE:
		if (!f->title)
			f->title = n;
		break;
	}
}

/* Appends document.title: the text directly inside <title>, with white space
 * stripped and collapsed. */
static void add_title(struct buf *out, const xmlNode *title)
{
	bool space = false;

	for (const xmlNode *n = title->children; n; n = n->next) {
		const char *s = (const char *)n->content;

		if (n->type != XML_TEXT_NODE &&
		    n->type != XML_CDATA_SECTION_NODE)
			continue;
		for (; s && *s; s++) {
			if (ascii_is_space(*s)) {
				space = out->len > 0;
				continue;
			}
			if (space)
				buf_addch(out, ' ');
			space = false;
			buf_addch(out, *s);
		}
	}
}

/* Returns the document's base URL (HTML Standard, 4.2.3); zero if there is
 * none. */
static struct url base_url(const char *href, const char *final_url,
			   const struct url_encoding *encoding)
{
	struct url document = {0}, base = {0};

	if (final_url)
		url_parse(&document, final_url, strlen(final_url), NULL);
	document.encoding = encoding;
	if (!href)
		return document;
	if (url_parse(&base, href, strlen(href), &document))
		return document;
	if (url_scheme_is(&base, "data") ||
	    url_scheme_is(&base, "javascript")) {
		url_release(&base);
		return document;
	}
	url_release(&document);
	base.encoding = encoding;
	return base;
}

/* Makes the URL at the end of the output, from `start` on, a JSON string. */
static void end_link(struct buf *out, struct buf *scratch, size_t start)
{
	const size_t len = out->len - start;

	/* The URL is valid UTF-8. */
	if (json_plain_length(out->data + start, len) == len) {
		buf_addch(out, '"');
		return;
	}
	buf_clear(scratch);
	buf_add(scratch, out->data + start, out->len - start);
	out->len = start - 1;
	json_add_string(out, scratch->data, scratch->len);
}

/* Appends the absolute URL of a link as a JSON string. The URL is resolved
 * straight into the output, because serialised URLs seldom need an escape. */
static void add_link(struct buf *out, struct buf *scratch, const char *href,
		     const struct url *base)
{
	size_t start;

	buf_addch(out, '"');
	start = out->len;
	url_resolve(out, href, strlen(href), base);
	end_link(out, scratch, start);
}

static void add_links(struct buf *out, const struct found *f,
		      const struct url *base)
{
	struct buf scratch = {0};

	/* With a long base URL, many short links would make a large output. */
	buf_addch(out, '[');
	for (size_t i = 0; i < f->links && !memory_limit_reached(); i++) {
		if (i)
			buf_addch(out, ',');
		add_link(out, &scratch, f->hrefs[i], base);
	}
	buf_addch(out, ']');
	buf_release(&scratch);
}

/* Adds the links like add_links(), but with URLs that were resolved for the
 * crawl. */
static void add_crawl_links(struct buf *out, const struct found *f,
			    const struct buf *urls, const struct url *base)
{
	struct buf scratch = {0};
	const size_t start = out->len;

	for (size_t i = 0; i < f->crawl.count && !memory_limit_reached(); i++) {
		const struct crawl_link *link = &f->crawl.links[i];

		if (!link->is_anchor)
			continue;
		buf_addch(out, out->len == start ? '[' : ',');
		if (!link->length) {
			add_link(out, &scratch, link->href.p, base);
			continue;
		}
		buf_addch(out, '"');
		buf_add(out, urls->data + link->place, link->length);
		end_link(out, &scratch, out->len - link->length);
	}
	buf_addstr(out, out->len == start ? "[]" : "]");
	buf_release(&scratch);
}

/* Reads the links that a crawl may follow. If pages have roles, these are the
 * links that the page's role follows, with the carried fields; otherwise all
 * links of an HTML page. f is NULL for XML, which has no links. Returns NULL or
 * an error message. */
static const char *read_crawl_links(struct page *page, xmlDoc *doc,
				    struct found *f,
				    const struct url *base,
				    const struct page_wants *wants)
{
	struct role_page from = wants->role;

	if (from.roles) {
		from.data = slice_of(&page->extracted.data);
		return followed_links_read(&page->crawl, doc, f, base, &from);
	}
	if (f)
		crawl_links_write(&f->crawl, &page->crawl, base);
	return NULL;
}

static const char *extract_fields(struct page *page, xmlDoc *doc, bool html,
				  const struct url *base,
				  const struct page_wants *wants)
{
	if (!wants->extractor)
		return NULL;
	page->has_data = true;
	return extractor_tree(wants->extractor, doc, html, base,
			      &page->extracted);
}

/* Reads the page's fields, and the links that a crawl may follow. f: results of
 * the walk over HTML; NULL: the document is XML. Returns NULL or an error
 * message. */
static const char *read_contents(struct page *page, xmlDoc *doc,
				 struct found *f, const struct url *base,
				 const struct page_wants *wants)
{
	const char *why = extract_fields(page, doc, f, base, wants);

	return why || !wants->crawl
		       ? why : read_crawl_links(page, doc, f, base, wants);
}

static bool wants_article(const struct page_wants *wants)
{
	return wants->article || wants->markdown != MARKDOWN_NOT;
}

/* Reads links, metadata and fields, which all need the page's base URL. */
static const char *read_with_base(struct page *page, xmlDoc *doc,
				  struct found *f, const char *final_url,
				  const struct page_wants *wants)
{
	struct query_encoding queries = {0};
	const struct url_encoding *encoding = NULL;
	struct url url;
	const struct url *base;
	const char *why;

	/* Nothing needs the base URL, and parsing it would take longer than
	 * parsing a small page. */
	if (!wants->links && !wants->meta && !wants->crawl &&
	    !wants->extractor && !wants_article(wants))
		return NULL;
	if (wants->encoding)
		encoding = query_encoding_init(&queries, wants->charset,
					       wants->encoding);
	url = base_url(f->base, final_url, encoding);
	base = url.href || encoding ? &url : NULL;
	if (wants->meta) {
		page->has_meta = true;
		meta_read(&page->meta, doc, base);
	}
	page_article_read(page, doc, final_url, base, wants);
	why = read_contents(page, doc, f, base, wants);
	if (wants->links && f->crawl.keep_places)
		add_crawl_links(&page->links, f, &page->crawl, base);
	else if (wants->links)
		add_links(&page->links, f, base);
	url_release(&url);
	query_encoding_release(&queries);
	return why;
}

static enum html_outline outline_for(const struct page_wants *wants)
{
	if (wants->crawl || wants->text)
		return HTML_OUTLINE_CRAWL;
	if (wants->meta)
		return HTML_OUTLINE_META;
	return wants->links ? HTML_OUTLINE : HTML_OUTLINE_COUNT;
}

/* Returns true if no outline is enough: selectors of roles and fields, articles
 * and Markdown need the whole tree, and no outline has both the elements that
 * --meta needs and those that a crawl needs. */
static bool needs_tree(const struct page_wants *wants)
{
	return wants->extractor || wants->role.roles || wants_article(wants) ||
	       (wants->meta && outline_for(wants) != HTML_OUTLINE_META);
}

/* Builds an outline if that is enough and possible, and adds the page's text to
 * text if wanted; otherwise builds a whole tree, and leaves the text to
 * visit_nodes(). */
static xmlDoc *read_tree(struct buf *html, const struct page_wants *wants,
			 const char *final_url, struct page_text_reader *text,
			 const char **why)
{
	const struct html_text_sink sink = crawl_text_sink(text);
	char *s = (char *)buf_cstr(html);
	xmlDoc *doc = NULL;

	*why = NULL;
	if (wants->text)
		crawl_text_begin(text, final_url);
	if (!needs_tree(wants))
		doc = html_outline(s, &html->len, outline_for(wants),
				   wants->text ? &sink : NULL);
	if (doc)
		return doc;
	if (wants->text)
		crawl_text_begin(text, final_url);
	return html_parse(s, html->len, why);
}

/* Returns true if the crawl may follow all links of the page. */
static bool collects_links(const struct page_wants *wants)
{
	return wants->crawl && !wants->role.roles;
}

/* Walks over all nodes once, unless nothing can be found. Also reads the page's
 * text, if it is wanted, from a whole tree. An outline (a tree without text)
 * has only the text of the title, which is left out. */
static void visit_nodes(struct found *f, const xmlDoc *doc,
			struct page_text_reader *text,
			const struct page_wants *wants)
{
	const bool collect = collects_links(wants);

	if (!collect && !wants->text && html_is_plain(doc))
		return;
	for (const xmlNode *n = doc->children; n; n = html_next_node(n)) {
		if (n->type == XML_ELEMENT_NODE) {
			visit_element(f, n);
			if (collect)
				crawl_links_visit(&f->crawl, n);
		}
		if (wants->text)
			crawl_text_visit(text, n);
	}
}

const char *page_read_html(struct page *page, struct buf *text,
			   const char *final_url,
			   const struct page_wants *wants)
{
	const bool share = wants->links && collects_links(wants);
	struct found f = {.keep = wants->links && !share,
			  .crawl.keep_places = share,
			  .crawl.agent = wants->role.agent};
	struct page_text_reader words;
	const char *why;
	xmlDoc *doc = read_tree(text, wants, final_url, &words, &why);

	if (!doc)
		return why;
	visit_nodes(&f, doc, &words, wants);
	if (wants->text)
		page->text = page_text_end(&words);
	page->is_html = true;
	page->has_title = f.title;
	if (f.title)
		add_title(&page->title, f.title);
	page->links_count = f.links + html_links(doc);
	why = read_with_base(page, doc, &f, final_url, wants);
	memory_resize(f.hrefs, f.hrefs_cap * sizeof(*f.hrefs), 0);
	crawl_links_release(&f.crawl);
	html_free(doc);
	return why;
}

const char *page_read_xml(struct page *page, struct buf *text,
			  const char *final_url,
			  const struct page_wants *wants)
{
	struct url base = {0};
	const char *mistake, *why;
	xmlDoc *doc = xml_parse(text->data, text->len, &mistake);

	if (!doc)
		return mistake;
	if (final_url)
		url_parse(&base, final_url, strlen(final_url), NULL);
	why = read_contents(page, doc, NULL, base.href ? &base : NULL, wants);
	url_release(&base);
	xml_free(doc);
	page->is_broken = !why && mistake;
	return why ? why : mistake;
}
