/* Reads the text of a run, one text node after another. */
#ifndef PARSE_ARTICLE_RUN_TEXT_H
#define PARSE_ARTICLE_RUN_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "parse/article/blocks.h"

struct run_text {
	struct run run;
	uint32_t anchors;	/* open links */
	uint32_t scored;	/* words at the beginning that have been looked
				 * up in the model, at most LINE_WORDS */
	uint32_t line;		/* hash of the scored words */
	uint32_t hash;		/* hash of the open word, if it is one of the
				 * first LINE_WORDS */
	bool open;		/* in the middle of a word */
	bool upper;		/* the open word begins with a capital */
};

/* Begins an empty run. Open links stay open. */
void run_text_begin(struct run_text *t);

/* Reads a text node. */
void run_text_add(struct run_text *t, const char *text);

/* Ends a word, as an element between two text nodes does. */
void run_text_end_word(struct run_text *t);

/* Ends the run; its counts are complete then. */
void run_text_end(struct run_text *t);

/* Returns true if the text has more than white space and no-break spaces. */
bool run_text_has_word(const char *text);

/* Counts the words of a text as word processors do: they are separated by white
 * space and by punctuation of Chinese and Japanese; each ideograph, and each
 * letter of kana, counts as a word. */
uint64_t run_text_count_words(const char *text, size_t len);

#endif
