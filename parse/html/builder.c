/* Insertion of nodes, and the stack operations that all insertion modes
 * share. */
#include "parse/html/builder.h"

/* --- Inserting ------------------------------------------------------------ */

/* A function of its own, so that the usual path of open_element() is short. */
static __attribute__((noinline)) void open_special(struct html_builder *b)
{
	if (!outline_is_noted(b))
		outline_opened(b, false);
}

static inline void open_element(struct html_builder *b, struct html_name *name,
			 struct _xmlNode *node)
{
	const bool foster = b->foster && b->nodes.outline &&
			    builder_is_fostering(b, b->stack.count);

	builder_push(b, name, node);
	if (!b->nodes.outline)
		return;
	if (foster || b->nodes.outline == HTML_OUTLINE_META || b->templates ||
	    b->fostered_count)
		outline_opened(b, foster);
	else if (name->flags & SPECIAL)
		open_special(b);
}

/* Creates an element that outlines may keep. Returns NULL if none is kept. */
static struct _xmlNode *outline_element(struct html_builder *b,
					struct html_name *name,
					const struct html_attr *attrs,
					size_t count)
{
	struct html_place place = {NULL, NULL};

	if (html_outline_counts(&b->nodes, name))
		return outline_count(b, name, attrs, count);
	if (html_outline_wants(&b->nodes, name, attrs, count))
		place = outline_place(b, name);
	return html_nodes_element(&b->nodes, place, name, attrs, count);
}

static struct _xmlNode *insert_element(struct html_builder *b,
				       struct html_name *name,
			       const struct html_attr *attrs, size_t count)
{
	struct _xmlNode *node = NULL;

	if (!b->nodes.outline)
		node = html_nodes_element(&b->nodes, builder_shallow_place(b),
					  name, attrs, count);
	else if (name->flags & IN_OUTLINE)
		node = outline_element(b, name, attrs, count);
	open_element(b, name, node);
	return node;
}

struct _xmlNode *builder_insert_clone(struct html_builder *b,
				      const struct html_format *f)
{
	struct html_name *name = html_format_name(b, f);
	struct _xmlNode *node = html_formatting_clone(b, f);

	if (!b->nodes.outline)
		html_nodes_move(&b->nodes, node, builder_shallow_place(b));
	else if (node && html_outline_keeps(&b->nodes, name))
		html_nodes_move(&b->nodes, node, outline_place(b, name));
	open_element(b, name, node);
	return node;
}

struct _xmlNode *builder_insert_as(struct html_builder *b,
				   struct html_name *name)
{
	return insert_element(b, name, b->token->attrs, b->token->count);
}

/* Does the same as builder_insert() in an outline. The element is usually not
 * kept. */
static __attribute__((noinline)) struct _xmlNode *insert_in_outline(
	struct html_builder *b)
{
	struct html_name *name = b->token->name;

	if (b->foster || b->templates || b->fostered_count ||
	    b->nodes.outline == HTML_OUTLINE_META || name->flags & IN_OUTLINE)
		return builder_insert_as(b, name);
	builder_push(b, name, NULL);
	if (name->flags & SPECIAL && !outline_is_noted(b))
		outline_opened(b, false);
	return NULL;
}

struct _xmlNode *builder_insert(struct html_builder *b)
{
	struct html_name *name = b->token->name;
	struct _xmlNode *node;

	if (b->nodes.outline)
		return insert_in_outline(b);
	if (b->foster)
		return builder_insert_as(b, name);
	node = html_nodes_append(&b->nodes, builder_shallow_place(b).parent,
				 name);
	builder_push(b, name, node);
	return node;
}

struct _xmlNode *builder_insert_bare(struct html_builder *b, enum html_id id)
{
	return insert_element(b, builder_name(b, id), NULL, 0);
}

void builder_insert_void(struct html_builder *b)
{
	const struct html_token *token = b->token;

	if (!b->nodes.outline)
		html_nodes_element(&b->nodes, builder_shallow_place(b),
				   token->name, token->attrs, token->count);
	else if (token->name->flags & IN_OUTLINE)
		outline_element(b, token->name, token->attrs, token->count);
}

static __attribute__((noinline)) void insert_tree_text(struct html_builder *b)
{
	if (__builtin_expect(!b->foster && !b->token->decoded &&
			     b->token->text.len, 1))
		html_nodes_run(&b->nodes, builder_node(b, b->stack.count),
			       b->token);
	else
		html_nodes_text(&b->nodes, builder_place(b, 0), b->token,
				b->token->text.p, b->token->text.len);
}

void builder_insert_text(struct html_builder *b)
{
	if (!b->nodes.outline)
		insert_tree_text(b);
	else if (b->nodes.sink || b->mode == MODE_TEXT)
		outline_text(b);
}

void builder_insert_comment_at(struct html_builder *b,
			       struct html_place place)
{
	if (b->token->kind == TOKEN_COMMENT)
		html_nodes_comment(&b->nodes, place, b->token);
	else
		html_nodes_instruction(&b->nodes, place, b->token);
}

void builder_insert_comment(struct html_builder *b)
{
	builder_insert_comment_at(b, builder_shallow_place(b));
}

void builder_insert_content(struct html_builder *b, enum html_content content)
{
	builder_insert(b);
	b->tokenizer.content = content;
	b->tokenizer.last = b->token->name;
	b->original_mode = b->mode;
	b->mode = MODE_TEXT;
}

/* --- Removing open elements ----------------------------------------------- */

void builder_pop_slowly(struct html_builder *b)
{
	const struct html_open *e = html_stack_top(&b->stack);

	if (e->name->flags & ON_POP && b->selectedcontent &&
	    !b->nodes.outline && b->budget >= 0)
		builder_copy_option(b, builder_node(b, b->stack.count));
	html_stack_drop(&b->stack);
}

void builder_pop(struct html_builder *b)
{
	builder_pop_quickly(b);
}

void builder_pop_to(struct html_builder *b, uint32_t at)
{
	while (b->stack.count >= at)
		builder_pop(b);
}

void builder_pop_until(struct html_builder *b, enum html_id id)
{
	builder_pop_to(b, builder_name(b, id)->top);
}

void builder_generate_implied(struct html_builder *b, enum html_id except)
{
	const struct html_name *name;

	while ((name = html_stack_top(&b->stack)->name)->flags & IMPLIED &&
	       (!except || name->id != except))
		builder_pop(b);
}

void builder_generate_implied_thoroughly(struct html_builder *b)
{
	while (html_stack_top(&b->stack)->name->flags & (IMPLIED | THOROUGH))
		builder_pop(b);
}

void builder_close(struct html_builder *b, enum html_id id)
{
	builder_generate_implied(b, N_OTHER);
	builder_pop_until(b, id);
}
