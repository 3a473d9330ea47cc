/* Finds the texts of elements. The texts of elements with many nodes are kept
 * until the end of the page, so that the nodes are visited only once, however
 * many fields select such an element or an element around it. */
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

static struct slice part_of(const struct large_texts *t, size_t from,
			    size_t len)
{
	return (struct slice){len ? t->text.data + from : "", len};
}

static void add_known_text(struct large_texts *t,
			   const struct css_memo_entry *known)
{
	/* The added text is in the same buffer, and moves if that grows. */
	buf_reserve(&t->text, known->b);
	buf_add(&t->text, part_of(t, known->a, known->b).p, known->b);
	t->nodes += MANY_NODES;
}

/* Returns true if the children of an element have to be visited. If the text of
 * the element is known, adds this text and returns false. */
static bool enter(struct large_texts *t, const xmlNode *element)
{
	const struct open_element new = {t->text.len, t->nodes};
	const struct css_memo_entry *known =
		css_memo_find(&t->places, 0, &place, element);

	if (known)
		add_known_text(t, known);
	else
		buf_add(&t->open, &new, sizeof(new));
	return !known;
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
		while (has_text_inside(n, root) && enter(t, n)) {
			n = n->children;
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

/* Like extractor_text(), for an element with many nodes. */
static struct slice large_text(struct large_texts *t, const xmlNode *element)
{
	const size_t start = t->text.len;

	add_text_inside(t, element);
	return part_of(t, start, t->text.len - start);
}

struct slice extractor_text(struct extractor *e, const xmlNode *element)
{
	const struct css_memo_entry *known = NULL;

	if (e->large.places.count)
		known = css_memo_find(&e->large.places, 0, &place, element);
	if (known)
		return part_of(&e->large, known->a, known->b);
	buf_clear(&e->text);
	if (text_of_small(&e->text, element, MANY_NODES))
		return slice_of(&e->text);
	return large_text(&e->large, element);
}
