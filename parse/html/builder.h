/*
 * Tree construction (HTML Standard, 13.2.6): tokens to nodes. One function for
 * each insertion mode, in a table; each is a switch on the kind of the token
 * and on the number of its name.
 *
 * The names of functions are those of the standard, so that a rule is found
 * by its text there.
 */
#ifndef PARSE_HTML_BUILDER_H
#define PARSE_HTML_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	const char *source, *behind;	/* if so */
	char chars[8];
};

/* Of an outline: an open element that was put in front of a table. */
struct html_aside {
	uint32_t at, serial;		/* on the stack */
	uint32_t table;			/* its position */
};

struct html_builder {
	struct html_tokenizer tokenizer;
	struct html_names names;
	struct html_nodes nodes;
	struct html_stack stack;
	struct html_formatting formatting;
	struct html_token *token;	/* of the tokenizer */
	enum html_mode mode, original_mode;
	uint8_t *template_modes;
	size_t templates, templates_cap;
	struct _xmlNode *head;		/* the head element pointer */
	bool has_head;			/* it is set */
	bool scripting;
	bool frameset_ok;
	bool has_form;			/* the form element pointer is set */
	bool foster;			/* foster parenting is enabled */
	bool skip_newline;		/* the next token, if it is one */
	bool stopped;
	bool selectedcontent;		/* there is such an element */
	enum html_quirks quirks;
	long budget;			/* in steps; below 0: spent */
	long budget_spent;
	uint32_t depth;			/* the deepest stack, and by how much
					 * a tree may be deeper */
	uint32_t deeper;
	struct html_pending *pending;
	size_t pending_count, pending_cap;
	bool given_up;			/* the outline would be wrong */
	bool disordered;		/* it would, if anything else is kept */
	struct html_aside *asides;	/* some may be closed already */
	size_t asides_count, asides_cap;
	struct _xmlNode *block_before;	/* html_mark.before, when an adoption
					 * began */
	uint64_t first_tag;		/* of the page: html_name.tag */
};

void html_builder_init(struct html_builder *b);
void html_builder_release(struct html_builder *b);

/* Drops the tree, and keeps what is of use to the next page. */
void html_builder_clear(struct html_builder *b);

/* Builds the tree of the text, which has a NUL behind it and is overwritten.
 * The region must have its on_full, and the nodes what is made. */
void html_builder_run(struct html_builder *b, char *text, size_t len);

/* --- For the insertion modes ---------------------------------------------- */

/* Each takes the token and returns; what reprocesses it calls
 * builder_process(), after it has set the mode. */
typedef void html_mode_function(struct html_builder *b);

html_mode_function mode_initial, mode_before_html, mode_before_head,
	mode_in_head, mode_in_head_noscript, mode_after_head, mode_in_body,
	mode_text, mode_in_table, mode_in_table_text, mode_in_caption,
	mode_in_column_group, mode_in_table_body, mode_in_row, mode_in_cell,
	mode_in_template, mode_after_body, mode_in_frameset,
	mode_after_frameset, mode_after_after_body, mode_after_after_frameset,
	mode_foreign;

/* Parts of "in body" that have files of their own. */
void body_start(struct html_builder *b);
void body_end(struct html_builder *b);
void body_any_other_end_tag(struct html_builder *b, struct html_name *name);
void body_close_p(struct html_builder *b);

void builder_end_template(struct html_builder *b);

/* Inserts an element of a table that is implied, and goes on with the token in
 * that mode. */
void table_imply(struct html_builder *b, enum html_id id, enum html_mode mode);

/* Start tags of <select> and of what is in it. */
void body_start_select(struct html_builder *b);
void body_start_option(struct html_builder *b);
void body_start_optgroup(struct html_builder *b);
void body_start_selectedcontent(struct html_builder *b);

/* Inserts the element, after what formats it. */
void body_insert_active(struct html_builder *b);

/* The adoption agency algorithm, for an end tag (or start tag) of name. */
void builder_adopt(struct html_builder *b, struct html_name *name);

