/* The features of runs, by which the model decides (features.def). */
#ifndef PARSE_ARTICLE_FEATURES_H
#define PARSE_ARTICLE_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "parse/article/blocks.h"
#include "parse/article/model.h"

enum feature {
#define FEATURE(name) F_##name,
#include "parse/article/features.def"
#undef FEATURE
	FEATURES,
};

/* Runs of elements with the same path. */
struct group {
	uint32_t runs, words, links, proses;
	uint64_t content;	/* words times probability */
	uint32_t scored;	/* number of runs seen so far (runs.c) */
	uint32_t last;		/* the last one with a score of its own */
};

/* Features that all runs of an element have in common (scale.h). */
struct element_facts {
	int8_t words, links, prose;	/* number of words; shares of the words
					 * that are links and prose */
	int8_t runs;
	int8_t share;		/* share of the page's prose */
	int8_t article, main;	/* values for the outermost <article> and <main>
				 * around the element; INT8_MIN: there is
				 * none */
	int8_t best, wider;	/* numbers of levels between the element and the
				 * likely containers; 0: inside one */
	int8_t distance;	/* number of levels up to `repeat` */
	int8_t twins;
	int8_t low, high, sum;	/* scores of the element's own tokens */
	uint32_t repeat;	/* nearest element with three siblings alike */
};

struct features {
	const struct blocks *blocks;	/* borrowed */
	struct element_facts *facts;	/* facts of each element */
	struct group *groups;
	size_t groups_count;
	int16_t types[MODEL_TYPES];	/* scores of the page's type */
	uint32_t best, wider;	/* likely containers */
	uint32_t article_count, prices;
	uint32_t h1;		/* the run of the first h1; or runs_count */
	uint16_t *gap_before, *gap_after;	/* runs to the nearest prose */
	const int16_t *first;	/* probability of each run by the first trees;
				 * NULL: not known yet */
	uint64_t *content;	/* sums of words times probability before each
				 * run; one more at the end */
};

/* Computes the values that the features of all runs have in common. Fills in
 * twins and groups of the blocks. */
void features_init(struct features *f, struct blocks *blocks);

/* Sets the probabilities that the first trees have computed; borrowed. */
void features_set_first(struct features *f, const int16_t *first);

/* Writes the features that all runs of the page share, in all lanes. */
void features_of_page(const struct features *f, model_lanes rows[FEATURES]);

/* Writes the other features of a run in one lane. */
void features_of_run(const struct features *f, size_t run,
		     model_lanes rows[FEATURES], size_t lane);

/* Call it before blocks_release(). */
void features_release(struct features *f);

#endif
