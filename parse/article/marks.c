/* Walks over the tree as blocks.c does, so that text nodes come in the order of
 * blocks.texts. */
#include "parse/article/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/article/tags.h"

/* An open element. */
struct frame {
	size_t skipped;		/* length of the list when it began */
	uint32_t texts, chosen;	/* text nodes inside */
};

struct walk {
	const struct blocks *blocks;
	const int16_t *p;
	int limit;
	const xmlNode **skipped;
	size_t skipped_count, skipped_cap;
	struct frame *frames;
	size_t depth;
	size_t text;		/* index of the next text node */
	uint32_t chosen;	/* text nodes to be chosen in all */
	const xmlNode *root;
};

/* No-break spaces after the last run belong to none, and are not chosen. */
static bool is_chosen(const struct walk *w, size_t text)
{
	const uint32_t run = w->blocks->texts[text];

	return run < w->blocks->runs_count && w->p[run] >= w->limit;
}

static uint32_t count_chosen(const struct walk *w)
{
	uint32_t chosen = 0;

	for (size_t i = 0; i < w->blocks->texts_count; i++)
		chosen += is_chosen(w, i);
	return chosen;
}

static void skip(struct walk *w, const xmlNode *n)
{
	if (w->skipped_count == w->skipped_cap) {
		const size_t cap = w->skipped_cap;

		w->skipped_cap = cap ? 2 * cap : 64;
		w->skipped = memory_resize(w->skipped,
			cap * sizeof(*w->skipped),
			w->skipped_cap * sizeof(*w->skipped));
	}
	w->skipped[w->skipped_count++] = n;
}

static void open_frame(struct walk *w)
{
	w->frames = xgrow(w->frames, w->depth, 1, sizeof(*w->frames));
	w->frames[w->depth++] = (struct frame){.skipped = w->skipped_count};
}

static void close_frame(void *ctx, const xmlNode *n)
{
	struct walk *w = ctx;
	const struct frame f = w->frames[--w->depth];
	struct frame *parent = w->depth ? &w->frames[w->depth - 1] : NULL;

	if (!f.chosen && (f.texts || html_is(n, N_NOSCRIPT))) {
		w->skipped_count = f.skipped;
		skip(w, n);
	}
	if (!w->root && f.chosen == w->chosen && !tag_is_inline(n)) {
		w->root = n;
		/* What came before is outside. */
		w->skipped_count -= f.skipped;
		for (size_t i = 0; i < w->skipped_count; i++)
			w->skipped[i] = w->skipped[f.skipped + i];
	}
	if (parent) {
		parent->texts += f.texts;
		parent->chosen += f.chosen;
	}
}

static void read_text(struct walk *w, const xmlNode *n)
{
	struct frame *f = &w->frames[w->depth - 1];

	if (!blocks_has_word(n))
		return;
	f->texts++;
	if (is_chosen(w, w->text++))
		f->chosen++;
	else
		skip(w, n);
}

/* Enters a node; returns true if what is inside it is to be read. */
static bool enter(struct walk *w, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE)
		read_text(w, n);
	if (n->type != XML_ELEMENT_NODE || tag_is_invisible(n))
		return false;
	open_frame(w);
	if (!n->children)
		close_frame(w, n);
	return n->children;
}

static size_t slot_of(const xmlNode *node)
{
	return (size_t)(((uintptr_t)node >> 4) * 0x9e3779b97f4a7c15u >> 24);
}

static void fill_set(struct marks *marks, const struct walk *w)
{
	size_t size = 16;

	while (size < 2 * w->skipped_count)
		size *= 2;
	marks->skipped = memory_resize(NULL, 0, size * sizeof(*marks->skipped));
	memset(marks->skipped, 0, size * sizeof(*marks->skipped));
	marks->skipped_size = size;
	for (size_t i = 0; i < w->skipped_count; i++) {
		size_t at = slot_of(w->skipped[i]);

		while (marks->skipped[at & (size - 1)])
			at++;
		marks->skipped[at & (size - 1)] = w->skipped[i];
	}
}

void marks_find(struct marks *marks, const struct blocks *b, const int16_t *p,
		int limit)
{
	struct walk w = {.blocks = b, .p = p, .limit = limit};
	const xmlNode *body = b->count ? b->blocks[0].node : NULL;

	w.chosen = count_chosen(&w);
	for (const xmlNode *n = w.chosen ? body : NULL; n && !w.root;)
		n = enter(&w, n) ? n->children :
			n == body ? NULL :
			blocks_skip(n, body, close_frame, &w);
	marks->root = w.root;
	fill_set(marks, &w);
	memory_resize(w.skipped, w.skipped_cap * sizeof(*w.skipped), 0);
	free(w.frames);
}

bool marks_have(const xmlNode *const *set, size_t size, const xmlNode *node)
{
	if (!size)
		return false;
	for (size_t at = slot_of(node); set[at & (size - 1)]; at++)
		if (set[at & (size - 1)] == node)
			return true;
	return false;
}

void marks_free(const xmlNode **set, size_t size)
{
	memory_resize(set, size * sizeof(*set), 0);
}
