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
 *			while (block.left)
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
	WORDS_TEXT = 1024,	/* bytes of text that fit into struct words */
	WORDS_ROOM = 64,	/* unused bytes after the text, because whole
				 * vectors are read */
};

/* Odd constants with an irregular bit pattern, for hashing. */
#define WORDS_EACH_BYTES UINT64_C(0x9e3779b97f4a7c15)
#define WORDS_EACH_WORD UINT64_C(0xd6e8feb86659fd93)

#define WORDS_LOWER_CASE UINT64_C(0x2020202020202020)

struct word {
	uint64_t hash;
	bool has_digit, has_other;	/* has_other: a character that is no
					 * digit */
};

struct words {
	size_t next, len;		/* offsets in text: of the next block,
					 * and of the end */
	unsigned char text[WORDS_TEXT + WORDS_ROOM];
};

/* A block of the text. The masks have one bit for each byte. */
struct word_block {
	const unsigned char *text;	/* borrowed from struct words */
	uint64_t left;			/* bytes of words that have not been
					 * taken */
	uint64_t digits, others;
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

/* Returns the hash of a word. Setting the bit 0x20 makes letters lower case and
 * leaves digits as they are. */
static inline uint64_t words_hash(const unsigned char *p, size_t len)
{
	uint64_t h = len * WORDS_EACH_WORD;

	for (; __builtin_expect(len > sizeof(h), 0);
	     p += sizeof(h), len -= sizeof(h)) {
		h = (h ^ words_bytes(p, sizeof(h))) * WORDS_EACH_BYTES;
		h ^= h >> 32;
	}
	h = (h ^ words_bytes(p, len)) * WORDS_EACH_BYTES;
	return h ^ h >> 32;
}

/* Removes the next word from block->left and returns it. The block must have a
 * word left. */
static inline struct word words_take(struct word_block *b)
{
	/* Adding the lowest bit clears the bits of the first word by carrying,
	 * and sets the bit after the word. */
	const uint64_t after = b->left + (b->left & -b->left);
	const uint64_t bits = b->left & ~after;
	const unsigned start = (unsigned)__builtin_ctzll(bits);
	const unsigned end = (unsigned)__builtin_ctzll(after);

	b->left &= after;
	return (struct word){words_hash(b->text + start, end - start),
			     bits & b->digits, bits & b->others};
}

#endif
