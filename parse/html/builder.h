/*
 * Tree construction (HTML Standard, 13.2.6): turns tokens into nodes. A table
 * has one function for each insertion mode; each is a switch on the token's
 * kind and the id of its name.
 *
 * Functions are named after the terms of the standard, so that the standard's
 * text of a rule leads to its function.
 */
#ifndef PARSE_HTML_BUILDER_H
#define PARSE_HTML_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/limits.h"
#include "parse/html/common/names.h"
#include "parse/html/formatting.h"
#include "parse/html/nodes/nodes.h"
#include "parse/html/stack.h"
#include "parse/html/tokenizer/token.h"

enum html_mode {
	MODE_INITIAL,
	MODE_BEFORE_HTML,
	MODE_BEFORE_HEAD,
	MODE_IN_HEAD,
	MODE_IN_HEAD_NOSCRIPT,
	MODE_AFTER_HEAD,
	MODE_IN_BODY,
	MODE_TEXT,
	MODE_IN_TABLE,
	MODE_IN_TABLE_TEXT,
	MODE_IN_CAPTION,
	MODE_IN_COLUMN_GROUP,
	MODE_IN_TABLE_BODY,
	MODE_IN_ROW,
	MODE_IN_CELL,
	MODE_IN_TEMPLATE,
	MODE_AFTER_BODY,
	MODE_IN_FRAMESET,
	MODE_AFTER_FRAMESET,
	MODE_AFTER_AFTER_BODY,
	MODE_AFTER_AFTER_FRAMESET,
	HTML_MODES,
};

/* A pending character token of a table. */
struct html_pending {
	const char *p;
	size_t len;
	bool decoded;
	/* The bytes of the page from which p was decoded. */
	const char *source, *source_end;
	char chars[8];
};

/* Only in outlines: an open element that was foster-parented (put in front of a
 * table). */
struct html_fostered {
	uint32_t at, serial;		/* stack position and serial of the
					 * element */
	uint32_t table;			/* stack position of the table */
};

/* Only in outlines: the last node in front of an open special element. An entry
 * is for the element with this serial number and for all special elements above
 * it on the stack, up to the element of the next entry. Some of these elements
 * may be closed already. */
struct html_before {
	struct _xmlNode *node;		/* the node; NULL: no node is in
					 * front */
	uint32_t serial;
};

struct html_builder {
	struct html_tokenizer tokenizer;
	struct html_names names;
	struct html_nodes nodes;
	struct html_stack stack;
	struct html_formatting formatting;
	struct html_token *token;	/* the tokenizer's current token */
	enum html_mode mode, original_mode;
	uint8_t *template_modes;
	size_t templates, templates_cap;
	uint32_t first_template;	/* stack position of the outermost open
					 * template; only if templates > 0 */
	struct _xmlNode *head;		/* the head element pointer */
	bool has_head;			/* the head element pointer is set */
	bool scripting;
	bool frameset_ok;
	bool has_form;			/* the form element pointer is set */
	bool foster;			/* foster parenting is enabled */
	bool skip_newline;		/* ignore a line feed at the start of
					 * the next token */
	bool stopped;
	bool selectedcontent;		/* the page has a <selectedcontent>
					 * element */
	enum html_quirks quirks;
	long budget;			/* remaining work steps; below 0: the
					 * budget is used up */
	long first_budget;		/* value of budget at the start of the
					 * page */
	uint32_t depth;			/* depth: largest number of open
					 * elements so far; extra_depth: by how
					 * much the tree may be deeper */
	uint32_t extra_depth;
	struct html_pending *pending;
	size_t pending_count, pending_cap;
	bool given_up;			/* the outline cannot be made: a tree
					 * has to be built */
	bool disordered;		/* document order was lost: the outline
					 * would be wrong if another element
					 * were kept */
	bool kept_in_select;		/* an element inside a <select> is kept,
					 * which a <selectedcontent> may copy */
	struct html_fostered *fostered;	/* stack of foster-parented elements;
					 * some may be closed already */
	size_t fostered_count, fostered_cap;
	struct html_before *befores;	/* only in outlines: array in the order
					 * of the serial numbers */
	size_t befores_count, befores_cap;
	struct _xmlNode *block_before;	/* node in front of the furthest block
					 * when the adoption agency algorithm
					 * began */
	bool has_title;			/* the page has an HTML <title> */
	uint32_t first_tag;		/* html_name.tag of the page's first
					 * tag */
};

