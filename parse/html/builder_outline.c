/*
 * Puts the elements of an outline into document order. An outline is a list of
 * the few elements of a page that are needed; the tree itself is not built.
 *
 * A new element usually comes after all others in the tree, so it is appended
 * to the list. There are two exceptions:
 *
 * - Foster parenting puts an element in front of an open table. In the list,
 *   its position is before all elements of that table: after the last element
 *   that was kept before the table was opened (html_builder.befores). A marker
 *   node is inserted there for the first such element. html_builder.fostered
 *   has the open elements that are in front of a table.
 *
 * - The adoption agency algorithm clones formatting elements, of which an
 *   outline keeps the links. The clones belong in front of the furthest block
 *   or, if they take over its children, directly behind it. The nodes that the
 *   algorithm moves were the last ones of the tree and still are.
 *
 * In the tree, an element that would be deeper than HTML_TREE_DEPTH becomes a
 * sibling of its parent. If such a parent was foster-parented or adopted, the
 * place of the next element is not known. html_builder.disordered notes that;
 * the outline is given up if another element has to be kept. docs/HTML.md lists
 * all cases in which an outline is given up.
 */
#include <string.h>

#include "base/memory_budget.h"
#include "parse/html/builder.h"
#include "parse/html/common/limits.h"

void builder_give_up_outline(struct html_builder *b)
{
	if (b->nodes.outline)
		b->given_up = b->stopped = true;
}

static uint32_t serial_at(const struct html_builder *b, uint32_t at)
{
	return b->stack.open[at].serial;
}

/* Returns the number of entries in b->befores whose serial number is at most
 * `serial`. The last of them is the entry for the special element with this
 * serial number. */
