/* Says how likely each run of a page is content. */
#ifndef PARSE_ARTICLE_RUNS_H
#define PARSE_ARTICLE_RUNS_H

#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"
#include "parse/article/features.h"
#include "parse/article/model.h"

/* Writes the probability of each run, 0 to MODEL_ONE, and how much the page
 * speaks for each type. Fills in members of the
 * blocks. url: of the page; NULL: unknown. */
void runs_score(int16_t *probabilities, int16_t types[MODEL_TYPES],
		struct blocks *blocks, const xmlDoc *doc, const char *url);

/* Writes the probabilities that the first trees compute, for the program that
 * trains the model. */
void runs_score_first(struct features *f, int16_t *probabilities);

#endif
