/* Walks over the tree once. A <meta name=robots> with nofollow applies to all
 * links of the page, even to those before the <meta>, so links are collected
 * before they are written. */
#include "parse/crawl_links.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "crawl/robots_tag.h"
#include "parse/html/html.h"

/* Longest base URL, in bytes, that relative links are resolved against. A page
 * may declare a base of any length, and each resolved link would be as long;
 * with a longer base only absolute links are read. */
enum { BASE_MAX = 64 << 10 };

/* State of one walk over the tree. */
struct walk {
	struct link_writer writer;
	bool page_nofollow;
};

/* Separators of the words in a rel attribute. */
#define WORD_END " \t\n\f\r"

/* Returns the attribute's value: "" if it is empty, NULL if there is none. */
static const char *value_of(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		if (strcmp((const char *)a->name, name))
			continue;
		return a->children && a->children->content
			       ? (const char *)a->children->content : "";
	}
	return NULL;
}

static struct slice slice_of_text(const char *s)
{
	return (struct slice){s, s ? strlen(s) : 0};
}

/* Returns true if the list contains the word, ignoring case and white space
 * around words. */
static bool has_word(const char *words, const char *separators,
		     const char *word)
{
	struct slice rest = slice_of_text(words);

	while (rest.len) {
		size_t len = 0;

		while (len < rest.len && !strchr(separators, rest.p[len]))
			len++;
		if (ascii_is(ascii_trim((struct slice){rest.p, len}), word))
			return true;
		if (len == rest.len)
			break;
		rest.p += len + 1;
		rest.len -= len + 1;
	}
	return false;
}

bool link_writer_add(struct link_writer *w, struct slice href,
		     const struct page_link *link)
{
	struct page_link with = *link;
	const bool is_short = w->base && w->base->len <= BASE_MAX;
	const char *fragment;

	buf_clear(&w->url);
	if (url_resolve(&w->url, href.p, href.len, is_short ? w->base : NULL))
		return true;
	with.url = slice_of(&w->url);
	fragment = with.url.len ? memchr(with.url.p, '#', with.url.len) : NULL;
	if (fragment)
		with.url.len = (size_t)(fragment - with.url.p);
	return link_list_add(w->list, &with, &w->count);
}

static bool add_link(struct walk *w, struct slice href, bool nofollow)
{
	return link_writer_add(&w->writer, href, &(struct page_link){
		.nofollow = nofollow || w->page_nofollow,
	});
}

/* Returns the URL in the content of a <meta http-equiv=refresh> ("5;
 * url='next.html'"); empty if there is none. */
static struct slice refresh_url(const char *content)
{
	struct slice s = slice_of_text(content);

	while (s.len && (ascii_is_space(*s.p) || ascii_is_digit(*s.p) ||
			 strchr(".;,", *s.p))) {
		s.p++;
		s.len--;
	}
	if (s.len < 4 || !ascii_is((struct slice){s.p, 3}, "url"))
		return (struct slice){0};
	s = ascii_trim((struct slice){s.p + 3, s.len - 3});
	if (!s.len || *s.p != '=')
		return (struct slice){0};
	s = ascii_trim((struct slice){s.p + 1, s.len - 1});
	if (s.len && (*s.p == '"' || *s.p == '\'')) {
		const char *end = memchr(s.p + 1, *s.p, s.len - 1);

		s.p++;
		s.len = end ? (size_t)(end - s.p) : s.len - 1;
	}
	return s;
}

static bool add_text_link(struct walk *w, const char *href, bool nofollow)
{
	return !href || add_link(w, slice_of_text(href), nofollow);
}

bool crawl_links_is_nofollow(const xmlNode *element)
{
	return has_word(value_of(element, "rel"), WORD_END, "nofollow");
}

/* Adds the link of an element, if the element is a link. Returns false if the
 * list is full. */
static bool visit(struct walk *w, const xmlNode *n)
{
	const char *rel, *equiv;

	switch (html_name(n)->id) {
	case N_A:
	case N_AREA:
		return add_text_link(w, value_of(n, "href"),
				     crawl_links_is_nofollow(n));
	case N_LINK:
		rel = value_of(n, "rel");
		return !has_word(rel, WORD_END, "next") ||
		       add_text_link(w, value_of(n, "href"),
				     crawl_links_is_nofollow(n));
	case N_FRAME:
	case N_IFRAME:
		return add_text_link(w, value_of(n, "src"), false);
	case N_META:
		equiv = value_of(n, "http-equiv");
		if (ascii_is(slice_of_text(equiv), "refresh")) {
			const struct slice url =
				refresh_url(value_of(n, "content"));

			return !url.len || add_link(w, url, false);
		}
		return true;
	default:
		return true;
	}
}

bool crawl_links_is_nofollow_page(xmlDoc *doc, const char *agent)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n)) {
		if (n->type == XML_ELEMENT_NODE && html_name(n)->id == N_META &&
		    robots_meta_is_for(slice_of_text(value_of(n, "name")),
				       agent) &&
		    robots_meta_is_nofollow(
			    slice_of_text(value_of(n, "content"))))
			return true;
	}
	return false;
}

void crawl_links_read(struct buf *list, xmlDoc *doc, const struct url *base,
		      const char *agent)
{
	struct walk w = {
		.writer = {.list = list, .base = base},
		.page_nofollow = crawl_links_is_nofollow_page(doc, agent),
	};

	for (const xmlNode *n = doc->children;
	     n && !memory_limit_reached(); n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && !visit(&w, n))
			break;
	buf_release(&w.writer.url);
}
