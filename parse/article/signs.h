/* Signs of elements that matter for all inside them. */
#ifndef PARSE_ARTICLE_SIGNS_H
#define PARSE_ARTICLE_SIGNS_H

#include <stdint.h>

#include <libxml/tree.h>

/* Returns the signs (enum block_sign) of the element itself. */
uint32_t signs_of(const xmlNode *element);

#endif
