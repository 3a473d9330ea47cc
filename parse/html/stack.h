/*
 * The stack of open elements. Whether an element is open or in scope is found
 * in constant time at any depth: a name records its topmost open element, and
 * each element the nearest special element, which records the nearest boundary
 * of each scope.
 *
 * Positions count from 1; 0 means none. SVG and MathML elements have separate
 * names, so names here mean HTML elements unless stated otherwise.
 */
#ifndef PARSE_HTML_STACK_H
#define PARSE_HTML_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/names.h"

struct _xmlNode;

/* In the order of the first four enum html_flags. */
enum html_scope {
	IN_SCOPE,
	IN_LIST_SCOPE,
	IN_BUTTON_SCOPE,
	IN_TABLE_SCOPE,
	HTML_SCOPES,
};

struct html_open {
	struct html_name *name;
	struct _xmlNode *node;		/* NULL when no tree is built */
	uint32_t same;			/* position of the next element below
					 * with the same name */
	uint32_t mark;			/* index of the mark of the nearest
					 * special element, this one included */
	uint32_t serial;		/* unique for each element */
	uint32_t html;			/* position of the nearest HTML element,
					 * this one included; HTML_POINT_BIT may
					 * be set */
};

/* Flag in html_open.html: the element is an HTML integration point because of
 * one of its attributes. */
#define HTML_POINT_BIT (UINT32_C(1) << 31)

/* What is recorded about an open special element. */
struct html_mark {
	uint32_t at;			/* the element's position */
	uint32_t barrier;		/* position of the nearest BARRIER, this
					 * element included */
	uint32_t scopes[HTML_SCOPES];	/* position of the nearest boundary of
					 * each scope, this element included */
	struct _xmlNode *before;	/* only in outlines: see
					 * builder_outline.c */
};

struct html_stack {
	struct html_open *open;		/* array of open elements; [1] is
					 * <html> */
	uint32_t count, cap;
	struct html_mark *marks;	/* array of marks; [0] is for elements
					 * below all special elements */
	uint32_t marks_count, marks_cap;
	uint32_t serial;
};

void html_stack_init(struct html_stack *s);
void html_stack_release(struct html_stack *s);

void html_stack_grow(struct html_stack *s);
void html_stack_push_mark(struct html_stack *s, uint32_t flags);

/* Remove or insert an element in the middle of the stack. The cost is
 * proportional to the number of elements above. */
void html_stack_remove(struct html_stack *s, uint32_t at);
void html_stack_insert(struct html_stack *s, uint32_t at,
		       struct html_name *name, struct _xmlNode *node,
		       uint32_t serial);

static inline void html_stack_push_as(struct html_stack *s,
				      struct html_name *name,
				      struct _xmlNode *node, uint32_t serial)
{
	struct html_open *e;

	if (__builtin_expect(s->count + 1 == s->cap, 0))
		html_stack_grow(s);
	e = &s->open[++s->count];
	e->name = name;
	e->node = node;
	e->same = name->top;
	e->serial = serial;
	e->html = name->space == HTML_SPACE ? s->count :
					      e[-1].html & ~HTML_POINT_BIT;
	name->top = s->count;
	if (name->flags & (SPECIAL | SCOPES_ALL))
		html_stack_push_mark(s, name->flags);
	e->mark = s->marks_count - 1;
}

static inline void html_stack_push(struct html_stack *s,
				   struct html_name *name,
				   struct _xmlNode *node)
{
	html_stack_push_as(s, name, node, ++s->serial);
}

static inline struct html_open *html_stack_top(const struct html_stack *s)
{
	return &s->open[s->count];
}

/* Pops the top element. Use builder_pop() instead, because popping some
 * elements has further effects. */
static inline void html_stack_drop(struct html_stack *s)
{
	const struct html_open *e = html_stack_top(s);

	e->name->top = e->same;
	if (s->marks[e->mark].at == s->count)
		s->marks_count--;
	s->count--;
}

/* Empties the stack, but does not update html_name.top. */
static inline void html_stack_clear(struct html_stack *s)
{
	s->count = 0;
	s->marks_count = 1;
}

static inline const struct html_mark *html_stack_mark(
	const struct html_stack *s)
{
	return &s->marks[html_stack_top(s)->mark];
}

static inline bool html_stack_has(const struct html_stack *s,
				  const struct html_name *name,
				  enum html_scope scope)
{
	return name->top && name->top >= html_stack_mark(s)->scopes[scope];
}

#endif
