/* A match of the role's selector is an element that has a URL, an element that
 * contains links, or a text or an attribute that is a URL. */
#include "parse/extract/role_links.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/css/match.h"
#include "parse/extract/internal.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

/* State of one search. */
struct search {
	struct css_document *document;
	bool html;
	struct nodes items;
	struct nodes matches;		/* matches of one selector in one
					 * scope */
	const struct role_follow *follow;
	size_t item;
	const xmlNode *walked;		/* the last element whose contained
					 * links were added */
	bool (*on_link)(void *ctx, const struct role_link *link);
	void *ctx;
	bool is_done;			/* on_link has returned false */
	struct buf text;		/* scratch buffer */
};

static void on_match(void *ctx, size_t which, xmlNode *node)
{
	(void)which;
	nodes_add(ctx, node);
}

static void add_url(struct search *s, const xmlNode *element, const char *url,
		    size_t len)
{
	const struct slice trimmed = ascii_trim((struct slice){url, len});

	if (!trimmed.len || s->is_done)
		return;
	s->is_done = !s->on_link(s->ctx, &(struct role_link){
		.element = element,
		.url = trimmed,
		.to = s->follow->to,
		.item = s->item,
	});
}

static void add_attribute(struct search *s, const xmlNode *n, const char *name)
{
	const char *value;

	buf_clear(&s->text);
	value = text_attribute(n, name, &s->text);
	if (value)
		add_url(s, n, value, strlen(value));
}

/* Adds the texts directly inside the element as URLs. */
static void add_texts(struct search *s, const xmlNode *element)
{
	for (const xmlNode *n = element->children; n; n = n->next)
		if ((n->type == XML_TEXT_NODE ||
		     n->type == XML_CDATA_SECTION_NODE) && n->content)
			add_url(s, element, (const char *)n->content,
				strlen((const char *)n->content));
}

/* Returns the name of the attribute with the URL of a link, or NULL if the
 * element is not a link. */
static const char *url_attribute(const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_A:
	case N_AREA:
	case N_LINK:
		return "href";
	case N_FRAME:
	case N_IFRAME:
		return "src";
	default:
		return NULL;
	}
}

/* Returns the first node after the element's contents. */
static const xmlNode *end_of(const xmlNode *n)
{
	while (n && !n->next)
		n = n->parent;
	return n ? n->next : NULL;
}

static bool is_inside(const xmlNode *n, const xmlNode *element)
{
	while (n && n != element)
		n = n->parent;
	return n && element;
}

/* Adds the URL of the element if the element is a link, or else the URLs of all
 * links inside the element. */
static void add_html_element(struct search *s, const xmlNode *element)
{
	const char *name = url_attribute(element);
	const xmlNode *end = end_of(element);

	/* Matches come in document order. One inside the element before it
	 * would add the same links again. */
	if (is_inside(element, s->walked))
		return;
	if (name) {
		add_attribute(s, element, name);
		return;
	}
	s->walked = element;
	for (const xmlNode *n = html_next_node(element);
	     n && n != end && !s->is_done; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && (name = url_attribute(n)))
			add_attribute(s, n, name);
}

static bool has_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *a = element->properties; a; a = a->next)
		if (!strcmp((const char *)a->name, name))
			return true;
	return false;
}

/* Adds the URL in href or, if there is no href, in the element's text, where
 * feeds have it. XML defines no link elements. */
static void add_xml_element(struct search *s, const xmlNode *element)
{
	if (has_attribute(element, "href"))
		add_attribute(s, element, "href");
	else
		add_texts(s, element);
}

static void add_match(struct search *s, const xmlNode *n)
{
	const char *attr;

	switch (css_take(s->follow->css, &attr)) {
	case CSS_TAKE_ATTR:
		add_attribute(s, n, s->html && html_space(n) == HTML_SPACE
					    ? s->follow->lower_attr : attr);
		break;
	case CSS_TAKE_TEXT:
		add_texts(s, n);
		break;
	default:
		if (s->html)
			add_html_element(s, n);
		else
			add_xml_element(s, n);
	}
}

/* Adds the matches inside the element scope (NULL: in the whole page). Returns
 * NULL, or the reason why the search was given up. */
static const char *search_in(struct search *s, xmlNode *scope, bool *has_any)
{
	const char *why;

	nodes_clear(&s->matches);
	s->walked = NULL;
	why = css_find(s->document, s->follow->set, scope, on_match,
		       &s->matches);
	for (size_t i = 0; i < s->matches.count && !s->is_done && !why; i++) {
		*has_any = true;
		add_match(s, s->matches.list[i]);
	}
	return why;
}

static const char *follow(struct search *s, bool has_each, bool is_own_role)
{
	bool has_any = false;
	const char *why = NULL;

	for (size_t i = 0; i < s->items.count && !why && !s->is_done; i++) {
		s->item = i;
		why = search_in(s, s->items.list[i], &has_any);
	}
	s->item = ROLE_NO_ITEM;
	if (has_any || why || (has_each && !s->items.count && !is_own_role))
		return why;
	return search_in(s, NULL, &has_any);
}

const char *role_links_find(const struct role *role, unsigned number,
			    const struct schema *x, xmlDoc *doc, bool html,
			    bool (*on_link)(void *ctx,
					    const struct role_link *link),
			    void *ctx)
{
	const bool has_each = x && x->fields.each;
	const char *why = NULL;
	struct search s = {
		.html = html, .on_link = on_link, .ctx = ctx,
	};

	if (!role->follow_count)
		return NULL;
	s.document = css_document_new(doc, html);
	if (has_each)
		why = css_find(s.document, x->fields.each_set, NULL, on_match,
			       &s.items);
	for (size_t i = 0; i < role->follow_count && !why && !s.is_done &&
	     !memory_limit_reached(); i++) {
		s.follow = &role->follow[i];
		why = follow(&s, has_each, s.follow->to == number);
	}
	css_document_free(s.document);
	nodes_release(&s.items);
	nodes_release(&s.matches);
	buf_release(&s.text);
	return why;
}
