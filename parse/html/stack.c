/* The functions of the stack of open elements that are not inline in
 * stack.h. */
#include "parse/html/stack.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/common/region.h"

enum { FIRST_CAP = 128, MOST_SAVED = HTML_SCOPES + 1 };

/* An array of at least this size gets its physical memory as soon as it grows.
 * It grows by a smaller factor, so that little of this memory stays unused. */
enum { LARGE_BYTES = 4 << 20 };

/* The name of the entry below all elements. */
static struct html_name no_name;

static void *resize(void *array, uint32_t *cap, uint32_t new_cap, size_t size)
{
	const size_t before = *cap * size, after = new_cap * size;
	char *p = memory_resize(array, before, after);

	*cap = new_cap;
	if (before >= LARGE_BYTES && after > before)
		html_populate(p + before, after - before);
	return p;
}

/* Returns the next capacity of an array. */
static uint32_t more_than(uint32_t cap, size_t size)
{
	if (cap * size < LARGE_BYTES)
		return cap + cap / 2 + FIRST_CAP;
	return cap + cap / 8;
}

void html_stack_init(struct html_stack *s)
{
	*s = (struct html_stack){.specials_count = 1};
	html_stack_grow(s);
	s->specials = resize(NULL, &s->specials_cap, FIRST_CAP,
			     sizeof(*s->specials));
	s->specials[0] = 0;
	s->open[0] = (struct html_open){.name = &no_name};
}

void html_stack_release(struct html_stack *s)
{
	resize(s->open, &s->cap, 0, sizeof(*s->open));
	resize(s->nodes, &s->nodes_cap, 0, sizeof(struct _xmlNode *));
	resize(s->specials, &s->specials_cap, 0, sizeof(*s->specials));
	resize(s->saved, &s->saved_cap, 0, sizeof(*s->saved));
	*s = (struct html_stack){0};
}

size_t html_stack_bytes(const struct html_stack *s)
{
	return s->cap * sizeof(*s->open) +
	       s->nodes_cap * sizeof(struct _xmlNode *) +
	       s->specials_cap * sizeof(*s->specials) +
	       s->saved_cap * sizeof(*s->saved);
}

static void match_nodes(struct html_stack *s)
{
	if (!s->has_nodes || s->nodes_cap >= s->cap)
		return;
	s->nodes = resize(s->nodes, &s->nodes_cap, s->cap,
			  sizeof(struct _xmlNode *));
	s->nodes[0] = NULL;
}

void html_stack_begin(struct html_stack *s, bool has_nodes)
{
	html_stack_clear(s);
	s->has_nodes = has_nodes;
	match_nodes(s);
}

void html_stack_clear(struct html_stack *s)
{
	s->count = s->saved_count = s->foreign = s->last_at = 0;
	s->specials_count = 1;
	s->root = s->last = NULL;
	memset(s->scopes, 0, sizeof(s->scopes));
}

void html_stack_grow(struct html_stack *s)
{
	s->open = resize(s->open, &s->cap,
			 s->cap ? more_than(s->cap, sizeof(*s->open)) :
				  FIRST_CAP,
			 sizeof(*s->open));
	match_nodes(s);
}

static void grow_saved(struct html_stack *s)
{
	s->saved = resize(s->saved, &s->saved_cap,
			  more_than(s->saved_cap, sizeof(*s->saved)),
			  sizeof(*s->saved));
}

static void grow_specials(struct html_stack *s)
{
	s->specials = resize(s->specials, &s->specials_cap,
			     more_than(s->specials_cap, sizeof(*s->specials)),
			     sizeof(*s->specials));
}

/* Makes the top element the topmost boundary of a scope, if it is one, and
 * saves the old one. Returns the end of the saved values. */
static inline uint32_t *enter_scope(struct html_stack *s, uint32_t *to,
				    uint32_t flags, enum html_scope scope)
{
	if (!(flags & 1u << scope))
		return to;
	*to = s->scopes[scope];
	s->scopes[scope] = s->count;
	return to + 1;
}

static inline const uint32_t *leave_scope(struct html_stack *s,
					  const uint32_t *from, uint32_t flags,
					  enum html_scope scope)
{
	if (!(flags & 1u << scope))
		return from;
	s->scopes[scope] = *--from;
	return from;
}