void html_builder_init(struct html_builder *b);
void html_builder_release(struct html_builder *b);

/* Drops the tree. Keeps buffers for the next page. */
void html_builder_clear(struct html_builder *b);

/* Builds the tree of the text, which must be NUL-terminated and is overwritten.
 * The caller sets nodes.region.on_full and nodes.outline before. */
void html_builder_run(struct html_builder *b, char *text, size_t len);

/* --- Functions for the insertion modes ------------------------------------ */

/* A function for an insertion mode, which processes b->token. To have the token
 * reprocessed, it sets the mode and calls builder_process(). */
typedef void html_mode_function(struct html_builder *b);

html_mode_function mode_initial, mode_before_html, mode_before_head,
	mode_in_head, mode_in_head_noscript, mode_after_head, mode_in_body,
	mode_text, mode_in_table, mode_in_table_text, mode_in_caption,
	mode_in_column_group, mode_in_table_body, mode_in_row, mode_in_cell,
	mode_in_template, mode_after_body, mode_in_frameset,
	mode_after_frameset, mode_after_after_body, mode_after_after_frameset,
	mode_foreign;

/* Parts of the insertion mode "in body" that are in files of their own. */
void body_start(struct html_builder *b);
void body_end(struct html_builder *b);
void body_text(struct html_builder *b);
void body_any_other_end_tag(struct html_builder *b, struct html_name *name);
void body_close_p(struct html_builder *b);

void builder_end_template(struct html_builder *b);

/* Inserts an implied table element and reprocesses the token in the given
 * mode. */
void table_imply(struct html_builder *b, enum html_id id, enum html_mode mode);

/* Process start tags of <select> and of the elements allowed in it. */
void body_start_select(struct html_builder *b);
void body_start_option(struct html_builder *b);
void body_start_optgroup(struct html_builder *b);
void body_start_selectedcontent(struct html_builder *b);

/* Copies the content of the selected option into <selectedcontent>. The copy's
 * depth is not known, so the deepest possible one is assumed. */
void builder_copy_option(struct html_builder *b, struct _xmlNode *option);

/* Reconstructs the active formatting elements, then inserts the element. */
void body_insert_active(struct html_builder *b);

/* Returns true if no active formatting element has to be reopened. */
static inline bool builder_is_reconstructed(const struct html_builder *b)
{
	const struct html_formatting *all = &b->formatting;

	return all->count == all->marker ||
	       html_format_position(&b->stack, &all->list[all->count - 1]);
}

/* Reconstructs the active formatting elements: reopens elements that were
 * closed only because their parent was closed. Usually there are none. */
static inline void builder_reconstruct(struct html_builder *b)
{
	if (!builder_is_reconstructed(b))
		html_formatting_reconstruct(b);
}

/* Removes the last entry from the list of active formatting elements. Returns
 * false, with the list unchanged, if that entry is not for the current node. */
static inline bool builder_drop_format(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;
	const uint32_t serial = html_stack_top(&b->stack)->serial;

	if (b->budget < 0 || all->count == all->marker ||
	    all->list[all->count - 1].serial != serial)
		return false;
	all->count--;
	return true;
}

/* Runs the adoption agency algorithm for an end tag (or start tag) of name. */
void builder_adopt(struct html_builder *b, struct html_name *name);

/* builder_process() processes the token by the rules of the current mode,
 * builder_process_in() by those of the given mode. */
void builder_process(struct html_builder *b);
void builder_process_in(struct html_builder *b, enum html_mode mode);

static inline struct html_name *builder_name(struct html_builder *b,
					     enum html_id id)
{
	return &b->names.known[id];
}

static inline void builder_push(struct html_builder *b,
				struct html_name *name, struct _xmlNode *node)
{
	html_stack_push(&b->stack, name, node);
	if (b->stack.count > b->depth)
		b->depth = b->stack.count;
}

