/*
 * Divides a text into words. A word consists of letters, digits and bytes
 * beyond ASCII; all other bytes separate words. Each word has a hash, which
 * does not depend on letter case.
 *
 *	struct words w;
 *	struct word_block block;
 *
 *	words_init(&w);
 *	do {
 *		words_fill(&w, &text);
 *		while (words_read(&w, &block, !text.len))
 *			while (block.edges)
 *				use(words_take(&block));
 *	} while (text.len);
 *
 * The text is read in blocks. A bit mask marks the bytes of a block that belong
 * to words, so that separators are skipped without a loop over bytes. A word
 * that does not fit into a block is divided, and its parts count as words.
 */
#ifndef CRAWL_TRAPS_WORDS_H
#define CRAWL_TRAPS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/slice.h"

enum {
	WORDS_BLOCK = 63,	/* bytes of a block: the highest bit of a 64-bit
				 * mask stays 0 */
	WORDS_IN_BLOCK = 32,	/* maximum number of words in a block */
	WORDS_TEXT = 1024,	/* bytes of text that fit into struct words */
	WORDS_ROOM = 64,	/* unused bytes after the text, because whole
				 * vectors are read */
};

/* An odd constant with an irregular bit pattern, for hashing. */
#define WORDS_FACTOR UINT64_C(0x9e3779b97f4a7c15)

#define WORDS_LOWER_CASE UINT64_C(0x2020202020202020)

struct words {
	size_t next, len;		/* offsets in text: of the next block,
					 * and of the end */
	unsigned char text[WORDS_TEXT + WORDS_ROOM];
};

/* A block of the text. The masks have one bit for each byte. */
struct word_block {
	const unsigned char *text;	/* borrowed from struct words */
	uint64_t edges;			/* the first byte of each word that has
					 * not been taken, and the byte after
					 * the word */
	uint64_t digits;
};

static inline void words_init(struct words *w)
{
	w->next = w->len = 0;
}

/* Moves as many bytes from the front of the text to w as there is room for. All
 * blocks of the earlier text must have been read. */
void words_fill(struct words *w, struct slice *text);

/* Adds a space and a short text, if there is room. Returns false otherwise. */
static inline bool words_add_piece(struct words *w, struct slice text)
{
	if (text.len >= WORDS_TEXT - w->len)
		return false;
	w->text[w->len++] = ' ';
	memcpy(w->text + w->len, text.p, text.len);
	w->len += text.len;
	return true;
}

/* Reads the next block. Returns false if more text is needed. is_end: no more
 * text follows. */
bool words_read(struct words *w, struct word_block *block, bool is_end);

/* Returns the first len bytes at p (up to eight), in lower case, as a number.
 * Eight bytes must be readable. */
static inline uint64_t words_bytes(const unsigned char *p, size_t len)
{
	static const uint64_t masks[] = {
		0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff,
		0xffffffffffff, 0xffffffffffffff, UINT64_MAX,
	};
	uint64_t bytes;

	memcpy(&bytes, p, sizeof(bytes));
	return (bytes & masks[len]) | WORDS_LOWER_CASE;
}

/* Multiplies two numbers and folds the 128 bits of the product, so that each
 * bit of the result depends on all bits of the numbers. */
static inline uint64_t words_mix(uint64_t a, uint64_t b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Returns the hash of a word of more than eight bytes. */
uint64_t words_hash_long(const unsigned char *p, size_t len);

/* Returns the hash of a word. Setting the bit 0x20 makes letters lower case and
 * leaves digits as they are. */
static inline uint64_t words_hash(const unsigned char *p, size_t len)
{
	if (__builtin_expect(len > sizeof(uint64_t), 0))
		return words_hash_long(p, len);
	return words_mix(words_bytes(p, len), WORDS_FACTOR);
}

/* Removes the next word from a block, which must have one left, and returns its
 * hash. *bits becomes the mask of the word's bytes. */
static inline uint64_t words_take(struct word_block *b, uint64_t *bits)
{
	const uint64_t after = b->edges & (b->edges - 1);
	const size_t start = (size_t)__builtin_ctzll(b->edges);
	const size_t end = (size_t)__builtin_ctzll(after);

	b->edges = after & (after - 1);
	*bits = (UINT64_C(1) << end) - (UINT64_C(1) << start);
	return words_hash(b->text + start, end - start);
}

#endif
