/*
 * The model that says which runs of a page are content, and of which type the
 * page is: scores of tokens, and boosted trees over features. All of it is
 * integers, so that the results are the same on all machines.
 *
 * scripts/article_model/train.py makes it from labelled pages, and writes
 * parse/article/model_data.c.
 */
#ifndef PARSE_ARTICLE_MODEL_H
#define PARSE_ARTICLE_MODEL_H

#include <stddef.h>
#include <stdint.h>

/* Types of pages. */
enum model_type {
	MODEL_ARTICLE,
	MODEL_FORUM,
	MODEL_PRODUCT,
	MODEL_COLLECTION,
	MODEL_LISTING,
	MODEL_DOCUMENTATION,
	MODEL_SERVICE,
	MODEL_TYPES,
};

enum {
	MODEL_LEAF = 255,	/* instead of a feature */
	MODEL_LANES = 16,	/* rows of features that model_sums() reads at a
				 * time */
	MODEL_ONE = 1024,	/* a probability of 1; a step of 1 on the
				 * logistic scale of trees and tokens is 1024
				 * and 16 */
};

struct model_node {
	int16_t value;		/* goes left if the feature is at most this; of
				 * a leaf: what it adds */
	uint16_t left;		/* index of the left child, before the right
				 * one, from the root of the tree */
	uint8_t feature;
};

struct model_trees {
	const struct model_node *nodes;
	const uint32_t *roots;		/* index of the root of each tree */
	size_t count;
};

/* Slots of an open hash table with linear probing; hash 0: empty. */
struct model_token {
	uint32_t hash;
	int8_t score;
};

struct model_page_token {
	uint32_t hash;
	int8_t scores[MODEL_TYPES];
};

struct model {
	const struct model_token *tokens;
	size_t tokens_size;		/* a power of two; 0: none */
	const struct model_page_token *page_tokens;
	size_t page_tokens_size;
	struct model_trees first, second;	/* of runs */
	struct model_trees types[MODEL_TYPES];
};

extern const struct model model_data;

/* Replaces the built-in model, for the program that trains it. */
void model_set(const struct model *model);

const struct model *model_get(void);

/* Returns the score of a token, 0 if it is unknown. */
int model_token(uint32_t hash);

/* Returns the scores of a token of the page, or NULL. */
const int8_t *model_page_token(uint32_t hash);

/* Returns the sum of the trees for a row of features. */
int model_sum(const struct model_trees *trees, const int16_t *features);

/* Features of MODEL_LANES rows: those of one kind are side by side. */
typedef int16_t model_lanes[MODEL_LANES];

/* Writes the sums of the trees for the first `count` of MODEL_LANES rows. If the
 * first trees find a row hopeless, the others are not asked. */
void model_sums(int sums[MODEL_LANES], const struct model_trees *trees,
		const model_lanes *features, size_t count);

/* Returns the probability, 0 to MODEL_ONE, for a sum of trees. */
int model_probability(int sum);

#endif