static inline struct _xmlNode *builder_node(const struct html_builder *b,
					    uint32_t at)
{
	return html_stack_node(&b->stack, at);
}

static inline enum html_id builder_top_id(const struct html_builder *b)
{
	return html_stack_top(&b->stack)->name->id;
}

static inline bool builder_has(struct html_builder *b, enum html_id id,
			       enum html_scope scope)
{
	return html_stack_has(&b->stack, builder_name(b, id), scope);
}

static inline bool builder_is_open(struct html_builder *b, enum html_id id)
{
	return builder_name(b, id)->top;
}

/* Returns true if a child of the open element at this position must be
 * foster-parented. */
bool builder_is_fostering(const struct html_builder *b, uint32_t at);

/* Return the "appropriate place for inserting a node" of the standard, with
 * foster parenting and templates. Call builder_place() and
 * builder_shallow_place(), which answer the usual case themselves. */
struct html_place builder_find_place(struct html_builder *b, uint32_t at);
struct html_place builder_find_shallow_place(struct html_builder *b);

/* Returns the appropriate place for inserting a node. in: stack position of the
 * override target; 0: the current node. */
static inline struct html_place builder_place(struct html_builder *b,
					      uint32_t in)
{
	const uint32_t at = in ? in : b->stack.count;

	if (__builtin_expect(b->foster, 0))
		return builder_find_place(b, at);
	return (struct html_place){builder_node(b, at), NULL};
}

/* Returns the appropriate place for inserting an element or a comment. The
 * tree's depth is limited to HTML_TREE_DEPTH. */
static inline struct html_place builder_shallow_place(struct html_builder *b)
{
	if (__builtin_expect(b->foster || b->stack.count > HTML_TREE_DEPTH, 0))
		return builder_find_shallow_place(b);
	return builder_place(b, 0);
}

/* Insert an element: builder_insert() for the token; builder_insert_as() with
 * the token's attributes but another name; builder_insert_bare() with a name
 * only. */
struct _xmlNode *builder_insert(struct html_builder *b);
struct _xmlNode *builder_insert_as(struct html_builder *b,
				   struct html_name *name);
struct _xmlNode *builder_insert_bare(struct html_builder *b,
				     enum html_id id);

/* Inserts a copy of a formatting element. */
struct _xmlNode *builder_insert_clone(struct html_builder *b,
				      const struct html_format *f);

/* Inserts an element for the token, without pushing it onto the stack. */
void builder_insert_void(struct html_builder *b);

void builder_insert_text(struct html_builder *b);
void builder_insert_comment(struct html_builder *b);
void builder_insert_comment_at(struct html_builder *b,
			       struct html_place place);

/* builder_insert_space() inserts the leading white space of the token's text,
 * builder_drop_space() drops it. Both leave the rest in the token and return
 * true if nothing is left. */
bool builder_insert_space(struct html_builder *b);
bool builder_drop_space(struct html_builder *b);
bool builder_is_space(const struct html_builder *b);

/* Removes an element from the middle of the stack and updates the positions in
 * the list of formatting elements. */
void builder_remove_open(struct html_builder *b, uint32_t at);

void builder_pop(struct html_builder *b);
void builder_pop_slowly(struct html_builder *b);
void builder_pop_to(struct html_builder *b, uint32_t at);
void builder_pop_until(struct html_builder *b, enum html_id id);

/* Does what builder_pop() does, for code that runs for each tag. */
static inline void builder_pop_quickly(struct html_builder *b)
{
	const struct html_open *e = html_stack_top(&b->stack);

	if (__builtin_expect(e->name->flags & ON_POP, 0) ||
	    !html_stack_drop_plain(&b->stack))
		builder_pop_slowly(b);
}

/* builder_generate_implied() generates implied end tags, except for elements
 * with the id except (N_OTHER: no exception);
 * builder_generate_implied_thoroughly() follows the standard's "thorough"
 * variant. */
void builder_generate_implied(struct html_builder *b, enum html_id except);
void builder_generate_implied_thoroughly(struct html_builder *b);

