#include "parse/article/model.h"

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

int model_sum(const struct model_trees *trees, const int8_t *features)
{
	int sum = 0;

	for (size_t t = 0; t < trees->count; t++)
		sum += trees->leaves[t * MODEL_LEAVES + model_leaf(
			trees->splits + t * MODEL_SPLITS, features, 1)];
	return sum * (MODEL_ONE / MODEL_LEAF_ONE);
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
