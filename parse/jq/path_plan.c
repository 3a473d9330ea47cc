/* Finds the values of several paths in one pass. The paths that filters begin
 * with form a tree of steps: .a.b and .a.c share the step .a. Each step has a
 * number, its slot; slot 0 is the input itself. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json/cursor.h"
#include "base/mem.h"
#include "parse/jq/path_filter.h"
#include "parse/jq/path_node.h"

/* The result of place() for a node that is not a path that begins at the
 * input. */
static const size_t nowhere = SIZE_MAX;

struct step {
	enum path_kind kind;	/* PATH_KEY or PATH_INDEX */
	struct slice name;	/* borrowed from the filter */
	long index;
	size_t child, next;	/* slots of the first step from here, and of the
				 * next step from the same parent; 0: none */
};

struct path_plan {
	struct step *steps;	/* indexed by slot */
	size_t count;
};

struct path_plan *path_plan_new(void)
{
	struct path_plan *plan = xcalloc(1, sizeof(*plan));

	plan->steps = xcalloc(1, sizeof(*plan->steps));
	plan->count = 1;
	return plan;
}

void path_plan_free(struct path_plan *plan)
{
	if (!plan)
		return;
	free(plan->steps);
	free(plan);
}

/* --- Making --------------------------------------------------------------- */

static bool is_step(const struct step *s, const struct path_node *node)
{
	if (s->kind != node->kind)
		return false;
	return s->kind == PATH_KEY ? slice_equal(s->name, node->text)
				   : s->index == node->index;
}

/* Returns the slot of the node's step from the value in slot `at`. Adds the
 * step if it is new. */
static size_t add_step(struct path_plan *plan, const struct path_node *node,
		       size_t at)
{
	for (size_t i = plan->steps[at].child; i; i = plan->steps[i].next)
		if (is_step(&plan->steps[i], node))
			return i;
	plan->steps = xgrow(plan->steps, plan->count, 1, sizeof(*plan->steps));
	plan->steps[plan->count] = (struct step){
		.kind = node->kind,
		.name = node->text,
		.index = node->index,
		.next = plan->steps[at].child,
	};
	plan->steps[at].child = plan->count;
	return plan->count++;
}

/* Gives slots to all paths in the node, whose input is the value in slot `at`.
 * Returns the slot of the node's output, or nowhere. */
static size_t place(struct path_plan *plan, struct path_node *node, size_t at)
{
	size_t slot = nowhere;

	switch (node->kind) {
	case PATH_SELF:
		return at;
	case PATH_KEY:
	case PATH_INDEX:
		if (node->index < 0)
			return nowhere;
		node->slot = slot = add_step(plan, node, at);
		return slot;
	case PATH_PIPE:
		slot = place(plan, node->left, at);
		if (slot != nowhere)
			slot = place(plan, node->right, slot);
		if (slot != nowhere)
			node->slot = slot;
		return slot;
	case PATH_EACH:
	case PATH_LITERAL:
	case PATH_EMPTY:
		return nowhere;
	case PATH_COMMA:
	case PATH_OR:
	case PATH_TRY:
	case PATH_ARRAY:
	case PATH_OBJECT:
	case PATH_MEMBER:
		if (node->left)
			place(plan, node->left, at);
		if (node->right)
			place(plan, node->right, at);
		return nowhere;
	}
	return nowhere;
}

void path_plan_add(struct path_plan *plan, struct path_filter *filter)
{
	place(plan, filter->root, 0);
}

/* --- Finding -------------------------------------------------------------- */

struct finding {
	const struct step *steps;
	struct slice *values;
	struct json_cursor c;
};

/* Sets the values of all steps below the slot: to null for steps of this kind,
 * or for all steps if `all`; otherwise to unknown. A step below a step that is
 * null is null, too. */
static void set_inside(struct finding *f, size_t slot, enum path_kind kind,
		       bool all)
{
	static const struct slice null_value = {"null", 4};

	for (size_t i = f->steps[slot].child; i; i = f->steps[i].next) {
		const bool is_null = all || f->steps[i].kind == kind;

		f->values[i] = is_null ? null_value : (struct slice){0};
		set_inside(f, i, is_null ? kind : PATH_SELF, is_null);
	}
}

static void find_value(struct finding *f, size_t slot);

static void find_members(struct finding *f, size_t slot)
{
	set_inside(f, slot, PATH_KEY, false);
	if (!json_cursor_enter(&f->c))
		return;
	do {
		const struct json_name name = json_cursor_name(&f->c);
		size_t i = f->steps[slot].child;

		while (i && (f->steps[i].kind != PATH_KEY ||
			     !json_name_is(name, f->steps[i].name)))
			i = f->steps[i].next;
		if (i)
			find_value(f, i);
		else
			json_skip_value(&f->c);
	} while (json_cursor_more(&f->c));
}

static void find_elements(struct finding *f, size_t slot)
{
	long index = 0;

	set_inside(f, slot, PATH_INDEX, false);
	if (!json_cursor_enter(&f->c))
		return;
	do {
		size_t i = f->steps[slot].child;

		while (i && (f->steps[i].kind != PATH_INDEX ||
			     f->steps[i].index != index))
			i = f->steps[i].next;
		index++;
		if (i)
			find_value(f, i);
		else
			json_skip_value(&f->c);
	} while (json_cursor_more(&f->c));
}

/* Stores the value at the cursor in the slot, and finds the values of all steps
 * below the slot. */
static void find_value(struct finding *f, size_t slot)
{
	const char *const start = f->c.p;
	const char kind = json_cursor_kind(&f->c);

	if (f->steps[slot].child && kind == '{') {
		find_members(f, slot);
	} else if (f->steps[slot].child && kind == '[') {
		find_elements(f, slot);
	} else {
		set_inside(f, slot, PATH_SELF, kind == 'n');
		json_skip_value(&f->c);
	}
	f->values[slot] = (struct slice){start, (size_t)(f->c.p - start)};
}

void path_plan_find(const struct path_plan *plan, struct slice json,
		    struct buf *found)
{
	const size_t bytes = plan->count * sizeof(struct slice);
	struct finding f = {
		.steps = plan->steps,
		.c = json_cursor_of(json),
	};

	buf_clear(found);
	f.values = (struct slice *)(void *)buf_reserve(found, bytes);
	find_value(&f, 0);
	found->len = bytes;
}
