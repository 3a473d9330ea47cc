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
enum { CLEARLY_NOT = MODEL_ONE / 64 };

static int16_t score_run(const struct model_trees *trees,
			 const struct features *f, size_t i)
{
	int16_t row[FEATURES];

	features_of_run(f, i, row);
	return (int16_t)model_probability(model_sum(trees, row));
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

void runs_score(int16_t *probabilities, int16_t types[MODEL_TYPES],
		struct blocks *blocks, const xmlDoc *doc, const char *url)
{
	struct features f = {0};
	const size_t bytes = (blocks->runs_count + 1) * sizeof(int16_t);
	int16_t *first = memory_resize(NULL, 0, bytes);

	features_init(&f, blocks);
	page_type_scores(f.types, doc, url);
	for (size_t i = 0; i < blocks->runs_count; i++)
		first[i] = score_run(&model_get()->first, &f, i);
	features_set_first(&f, first);
	for (size_t i = 0; i < blocks->runs_count; i++)
		probabilities[i] = is_clear(&f, i) ? first[i] :
			score_run(&model_get()->second, &f, i);
	memcpy(types, f.types, sizeof(f.types));
	features_release(&f);
	memory_resize(first, bytes, 0);
}