static size_t count_befores(const struct html_builder *b, uint32_t serial)
{
	size_t from = 0, to = b->befores_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (b->befores[middle].serial <= serial)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Returns the last node in front of the open special element at stack position
 * `at`; NULL: no node is in front. */
static struct _xmlNode *before_of(const struct html_builder *b, uint32_t at)
{
	const size_t count = count_befores(b, serial_at(b, at));

	return count ? b->befores[count - 1].node : NULL;
}

static void insert_before(struct html_builder *b, size_t i,
			  struct html_before new)
{
	const size_t cap = b->befores_cap ? b->befores_cap * 2 : 16;

	if (b->befores_count == b->befores_cap) {
		b->befores = memory_resize(
			b->befores, b->befores_cap * sizeof(*b->befores),
			cap * sizeof(*b->befores));
		b->befores_cap = cap;
	}
	memmove(b->befores + i + 1, b->befores + i,
		(b->befores_count++ - i) * sizeof(*b->befores));
	b->befores[i] = new;
}

/* Returns the index of the entry in b->befores that begins with this serial
 * number. If none begins there, divides the entry that includes the number. */
static size_t divide_before(struct html_builder *b, uint32_t serial)
{
	const size_t count = count_befores(b, serial);

	if (count && b->befores[count - 1].serial == serial)
		return count - 1;
	insert_before(b, count, (struct html_before){
		.node = count ? b->befores[count - 1].node : NULL,
		.serial = serial});
	return count;
}

/* Called after the node `by` was inserted in front of the open special element
 * at stack position `at`, directly after the last node there. `by` becomes the
 * last node in front of this element, and of those special elements between it
 * and stack position `below` that had the same last node. */
static void replace_before(struct html_builder *b, uint32_t at, uint32_t below,
			   struct _xmlNode *by)
{
	const uint32_t end = html_stack_special_from(&b->stack, below);
	const struct _xmlNode *old = before_of(b, at);
	size_t i = divide_before(b, serial_at(b, at)), to = b->befores_count;

	if (end < b->stack.specials_count)
		to = divide_before(b, serial_at(b, b->stack.specials[end]));
	for (; i < to && b->befores[i].node == old; i++)
		b->befores[i].node = by;
}

/* Returns the innermost open element that was foster-parented, or NULL. Removes
 * those that were closed from the list. */
static struct html_fostered *find_fostered(struct html_builder *b)
{
	const struct html_stack *s = &b->stack;
	struct html_fostered *a;

	for (; b->fostered_count; b->fostered_count--) {
		a = &b->fostered[b->fostered_count - 1];
		if (a->at <= s->count && s->open[a->at].serial == a->serial)
			return a;
	}
	return NULL;
}

/* Adds the element on top of the stack to the foster-parented elements, unless
 * it is in a template. */
static void add_fostered(struct html_builder *b)
{
	const size_t cap = b->fostered_cap ? b->fostered_cap * 2 : 16;
	const uint32_t table = builder_name(b, N_TABLE)->top;

	if (builder_name(b, N_TEMPLATE)->top >= table)
		return;
	find_fostered(b);
	if (b->fostered_count == b->fostered_cap) {
		b->fostered = memory_resize(
			b->fostered, b->fostered_cap * sizeof(*b->fostered),
			cap * sizeof(*b->fostered));
		b->fostered_cap = cap;
	}
	b->fostered[b->fostered_count++] = (struct html_fostered){
		.at = b->stack.count, .serial = b->stack.serial,
		.table = table,
	};
}

/* Returns the place in front of the table. Elements from stack position below
 * on stand in front of the table already, so their marks are not changed. */
static struct html_place before_table(struct html_builder *b, uint32_t table,
				      uint32_t below)
{
	const uint32_t serial = serial_at(b, table);
	struct _xmlNode *before = before_of(b, table);

	if (!html_outline_is_marker(before, serial)) {
		before = html_outline_add_marker(&b->nodes, before, serial);
		replace_before(b, table, below, before);
	}
	return (struct html_place){html_nodes_document(&b->nodes), before};
}

/* Called for each element that the outline keeps or counts. Returns false if
 * the outline is given up. */
static bool may_keep(struct html_builder *b)
{
	b->kept_in_select |= builder_is_open(b, N_SELECT);
	if (b->kept_in_select && b->selectedcontent)
		builder_give_up_outline(b);
	return !b->given_up;
}

struct _xmlNode *outline_count(struct html_builder *b,
			       const struct html_name *name,
			       const struct html_attr *attrs, size_t count)
{
	if ((name->id != N_A && name->id != N_AREA) ||
	    !html_outline_has_href(attrs, count))
		return NULL;
	return html_outline_count_link(
		&b->nodes, name, !b->nodes.template->top && may_keep(b));
}

/* Returns true if document order is known; otherwise gives the outline up. */
static bool has_order(struct html_builder *b)
{
	if (b->disordered)
		builder_give_up_outline(b);
	return may_keep(b);
}

struct html_place outline_place(struct html_builder *b,
				const struct html_name *name)
{
	const struct html_fostered *fostered;

	if (html_outline_counts(&b->nodes, name) ? !may_keep(b) : !has_order(b))
		return (struct html_place){NULL, NULL};
	if (html_outline_counts(&b->nodes, name))
		return (struct html_place){html_nodes_document(&b->nodes),
					   NULL};
	if (builder_is_fostering(b, b->stack.count))
		return before_table(b, builder_name(b, N_TABLE)->top,
				    UINT32_MAX);
	fostered = find_fostered(b);
	if (fostered)
		return before_table(b, fostered->table, fostered->at);
	return (struct html_place){html_nodes_document(&b->nodes), NULL};
}

/* Returns the kept element after which the next kept element comes in document
 * order; NULL if there is none. */
static struct _xmlNode *find_last(struct html_builder *b)
{
	const struct html_fostered *fostered =
		b->fostered_count ? find_fostered(b) : NULL;
	struct _xmlNode *before;

	if (!fostered)
		return html_outline_last(&b->nodes);
	before = before_of(b, fostered->table);
	return html_outline_is_marker(before, serial_at(b, fostered->table)) ?
		html_outline_previous(before) : before;
}

/* Records the last node in front of the special element on top of the stack.
 * Removes the entries of closed elements. */
static void note_before(struct html_builder *b)
{
	const struct html_stack *s = &b->stack;
	struct _xmlNode *last = NULL, *node = find_last(b);
	uint32_t below;

	if (!node && !b->befores_count)
		return;
	below = serial_at(b, s->specials[s->specials_count - 2]);
	while (b->befores_count &&
	       b->befores[b->befores_count - 1].serial > below)
		b->befores_count--;
	if (b->befores_count)
		last = b->befores[b->befores_count - 1].node;
	if (node != last)
		insert_before(b, b->befores_count, (struct html_before){
			.node = node, .serial = s->serial});
}

/* Returns true if microdata items are wanted and the page has had an itemscope
 * attribute: then a tree is needed. */
static bool has_items(const struct html_builder *b)
{
	return b->nodes.outline == HTML_OUTLINE_META &&
	       b->names.known[N_ITEMSCOPE].tag >= b->first_tag;
}

static void open_fostered(struct html_builder *b, bool foster)
{
	if (foster)
		add_fostered(b);
	if (b->stack.count <= HTML_TREE_DEPTH)
		return;
	/* In the tree, the element may become a sibling of the template instead
	 * of its descendant. */
	if (b->templates && b->first_template > HTML_TREE_DEPTH)
		builder_give_up_outline(b);
	b->disordered |= b->fostered_count;
}

void outline_opened(struct html_builder *b, bool foster)
{
	if (__builtin_expect(foster || b->stack.count > HTML_TREE_DEPTH, 0))
		open_fostered(b, foster);
	if (has_items(b))
		builder_give_up_outline(b);
	if (html_stack_top(&b->stack)->name->flags & SPECIAL)
		note_before(b);
}

void outline_remove_open(struct html_builder *b, uint32_t at)
{
	const struct html_fostered *fostered = find_fostered(b);

	if (fostered && fostered->at >= at)
		b->disordered = true;
}

void outline_adopt(struct html_builder *b, uint32_t at, uint32_t block)
{
	const struct html_fostered *fostered = find_fostered(b);
	const bool foster = builder_is_fostering(b, at - 1);

	if (!b->nodes.outline)
		return;
	if ((fostered && fostered->at == at) != foster)
		builder_give_up_outline(b);
	if (b->depth > HTML_TREE_DEPTH || (fostered && fostered->at > at))
		b->disordered = true;
	b->block_before = before_of(b, block);
}

/* Returns true if the clone of a formatting element has to be put into the
 * outline. Gives up the outline if the place is not known (see the top of this
 * file). If links are only counted, counts the clone and returns false. */
static bool is_kept(struct html_builder *b, const struct html_name *name,
		    struct _xmlNode *clone)
{
	if (!b->nodes.outline || !clone ||
	    !html_outline_keeps(&b->nodes, name))
		return false;
	if (!html_outline_counts(&b->nodes, name))
		return has_order(b);
	html_nodes_move(&b->nodes, clone, outline_place(b, name));
	return false;
}

void outline_cloned(struct html_builder *b, uint32_t block,
		    const struct html_name *name, struct _xmlNode *clone)
{
	if (!is_kept(b, name, clone))
		return;
	html_nodes_move(&b->nodes, clone, html_outline_place_after(
		&b->nodes, b->block_before));
	if (before_of(b, block) == b->block_before)
		replace_before(b, block, UINT32_MAX, clone);
}

void outline_wrapped(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone)
{
	const struct html_stack *s = &b->stack;
	const uint32_t above = html_stack_special_from(s, block + 1);
	struct _xmlNode *before;

	if (!is_kept(b, name, clone))
		return;
	before = before_of(b, block);
	html_nodes_move(&b->nodes, clone,
			html_outline_place_after(&b->nodes, before));
	if (above < s->specials_count &&
	    before_of(b, s->specials[above]) == before)
		replace_before(b, s->specials[above], UINT32_MAX, clone);
}

void outline_adopted(struct html_builder *b, uint32_t at)
{
	struct html_fostered *fostered = b->fostered_count ?
		&b->fostered[b->fostered_count - 1] : NULL;

	if (fostered && fostered->at == at)
		fostered->serial = b->stack.open[at].serial;
}

/* Returns true if text in the innermost open element is part of the page's
 * text, which the sink gets. */
static bool is_for_sink(const struct html_builder *b)
{
	switch (html_stack_top(&b->stack)->name->id) {
	case N_SCRIPT:
	case N_STYLE:
	case N_TITLE:
		return false;
	default:
		return !b->nodes.template->top;
	}
}

static void add_to_sink(const struct html_text_sink *sink,
			const struct html_text *text, bool goes_on)
{
	char *to = sink->room + *sink->used;

	if (goes_on || text->len >= sink->size - *sink->used) {
		sink->on_text(sink->ctx, text->p, text->len, goes_on);
		return;
	}
	*to = ' ';
	memcpy(to + 1, text->p, text->len);
	*sink->used += text->len + 1;
}

static void fill_sink(struct html_builder *b)
{
	const struct html_token *token = b->token;
	const char *p = token->text.p;
	const char *start = token->decoded ? token->source : p;

	if (!is_for_sink(b))
		return;
	add_to_sink(b->nodes.sink, &token->text, start == b->nodes.sink_end);
	b->nodes.sink_end = token->decoded ? token->source_end
					   : p + token->text.len;
}

void outline_text(struct html_builder *b)
{
	const struct html_token *token = b->token;

	if (b->nodes.sink)
		fill_sink(b);
	/* Elements with text that is kept, such as the title, have no text in
	 * any other mode. */
	if (b->mode == MODE_TEXT)
		html_nodes_text(&b->nodes, builder_place(b, 0), token,
				token->text.p, token->text.len);
}

void outline_drop_body(struct html_builder *b)
{
	if (b->nodes.outline)
		html_outline_drop_after(&b->nodes, before_of(b, 2));
}
