/* Reads the blocks of a text, for loops in which a call for each block would
 * cost too much. Finds the bytes of words, with SSE2 where available. */
#ifndef CRAWL_TRAPS_WORD_BLOCK_H
#define CRAWL_TRAPS_WORD_BLOCK_H

#include "crawl/traps/words.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__

/* Returns a vector with 0xff for each byte of v in the range of `count` bytes
 * that ends with `last`, and 0 for the others. Moves the range to the highest
 * numbers of a byte with a sign. */
static inline __m128i words_in_range(__m128i v, char last, char count)
{
	const __m128i moved =
		_mm_add_epi8(v, _mm_set1_epi8((char)(127 - last)));

	return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(127 - count)));
}

static inline __m128i words_vector_at(const unsigned char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t words_bits_of(__m128i v)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

static inline uint64_t words_find_digits(const unsigned char *p)
{
	uint64_t digits = 0;

	for (unsigned at = 0; at < 64; at += 16)
		digits |= words_bits_of(words_in_range(words_vector_at(p + at),
						       '9', 10)) << at;
	return digits;
}

/* Returns the mask of the bytes of words among the 64 bytes at p, and sets the
 * mask of digits. */
static inline uint64_t words_find(const unsigned char *p, uint64_t *digits)
{
	__m128i any_digit = _mm_setzero_si128();
	uint64_t bytes = 0;

#pragma GCC unroll 4
	for (unsigned at = 0; at < 64; at += 16) {
		const __m128i v = words_vector_at(p + at);
		const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
		const __m128i digit = words_in_range(v, '9', 10);
		const __m128i other = words_in_range(lower, 'z', 26);

		any_digit = _mm_or_si128(any_digit, digit);
		/* A byte is of a word if it is a digit, a letter, or not
		 * ASCII: words_bits_of() takes the highest bit of each byte,
		 * which is set in v for bytes that are not ASCII. */
		bytes |= words_bits_of(_mm_or_si128(_mm_or_si128(digit, other),
						    v)) << at;
	}
	*digits = words_bits_of(any_digit) ? words_find_digits(p) : 0;
	return bytes;
}

#else

static inline bool words_is_other(unsigned char c)
{
	return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static inline uint64_t words_find(const unsigned char *p, uint64_t *digits)
{
	uint64_t bytes = 0;

	*digits = 0;
	for (unsigned i = 0; i < 64; i++) {
		const bool is_digit = p[i] >= '0' && p[i] <= '9';

		*digits |= (uint64_t)is_digit << i;
		bytes |= (uint64_t)(is_digit || words_is_other(p[i])) << i;
	}
	return bytes;
}

#endif

/* Returns the mask of the words of a full block, of which `bytes` marks the
 * bytes. Leaves a word at the end to the next block, because the word may go on
 * there; but not a word that fills the block. */
static inline uint64_t words_of_full_block(struct words *w, uint64_t bytes)
{
	const uint64_t block = ~UINT64_C(0) >> (64 - WORDS_BLOCK);
	const uint64_t between = ~bytes & block;
	unsigned last;	/* position of the last byte between words */

	w->next += WORDS_BLOCK;
	if (__builtin_expect(!between, 0))
		return block;
	last = 63 ^ (unsigned)__builtin_clzll(between);
	w->next -= WORDS_BLOCK - 1 - last;
	return bytes & ((UINT64_C(2) << last) - 1);
}

/* Does the same as words_read(). */
static inline __attribute__((always_inline))
bool words_read_inline(struct words *w, struct word_block *block, bool is_end)
{
	const unsigned char *text = w->text + w->next;
	const size_t rest = w->len - w->next;
	uint64_t bytes;

	if (rest < WORDS_BLOCK && (!rest || !is_end))
		return false;
	block->text = text;
	bytes = words_find(text, &block->digits);
	if (__builtin_expect(rest >= WORDS_BLOCK, 1)) {
		bytes = words_of_full_block(w, bytes);
	} else {
		/* Leave out the bits of bytes after the text. */
		bytes &= ~(~UINT64_C(0) << rest);
		w->next = w->len;
	}
	block->edges = bytes ^ bytes << 1;
	return true;
}

#endif
