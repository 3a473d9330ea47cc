/*
 * The text of a page in 32 bytes, so that a crawl can tell whether it has seen
 * the text before.
 *
 * Words are letters, digits and bytes beyond ASCII, in any case; everything
 * else separates them. Of images the address counts where a page has few words:
 * the pages of a picture gallery have the same words, and are different.
 *
 * The simhash (Charikar, 2002) has a bit for each bit of the words' hashes that
 * is set in most of them. Repetitions of a word do not count, or the word
 * "next" of a hundred links would outweigh the rest. Of a long text, all of the
 * first words count and a quarter of the others, chosen by their hash: the part
 * of the words that differ is about the same among these as among all words. A
 * page with a short text of its own in a long template has the simhash of the
 * template, so that a small distance alone does not make two texts the same:
 * see page_text_is_same().
 */
#ifndef CRAWL_TRAPS_PAGE_TEXT_H
#define CRAWL_TRAPS_PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/job/page_text.h"
#include "base/slice.h"
#include "crawl/traps/words.h"

enum {
	PAGE_TEXT_DISTANCE = 3,		/* bits of the simhash */
	PAGE_TEXT_FEW_WORDS = 100,	/* images count in pages with fewer
					 * words */
	PAGE_TEXT_URL_WORDS = 48,	/* maximum number of words of the URL */
	PAGE_TEXT_URL_SLOTS = 128,	/* slots of the hash table of the
					 * URL's words */
	PAGE_TEXT_PLANES = 21,		/* bits of each of the 64 counters of
					 * words */
	PAGE_TEXT_ALL_COUNTED = 256,	/* number of words of which all count in
					 * the simhash */
	PAGE_TEXT_RECENT = 512,	/* slots for recent words, which are not
					 * counted again */
	PAGE_TEXT_RUN = 64,		/* most words that are added to the
					 * digests together */
	PAGE_TEXT_WAITING = 8,		/* number of hashes that are counted
					 * together */
};

/* State while a text is read piece by piece. */
struct page_text_reader {
	uint64_t url_words[PAGE_TEXT_URL_SLOTS];	/* open addressing; 0:
							 * empty */
	uint64_t url_bits;		/* bit hash % 64 of each of these words
					 * is set */
	size_t n_url_words;
	size_t words, images;
	size_t counted;			/* number of hashes in planes */
	uint64_t recent[PAGE_TEXT_RECENT];	/* hashes of recent words; a new
						 * word replaces the one in its
						 * slot */
	struct page_text text;
	uint64_t image_digest;
	uint64_t planes[PAGE_TEXT_PLANES];	/* bit i of plane j: bit j of
						 * the number of words whose
						 * hash has bit i */
	uint64_t waiting[PAGE_TEXT_WAITING];	/* hashes that have not been
						 * counted yet */
	size_t n_waiting;
	uint64_t powers[PAGE_TEXT_RUN + 1];	/* powers of WORDS_FACTOR */
	struct words words_of_text;	/* text whose words have not been added
					 * yet */
};

/* Begins the text of a page. url: the page's URL (serialised), or empty. */
void page_text_begin(struct page_text_reader *r, struct slice url);

/* Add a piece of the text. page_text_add() begins a new word; with
 * page_text_continue(), the last word of the piece before may go on. */
void page_text_add(struct page_text_reader *r, struct slice text);
void page_text_continue(struct page_text_reader *r, struct slice text);

/* Adds an image of the page by its URL as written, src. */
void page_text_add_image(struct page_text_reader *r, struct slice src);

struct page_text page_text_end(struct page_text_reader *r);

/* Returns true if the text has words: two pages without words are not
 * duplicates. */
static inline bool page_text_has_words(const struct page_text *t)
{
	return t->whole > PAGE_TEXT_EMPTY;
}

/* Returns true if both texts are the same, or differ only in a few words, each
 * of which is a number or occurs in the URL of its page. */
bool page_text_is_same(const struct page_text *a, const struct page_text *b);

/* Returns true if two simhashes differ in so few bits that few words
 * differ. */
static inline bool page_text_is_near(uint64_t a, uint64_t b)
{
	return __builtin_popcountll(a ^ b) <= PAGE_TEXT_DISTANCE;
}

#endif
