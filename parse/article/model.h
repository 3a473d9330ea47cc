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
	MODEL_ONE = 1024,	/* a probability of 1; on the logistic scale, 1
				 * is 1024 for sums of trees, 16 for tokens */
	MODEL_LEAF_ONE = 128,	/* value of a leaf that adds 1 on the logistic
				 * scale */
	MODEL_LANES = 32,	/* rows of features that model_sums() reads at a
				 * time */
	MODEL_DEPTH = 4,	/* depth of a tree */
	MODEL_LEAVES = 1 << MODEL_DEPTH,
	MODEL_SPLITS = MODEL_LEAVES - 1,
	MODEL_MAX_TREES = 256,	/* maximum for which sums of leaves fit into 16
				 * bits */
};

/* A node of a tree. A row goes left if its feature is less than the bound. */
struct model_split {
	int8_t bound;
	uint8_t feature;
};

/* Complete trees. The nodes of a tree begin with the root and go on level by
 * level; its leaves are stored from left to right. */
struct model_trees {
	const struct model_split *splits;	/* MODEL_SPLITS of them for each
						 * tree */
	const int8_t *leaves;			/* MODEL_LEAVES of them for each
						 * tree */
	size_t count;				/* at most MODEL_MAX_TREES */
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
	struct model_trees first, second;	/* trees for runs */
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

/* Returns the index of the leaf that a row of features reaches in a tree.
 * stride: distance from one feature to the next in memory. */
static inline size_t model_leaf(const struct model_split splits[MODEL_SPLITS],
				const int8_t *features, size_t stride)
{
	size_t at = 1;

	while (at < MODEL_LEAVES) {
		const struct model_split *s = &splits[at - 1];

		at = 2 * at + (features[s->feature * stride] >= s->bound);
	}
	return at - MODEL_LEAVES;
}

/* Returns the sum of the trees for a row of features. */
int model_sum(const struct model_trees *trees, const int8_t *features);

/* Features of MODEL_LANES rows: those of one kind are side by side. */
typedef int8_t model_lanes[MODEL_LANES];

/* Writes the sum of all trees for each of MODEL_LANES rows. `features` must be
 * aligned to MODEL_LANES bytes. */
void model_sums(int sums[MODEL_LANES], const struct model_trees *trees,
		const model_lanes *features);

/* Computes model_sums() without AVX2; for tests. */
void model_sums_portable(int sums[MODEL_LANES],
			 const struct model_trees *trees,
			 const model_lanes *features);

/* Returns the probability, 0 to MODEL_ONE, for a sum of trees. */
int model_probability(int sum);

#endif
