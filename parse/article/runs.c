/* Applies the model twice: the second trees see what the first ones say of the
 * runs around, so that a caption in the middle of an article is content and the
 * same words in a menu are not. */
#include "parse/article/runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/article/features.h"
#include "parse/article/model.h"
#include "parse/article/page_type.h"

static void apply(const struct model_trees *trees, const struct features *f,
		  int16_t *out)
{
	int16_t row[FEATURES] = {0};

	for (size_t i = 0; i < f->blocks->runs_count; i++) {
		features_of_run(f, i, row);
		out[i] = (int16_t)model_probability(model_sum(trees, row));
	}
}

void runs_score(int16_t *probabilities, int16_t types[MODEL_TYPES],
		struct blocks *blocks, const xmlDoc *doc, const char *url)
{
	struct features f = {0};
	int16_t *first = xcalloc(blocks->runs_count + 1, sizeof(*first));

	features_init(&f, blocks);
	page_type_scores(f.types, doc, url);
	apply(&model_get()->first, &f, first);
	features_set_first(&f, first);
	apply(&model_get()->second, &f, probabilities);
	memcpy(types, f.types, sizeof(f.types));
	features_release(&f);
	free(first);
}
