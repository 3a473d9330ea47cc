/* The type of a page, from its URL, its head, its blocks and its content. */
#ifndef PARSE_ARTICLE_PAGE_TYPE_H
#define PARSE_ARTICLE_PAGE_TYPE_H

#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"
#include "parse/article/model.h"

/* Features of a page, by which the model decides on its type. */
enum page_feature {
	PAGE_SCORES,		/* a score for each of MODEL_TYPES types */
	PAGE_WORDS = PAGE_SCORES + MODEL_TYPES,
	PAGE_RUNS,
	PAGE_LINKS,		/* share of words in links, per mille */
	PAGE_PROSES,
	PAGE_ARTICLES,		/* elements <article> */
	PAGE_PRICES,		/* runs with a price */
	PAGE_TIMES,		/* runs with <time> */
	PAGE_CODES,		/* runs with code, in the content */
	PAGE_HEADINGS,		/* in the content */
	PAGE_CONTENT,		/* words of the content */
	PAGE_CONTENT_SHARE,	/* share of the page's words that are content */
	PAGE_CONTENT_RUNS,
	PAGE_CONTENT_LINKS,	/* share of words in links */
	PAGE_CONTENT_PRICES,
	PAGE_CONTENT_TIMES,
	PAGE_CONTENT_LONG,	/* share of words in runs of 40 words or more */
	PAGE_CONTENT_SHORT,	/* share of runs with up to 5 words */
	PAGE_CONTENT_TABLE,	/* share of words in tables and lists */
	PAGE_FEATURES,
};

/* Writes how much the page's tokens (page_tokens.h) speak for each type. url:
 * of the page; NULL: unknown. */
void page_type_scores(int16_t scores[MODEL_TYPES], const struct blocks *b,
		      const xmlDoc *doc, const char *url);

/* Writes the features of a page. p: probabilities of its runs; those of at
 * least `limit` are the content. */
void page_type_features(int8_t row[PAGE_FEATURES],
			const int16_t scores[MODEL_TYPES],
			const struct blocks *b, const int16_t *p, int limit);

/* Returns the type of a page (enum model_type) with these features. */
int page_type_of(const int8_t row[PAGE_FEATURES]);

#endif
