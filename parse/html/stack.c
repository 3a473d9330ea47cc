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

/* Takes off what is above at, for put_back(). */
static struct html_open *take_above(struct html_stack *s, uint32_t at,
				    uint32_t *count)
{
	struct html_open *above;

	*count = s->count - at;
	above = xmalloc((*count + 1) * sizeof(*above));
	memcpy(above, s->open + at + 1, *count * sizeof(*above));
	while (s->count > at)
		html_stack_drop(s);
	return above;
}

static void put_back(struct html_stack *s, struct html_open *above,
		     uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		html_stack_push_as(s, above[i].name, above[i].node,
				   above[i].serial);
		html_stack_top(s)->html |= above[i].html & HTML_POINT_BIT;
	}
	free(above);
}

void html_stack_remove(struct html_stack *s, uint32_t at)
{
	uint32_t count;
	struct html_open *above = take_above(s, at, &count);

	html_stack_drop(s);
	put_back(s, above, count);
}

void html_stack_insert(struct html_stack *s, uint32_t at,
		       struct html_name *name, struct _xmlNode *node,
		       uint32_t serial)
{
	uint32_t count;
	struct html_open *above = take_above(s, at - 1, &count);

	html_stack_push_as(s, name, node, serial);
	put_back(s, above, count);
}
