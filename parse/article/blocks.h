/*
 * The blocks of a page: its elements that are not parts of a line, and its
 * runs. A run is the text between two borders of such elements: a paragraph, a
 * heading, a link of a menu.
 *
 * One walk over the tree finds all elements and runs, and stores both in
 * arrays, in document order. The elements and the runs inside of an element are
 * a range of each array.
 */
#ifndef PARSE_ARTICLE_BLOCKS_H
#define PARSE_ARTICLE_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/tokens.h"
#include "parse/html/html.h"

/* Signs of an element that also hold for everything inside the element. */
enum block_sign {
	IN_HEADER = 1 << 0,
	IN_FOOTER = 1 << 1,
	IN_NAV = 1 << 2,
	IN_ASIDE = 1 << 3,
	IN_MAIN = 1 << 4,
	IN_ARTICLE = 1 << 5,
	IN_FORM = 1 << 6,
	IN_TABLE = 1 << 7,
	IN_LIST = 1 << 8,
	IN_FIGURE = 1 << 9,
	IN_QUOTE = 1 << 10,
	IN_PRE = 1 << 11,
	IN_SECTION = 1 << 12,
	IN_BUTTON = 1 << 13,
	IN_DIALOG = 1 << 14,
	IN_DETAILS = 1 << 15,
	IN_HIDDEN = 1 << 16,	/* display: none, or the attribute hidden */
	IN_ARIA_HIDDEN = 1 << 17,
	IN_SELECT = 1 << 18,
	IN_LABEL = 1 << 19,
	IN_HEADING = 1 << 20,
	IN_DEFINITION = 1 << 21,	/* dl */
	IN_NOSCRIPT = 1 << 22,
};

struct block {
	const xmlNode *node;
	uint32_t signature;	/* hash of tag and class */
	uint32_t path;		/* hash of the signatures up to the root */
	uint32_t parent;	/* index of an element; its own for the first */
	uint32_t end;		/* index after the last element inside */
	uint32_t run, run_end;	/* the runs inside */
	uint32_t signs;		/* signs of the element and of all elements
				 * around it */
	uint32_t twins;		/* siblings with the same signature */
	uint32_t group;		/* index of the group of blocks with the same
				 * path */
	struct token_scores own;
	struct token_scores chain;	/* scores of the element and of all
					 * elements around it; sum is the sum of
					 * their sums */
	uint16_t tag;		/* an enum html_id */
	uint16_t depth;
};

/* Numbers of words up to a run; a difference of two counts those between. */
struct run_sums {
	uint32_t words;
	uint32_t links;		/* words in links */
	uint32_t prose;		/* words in runs that look like sentences */
	uint32_t proses;	/* number of runs that look like sentences */
};

enum { LINE_WORDS = 12 };

struct run {
	struct run_sums before;	/* sums of all runs before this one */
	uint32_t block;		/* the element that has this text */
	uint32_t text;		/* number of text nodes with a word before it */
	uint32_t words, links;
	uint32_t bytes, digits;
	uint16_t commas, stops;
	uint8_t upper;		/* words that begin with a capital, of the
				 * first LINE_WORDS */
	uint8_t last;		/* last byte that is not a space */
	uint8_t signs;		/* enum run_sign */
	struct token_scores inlines;	/* scores of the inline elements in the
					 * run */
	struct token_scores text_scores;	/* scores of the first words */
	int16_t line;		/* score of the whole text, if it is short */
};

enum run_sign {
	RUN_PRICE = 1 << 0,
	RUN_COPYRIGHT = 1 << 1,
	RUN_TIME = 1 << 2,	/* a <time> begins in it */
	RUN_BOLD = 1 << 3,	/* begins in <b> or <strong> */
	RUN_CODE = 1 << 4,
	RUN_IMAGE = 1 << 5,
};

enum { MAX_NOTES = 256 };

struct blocks {
	struct block *blocks;
	size_t count, cap;
	struct run *runs;	/* runs, with an additional one at the end for
				 * its sums */
	size_t runs_count, runs_cap;
	const xmlNode **notes;	/* elements that say something about the page
				 * (page_tokens.h), up to MAX_NOTES */
	size_t notes_count, notes_cap;
	struct run_sums sums;
};

/* Gets the tokens that blocks_find() meets, for programs that train the
 * model. */
struct blocks_listener {
	void (*on_token)(void *ctx, char kind, const char *text, size_t len,
			 int run_or_block, size_t index);
	void (*on_text)(void *ctx, size_t run, const char *text);
	void *ctx;
};

/* Returns the sums of the runs from the first one up to the second, without the
 * second. */
static inline struct run_sums blocks_sums(const struct blocks *b, uint32_t from,
					  uint32_t to)
{
	const struct run_sums *x = &b->runs[from].before;
	const struct run_sums *y = &b->runs[to].before;

	return (struct run_sums){y->words - x->words, y->links - x->links,
				 y->prose - x->prose, y->proses - x->proses};
}

/* Finds the blocks of an HTML document. listener may be NULL. */
void blocks_find(struct blocks *b, const xmlDoc *doc,
		 const struct blocks_listener *listener);

/* Returns the <body> of an HTML document, or NULL. */
const xmlNode *blocks_body(const xmlDoc *doc);

void blocks_release(struct blocks *b);

/* Returns the next node after n and all inside it, below root; NULL if there is
 * none. Calls on_end for each element that ends between the two. */
const xmlNode *blocks_skip(const xmlNode *n, const xmlNode *root,
			   void (*on_end)(void *ctx, const xmlNode *element),
			   void *ctx);

#endif
