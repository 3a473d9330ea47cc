#include "parse/css/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/html.h"

/* Steps for one document: about a second. */
enum { MAX_WORK = 100 * 1000 * 1000 };

static const char xhtml[] = "http://www.w3.org/1999/xhtml";

/* At first, then, and in a page that needs still more: those are mapped, so that
 * malloc() keeps nothing of them. */
enum { PLACES = 510, MORE_PLACES = 4096, MANY_PLACES = 1 << 16 };

struct css_places {
	struct css_places *next;
	size_t count, cap;
	struct css_place places[];
};

static size_t bytes_for(size_t cap)
{
	return sizeof(struct css_places) + cap * sizeof(struct css_place);
}

static struct css_places *places_new(struct css_document *d)
{
	const size_t cap = !d->places ? PLACES
			   : d->places->cap == PLACES ? MORE_PLACES
						      : MANY_PLACES;
	struct css_places *some = memory_resize(NULL, 0, bytes_for(cap));

	if (memory_limit_reached())
		d->work = -1;
	some->count = 0;
	some->cap = cap;
	some->next = d->places;
	return some;
}

xmlNode *css_previous(struct css_document *d, const xmlNode *n)
{
	do {
		n = n->prev;
		d->work--;
	} while (n && !css_is_element(n));
	return (xmlNode *)n;
}

xmlNode *css_next(struct css_document *d, const xmlNode *n)
{
	do {
		n = n->next;
		d->work--;
	} while (n && !css_is_element(n));
	return (xmlNode *)n;
}

xmlNode *css_first_child(struct css_document *d, const xmlNode *n)
{
	n = n->children;
	return !n || css_is_element(n) ? (xmlNode *)n : css_next(d, n);
}

xmlNode *css_last_child(struct css_document *d, const xmlNode *n)
{
	n = n->last;
	return !n || css_is_element(n) ? (xmlNode *)n : css_previous(d, n);
}

bool css_is_html(const struct css_document *d, const xmlNode *n,
		 const char *name)
{
	if (strcmp((const char *)n->name, name))
		return false;
	if (d->html)
		return html_space(n) == HTML_SPACE;
	return (n->ns && n->ns->href &&
		!strcmp((const char *)n->ns->href, xhtml));
}

bool css_is_closed(const struct css_document *d, const xmlNode *n)
{
	return d->html ? html_is(n, N_TEMPLATE) :
			 n->name[0] == 't' && css_is_html(d, n, "template");
}

xmlNode *css_behind(struct css_document *d, const xmlNode *n,
		    const xmlNode *top)
{
	const xmlNode *next = NULL;

	for (; !next && n != top; n = n->parent)
		next = css_next(d, n);
	return (xmlNode *)next;
}

xmlNode *css_following(struct css_document *d, const xmlNode *n,
		       const xmlNode *top)
{
	xmlNode *inside = NULL;

	if (n->children && !css_is_closed(d, n))
		inside = css_first_child(d, n);
	return inside ? inside : css_behind(d, n, top);
}

const xmlAttr *css_attr_of(struct css_document *d, const xmlNode *n,
			     const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		d->work--;
		if (a->name[0] == (xmlChar)name[0] && !a->ns &&
		    !strcmp((const char *)a->name, name))
			return a;
	}
	return NULL;
}

/* Of a value in pieces: those of text. What stands for an entity is left out,
 * as nothing is known of entities. */
static const char *pieces(struct css_document *d, const xmlNode *n)
{
	buf_clear(&d->value);
	for (; n; n = n->next)
		if (n->type == XML_TEXT_NODE && n->content)
			buf_addstr(&d->value, (const char *)n->content);
	return buf_cstr(&d->value);
}

const char *css_attr_value(struct css_document *d, const xmlAttr *a)
{
	const xmlNode *n = a->children;

	if (!n)
		return "";
	if (n->next || n->type != XML_TEXT_NODE)
		return pieces(d, n);
	return n->content ? (const char *)n->content : "";
}

const char *css_attr_text(struct css_document *d, const xmlNode *n,
			 const char *name)
{
	const xmlAttr *a = css_attr_of(d, n, name);

	return a ? css_attr_value(d, a) : NULL;
}

struct css_place *css_place(struct css_document *d, xmlNode *n)
{
	struct css_places *some = d->places;
	struct css_place *place;

	if (n->_private)
		return n->_private;
	if (!some || some->count == some->cap)
		some = d->places = places_new(d);
	place = &some->places[some->count++];
	*place = (struct css_place){.node = n};
	n->_private = place;
	return place;
}

xmlNode *css_root(const struct css_document *d)
{
	return xmlDocGetRootElement(d->doc);
}

struct css_document *css_document_new(xmlDoc *doc, bool html)
{
	struct css_document *d = xcalloc(1, sizeof(*d));

	d->doc = doc;
	d->html = html;
	d->quirks = html && html_quirks(doc) == HTML_QUIRKS;
	d->work = MAX_WORK;
	return d;
}

void css_document_free(struct css_document *d)
{
	struct css_places *some, *next;

	if (!d)
		return;
	for (some = d->places; some; some = next) {
		/* Another one may be made for the same tree. */
		for (size_t i = 0; i < some->count; i++)
			some->places[i].node->_private = NULL;
		next = some->next;
		memory_resize(some, bytes_for(some->cap), 0);
	}
	css_memo_release(&d->memo);
	buf_release(&d->value);
	free(d->language);
	free(d->levels);
	free(d);
}
