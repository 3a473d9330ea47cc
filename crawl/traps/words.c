/* Finds the bytes of words, with SSE2 where available. */
#include "crawl/traps/words.h"

#ifdef __SSE2__

#include <emmintrin.h>

/* Returns a vector with 0xff for each byte of v in the range of `count` bytes
 * from `first` on, and 0 for the others. */
static inline __m128i in_range(__m128i v, char first, char count)
{
	v = _mm_sub_epi8(v, _mm_set1_epi8(first));
	return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8((char)(count - 1))),
			      v);
}

static inline uint64_t bits_of(__m128i v)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

/* Classifies the 16 bytes at p, and sets their bits in the masks, beginning
 * with bit `at`. */
static inline void add_masks(uint64_t *digits, uint64_t *others,
			     const unsigned char *p, unsigned at)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));

	*digits |= bits_of(in_range(v, '0', 10)) << at;
	/* bits_of() reads the highest bit of each byte; bytes beyond ASCII have
	 * it set in v. */
	*others |= bits_of(_mm_or_si128(in_range(lower, 'a', 26), v)) << at;
}

#else

static bool is_other(unsigned char c)
{
	return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static void add_masks(uint64_t *digits, uint64_t *others,
		      const unsigned char *p, unsigned at)
{
	for (unsigned i = 0; i < 16; i++) {
		const bool is_digit = p[i] >= '0' && p[i] <= '9';

		*digits |= (uint64_t)is_digit << (at + i);
		*others |= (uint64_t)is_other(p[i]) << (at + i);
	}
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

/* Moves a word at the end of a full block to the next block, because the word
 * may go on there; but not a word that fills the block. */
static void leave_last_word(struct words *w, struct word_block *b)
{
	const unsigned len = (unsigned)__builtin_clzll(~(b->left << 1));

	if (!len || len == WORDS_BLOCK)
		return;
	w->next -= len;
	b->left &= ~(~UINT64_C(0) << (WORDS_BLOCK - len));
}

bool words_read(struct words *w, struct word_block *block, bool is_end)
{
	const unsigned char *text = w->text + w->next;
	const size_t rest = w->len - w->next;
	const size_t len = rest < WORDS_BLOCK ? rest : WORDS_BLOCK;
	uint64_t digits = 0, others = 0;

	if (!len || (len < WORDS_BLOCK && !is_end))
		return false;
	w->next += len;
	/* The masks also have bits for bytes after the block; b->left leaves
	 * these out. */
#pragma GCC unroll 4
	for (unsigned at = 0; at < 64; at += 16)
		add_masks(&digits, &others, text + at, at);
	*block = (struct word_block){
		.text = text,
		.left = (digits | others) & ~(~UINT64_C(0) << len),
		.digits = digits,
		.others = others,
	};
	if (len == WORDS_BLOCK)
		leave_last_word(w, block);
	return true;
}
