/*
 * Chooses the runs that are content by their probabilities, and finds the root
 * of the content.
 */
#include "parse/article/content.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/article/between.h"
#include "parse/article/blocks.h"
#include "parse/article/marks.h"
#include "parse/article/model.h"
#include "parse/article/page_type.h"
#include "parse/article/runs.h"
#include "parse/article/tags.h"

/* The least expected F1 of the chosen texts: below it, the page counts as one
 * without main content. */
#define LEAST_CONFIDENCE 0.18

/* Pages with fewer words are decided by their elements alone: the model was
 * trained on pages that have more, and its scores say nothing here. */
enum { SMALL_PAGE = 50 };

/* Returns the signs of which a run of a small page needs one; 0: none. */
static uint32_t needed_signs(const struct blocks *b)
{
	uint32_t all = 0;

	for (size_t i = 0; i < b->runs_count; i++)
		all |= b->blocks[b->runs[i].block].signs;
	return all & IN_ARTICLE ? IN_ARTICLE : all & IN_MAIN;
}

static void score_small_page(int16_t *p, const struct blocks *b)
{
	enum { OTHERS = IN_HEADER | IN_FOOTER | IN_NAV | IN_ASIDE | IN_BUTTON |
			IN_DIALOG | IN_HIDDEN | IN_SELECT | IN_NOSCRIPT };
	const uint32_t needed = needed_signs(b);

	for (size_t i = 0; i < b->runs_count; i++) {
		const uint32_t signs = b->blocks[b->runs[i].block].signs;

		p[i] = (!needed || signs & needed) && !(signs & OTHERS) ?
			MODEL_ONE / 2 : 0;
	}
}

int content_limit(const struct blocks *b, const int16_t *p, double *expected)
{
	uint64_t words[MODEL_ONE + 1] = {0};
	double all = 0, chosen = 0, hits = 0;
	int limit = MODEL_ONE + 1;

	for (size_t i = 0; i < b->runs_count; i++) {
		words[p[i]] += b->runs[i].words;
		all += (double)b->runs[i].words * p[i] / MODEL_ONE;
	}
	*expected = 0;
	for (int i = MODEL_ONE; i > 0; i--) {
		double f1;

		if (!words[i])
			continue;
		chosen += (double)words[i];
		hits += (double)words[i] * i / MODEL_ONE;
		f1 = 2 * hits / (chosen + all);
		if (f1 > *expected) {
			*expected = f1;
			limit = i;
		}
	}
	return limit;
}

/* Finds the nodes that Markdown leaves out, unless the text leaves out the same
 * nodes. */
static void find_unwritten(struct content *content, struct blocks *b,
			   int16_t *p, int limit)
{
	if (content->count && between_raise(b, p, limit))
		marks_find(&content->unwritten, b, p, limit);
}

static int find_type(const struct blocks *b, const int16_t *p, int limit,
		     const int16_t scores[MODEL_TYPES])
{
	int8_t row[PAGE_FEATURES];

	page_type_features(row, scores, b, p, limit);
	return page_type_of(row);
}

/* Adds up the sizes of the chosen runs, and notes whether one of them is an
 * <h1>. */
static void sum_up(struct content *content, const struct blocks *b,
		   const int16_t *p, int limit)
{
	for (size_t i = 0; i < b->runs_count; i++) {
		const struct run *run = &b->runs[i];

		if (p[i] < limit)
			continue;
		/* A space for each word, and the end of the line. */
		content->size += run->bytes + run->words + 2;
		content->has_h1 |= b->blocks[run->block].tag == N_H1;
	}
}

static void add_root(struct content *content, const xmlNode *node)
{
	content->roots = xmalloc(sizeof(*content->roots));
	content->roots[content->count++] = node;
}

/* Decides which runs are content and turns them into nodes. */
static void choose(struct content *content, struct blocks *b,
		   const xmlDoc *doc, const char *url, int16_t *p)
{
	const bool is_small = b->sums.words < SMALL_PAGE;
	int16_t types[MODEL_TYPES];
	int limit;

	runs_score(p, types, b, doc, url);
	if (is_small)
		score_small_page(p, b);
	limit = content_limit(b, p, &content->confidence);
	content->type = is_small ? MODEL_ARTICLE
				 : find_type(b, p, limit, types);
	if (content->confidence < LEAST_CONFIDENCE)
		return;
	marks_find(&content->skipped, b, p, limit);
	if (content->skipped.root)
		add_root(content, content->skipped.root);
	sum_up(content, b, p, limit);
	find_unwritten(content, b, p, limit);
}

void content_find(struct content *content, const xmlDoc *doc, const char *url)
{
	struct blocks b = {0};

	blocks_find(&b, doc, NULL);
	/* The caller notices that the page needs too much memory. */
	if (!memory_limit_reached()) {
		/* One more than there are runs, so that the size is not 0. */
		const size_t bytes = (b.runs_count + 1) * sizeof(int16_t);
		int16_t *p = memory_resize(NULL, 0, bytes);

		choose(content, &b, doc, url, p);
		memory_resize(p, bytes, 0);
	}
	blocks_release(&b);
}

void content_of_page(struct content *content, const xmlDoc *doc)
{
	const xmlNode *body = blocks_body(doc);

	if (body)
		add_root(content, body);
	content->whole = true;
	content->confidence = 1;
}

void content_index(struct content *content)
{
	marks_index(&content->skipped);
	if (content->unwritten.root)
		marks_index(&content->unwritten);
}

/* Returns true if the node is left out, even if its text was chosen. */
static bool is_never_content(const struct content *content, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE)
		return false;
	/* Many pages are hidden as a whole until a script has run. */
	return tag_is_invisible(node) ||
	       (content->whole && html_is(node, N_NOSCRIPT));
}

bool content_skips(const struct content *content, const xmlNode *node)
{
	return is_never_content(content, node) ||
	       marks_have(&content->skipped, node);
}

bool content_skips_in_markdown(const struct content *content,
			       const xmlNode *node)
{
	return content->unwritten.root ?
		is_never_content(content, node) ||
		marks_have(&content->unwritten, node) :
		content_skips(content, node);
}

bool content_skips_next(const struct content *content, size_t *at,
			const xmlNode *node)
{
	const struct marks *m = &content->skipped;

	if (*at < m->count && m->skipped[*at] == node) {
		++*at;
		return true;
	}
	return is_never_content(content, node);
}

void content_release(struct content *content)
{
	free(content->roots);
	marks_release(&content->skipped);
	marks_release(&content->unwritten);
	*content = (struct content){0};
}
