/* Per-document state of matching, and functions that move through the
 * document's tree and charge each step to the work budget. */
#include "parse/css/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/css/letter_case.h"
#include "parse/html/html.h"

/* Work budget of one document, in steps: about a second. */
enum { MAX_WORK = 100 * 1000 * 1000 };

static const char xhtml[] = "http://www.w3.org/1999/xhtml";

/* Sizes of the first, the second and all further blocks of positions. The
 * largest are so big that malloc() maps them, so it returns their memory to the
 * system when they are freed. */
enum { FIRST_BLOCK = 510, SECOND_BLOCK = 4096, LARGE_BLOCK = 1 << 16 };

struct css_positions {
	struct css_positions *next;
	size_t count, cap;
	struct css_position places[];
};

static size_t bytes_for(size_t cap)
{
	return sizeof(struct css_positions) + cap * sizeof(struct css_position);
}

static struct css_positions *positions_new(struct css_document *d)
{
	const size_t cap = !d->places ? FIRST_BLOCK
			   : d->places->cap == FIRST_BLOCK ? SECOND_BLOCK
							   : LARGE_BLOCK;
	struct css_positions *block = memory_resize(NULL, 0, bytes_for(cap));

	if (memory_limit_reached())
		d->work = -1;
	block->count = 0;
	block->cap = cap;
	block->next = d->places;
	return block;
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

bool css_is_template(const struct css_document *d, const xmlNode *n)
{
	return d->html ? html_is(n, N_TEMPLATE) :
			 n->name[0] == 't' && css_is_html(d, n, "template");
}

xmlNode *css_next_after_subtree(struct css_document *d, const xmlNode *n,
				const xmlNode *top)
{
	const xmlNode *next = NULL;

	for (; !next && n != top; n = n->parent)
		next = css_next(d, n);
	return (xmlNode *)next;
}

xmlNode *css_next_in_order(struct css_document *d, const xmlNode *n,
			   const xmlNode *top)
{
	xmlNode *inside = NULL;

	if (n->children && !css_is_template(d, n))
		inside = css_first_child(d, n);
	return inside ? inside : css_next_after_subtree(d, n, top);
}

const xmlAttr *css_attr_find(struct css_document *d, const xmlNode *n,
			     const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		d->work--;
		if (names_equal((const char *)a->name, name) && !a->ns)
			return a;
	}
	return NULL;
}

/* Joins the text nodes of a value that has several nodes. Entity references are
 * left out, as their values are not known. */
static const char *join_text_nodes(struct css_document *d, const xmlNode *n)
{
	buf_clear(&d->value);
	for (; n; n = n->next)
		if (n->type == XML_TEXT_NODE && n->content)
			buf_addstr(&d->value, (const char *)n->content);
	return buf_cstr(&d->value);
}

const char *css_attr_rare_value(struct css_document *d, const xmlAttr *a)
{
	const xmlNode *n = a->children;

	if (!n)
		return "";
	if (n->next || n->type != XML_TEXT_NODE)
		return join_text_nodes(d, n);
	return n->content ? (const char *)n->content : "";
}

const char *css_attr_text(struct css_document *d, const xmlNode *n,
			 const char *name)
{
	const xmlAttr *a = css_attr_find(d, n, name);

	return a ? css_attr_value(d, a) : NULL;
}

struct css_position *css_position(struct css_document *d, xmlNode *n)
{
	struct css_positions *block = d->places;
	struct css_position *place;

	if (n->_private)
		return n->_private;
	if (!block || block->count == block->cap)
		block = d->places = positions_new(d);
	place = &block->places[block->count++];
	*place = (struct css_position){.node = n};
	n->_private = place;
	return place;
}

xmlNode *css_root(const struct css_document *d)
{
	xmlNode *n = d->doc->children;

	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
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
	struct css_positions *block, *next;

	if (!d)
		return;
	for (block = d->places; block; block = next) {
		/* Resets the nodes, because another css_document may be created
		 * for the same tree. */
		for (size_t i = 0; i < block->count; i++)
			block->places[i].node->_private = NULL;
		next = block->next;
		memory_resize(block, bytes_for(block->cap), 0);
	}
	css_memo_release(&d->memo);
	buf_release(&d->value);
	free(d->language);
	free(d->levels);
	free(d);
}
