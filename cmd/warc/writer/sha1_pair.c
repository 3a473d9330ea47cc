/* The variables a to e, packed into abcd and e, and the words w of the message
 * schedule have their names from FIPS 180-4. A step is four rounds, which are
 * one instruction. */
#include "cmd/warc/writer/sha1_pair.h"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))
#define STEP_OF_SHA static inline __attribute__((target("sha,sse4.1"), \
						 always_inline))

enum { BLOCK = 64, LENGTH_BYTES = 8, STEPS = 20, SCHEDULED = 16 };

/* A digest that is being computed. */
struct sha1 {
	__m128i abcd, e;
	__m128i abcd_before, e_before;	/* before this block */
	__m128i w[4];
};

WITH_SHA static struct sha1 begin(void)
{
	return (struct sha1){
		.abcd = _mm_set_epi32(0x67452301, (int)0xefcdab89,
				      (int)0x98badcfe, 0x10325476),
		.e = _mm_set_epi32((int)0xc3d2e1f0, 0, 0, 0),
	};
}

STEP_OF_SHA void begin_block(struct sha1 *s, const char *p)
{
	const __m128i swap = _mm_set_epi64x(0x0001020304050607,
					    0x08090a0b0c0d0e0f);

	for (int i = 0; i < 4; i++)
		s->w[i] = _mm_shuffle_epi8(
			_mm_loadu_si128((const __m128i *)p + i), swap);
	s->abcd_before = s->abcd;
	s->e_before = s->e;
}

/* The instruction's last operand must be a constant. */
STEP_OF_SHA __m128i four_rounds(__m128i abcd, __m128i e, int step)
{
	switch (step / 5) {
	case 0:
		return _mm_sha1rnds4_epu32(abcd, e, 0);
	case 1:
		return _mm_sha1rnds4_epu32(abcd, e, 1);
	case 2:
		return _mm_sha1rnds4_epu32(abcd, e, 2);
	default:
		return _mm_sha1rnds4_epu32(abcd, e, 3);
	}
}

/* Computes the words that are used four steps later. */
STEP_OF_SHA void schedule_words(__m128i w[4], int step)
{
	const __m128i x = _mm_sha1msg1_epu32(w[step & 3], w[(step + 1) & 3]);

	w[step & 3] = _mm_sha1msg2_epu32(_mm_xor_si128(x, w[(step + 2) & 3]),
					 w[(step + 3) & 3]);
}

STEP_OF_SHA void do_step(struct sha1 *s, int step)
{
	const __m128i w = s->w[step & 3];
	const __m128i e = step ? _mm_sha1nexte_epu32(s->e, w)
			       : _mm_add_epi32(s->e, w);

	s->e = s->abcd;
	s->abcd = four_rounds(s->abcd, e, step);
	if (step < SCHEDULED)
		schedule_words(s->w, step);
}

STEP_OF_SHA void end_block(struct sha1 *s)
{
	s->e = _mm_sha1nexte_epu32(s->e, s->e_before);
	s->abcd = _mm_add_epi32(s->abcd, s->abcd_before);
}

/* Adds blocks to both digests. Works on copies, which stay in registers. */
WITH_SHA static void add_to_both(struct sha1 *a, const char *pa,
				 struct sha1 *b, const char *pb, size_t blocks)
{
	struct sha1 x = *a, y = *b;

	for (; blocks; blocks--, pa += BLOCK, pb += BLOCK) {
		begin_block(&x, pa);
		begin_block(&y, pb);
#pragma GCC unroll 20
		for (int i = 0; i < STEPS; i++) {
			do_step(&x, i);
			do_step(&y, i);
		}
		end_block(&x);
		end_block(&y);
	}
	*a = x;
	*b = y;
}

/* Adds the whole blocks of the bytes to a digest. Returns the other bytes. */
WITH_SHA static struct slice add_blocks(struct sha1 *s, struct slice bytes)
{
	for (; bytes.len >= BLOCK; bytes.p += BLOCK, bytes.len -= BLOCK) {
		begin_block(s, bytes.p);
#pragma GCC unroll 20
		for (int i = 0; i < STEPS; i++)
			do_step(s, i);
		end_block(s);
	}
	return bytes;
}

/* Adds the last bytes, and the length of the whole text. */
WITH_SHA static void end(struct sha1 *s, struct slice bytes, uint64_t len,
			 unsigned char digest[static SHA1_BYTES])
{
	const struct slice left = add_blocks(s, bytes);
	const size_t padded = left.len + LENGTH_BYTES < BLOCK ? BLOCK
							      : 2 * BLOCK;
	const uint64_t bits = __builtin_bswap64(len * 8);
	char last[2 * BLOCK] = {0};
	uint32_t words[5];

	if (left.len)
		memcpy(last, left.p, left.len);
	last[left.len] = (char)0x80;
	memcpy(last + padded - LENGTH_BYTES, &bits, sizeof(bits));
	add_blocks(s, (struct slice){last, padded});
	_mm_storeu_si128((__m128i *)words, _mm_shuffle_epi32(s->abcd, 0x1b));
	words[4] = (uint32_t)_mm_extract_epi32(s->e, 3);
	for (int i = 0; i < 5; i++)
		words[i] = __builtin_bswap32(words[i]);
	memcpy(digest, words, SHA1_BYTES);
}

/* Adds the head to the digest of the message, together with as many bytes of
 * the body as fill the head's last block; removes these bytes from *body. If
 * the body is too short to fill that block, stores the unfinished block in last
 * and returns its length; otherwise returns 0. */
static size_t add_head(struct sha1 *s, struct slice head, struct slice *body,
		       char last[static BLOCK])
{
	const struct slice left = add_blocks(s, head);
	const size_t room = left.len ? BLOCK - left.len : 0;
	const size_t part = room < body->len ? room : body->len;

	if (left.len)
		memcpy(last, left.p, left.len);
	if (part)
		memcpy(last + left.len, body->p, part);
	body->p += part;
	body->len -= part;
	return add_blocks(s, (struct slice){last, left.len + part}).len;
}

void sha1_pair(struct slice head, struct slice body,
	       unsigned char of_message[static SHA1_BYTES],
	       unsigned char of_body[static SHA1_BYTES])
{
	struct sha1 message = begin(), only_body = begin();
	const uint64_t len = head.len + body.len, body_len = body.len;
	struct slice after = body;	/* rest of the body */
	char last[BLOCK];
	const size_t kept = add_head(&message, head, &after, last);
	const size_t blocks = after.len / BLOCK, both = blocks * BLOCK;

	add_to_both(&message, after.p, &only_body, body.p, blocks);
	end(&message, kept ? (struct slice){last, kept}
			   : (struct slice){after.p + both, after.len - both},
	    len, of_message);
	end(&only_body, (struct slice){body.p + both, body.len - both},
	    body_len, of_body);
}

static bool has_instructions;

static void ask_processor(void)
{
	unsigned a, b, c, d;

	has_instructions = __get_cpuid(1, &a, &b, &c, &d) &&
			   (c & bit_SSE4_1) &&
			   __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
			   (b & bit_SHA);
}

bool sha1_pair_is_available(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, ask_processor);
	return has_instructions;
}

#else

bool sha1_pair_is_available(void)
{
	return false;
}

void sha1_pair(struct slice head, struct slice body,
	       unsigned char of_message[static SHA1_BYTES],
	       unsigned char of_body[static SHA1_BYTES])
{
	(void)head;
	(void)body;
	(void)of_message;
	(void)of_body;
}

#endif
