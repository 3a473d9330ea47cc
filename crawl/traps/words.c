/* Finds the bytes of words, with SSE2 where available. */
#include "crawl/traps/words.h"

#ifdef __SSE2__

#include <emmintrin.h>

/* Returns a vector with 0xff for each byte of v in the range of `count` bytes
 * that ends with `last`, and 0 for the others. Moves the range to the highest
 * numbers of a byte with a sign. */
static inline __m128i in_range(__m128i v, char last, char count)
{
	return _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(127 - last))),
			      _mm_set1_epi8((char)(127 - count)));
}

static inline __m128i vector_at(const unsigned char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t bits_of(__m128i v)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

static uint64_t find_digits(const unsigned char *p)
{
	uint64_t digits = 0;

	for (unsigned at = 0; at < 64; at += 16)
		digits |= bits_of(in_range(vector_at(p + at), '9', 10)) << at;
	return digits;
}

/* Returns the mask of the bytes of words among the 64 bytes at p, and sets the
 * mask of digits. */
static inline uint64_t find_words(const unsigned char *p, uint64_t *digits)
{
	__m128i any_digit = _mm_setzero_si128();
	uint64_t bytes = 0;

#pragma GCC unroll 4
	for (unsigned at = 0; at < 64; at += 16) {
		const __m128i v = vector_at(p + at);
		const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
		const __m128i digit = in_range(v, '9', 10);
		const __m128i other = in_range(lower, 'z', 26);

		any_digit = _mm_or_si128(any_digit, digit);
		/* A byte is of a word if it is a digit, a letter, or not
		 * ASCII: bits_of() takes the highest bit of each byte, which
		 * is set in v for bytes that are not ASCII. */
		bytes |= bits_of(_mm_or_si128(_mm_or_si128(digit, other), v))
			 << at;
	}
	*digits = bits_of(any_digit) ? find_digits(p) : 0;
	return bytes;
}

#else

static bool is_other(unsigned char c)
{
	return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static uint64_t find_words(const unsigned char *p, uint64_t *digits)
{
	uint64_t bytes = 0;

	*digits = 0;
	for (unsigned i = 0; i < 64; i++) {
		const bool is_digit = p[i] >= '0' && p[i] <= '9';

		*digits |= (uint64_t)is_digit << i;
		bytes |= (uint64_t)(is_digit || is_other(p[i])) << i;
	}
	return bytes;
}

#endif

void words_fill(struct words *w, struct slice *text)
{
	const size_t rest = w->len - w->next;
	size_t len = WORDS_TEXT - w->len;

	if (text->len >= len && w->next) {
		memmove(w->text, w->text + w->next, rest);
		w->next = 0;
		w->len = rest;
		len = WORDS_TEXT - rest;
	}
	len = text->len < len ? text->len : len;
	if (!len)
		return;
	memcpy(w->text + w->len, text->p, len);
	w->len += len;
	text->p += len;
	text->len -= len;
}

/* Leaves a word at the end of a full block to the next block, because the word
 * may go on there; but not a word that fills the block. Returns the mask
 * without the word. */
static uint64_t leave_last_word(struct words *w, uint64_t bytes)
{
	const unsigned len = (unsigned)__builtin_clzll(~(bytes << 1));

	if (!len || len == WORDS_BLOCK)
		return bytes;
	w->next -= len;
	return bytes & ~(~UINT64_C(0) << (WORDS_BLOCK - len));
}

bool words_read(struct words *w, struct word_block *block, bool is_end)
{
	const unsigned char *text = w->text + w->next;
	const size_t rest = w->len - w->next;
	const size_t len = rest < WORDS_BLOCK ? rest : WORDS_BLOCK;
	uint64_t bytes;

	if (!len || (len < WORDS_BLOCK && !is_end))
		return false;
	w->next += len;
	block->text = text;
	/* Leave out the bits of bytes after the block. */
	bytes = find_words(text, &block->digits) & ~(~UINT64_C(0) << len);
	if (len == WORDS_BLOCK)
		bytes = leave_last_word(w, bytes);
	block->edges = bytes ^ bytes << 1;
	return true;
}

uint64_t words_hash_long(const unsigned char *p, size_t len)
{
	uint64_t h = 0;

	for (; len > sizeof(h); p += sizeof(h), len -= sizeof(h))
		h = words_mix(h ^ words_bytes(p, sizeof(h)), WORDS_FACTOR);
	return words_mix(h ^ words_bytes(p, len), WORDS_FACTOR);
}
