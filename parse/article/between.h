/* Finds code blocks, tables and <details> between two parts of the content. */
#ifndef PARSE_ARTICLE_BETWEEN_H
#define PARSE_ARTICLE_BETWEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "parse/article/blocks.h"

/* Raises the probability of the runs in code blocks, tables and <details> to
 * the limit: the model was trained on texts, and leaves out many of them. Such
 * elements are taken if nothing else is between two runs of the content.
 * Returns true if there are any. */
bool between_raise(const struct blocks *b, int16_t *p, int limit);

#endif
