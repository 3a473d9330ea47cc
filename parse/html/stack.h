/*
 * The stack of open elements. Whether an element is open or in scope is found
 * in constant time at any depth: a name records its topmost open element, and
 * the stack the topmost boundary of each scope. An element that replaces one of
 * these positions saves the old one in html_stack.saved; it is restored when
 * the element is popped.
 *
 * An element takes as few bytes as possible: on a page that opens millions of
 * elements, most of the time goes into getting memory from the system.
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

/* In the order of the first enum html_flags. IN_BARRIER: not a scope of the
 * standard; its boundaries are the BARRIER elements. */
enum html_scope {
	IN_SCOPE,
	IN_LIST_SCOPE,
	IN_BUTTON_SCOPE,
	IN_TABLE_SCOPE,
	IN_BARRIER,
	HTML_SCOPES,
};

struct html_open {
	struct html_name *name;
	uint32_t same;			/* position of the next element below
					 * with the same name */
	uint32_t serial;		/* unique for each element */
};

struct html_stack {
	struct html_open *open;		/* array of open elements; [1] is
					 * <html> */
	uint32_t count, cap;
	uint32_t serial;
	uint32_t foreign;		/* position where the topmost sequence of
					 * SVG and MathML elements begins */
	uint32_t scopes[HTML_SCOPES];	/* position of the topmost boundary of
					 * each scope */
	uint32_t *specials;		/* array of the positions of special
					 * elements; [0] is 0 */
	uint32_t specials_count, specials_cap;
	uint32_t *saved;		/* old values of foreign and scopes */
	uint32_t saved_count, saved_cap;
	struct _xmlNode **nodes;	/* array parallel to open; only if a
					 * tree is built */
	uint32_t nodes_cap;
	bool has_nodes;			/* a tree is built */
	struct _xmlNode *root, *last;	/* only in outlines: the nodes, or NULL,
					 * of <html> and of the element pushed
					 * last */
	uint32_t last_at;		/* position of the latter */
};

void html_stack_init(struct html_stack *s);
void html_stack_release(struct html_stack *s);

/* Prepares the empty stack for a page. */
void html_stack_begin(struct html_stack *s, bool has_nodes);

/* Returns the size of the buffers in bytes. */
size_t html_stack_bytes(const struct html_stack *s);

void html_stack_grow(struct html_stack *s);

/* Update what the stack records about special elements and boundaries: called
 * after the top element was pushed, or before it is popped. */
void html_stack_enter(struct html_stack *s, uint32_t flags);
void html_stack_leave(struct html_stack *s, uint32_t flags);

/* Gives the top element another name. */
void html_stack_rename(struct html_stack *s, struct html_name *name);

/* html_stack_remove() removes an element from the middle of the stack.
 * html_stack_move() moves one up to another position, with a new node and
 * serial. The cost is proportional to the number of elements above. */
void html_stack_remove(struct html_stack *s, uint32_t at);
void html_stack_move(struct html_stack *s, uint32_t at, uint32_t to,
		     struct _xmlNode *node, uint32_t serial);

/* Returns the index in specials of the lowest special element at or above a
 * position; specials_count if there is none. */
uint32_t html_stack_special_from(const struct html_stack *s, uint32_t at);

/* Completes the top element, whose name and serial are set. */
static inline void html_stack_link(struct html_stack *s)
{
	struct html_open *e = &s->open[s->count];
	struct html_name *name = e->name;

	e->same = name->top;
	name->top = s->count;
	if (name->flags & (SPECIAL | FOREIGN_NAME))
		html_stack_enter(s, name->flags);
}

static inline void html_stack_push(struct html_stack *s,
				   struct html_name *name,
				   struct _xmlNode *node)
{
	struct html_open *e;

	if (__builtin_expect(s->count + 1 == s->cap, 0))
		html_stack_grow(s);
	e = &s->open[++s->count];
	e->name = name;
	e->serial = ++s->serial;
	if (s->has_nodes) {
		s->nodes[s->count] = node;
	} else {
		s->last = node;
		s->last_at = s->count;
	}
	html_stack_link(s);
}

static inline struct html_open *html_stack_top(const struct html_stack *s)
{
	return &s->open[s->count];
}

/* Returns the node of the element at a position. In outlines, only the nodes of
 * <html> and of the element pushed last are known; otherwise NULL. */
static inline struct _xmlNode *html_stack_node(const struct html_stack *s,
					       uint32_t at)
{
	if (__builtin_expect(s->has_nodes, 1))
		return s->nodes[at];
	if (at == 1)
		return s->root;
	return at == s->last_at ? s->last : NULL;
}

/* Pops the top element. Use builder_pop() instead, because popping some
 * elements has further effects. */
static inline void html_stack_drop(struct html_stack *s)
{
	const struct html_open *e = html_stack_top(s);
	struct html_name *name = e->name;

	name->top = e->same;
	if (name->flags & (SPECIAL | FOREIGN_NAME))
		html_stack_leave(s, name->flags);
	s->count--;
}

/* Empties the stack, but does not update html_name.top. */
void html_stack_clear(struct html_stack *s);

/* Returns true if the current node is an element of SVG or MathML. */
static inline bool html_stack_is_foreign(const struct html_stack *s)
{
	return html_stack_top(s)->name->flags & FOREIGN_NAME;
}

/* Returns the position of the topmost HTML element. */
static inline uint32_t html_stack_html(const struct html_stack *s)
{
	return html_stack_is_foreign(s) ? s->foreign - 1 : s->count;
}

/* Returns the position of the topmost special element. */
static inline uint32_t html_stack_special(const struct html_stack *s)
{
	return s->specials[s->specials_count - 1];
}

static inline bool html_stack_has(const struct html_stack *s,
				  const struct html_name *name,
				  enum html_scope scope)
{
	return name->top && name->top >= s->scopes[scope];
}

#endif