void html_stack_enter(struct html_stack *s, uint32_t flags)
{
	const uint32_t at = s->count;
	uint32_t *to;

	if (flags & SPECIAL) {
		if (s->specials_count == s->specials_cap)
			grow_specials(s);
		s->specials[s->specials_count++] = at;
	}
	if (!(flags & (BOUNDARY | FOREIGN_NAME)))
		return;
	if (s->saved_count + MOST_SAVED > s->saved_cap)
		grow_saved(s);
	to = s->saved + s->saved_count;
	if (flags & FOREIGN_NAME &&
	    !(s->open[at - 1].name->flags & FOREIGN_NAME)) {
		*to++ = s->foreign;
		s->foreign = at;
	}
	to = enter_scope(s, to, flags, IN_SCOPE);
	to = enter_scope(s, to, flags, IN_LIST_SCOPE);
	to = enter_scope(s, to, flags, IN_BUTTON_SCOPE);
	to = enter_scope(s, to, flags, IN_TABLE_SCOPE);
	to = enter_scope(s, to, flags, IN_BARRIER);
	s->saved_count = (uint32_t)(to - s->saved);
}

void html_stack_leave(struct html_stack *s, uint32_t flags)
{
	const uint32_t *from;

	if (flags & SPECIAL)
		s->specials_count--;
	if (!(flags & (BOUNDARY | FOREIGN_NAME)))
		return;
	from = s->saved + s->saved_count;
	from = leave_scope(s, from, flags, IN_BARRIER);
	from = leave_scope(s, from, flags, IN_TABLE_SCOPE);
	from = leave_scope(s, from, flags, IN_BUTTON_SCOPE);
	from = leave_scope(s, from, flags, IN_LIST_SCOPE);
	from = leave_scope(s, from, flags, IN_SCOPE);
	if (flags & FOREIGN_NAME && s->foreign == s->count)
		s->foreign = *--from;
	s->saved_count = (uint32_t)(from - s->saved);
}

/* Pops the element at position `at` and all elements above it. Their entries in
 * s->open stay unchanged. */
static void unlink_from(struct html_stack *s, uint32_t at)
{
	while (s->count >= at)
		html_stack_drop(s);
}

/* Pushes the elements whose entries are in s->open already, up to position
 * `at`. */
static void link_to(struct html_stack *s, uint32_t at)
{
	while (s->count < at) {
		s->count++;
		html_stack_link(s);
	}
}

void html_stack_rename(struct html_stack *s, struct html_name *name)
{
	html_stack_drop(s);
	s->open[++s->count].name = name;
	html_stack_link(s);
}

/* Moves `count` entries above position `at` down by one, over the entry at
 * `at`. */
static void move_down(struct html_stack *s, uint32_t at, uint32_t count)
{
	memmove(s->open + at, s->open + at + 1, count * sizeof(*s->open));
	if (s->has_nodes)
		memmove(s->nodes + at, s->nodes + at + 1,
			count * sizeof(*s->nodes));
}

void html_stack_remove(struct html_stack *s, uint32_t at)
{
	const uint32_t count = s->count;

	unlink_from(s, at);
	move_down(s, at, count - at);
	link_to(s, count - 1);
	if (s->last_at == at)
		s->last_at = 0;
	s->last_at -= s->last_at > at;
}

void html_stack_move(struct html_stack *s, uint32_t at, uint32_t to,
		     struct _xmlNode *node, uint32_t serial)
{
	const uint32_t count = s->count;
	struct html_open e = s->open[at];

	unlink_from(s, at);
	move_down(s, at, to - at);
	e.serial = serial;
	s->open[to] = e;
	if (s->has_nodes)
		s->nodes[to] = node;
	link_to(s, count);
	s->last_at = 0;
}

uint32_t html_stack_special_from(const struct html_stack *s, uint32_t at)
{
	uint32_t from = 1, to = s->specials_count;

	/* Usually the result is one of the last two indexes, or
	 * specials_count. */
	if (s->specials[to - 1] < at)
		return to;
	if (s->specials[--to - 1] < at)
		return to;
	while (from < to) {
		const uint32_t middle = from + (to - from) / 2;

		if (s->specials[middle] < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}
