/* The functions of the stack of open elements that are not inline in
 * stack.h. */
#include "parse/html/stack.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"

enum { FIRST_CAP = 128 };

void html_stack_init(struct html_stack *s)
{
	*s = (struct html_stack){
		.open = xcalloc(FIRST_CAP, sizeof(*s->open)),
		.marks = xcalloc(FIRST_CAP, sizeof(*s->marks)),
		.cap = FIRST_CAP, .marks_cap = FIRST_CAP, .marks_count = 1,
	};
}

void html_stack_release(struct html_stack *s)
{
	memory_resize(s->open, s->cap * sizeof(*s->open), 0);
	memory_resize(s->marks, s->marks_cap * sizeof(*s->marks), 0);
	*s = (struct html_stack){0};
}

void html_stack_grow(struct html_stack *s)
{
	const uint32_t cap = s->cap + s->cap / 2;

	s->open = memory_resize(s->open, s->cap * sizeof(*s->open),
			    cap * sizeof(*s->open));
	s->cap = cap;
}

static void grow_marks(struct html_stack *s)
{
	const uint32_t cap = s->marks_cap + s->marks_cap / 2;

	s->marks = memory_resize(s->marks, s->marks_cap * sizeof(*s->marks),
			     cap * sizeof(*s->marks));
	s->marks_cap = cap;
}

void html_stack_push_mark(struct html_stack *s, uint32_t flags)
{
	struct html_mark *mark;

	if (s->marks_count == s->marks_cap)
		grow_marks(s);
	mark = &s->marks[s->marks_count++];
	*mark = mark[-1];
	mark->at = s->count;
	if (flags & BARRIER)
		mark->barrier = s->count;
	if (!(flags & SCOPES_ALL))
		return;
	for (unsigned scope = 0; scope < HTML_SCOPES; scope++)
		if (flags & 1u << scope)
			mark->scopes[scope] = s->count;
}

/* The elements above a position, while they are popped temporarily. */
struct popped {
	struct html_open *open;
	struct html_mark *marks;
	uint32_t count;
};

static struct popped pop_above(struct html_stack *s, uint32_t at)
{
	const uint32_t count = s->count - at, marks = s->marks_count;
	struct popped popped = {.count = count};

	popped.open = (void *)xmemdup(s->open + at + 1,
				      count * sizeof(*s->open));
	while (s->count > at)
		html_stack_drop(s);
	popped.marks = (void *)xmemdup(s->marks + s->marks_count,
				       (marks - s->marks_count) *
					      sizeof(*s->marks));
	return popped;
}

static void push_again(struct html_stack *s, struct popped popped)
{
	const struct html_mark *mark = popped.marks;
	uint32_t marks;

	for (const struct html_open *e = popped.open;
	     e < popped.open + popped.count; e++) {
		marks = s->marks_count;
		html_stack_push_as(s, e->name, e->node, e->serial);
		html_stack_top(s)->html |= e->html & HTML_POINT_BIT;
		if (s->marks_count > marks)
			s->marks[marks].before = mark++->before;
	}
	free(popped.open);
	free(popped.marks);
}

void html_stack_remove(struct html_stack *s, uint32_t at)
{
	struct popped popped = pop_above(s, at);

	html_stack_drop(s);
	push_again(s, popped);
}

void html_stack_insert(struct html_stack *s, uint32_t at,
		       struct html_name *name, struct _xmlNode *node,
		       uint32_t serial)
{
	struct popped popped = pop_above(s, at - 1);

	html_stack_push_as(s, name, node, serial);
	push_again(s, popped);
}
