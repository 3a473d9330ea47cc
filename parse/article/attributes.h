/* Reads the attributes of elements: signs, and scores of their tokens. */
#ifndef PARSE_ARTICLE_ATTRIBUTES_H
#define PARSE_ARTICLE_ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/tokens.h"
#include "parse/html/html.h"

/* Facts that the attributes of an element show. */
struct attributes {
	uint32_t class;		/* hash of the class, without its digits */
	uint32_t signs;		/* enum block_sign, of the element itself */
	struct token_scores scores;
	bool has_type;		/* has itemtype */
};

struct known_class;

/* Zero is empty. Classes that have been read are remembered: most elements of a
 * page have one of a few. */
struct attribute_reader {
	/* Gets each token, for programs that train the model; or NULL. Nothing
	 * is remembered then. */
	const struct token_sink *listener;
	struct known_class *classes;	/* a hash table */
	size_t size, count;		/* a power of two; 0: none */
	int16_t tags[N_COUNT];	/* scores of the names */
	bool tags_known[N_COUNT];
};

void attributes_read(struct attribute_reader *r, const xmlNode *element,
		     struct attributes *out);

void attributes_release(struct attribute_reader *r);

#endif
