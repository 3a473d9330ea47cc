/*
 * The order of what an outline keeps: that of the tree which is not built.
 *
 * New elements mostly come last. There are two exceptions. What is put in front
 * of a table comes before all that is in the table: html_mark.before is what
 * was kept last when the table began, and the first time that it matters a
 * marker is put there. The elements that are open in front of a table are the
 * asides. And an adoption makes copies of formatting elements, of which links
 * are kept: in front of the block, or around its children. What it moves is at
 * the end before and after.
 *
 * Elements that are too deep are beside those that they are in: after something
 * was put in front of a table there, or adopted, the next element is not the
 * last one of the tree. That matters only if there is one that is kept.
 */
#include "base/memory_budget.h"
#include "parse/html/builder.h"
#include "parse/html/common/limits.h"

void builder_give_up_outline(struct html_builder *b)
{
	if (b->nodes.outline)
		b->given_up = b->stopped = true;
}

/* Of an open special element. */
static struct html_mark *mark_of(struct html_builder *b, uint32_t at)
{
	return &b->stack.marks[b->stack.open[at].mark];
}

/* What was kept last when the special elements began, from one on and below a
 * place, is another: something was put behind it. */
static void replace_before(struct html_builder *b, struct html_mark *mark,
			   uint32_t below, struct _xmlNode *by)
{
	const struct html_mark *end = b->stack.marks + b->stack.marks_count;
	const struct _xmlNode *old = mark->before;

	for (; mark < end && mark->at < below && mark->before == old; mark++)
		mark->before = by;
}

/* The innermost that is open. */
static struct html_aside *find_aside(struct html_builder *b)
{
	const struct html_stack *s = &b->stack;
	struct html_aside *a;

	for (; b->asides_count; b->asides_count--) {
		a = &b->asides[b->asides_count - 1];
		if (a->at <= s->count && s->open[a->at].serial == a->serial)
			return a;
	}
	return NULL;
}

/* What was opened, unless it is in a template. */
static void add_aside(struct html_builder *b)
{
	const size_t cap = b->asides_cap ? b->asides_cap * 2 : 16;
	const uint32_t table = builder_name(b, N_TABLE)->top;

	if (builder_name(b, N_TEMPLATE)->top >= table)
		return;
	find_aside(b);
	if (b->asides_count == b->asides_cap) {
		b->asides = memory_resize(b->asides,
					  b->asides_cap * sizeof(*b->asides),
					  cap * sizeof(*b->asides));
		b->asides_cap = cap;
	}
	b->asides[b->asides_count++] = (struct html_aside){
		.at = b->stack.count, .serial = b->stack.serial,
		.table = table,
	};
}

/* In front of the table, whose contents begin at or above a place. */
static struct html_place before_table(struct html_builder *b, uint32_t table,
				      uint32_t below)
{
	const uint32_t serial = b->stack.open[table].serial;
	struct html_mark *mark = mark_of(b, table);

	if (!html_outline_is_mark(mark->before, serial))
		replace_before(b, mark, below,
			       html_outline_mark(&b->nodes, mark->before,
						 serial));
	return (struct html_place){html_nodes_document(&b->nodes),
				   mark->before};
}

/* Whether there is a place for what is kept. */
static bool has_order(struct html_builder *b)
{
	if (b->disordered)
		builder_give_up_outline(b);
	return !b->disordered;
}

struct html_place outline_place(struct html_builder *b)
{
	const struct html_aside *aside;

	if (!has_order(b))
		return (struct html_place){NULL, NULL};
	if (builder_is_fostering(b, b->stack.count))
		return before_table(b, builder_name(b, N_TABLE)->top,
				    UINT32_MAX);
	aside = find_aside(b);
	if (aside)
		return before_table(b, aside->table, aside->at);
	return (struct html_place){html_nodes_document(&b->nodes), NULL};
}

/* What is kept last of what comes before the next element. */
static struct _xmlNode *find_last(struct html_builder *b)
{
	const struct html_aside *aside =
		b->asides_count ? find_aside(b) : NULL;
	struct _xmlNode *before;

	if (!aside)
		return html_outline_last(&b->nodes);
	before = mark_of(b, aside->table)->before;
	return html_outline_is_mark(before,
				    b->stack.open[aside->table].serial) ?
		html_outline_previous(before) : before;
}

/* What items say takes a tree: a tag of them was just read, or before. */
static bool has_items(const struct html_builder *b)
{
	return b->nodes.outline == HTML_OUTLINE_META &&
	       b->names.known[N_ITEMSCOPE].tag >= b->first_tag;
}

static void open_aside(struct html_builder *b, bool foster)
{
	if (foster)
		add_aside(b);
	if (b->stack.count <= HTML_TREE_DEPTH)
		return;
	/* It may not be in the template. */
	if (builder_is_open(b, N_TEMPLATE))
		builder_give_up_outline(b);
	b->disordered |= b->asides_count;
}

void outline_opened(struct html_builder *b, bool foster)
{
	if (__builtin_expect(foster || b->stack.count > HTML_TREE_DEPTH, 0))
		open_aside(b, foster);
	if (has_items(b))
		builder_give_up_outline(b);
	if (html_stack_top(&b->stack)->name->flags & (SPECIAL | SCOPES_ALL))
		mark_of(b, b->stack.count)->before = find_last(b);
}

void outline_remove_open(struct html_builder *b, uint32_t at)
{
	const struct html_aside *aside = find_aside(b);

	if (aside && aside->at >= at)
		b->disordered = true;
}

void outline_adopt(struct html_builder *b, uint32_t at, uint32_t block)
{
	const struct html_aside *aside = find_aside(b);
	const bool foster = builder_is_fostering(b, at - 1);

	if (!b->nodes.outline)
		return;
	if ((aside && aside->at == at) != foster)
		builder_give_up_outline(b);
	if (b->depth > HTML_TREE_DEPTH || (aside && aside->at > at))
		b->disordered = true;
	b->block_before = mark_of(b, block)->before;
}

/* Whether a clone is kept, and has a place. */
static bool is_kept(struct html_builder *b, const struct html_name *name,
		    const struct _xmlNode *clone)
{
	return b->nodes.outline && clone &&
	       html_outline_keeps(&b->nodes, name) && has_order(b);
}

void outline_renewed(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone)
{
	struct html_mark *mark = mark_of(b, block);

	if (!is_kept(b, name, clone))
		return;
	html_nodes_move(&b->nodes, clone, html_outline_behind(
		&b->nodes, b->block_before));
	if (mark->before == b->block_before)
		replace_before(b, mark, UINT32_MAX, clone);
}

void outline_wrapped(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone)
{
	struct html_mark *mark = mark_of(b, block);

	if (!is_kept(b, name, clone))
		return;
	html_nodes_move(&b->nodes, clone, html_outline_behind(
		&b->nodes, mark->before));
	if (mark + 1 < b->stack.marks + b->stack.marks_count &&
	    mark[1].before == mark->before)
		replace_before(b, mark + 1, UINT32_MAX, clone);
}

void outline_adopted(struct html_builder *b, uint32_t at)
{
	struct html_aside *aside = b->asides_count ?
		&b->asides[b->asides_count - 1] : NULL;

	if (aside && aside->at == at)
		aside->serial = b->stack.open[at].serial;
}

void outline_drop_body(struct html_builder *b)
{
	if (b->nodes.outline)
		html_outline_drop_behind(&b->nodes, mark_of(b, 2)->before);
}
