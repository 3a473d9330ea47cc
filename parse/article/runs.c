/* Applies the model twice: the second trees see what the first ones say of the
 * runs around, so that a caption in the middle of an article is content and the
 * same words in a menu are not. */
#include "parse/article/runs.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory_budget.h"
#include "parse/article/features.h"
#include "parse/article/model.h"
#include "parse/article/page_type.h"

/* A run is clearly not content if the first trees give less than this to it and
 * to its neighbours: most runs of most pages. */
enum { CLEARLY_NOT = MODEL_ONE / 24 };

/* Runs whose features are being collected. */
struct batch {
	_Alignas(MODEL_LANES) model_lanes rows[FEATURES];
	const struct features *features;
	const struct model_trees *trees;
	int16_t *out;		/* a probability for each run of the page */
	size_t runs[MODEL_LANES];
	size_t count;
};

static void batch_begin(struct batch *batch, const struct features *f,
			const struct model_trees *trees, int16_t *out)
{
	memset(batch->rows, 0, sizeof(batch->rows));
	features_of_page(f, batch->rows);
	batch->features = f;
	batch->trees = trees;
	batch->out = out;
	batch->count = 0;
}

static void batch_flush(struct batch *batch)
{
	int sums[MODEL_LANES];

	if (!batch->count)
		return;
	model_sums(sums, batch->trees, batch->rows);
	for (size_t i = 0; i < batch->count; i++)
		batch->out[batch->runs[i]] =
			(int16_t)model_probability(sums[i]);
	batch->count = 0;
}

static void batch_add(struct batch *batch, size_t run)
{
	features_of_run(batch->features, run, batch->rows, batch->count);
	batch->runs[batch->count++] = run;
	if (batch->count == MODEL_LANES)
		batch_flush(batch);
}

static bool is_clear(const struct features *f, size_t i)
{
	const size_t n = f->blocks->runs_count;
	const size_t to = i + 3 < n ? i + 3 : n;

	for (size_t k = i > 2 ? i - 2 : 0; k < to; k++)
		if (f->first[k] >= CLEARLY_NOT)
			return false;
	return true;
}

/* Of similar elements, such as the cells of a large table, the first MANY have
 * scores of their own. After these only each sixteenth has one, which is the
 * score of the next fifteen, too: so a page of a million small elements takes a
 * sixteenth of the time. */
enum { MANY = 1000, EVERY = 16 };

/* Returns the run whose score this one gets: itself, or an earlier one. */
static size_t model_of(struct group *group, size_t run)
{
	if (group->scored++ < MANY || group->scored % EVERY == 0)
		group->last = (uint32_t)run;
	return group->last;
}

static struct group *group_of(const struct features *f, size_t i)
{
	const struct blocks *b = f->blocks;

	return &f->groups[b->blocks[b->runs[i].block].group];
}

/* Returns true if the run gets a score of these trees, and not the score of the
 * first trees. */
static bool is_scored(const struct features *f, size_t i)
{
	return !f->first || !is_clear(f, i);
}

static void forget_models(struct features *f)
{
	for (size_t i = 0; i < f->groups_count; i++)
		f->groups[i].scored = 0;
}

/* Gives runs without a score of their own that of another run. */
static void copy_scores(struct features *f, int16_t *out)
{
	forget_models(f);
	for (size_t i = 0; i < f->blocks->runs_count; i++)
		if (is_scored(f, i))
			out[i] = out[model_of(group_of(f, i), i)];
}

static void score(struct features *f, const struct model_trees *trees,
		  int16_t *out)
{
	struct batch batch;
	bool copies = false;

	batch_begin(&batch, f, trees, out);
	for (size_t i = 0; i < f->blocks->runs_count; i++) {
		if (!is_scored(f, i))
			out[i] = f->first[i];
		else if (model_of(group_of(f, i), i) == i)
			batch_add(&batch, i);
		else
			copies = true;
	}
	batch_flush(&batch);
	if (copies)
		copy_scores(f, out);
	forget_models(f);
}

void runs_score_first(struct features *f, int16_t *probabilities)
{
	score(f, &model_get()->first, probabilities);
}

void runs_score(int16_t *probabilities, int16_t types[MODEL_TYPES],
		struct blocks *blocks, const xmlDoc *doc, const char *url)
{
	struct features f = {0};
	const size_t bytes = (blocks->runs_count + 1) * sizeof(int16_t);
	int16_t *first = memory_resize(NULL, 0, bytes);

	features_init(&f, blocks);
	page_type_scores(f.types, blocks, doc, url);
	runs_score_first(&f, first);
	features_set_first(&f, first);
	score(&f, &model_get()->second, probabilities);
	memcpy(types, f.types, sizeof(f.types));
	features_release(&f);
	memory_resize(first, bytes, 0);
}
