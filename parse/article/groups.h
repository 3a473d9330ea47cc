/* Finds the elements of a page that are alike. */
#ifndef PARSE_ARTICLE_GROUPS_H
#define PARSE_ARTICLE_GROUPS_H

#include <stddef.h>

#include "parse/article/blocks.h"

/* Fills in group and twins of each element. Returns the number of groups. */
size_t groups_find(struct blocks *b);

#endif
