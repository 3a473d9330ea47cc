/*
 * The stack of open elements. Whether an element is open or in scope is found
 * in constant time at any depth: each name has the position of its topmost open
 * element, and the stack has the position of the topmost boundary of each
 * scope. When an element is pushed that is a new boundary, the old position is
 * saved in html_stack.saved, and restored when the element is popped.
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

/* In the order of the first members of enum html_flags. IN_BARRIER: not a scope
 * of the standard; BARRIER elements are its boundaries. */
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
	uint32_t foreign;		/* position where the topmost sequence
					 * of SVG and MathML elements begins */
	uint32_t scopes[HTML_SCOPES];	/* position of the topmost boundary of
					 * each scope */
	uint32_t *specials;		/* array of the positions of special
					 * elements; [0] is 0 */
	uint32_t specials_count, specials_cap;
	uint32_t *saved;		/* old values of foreign and scopes */
	uint32_t saved_count, saved_cap;
	struct _xmlNode **nodes;	/* array with the same indexes as open;
					 * only used if a tree is built */
	uint32_t nodes_cap;
	bool has_nodes;			/* a tree is built */
	struct _xmlNode *root, *last;	/* only in outlines: the nodes, or NULL,
					 * of <html> and of the element pushed
					 * last */
	uint32_t last_at;		/* position of the element pushed
					 * last */
};

void html_stack_init(struct html_stack *s);
void html_stack_release(struct html_stack *s);

/* Prepares the stack, which must be empty, for a page. has_nodes: a tree is
 * built. */
void html_stack_begin(struct html_stack *s, bool has_nodes);

/* Returns the size of the stack's buffers in bytes. */
size_t html_stack_bytes(const struct html_stack *s);

void html_stack_grow(struct html_stack *s);

/* Update specials, scopes and foreign: html_stack_enter() after the top element
 * was pushed, html_stack_leave() before it is popped. */
void html_stack_enter(struct html_stack *s, uint32_t flags);
void html_stack_leave(struct html_stack *s, uint32_t flags);

/* Changes the name of the top element. */
void html_stack_rename(struct html_stack *s, struct html_name *name);

/* html_stack_remove() removes an element from the middle of the stack.
 * html_stack_move() moves the element at position `at` up to position `to`, and
 * gives it a new node and serial number. The cost is proportional to the number
 * of elements above `at`. */
void html_stack_remove(struct html_stack *s, uint32_t at);
void html_stack_move(struct html_stack *s, uint32_t at, uint32_t to,
		     struct _xmlNode *node, uint32_t serial);

/* Returns the index in s->specials of the lowest special element at position
 * `at` or above; s->specials_count if there is none. */
uint32_t html_stack_special_from(const struct html_stack *s, uint32_t at);

/* html_stack_enter_plain() updates specials and scopes after a plain element
 * was pushed, html_stack_leave_plain() before one is popped. Plain elements are
 * special HTML elements that are no boundaries, or only a BARRIER: most special
 * elements are such. */
static inline void html_stack_enter_plain(struct html_stack *s, uint32_t flags)
{
	s->specials[s->specials_count++] = s->count;
	if (!(flags & BARRIER))
		return;
	s->saved[s->saved_count++] = s->scopes[IN_BARRIER];
	s->scopes[IN_BARRIER] = s->count;
}

static inline void html_stack_leave_plain(struct html_stack *s, uint32_t flags)
{
	s->specials_count--;
	if (flags & BARRIER)
		s->scopes[IN_BARRIER] = s->saved[--s->saved_count];
}

/* Returns true if specials and saved have room for one more entry. */
static inline bool html_stack_has_room(const struct html_stack *s)
{
	return s->specials_count < s->specials_cap &&
	       s->saved_count < s->saved_cap;
}

/* Returns true if elements with these flags are plain. */
static inline bool html_stack_is_plain(uint32_t flags)
{
	return (flags & (SPECIAL | FOREIGN_NAME | SCOPES_ALL)) == SPECIAL;
}

/* Links the top element, whose name and serial number are set, to its name, and
 * updates the boundaries. */
static inline void html_stack_link(struct html_stack *s)
{
	struct html_open *e = &s->open[s->count];
	struct html_name *name = e->name;

	e->same = name->top;
	name->top = s->count;
	if (!(name->flags & (SPECIAL | FOREIGN_NAME)))
		return;
	if (html_stack_is_plain(name->flags) && html_stack_has_room(s))
		html_stack_enter_plain(s, name->flags);
	else
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

/* Returns the node of the element at position `at`. In outlines, only the nodes
 * of <html> and of the element pushed last are known; for others, returns
 * NULL. */
static inline struct _xmlNode *html_stack_node(const struct html_stack *s,
					       uint32_t at)
{
	if (__builtin_expect(s->has_nodes, 1))
		return s->nodes[at];
	if (at == 1)
		return s->root;
	return at == s->last_at ? s->last : NULL;
}

/* Pops the top element if that takes only a few steps. Otherwise returns
 * false. */
static inline bool html_stack_drop_plain(struct html_stack *s)
{
	const struct html_open *e = html_stack_top(s);
	struct html_name *name = e->name;

	if (name->flags & (SPECIAL | FOREIGN_NAME)) {
		if (!html_stack_is_plain(name->flags))
			return false;
		html_stack_leave_plain(s, name->flags);
	}
	name->top = e->same;
	s->count--;
	return true;
}

/* Pops the top element. Use builder_pop() instead, because popping some
 * elements has further effects. */
static inline void html_stack_drop(struct html_stack *s)
{
	const struct html_open *e = html_stack_top(s);

	if (html_stack_drop_plain(s))
		return;
	e->name->top = e->same;
	html_stack_leave(s, e->name->flags);
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
