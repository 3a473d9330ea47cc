/* Collects all links of the page before any are written, because <meta
 * name=robots> with nofollow, and <base>, also apply to the links before
 * them. */
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

/* Memory that is reserved for the links of a page at once: LINK_BYTES for each
 * link, which is more than most take, for at most this number of links. */
enum { LINK_BYTES = 96, LINKS_RESERVED = 1024 };

/* Separators of the words in a rel attribute. */
#define WORD_END " \t\n\f\r"

/* Returns the attribute's value: "" if it is empty, NULL if there is none. */
static const char *value_of(const xmlNode *n, enum html_id name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		if (((const struct html_name *)a->psvi)->id != name)
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
	const bool is_short = w->base && w->base->len <= BASE_MAX;
	const size_t at = link_list_begin(w->list);

	if (!url_resolve(w->list, href.p, href.len, is_short ? w->base : NULL))
		return link_list_end(w->list, at, link, &w->count);
	w->list->len = at;
	return true;
}

static struct crawl_link *add_link(struct crawl_links *c, struct slice href,
				   bool nofollow)
{
	if (c->count == c->cap) {
		const size_t cap = c->cap ? c->cap * 2 : 128;

		c->links = memory_resize(c->links, c->cap * sizeof(*c->links),
					 cap * sizeof(*c->links));
		c->cap = cap;
	}
	c->links[c->count] = (struct crawl_link){.href = href,
						 .nofollow = nofollow};
	return &c->links[c->count++];
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

static void add_text_link(struct crawl_links *c, const char *href,
			  bool nofollow)
{
	if (href)
		add_link(c, slice_of_text(href), nofollow);
}

bool crawl_links_is_nofollow(const xmlNode *element)
{
	const char *rel = value_of(element, N_REL);

	return rel && has_word(rel, WORD_END, "nofollow");
}

static bool is_nofollow_meta(const xmlNode *meta, const char *agent)
{
	return robots_meta_is_for(slice_of_text(value_of(meta, N_NAME)),
				  agent) &&
	       robots_meta_is_nofollow(slice_of_text(value_of(meta,
							      N_CONTENT)));
}

static void visit_meta(struct crawl_links *c, const xmlNode *n)
{
	struct slice url;

	c->is_nofollow |= is_nofollow_meta(n, c->agent);
	if (!ascii_is(slice_of_text(value_of(n, N_HTTP_EQUIV)), "refresh"))
		return;
	url = refresh_url(value_of(n, N_CONTENT));
	if (url.len)
		add_link(c, url, false);
}

static void visit_anchor(struct crawl_links *c, const xmlNode *element)
{
	const char *href = value_of(element, N_HREF);

	if (href)
		add_link(c, slice_of_text(href),
			 crawl_links_is_nofollow(element))->is_anchor = true;
}

void crawl_links_visit(struct crawl_links *c, const xmlNode *element)
{
	switch (html_name(element)->id) {
	case N_A:
	case N_AREA:
		visit_anchor(c, element);
		break;
	case N_LINK:
		if (has_word(value_of(element, N_REL), WORD_END, "next"))
			add_text_link(c, value_of(element, N_HREF),
				      crawl_links_is_nofollow(element));
		break;
	case N_FRAME:
	case N_IFRAME:
		add_text_link(c, value_of(element, N_SRC), false);
		break;
	case N_META:
		visit_meta(c, element);
		break;
	default:
		break;
	}
}

/* Sets the place of the link that was added to the list at the offset. */
static void set_place(struct crawl_link *link, const struct buf *list,
		      size_t at)
{
	struct page_link added;

	if (!link_list_next(slice_of(list), &at, &added) || !added.is_plain ||
	    added.url.len == LINK_LENGTH)
		return;
	link->place = (size_t)(added.url.p - list->data);
	link->length = added.url.len;
}

void crawl_links_write(struct crawl_links *c, struct buf *list,
		       const struct url *base)
{
	struct link_writer w = {.list = list, .base = base};

	buf_reserve(list, c->count < LINKS_RESERVED
				  ? c->count * LINK_BYTES
				  : LINKS_RESERVED * LINK_BYTES);
	for (size_t i = 0; i < c->count && !memory_limit_reached(); i++) {
		struct crawl_link *link = &c->links[i];
		const size_t at = list->len;

		if (!link_writer_add(&w, link->href, &(struct page_link){
			.nofollow = link->nofollow || c->is_nofollow}))
			break;
		if (c->keep_places)
			set_place(link, list, at);
	}
}

void crawl_links_release(struct crawl_links *c)
{
	memory_resize(c->links, c->cap * sizeof(*c->links), 0);
}

bool crawl_links_is_nofollow_page(xmlDoc *doc, const char *agent)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && html_name(n)->id == N_META &&
		    is_nofollow_meta(n, agent))
			return true;
	return false;
}
