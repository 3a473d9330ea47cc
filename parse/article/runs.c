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

/* Of many elements alike, as cells of a large table, all have a score of their
 * own up to this number. Of the others every sixteenth has, and the next ones
 * get the same: so a page of a million small elements takes a sixteenth of the
 * time. */
enum { MANY = 1000, EVERY = 16 };

static bool has_own_score(struct group *group)
{
	return group->scored++ < MANY || group->scored % EVERY == 0;
}

static struct group *group_of(const struct features *f, size_t i)
{
	const struct blocks *b = f->blocks;

	return &f->groups[b->blocks[b->runs[i].block].group];
}

static void score_first(struct features *f, int16_t *first)
{
	for (size_t i = 0; i < f->blocks->runs_count; i++) {
		struct group *group = group_of(f, i);

		if (has_own_score(group))
			group->last = score_run(&model_get()->first, f, i);
		first[i] = group->last;
	}
	for (size_t i = 0; i < f->groups_count; i++)
		f->groups[i].scored = 0;
}

static void score_second(struct features *f, int16_t *second)
{
	for (size_t i = 0; i < f->blocks->runs_count; i++) {
		struct group *group = group_of(f, i);

		if (is_clear(f, i)) {
			second[i] = f->first[i];
			continue;
		}
		if (has_own_score(group))
			group->last = score_run(&model_get()->second, f, i);
		second[i] = group->last;
	}
}

void runs_score(int16_t *probabilities, int16_t types[MODEL_TYPES],
		struct blocks *blocks, const xmlDoc *doc, const char *url)
{
	struct features f = {0};
	const size_t bytes = (blocks->runs_count + 1) * sizeof(int16_t);
	int16_t *first = memory_resize(NULL, 0, bytes);

	features_init(&f, blocks);
	page_type_scores(f.types, doc, url);
	score_first(&f, first);
	features_set_first(&f, first);
	score_second(&f, probabilities);
	memcpy(types, f.types, sizeof(f.types));
	features_release(&f);
	memory_resize(first, bytes, 0);
}
