/*
 * Finds the texts of elements. The text of an element with many nodes is a part
 * of the text of the whole document, which is found in one walk and is kept
 * until the end of the page. So each node is visited only once, however many
 * fields select elements with many nodes, and no more than the page's text is
 * kept, whatever the order of the fields.
 */
#include "parse/extract/internal.h"

#include <string.h>

#include "parse/html/html.h"
#include "parse/text/node_text.h"

/* Minimum number of nodes of an element whose text is kept. */
enum { MANY_NODES = 32 << 10 };

/* An element that is open during a walk. */
struct open_element {
	size_t text, nodes;	/* length of large_texts.text, and the value of
				 * large_texts.nodes, at its start */
};

/* Part of the key of the entries in large_texts.places: its address is the
 * member `what`. */
static const char place;

void large_texts_clear(struct large_texts *t)
{
	css_memo_release(&t->places);
	buf_release(&t->text);
	buf_release(&t->open);
	*t = (struct large_texts){0};
}

static void enter(struct large_texts *t)
{
	const struct open_element new = {t->text.len, t->nodes};

	buf_add(&t->open, &new, sizeof(new));
}

static void leave(struct large_texts *t, const xmlNode *element)
{
	struct css_memo_entry *new;
	struct open_element start;

	t->open.len -= sizeof(start);
	memcpy(&start, t->open.data + t->open.len, sizeof(start));
	if (t->nodes - start.nodes < MANY_NODES)
		return;
	new = css_memo_add(&t->places, 0, &place, element);
	if (!new)
		return;
	new->a = (uint32_t)start.text;
	new->b = (uint32_t)(t->text.len - start.text);
}

static bool has_text_inside(const xmlNode *n, const xmlNode *root)
{
	return n == root || (n->type == XML_ELEMENT_NODE && n->children &&
			     !html_is(n, N_TEMPLATE));
}

/* Appends the text inside root, which has children, and keeps the places of the
 * texts of elements with many nodes. */
static void add_text_inside(struct large_texts *t, const xmlNode *root)
{
	const xmlNode *n = root;

	for (;; n = n->next) {
		t->nodes++;
		for (; has_text_inside(n, root); n = n->children) {
			enter(t);
			t->nodes++;
		}
		if (node_is_text(n) && n->content)
			buf_addstr(&t->text, (const char *)n->content);
		for (; n != root && !n->next; leave(t, n))
			n = n->parent;
		if (n == root)
			return;
	}
}

static bool is_template(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && html_is(n, N_TEMPLATE);
}

/* Returns the outermost node whose text contains that of the element: the
 * document, or a child of a template, whose text belongs to no other node. */
static const xmlNode *outermost(const xmlNode *n)
{
	while (n->parent && !is_template(n->parent))
		n = n->parent;
	return n;
}

static bool find_known(const struct large_texts *t, const xmlNode *element,
		       struct slice *text)
{
	const struct css_memo_entry *known =
		css_memo_find(&t->places, 0, &place, element);

	if (known)
		*text = (struct slice){known->b ? t->text.data + known->a : "",
				       known->b};
	return known != NULL;
}

struct slice extractor_text(struct extractor *e, const xmlNode *element)
{
	struct large_texts *t = &e->large;
	struct slice text;

	if (find_known(t, element, &text))
		return text;
	buf_clear(&e->text);
	if (text_of_small(&e->text, element, MANY_NODES))
		return slice_of(&e->text);
	add_text_inside(t, outermost(element));
	if (find_known(t, element, &text))
		return text;
	/* The table is full. */
	large_texts_clear(t);
	buf_clear(&e->text);
	text_of(&e->text, element);
	return slice_of(&e->text);
}