/* Generates implied end tags, then pops up to and including an element of that
 * name. */
void builder_close(struct html_builder *b, enum html_id id);

/* Runs the standard's "generic raw text element parsing algorithm", or that for
 * RCDATA. */
void builder_insert_content(struct html_builder *b,
			    enum html_content content);

void builder_reset_mode(struct html_builder *b);
void builder_push_template_mode(struct html_builder *b, enum html_mode mode);
void builder_pop_template_mode(struct html_builder *b);

/* builder_attr() returns the token's attribute, or NULL; builder_attr_is()
 * returns true if the token has the attribute with that value. */
const struct html_attr *builder_attr(const struct html_builder *b,
				     enum html_id id);
bool builder_attr_is(const struct html_builder *b, enum html_id id,
		     const char *value);

/* --- Outlines (builder_outline.c); no effect when a tree is built --------- */

/* Gives up the outline. Called when the outline would be out of document order
 * or incomplete. */
void builder_give_up_outline(struct html_builder *b);

/* Charges work steps to the budget. Returns false when it is used up. */
static inline bool builder_charge(struct html_builder *b, size_t steps)
{
	/* The outline cannot take into account what copying to a
	 * <selectedcontent> costs, so the tree is needed. */
	if (__builtin_expect(b->selectedcontent, 0))
		builder_give_up_outline(b);
	b->budget -= (long)steps;
	return b->budget >= 0;
}

/* Called for each element that is only counted (html_outline_counts()). If the
 * element is a link, counts it and returns the node that all links share;
 * otherwise returns NULL. */
struct _xmlNode *outline_count(struct html_builder *b,
			       const struct html_name *name,
			       const struct html_attr *attrs, size_t count);

/* Returns the place in the outline for a new element with this name.
 * html_outline_keeps() must be true for the name. parent is NULL if the outline
 * was given up. */
struct html_place outline_place(struct html_builder *b,
				const struct html_name *name);

/* Called after an element was pushed onto the stack: with HTML_OUTLINE_META
 * after each element, otherwise after each that is special, is put in front of
 * a table (foster), or may be inside a template or an element in front of a
 * table. */
void outline_opened(struct html_builder *b, bool foster);

/* Returns true if outline_opened() has nothing to do after a special element
 * was pushed while no element was foster-parented: the last node in front of
 * the special element below is also the last node in front of this element. */
static inline bool outline_is_noted(const struct html_builder *b)
{
	const struct html_stack *s = &b->stack;
	const struct html_before *last;
	uint32_t below;

	if (s->count > HTML_TREE_DEPTH || !b->befores_count)
		return false;
	last = &b->befores[b->befores_count - 1];
	below = s->specials[s->specials_count - 2];
	return last->node == html_outline_last(&b->nodes) &&
	       last->serial <= s->open[below].serial;
}

/* Called before an element is removed from the middle of the stack. */
void outline_remove_open(struct html_builder *b, uint32_t at);

/* The next four functions follow a round of the adoption agency algorithm of
 * the HTML Standard. at and block are the positions of the formatting element
 * and of the furthest block in the stack of open elements. */

/* Called when the round begins. */
void outline_adopt(struct html_builder *b, uint32_t at, uint32_t block);

/* Called after an element between the formatting element and the furthest block
 * was cloned. The algorithm clones the innermost element first. */
void outline_cloned(struct html_builder *b, uint32_t block,
		    const struct html_name *name, struct _xmlNode *clone);

/* Called after the furthest block's children were moved into a clone of the
 * formatting element, which is now the block's only child. */
void outline_wrapped(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone);

/* Called at the end of the round. */
void outline_adopted(struct html_builder *b, uint32_t at);

/* Passes the token's text to b->nodes.sink, if that is not NULL, and adds the
 * text to the current node, if the outline has that with its text. */
void outline_text(struct html_builder *b);

/* Drops <body> and all its descendants. */
void outline_drop_body(struct html_builder *b);

/* quirks.c: the quirks mode that a doctype selects. */
enum html_quirks html_doctype_quirks(const struct html_token *doctype);

#endif
