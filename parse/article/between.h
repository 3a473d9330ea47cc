/* Finds code blocks, tables and <details> between two parts of the content. */
#ifndef PARSE_ARTICLE_BETWEEN_H
#define PARSE_ARTICLE_BETWEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "parse/article/blocks.h"

/* Raises the probability of their runs to the limit: the model was trained on
 * texts, and leaves out many of them. What is between two runs of the content
 * is taken if nothing else is there. Returns true if there is any. */
bool between_raise(const struct blocks *b, int16_t *p, int limit);

#endif
