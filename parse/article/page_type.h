/* The type of a page, from its URL, its head and its blocks. */
#ifndef PARSE_ARTICLE_PAGE_TYPE_H
#define PARSE_ARTICLE_PAGE_TYPE_H

#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/model.h"

/* Writes how much the page's tokens (page_tokens.h) speak for each type. */
void page_type_scores(int16_t scores[MODEL_TYPES], const xmlDoc *doc,
		      const char *url);

#endif
