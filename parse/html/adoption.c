/*
 * The adoption agency algorithm: handles an end tag of a formatting element
 * inside which other elements are open. Its loops are charged to the page's
 * budget; the furthest block is found in constant time.
 */
#include "parse/html/builder.h"
#include "parse/html/common/limits.h"

enum { OUTER_ROUNDS = 8, INNER_ROUNDS = 3 };

/* Largest growth of the tree's depth in one round of the algorithm: the cloned
 * elements, and the clone that becomes the parent of the block's children. */
enum { DEPTH_PER_ROUND = INNER_ROUNDS + 1 };

/* Returns an open element's entry in the list of formatting elements, or
 * NULL. */
static struct html_format *find_format(struct html_builder *b,
				       const struct html_open *e)
{
	struct html_formatting *all = &b->formatting;
	size_t i = all->count;

	if (!(e->name->flags & FORMATTING))
		return NULL;
	for (; i && all->list[i - 1].serial != e->serial; i--)
		;
	builder_charge(b, all->count - i + 1);
	return i ? &all->list[i - 1] : NULL;
}

/* Subtracts 1 from the stack positions in the list of formatting elements that
 * are greater than `above` and at most `most`. */
static void shift_positions(struct html_builder *b, uint32_t above,
			    uint32_t most)
{
	struct html_formatting *all = &b->formatting;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].id && all->list[i].at > above &&
		    all->list[i].at <= most)
			all->list[i].at--;
	builder_charge(b, all->count);
}

static void remove_open(struct html_builder *b, uint32_t at)
{
	builder_charge(b, b->stack.count - at + 1);
	html_stack_remove(&b->stack, at);
	shift_positions(b, at, UINT32_MAX);
}

void builder_remove_open(struct html_builder *b, uint32_t at)
{
	outline_remove_open(b, at);
	remove_open(b, at);
}

/* Moves an open element up the stack, to position `to`, and gives it a new node
 * and serial number. */
static void move_open(struct html_builder *b, uint32_t at, uint32_t to,
		      struct _xmlNode *node, uint32_t serial)
{
	builder_charge(b, b->stack.count * 2 - at - to + 1);
	html_stack_move(&b->stack, at, to, node, serial);
	shift_positions(b, at, to);
}

/* Replaces the element at a stack position by a clone, in the stack and in the
 * list of formatting elements. */
static struct _xmlNode *replace_by_clone(struct html_builder *b, uint32_t at,
					 struct html_format *f)
{
	struct html_stack *s = &b->stack;

	f->node = html_formatting_clone(b, f);
	f->serial = s->open[at].serial = ++s->serial;
	f->at = at;
	if (s->has_nodes)
		s->nodes[at] = f->node;
	return f->node;
}

/* The standard's inner loop over the elements between the formatting element
 * and the furthest block. Returns the last node; updates *block, the position
 * of the furthest block, and *bookmark, an index into the list of formatting
 * elements. */
static struct _xmlNode *clone_between(struct html_builder *b,
				      uint32_t formatting, uint32_t *block,
				      size_t *bookmark)
{
	struct _xmlNode *last = builder_node(b, *block);
	unsigned round = 0;
	bool first = true;

	for (uint32_t at = *block - 1; at > formatting; at--) {
		struct html_format *f = find_format(b, &b->stack.open[at]);
		struct _xmlNode *node;

		if (++round > INNER_ROUNDS && f) {
			if ((size_t)(f - b->formatting.list) < *bookmark)
				--*bookmark;
			html_formatting_remove(b, f);
			f = NULL;
		}
		if (!f) {
			remove_open(b, at);
			--*block;
			continue;
		}
		node = replace_by_clone(b, at, f);
		outline_cloned(b, *block, html_format_name(b, f), node);
		if (first)
			*bookmark = (size_t)(f - b->formatting.list) + 1;
		first = false;
		html_nodes_move(&b->nodes, last,
				(struct html_place){node, NULL});
		last = node;
	}
	return last;
}

/* Moves the children of the furthest block into a clone of the formatting
 * element. */
static void wrap_block(struct html_builder *b, uint32_t formatting,
		       uint32_t block, size_t bookmark)
{
	struct html_open e = b->stack.open[formatting];
	struct html_format *old = find_format(b, &e);
	struct html_format new = *old;
	struct _xmlNode *inside = builder_node(b, block);

	new.node = html_formatting_clone(b, old);
	outline_wrapped(b, block, e.name, new.node);
	new.serial = ++b->stack.serial;
	new.at = block;
	html_nodes_move_children(&b->nodes, inside, new.node);
	html_nodes_move(&b->nodes, new.node,
			(struct html_place){inside, NULL});
	if ((size_t)(old - b->formatting.list) < bookmark)
		bookmark--;
	html_formatting_remove(b, old);
	move_open(b, formatting, block, new.node, new.serial);
	html_formatting_insert(b, bookmark, new);
}

/* Runs one round of the standard's outer loop. Returns false when the algorithm
 * is finished. */
static bool adopt_once(struct html_builder *b, struct html_name *name)
{
	struct html_format *f = html_formatting_find(b, name);
	const struct html_stack *s = &b->stack;
	uint32_t at, block, special;
	size_t bookmark;
	struct _xmlNode *last;

	if (!f) {
		body_any_other_end_tag(b, name);
		return false;
	}
	at = html_format_position(&b->stack, f);
	if (!at) {
		html_formatting_remove(b, f);
		return false;
	}
	if (at < s->scopes[IN_SCOPE])
		return false;
	special = html_stack_special_from(s, at);
	if (special == s->specials_count) {
		html_formatting_remove(b, f);
		builder_pop_to(b, at);
		return false;
	}
	block = s->specials[special];
	outline_adopt(b, at, block);
	if (b->given_up)
		return false;
	bookmark = (size_t)(f - b->formatting.list);
	b->extra_depth += DEPTH_PER_ROUND;
	last = clone_between(b, at, &block, &bookmark);
	html_nodes_move(&b->nodes, last, builder_place(b, at - 1));
	wrap_block(b, at, block, bookmark);
	outline_adopted(b, at);
	return true;
}

void builder_adopt(struct html_builder *b, struct html_name *name)
{
	const struct html_open *top = html_stack_top(&b->stack);
	unsigned rounds = 0;

	if (b->budget < 0) {
		body_any_other_end_tag(b, name);
		return;
	}
	/* Shortcut for the usual case. */
	if (top->name == name && builder_drop_format(b)) {
		builder_pop(b);
		return;
	}
	if (top->name == name && !find_format(b, top)) {
		builder_pop(b);
		return;
	}
	while (rounds++ < OUTER_ROUNDS && adopt_once(b, name))
		;
}