/* The token again, by the rules of the mode it is in. */
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

/* Whether what would come into that open element goes in front of a table. */
bool builder_is_fostering(const struct html_builder *b, uint32_t at);

/* The appropriate place for inserting a node; in: the override target's
 * position on the stack, or the top. */
struct html_place builder_place(struct html_builder *b, uint32_t in);

/* The same for an element or a comment: the tree does not grow downwards
 * without end. */
struct html_place builder_shallow_place(struct html_builder *b);

/* Inserts an element: of the token; of the token's attributes and another
 * name; of a name alone. */
struct _xmlNode *builder_insert(struct html_builder *b);
struct _xmlNode *builder_insert_as(struct html_builder *b,
				   struct html_name *name);
struct _xmlNode *builder_insert_bare(struct html_builder *b,
				     enum html_id id);

/* A copy of a formatting element. */
struct _xmlNode *builder_insert_clone(struct html_builder *b,
				      const struct html_format *f);

/* As builder_insert(), and it is closed at once. */
void builder_insert_void(struct html_builder *b);

void builder_insert_text(struct html_builder *b);
void builder_insert_comment(struct html_builder *b);
void builder_insert_comment_at(struct html_builder *b,
			       struct html_place place);

/* Inserts the white space that the text begins with, and leaves the rest in
 * the token. True: nothing is left. */
bool builder_insert_space(struct html_builder *b);
bool builder_drop_space(struct html_builder *b);
bool builder_is_space(const struct html_builder *b);

/* Takes one from the middle of the stack, and keeps the list of formatting
 * elements right. */
void builder_remove_open(struct html_builder *b, uint32_t at);

void builder_pop(struct html_builder *b);
void builder_pop_to(struct html_builder *b, uint32_t at);
void builder_pop_until(struct html_builder *b, enum html_id id);

/* except: N_OTHER for none. */
void builder_generate_implied(struct html_builder *b, enum html_id except);
void builder_generate_implied_thoroughly(struct html_builder *b);

/* Closes what is open up to an element of that name, with implied end tags. */
void builder_close(struct html_builder *b, enum html_id id);

/* The generic algorithms for raw text and RCDATA. */
void builder_insert_content(struct html_builder *b,
			    enum html_content content);

void builder_reset_mode(struct html_builder *b);
void builder_push_template_mode(struct html_builder *b, enum html_mode mode);
void builder_pop_template_mode(struct html_builder *b);

/* The attribute of the token; NULL: none. */
const struct html_attr *builder_attr(const struct html_builder *b,
				     enum html_id id);
bool builder_attr_is(const struct html_builder *b, enum html_id id,
		     const char *value);

/* Charges steps of work; false: the budget is spent. */
bool builder_charge(struct html_builder *b, size_t steps);

/* --- Without a tree (builder_outline.c): nothing if there is one ---------- */

/* What is made would not be in the order of the document, or is not enough. */
void builder_give_up_outline(struct html_builder *b);

/* Where an element comes that is kept; no parent: no longer known. */
struct html_place outline_place(struct html_builder *b);

/* The top of the stack was opened, in front of a table or not. */
void outline_opened(struct html_builder *b, bool foster);

/* Is about to go from the middle of the stack. */
void outline_remove_open(struct html_builder *b, uint32_t at);

/* An adoption: the formatting element at and the furthest block are known; an
 * element between them was renewed, the next one further out; the children of
 * the block are in a new one; it is over. */
void outline_adopt(struct html_builder *b, uint32_t at, uint32_t block);
void outline_renewed(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone);
void outline_wrapped(struct html_builder *b, uint32_t block,
		     const struct html_name *name, struct _xmlNode *clone);
void outline_adopted(struct html_builder *b, uint32_t at);

/* <body> goes, with all that is in it. */
void outline_drop_body(struct html_builder *b);

/* quirks.c: what a doctype says. */
enum html_quirks html_doctype_quirks(const struct html_token *doctype);

#endif
