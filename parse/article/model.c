#include "parse/article/model.h"

#include <limits.h>

static const struct model *current = &model_data;

void model_set(const struct model *model)
{
	current = model;
}

const struct model *model_get(void)
{
	return current;
}

int model_token(uint32_t hash)
{
	const struct model *m = current;

	if (!m->tokens_size)
		return 0;
	for (size_t i = hash & (m->tokens_size - 1); m->tokens[i].hash;
	     i = (i + 1) & (m->tokens_size - 1))
		if (m->tokens[i].hash == hash)
			return m->tokens[i].score;
	return 0;
}

const int8_t *model_page_token(uint32_t hash)
{
	const struct model *m = current;

	if (!m->page_tokens_size)
		return NULL;
	for (size_t i = hash & (m->page_tokens_size - 1); m->page_tokens[i].hash;
	     i = (i + 1) & (m->page_tokens_size - 1))
		if (m->page_tokens[i].hash == hash)
			return m->page_tokens[i].scores;
	return NULL;
}

/* Returns the sum of some of the trees. stride: distance of two features. */
static inline int sum_of(const struct model_trees *trees, size_t from,
			 size_t to, const int16_t *features, size_t stride)
{
	int sum = 0;

	for (size_t t = from; t < to; t++) {
		const struct model_node *root = trees->nodes + trees->roots[t];
		const struct model_node *n = root;

		while (n->feature != MODEL_LEAF)
			n = root + n->left + (features[n->feature * stride] >
					      n->value);
		sum += n->value;
	}
	return sum;
}

int model_sum(const struct model_trees *trees, const int16_t *features)
{
	return sum_of(trees, 0, trees->count, features, 1);
}

/* A row is hopeless if the sum of the first quarters of the trees is less than
 * this. Its sum is then multiplied, as the other trees would agree. */
static const struct {
	int least;
	int percent;
} hopeless[] = {{-2200, 160}, {-2900, 125}, {-3600, 110}, {INT_MIN, 100}};

enum { QUARTERS = sizeof(hopeless) / sizeof(*hopeless) };

static int sum_of_lane(const struct model_trees *trees, const int16_t *lane)
{
	int sum = 0;

	for (size_t i = 0; i < QUARTERS; i++) {
		sum += sum_of(trees, trees->count * i / QUARTERS,
			      trees->count * (i + 1) / QUARTERS, lane,
			      MODEL_LANES);
		if (sum < hopeless[i].least)
			return sum * hopeless[i].percent / 100;
	}
	return sum;
}

void model_sums(int sums[MODEL_LANES], const struct model_trees *trees,
		const model_lanes *features, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sums[i] = sum_of_lane(trees, features[0] + i);
}

/* The logistic function at steps of 256 (a quarter), from 0 to 8. */
static const int16_t logistic[] = {
	512, 576, 637, 695, 749, 796, 837, 873, 902, 926, 946, 962, 975, 985,
	993, 1000, 1006, 1009, 1013, 1015, 1017, 1018, 1020, 1021, 1021, 1022,
	1022, 1023, 1023, 1023, 1023, 1024, 1024,
};

int model_probability(int sum)
{
	const unsigned x = (unsigned)(sum < 0 ? -sum : sum);
	const unsigned i = x / 256;
	int p = MODEL_ONE;

	if (i < sizeof(logistic) / sizeof(*logistic) - 1)
		p = logistic[i] + (logistic[i + 1] - logistic[i]) *
			(int)(x % 256) / 256;
	return sum < 0 ? MODEL_ONE - p : p;
}
