/* The list of active formatting elements. Operations on it are charged to the
 * page's budget. */
#include "parse/html/formatting.h"

#include <string.h>

#include "base/memory_budget.h"
#include "parse/html/builder.h"
#include "parse/html/common/limits.h"

enum { MAX_EQUAL = 3 };	/* maximum number of equal elements since the last
			 * marker */

void html_formatting_release(struct html_formatting *f)
{
	memory_resize(f->list, f->cap * sizeof(*f->list), 0);
	*f = (struct html_formatting){0};
}

static inline struct html_format *append_entry(struct html_formatting *f)
{
	const size_t cap = f->cap ? f->cap * 2 : 32;

	if (f->count == f->cap) {
		f->list = memory_resize(f->list, f->cap * sizeof(*f->list),
				    cap * sizeof(*f->list));
		f->cap = cap;
	}
	return &f->list[f->count++];
}

void html_formatting_remove(struct html_builder *b, struct html_format *f)
{
	struct html_formatting *all = &b->formatting;
	const size_t after = all->count - (size_t)(f - all->list) - 1;

	memmove(f, f + 1, after * sizeof(*f));
	all->count--;
	builder_charge(b, after + 1);
}

void html_formatting_insert(struct html_builder *b, size_t at,
			    struct html_format f)
{
	struct html_formatting *all = &b->formatting;
	const size_t after = all->count - at;

	append_entry(all);
	memmove(all->list + at + 1, all->list + at, after * sizeof(f));
	all->list[at] = f;
	builder_charge(b, after + 1);
}

struct html_name *html_format_name(struct html_builder *b,
				   const struct html_format *f)
{
	return builder_name(b, f->id);
}

/* Returns the hash of an entry's attributes. It is computed when it is first
 * needed: from the node or, in an outline, which has no nodes, from the
 * unchanged text; that overwrites the token's attributes. */
static uint64_t hash_of(struct html_builder *b, struct html_format *f)
{
	if (f->hashed)
		return f->hash;
	if (b->nodes.outline) {
		html_tokenizer_read_attrs(&b->tokenizer, f->source);
		f->hash = html_nodes_hash_token(&b->nodes, b->token);
	} else {
		f->hash = html_nodes_hash_attrs(f->node);
	}
	f->hashed = true;
	return f->hash;
}

/* Returns the number of entries with this enum html_id after the last
 * marker. */
static unsigned count_named(struct html_builder *b, uint16_t id)
{
	const struct html_formatting *all = &b->formatting;
	unsigned count = 0;

	for (size_t i = all->marker; i < all->count; i++)
		count += all->list[i].id == id;
	builder_charge(b, all->count - all->marker);
	return count;
}

/* Applies the Noah's Ark clause for the last entry, if the list has at least
 * two others with its name. */
static void apply_noahs_ark(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;
	struct html_format *like = &all->list[all->count - 1], *first = NULL;
	const uint64_t hash = hash_of(b, like);
	unsigned count = 0;

	for (size_t i = all->count - 1; i > all->marker; i--) {
		struct html_format *f = &all->list[i - 1];

		if (f->id != like->id || hash_of(b, f) != hash)
			continue;
		first = f;
		count++;
	}
	if (count >= MAX_EQUAL)
		html_formatting_remove(b, first);
}

static uint32_t bytes_of(const struct html_token *token)
{
	uint32_t bytes = 0;

	for (size_t i = 0; i < token->count; i++)
		bytes += token->attrs[i].len;
	return bytes;
}

static inline void set_entry(struct html_builder *b, struct html_format *f)
{
	const struct html_open *e = html_stack_top(&b->stack);

	f->node = builder_node(b, b->stack.count);
	f->bytes = bytes_of(b->token);
	f->serial = e->serial;
	f->at = b->stack.count;
	f->id = e->name->id;
	f->hashed = !b->token->count;
	if (f->hashed)
		f->hash = 0;
	else
		f->source = b->token->after_name;
}

static __attribute__((noinline)) void push_slowly(struct html_builder *b)
{
	const struct html_open *e = html_stack_top(&b->stack);
	bool flood;

	if (b->budget < 0)
		return;
	flood = count_named(b, e->name->id) >= MAX_EQUAL;
	set_entry(b, append_entry(&b->formatting));
	if (flood)
		apply_noahs_ark(b);
}

/* Takes a fast path for short lists, which cannot have too many equal elements
 * (the Noah's Ark clause). */
void html_formatting_push(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;
	const size_t others = all->count - all->marker;

	if (__builtin_expect(others >= MAX_EQUAL || all->count == all->cap ||
			     b->selectedcontent || b->budget < 0, 0)) {
		push_slowly(b);
		return;
	}
	builder_charge(b, others);
	set_entry(b, &all->list[all->count++]);
}

void html_formatting_add_marker(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;
	const uint32_t before = (uint32_t)all->marker;

	if (before && before == all->count) {
		all->list[before - 1].bytes++;
		return;
	}
	*append_entry(all) = (struct html_format){.at = before};
	all->marker = all->count;
}

void html_formatting_clear(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;

	all->count = all->marker;
	if (!all->marker)
		return;
	if (all->list[all->marker - 1].bytes)
		all->list[all->marker - 1].bytes--;
	else
		all->marker = all->list[--all->count].at;
}

struct html_format *html_formatting_find(struct html_builder *b,
					 const struct html_name *name)
{
	struct html_formatting *all = &b->formatting;
	struct html_format *found = NULL;
	size_t i = all->count;

	if (b->budget < 0)
		return NULL;
	for (; i > all->marker && !found; i--)
		if (all->list[i - 1].id == name->id)
			found = &all->list[i - 1];
	builder_charge(b, all->count - i);
	return found;
}

struct _xmlNode *html_formatting_clone(struct html_builder *b,
				       const struct html_format *f)
{
	builder_charge(b, HTML_BUDGET_STEPS +
		       (size_t)f->bytes * HTML_BUDGET_STEPS / HTML_CLONE_BYTES);
	return html_nodes_clone(&b->nodes, f->node);
}

static void reopen_element(struct html_builder *b, struct html_format *f)
{
	f->node = builder_insert_clone(b, f);
	f->serial = b->stack.serial;
	f->at = b->stack.count;
}

void html_formatting_reconstruct(struct html_builder *b)
{
	struct html_formatting *all = &b->formatting;
	size_t i = all->count;

	while (i > all->marker &&
	       !html_format_position(&b->stack, &all->list[i - 1]))
		i--;
	for (; i < all->count && b->budget >= 0; i++)
		reopen_element(b, &all->list[i]);
	/* If the budget is used up, the remaining elements stay closed. */
	all->count = i;
}
