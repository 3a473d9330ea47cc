/* Finds the root by the runs of the elements, then walks over the tree inside
 * of it as blocks.c does, so that elements and text nodes come in the same
 * order. */
#include "parse/article/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/article/run_text.h"
#include "parse/article/tags.h"

/* An open element. */
struct frame {
	size_t skipped;		/* number of nodes in the list of skipped ones
				 * when the element began */
	bool texts, chosen;	/* has text, has chosen text */
};

struct walk {
	const struct blocks *blocks;
	const int16_t *p;
	int limit;
	struct marks *out;
	size_t cap;
	struct frame *frames;
	size_t depth;
	uint32_t block;		/* index of the next element */
	uint32_t run;		/* index of the run of the next text node */
	uint32_t text;		/* index of the next text node */
	uint32_t next;		/* the first chosen run from here on */
};

static bool is_chosen(const struct walk *w, uint32_t run)
{
	return w->p[run] >= w->limit;
}

/* Returns true if one of the runs in the element is chosen. Elements are asked
 * about in document order. */
static bool has_chosen(struct walk *w, const struct block *e)
{
	if (w->next < e->run)
		w->next = e->run;
	while (w->next < w->blocks->runs_count && !is_chosen(w, w->next))
		w->next++;
	return w->next < e->run_end;
}

/* Finds the deepest element around all chosen runs; NULL if none is chosen. */
static const struct block *find_root(const struct walk *w)
{
	const struct blocks *b = w->blocks;
	uint32_t first = 0, last = (uint32_t)b->runs_count;
	const struct block *e;

	while (last && !is_chosen(w, last - 1))
		last--;
	if (!last--)
		return NULL;
	while (!is_chosen(w, first))
		first++;
	e = &b->blocks[b->runs[first].block];
	while (e->run > first || e->run_end <= last)
		e = &b->blocks[e->parent];
	return e;
}

static void skip(struct walk *w, const xmlNode *n)
{
	struct marks *m = w->out;

	if (m->count == w->cap) {
		const size_t cap = w->cap;

		w->cap = cap ? 2 * cap : 64;
		m->skipped = memory_resize(m->skipped,
			cap * sizeof(*m->skipped), w->cap * sizeof(*m->skipped));
	}
	m->skipped[m->count++] = n;
}

static void open_frame(struct walk *w)
{
	w->frames = xgrow(w->frames, w->depth, 1, sizeof(*w->frames));
	w->frames[w->depth++] = (struct frame){.skipped = w->out->count};
}

static void close_frame(void *ctx, const xmlNode *n)
{
	struct walk *w = ctx;
	const struct frame f = w->frames[--w->depth];

	if (!f.chosen && (f.texts || html_is(n, N_NOSCRIPT))) {
		w->out->count = f.skipped;
		skip(w, n);
	}
	if (w->depth) {
		w->frames[w->depth - 1].texts |= f.texts;
		w->frames[w->depth - 1].chosen |= f.chosen;
	}
}

static void read_text(struct walk *w, const xmlNode *n)
{
	struct frame *f = &w->frames[w->depth - 1];

	if (!run_text_has_word((const char *)n->content))
		return;
	while (w->text >= w->blocks->runs[w->run + 1].text)
		w->run++;
	w->text++;
	f->texts = true;
	if (is_chosen(w, w->run))
		f->chosen = true;
	else
		skip(w, n);
}

/* Goes past an element that is not inline if none of its runs is chosen.
 * Returns false if it must be entered. */
static bool pass(struct walk *w, const xmlNode *n)
{
	const struct block *e = &w->blocks->blocks[w->block++];
	struct frame *f = &w->frames[w->depth - 1];

	if (e->run == e->run_end || has_chosen(w, e))
		return false;
	skip(w, n);
	f->texts = true;
	w->block = e->end;
	w->run = e->run_end;
	w->text = w->blocks->runs[w->run].text;
	return true;
}

/* Enters a node; returns true if its children are to be read. */
static bool enter(struct walk *w, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE)
		read_text(w, n);
	if (n->type != XML_ELEMENT_NODE || tag_is_invisible(n))
		return false;
	if (!tag_is_inline(n) && pass(w, n))
		return false;
	if (!n->children && !html_is(n, N_NOSCRIPT))
		return false;
	open_frame(w);
	if (!n->children)
		close_frame(w, n);
	return n->children;
}

static void walk_root(struct walk *w, const struct block *root)
{
	const struct blocks *b = w->blocks;

	w->block = (uint32_t)(root - b->blocks) + 1;
	w->run = root->run;
	w->text = b->runs[root->run].text;
	w->out->root = root->node;
	open_frame(w);
	for (const xmlNode *n = root->node->children; n;)
		n = enter(w, n) ? n->children :
			blocks_skip(n, root->node, close_frame, w);
}

void marks_find(struct marks *marks, const struct blocks *b, const int16_t *p,
		int limit)
{
	struct walk w = {.blocks = b, .p = p, .limit = limit, .out = marks};
	const struct block *root = find_root(&w);

	if (root)
		walk_root(&w, root);
	marks->skipped = memory_resize(marks->skipped,
				       w.cap * sizeof(*marks->skipped),
				       marks->count * sizeof(*marks->skipped));
	free(w.frames);
}

static size_t slot_of(const xmlNode *node)
{
	return (size_t)(((uintptr_t)node >> 4) * 0x9e3779b97f4a7c15u >> 24);
}

void marks_index(struct marks *marks)
{
	size_t size = 16;

	while (size < 2 * marks->count)
		size *= 2;
	marks->set = memory_resize(NULL, 0, size * sizeof(*marks->set));
	memset(marks->set, 0, size * sizeof(*marks->set));
	marks->set_size = size;
	for (size_t i = 0; i < marks->count; i++) {
		size_t at = slot_of(marks->skipped[i]);

		while (marks->set[at & (size - 1)])
			at++;
		marks->set[at & (size - 1)] = marks->skipped[i];
	}
}

bool marks_have(const struct marks *marks, const xmlNode *node)
{
	const size_t mask = marks->set_size - 1;

	if (!marks->set_size)
		return false;
	for (size_t at = slot_of(node); marks->set[at & mask]; at++)
		if (marks->set[at & mask] == node)
			return true;
	return false;
}

void marks_release(struct marks *marks)
{
	memory_resize(marks->skipped, marks->count * sizeof(*marks->skipped),
		      0);
	memory_resize(marks->set, marks->set_size * sizeof(*marks->set), 0);
	*marks = (struct marks){0};
}
