/*
 * Skips JSON values. Objects and arrays are skipped in blocks of 64 bytes. Bit
 * masks mark the quotes, backslashes and brackets of a block. The mask of the
 * quotes tells, for all 64 bytes at once, which bytes are inside of strings (as
 * in "Parsing Gigabytes of JSON per Second" by Langdale and Lemire, 2019). So
 * only brackets outside of strings are visited.
 */
#include "base/json/skip.h"

#include <stdint.h>

const char *json_brackets_end_slowly(const char *p, const char *end,
				     size_t depth)
{
	bool unused;

	while (p < end) {
		switch (*p) {
		case '"':
			p = json_string_end(p, end, &unused);
			continue;
		case '\\':	/* not JSON; the next byte is skipped, as by
				 * skip_block() */
			if (end - p < 2)
				return end;
			p++;
			break;
		case '{': case '[':
			depth++;
			break;
		case '}': case ']':
			if (!--depth)
				return p + 1;
			break;
		}
		p++;
	}
	return end;
}

#ifdef __SSE2__

enum { BLOCK = 64 };

/* State between two blocks. */
struct skip {
	size_t depth;
	uint64_t in_string;	/* all bits are set if the next block begins
				 * inside of a string */
	uint64_t is_escaped;	/* 1: a backslash is before the next block */
};

/* Masks of a block, with one bit for each byte. */
struct block {
	uint64_t quotes, slashes, brackets;
};

static inline uint64_t mask_of(__m128i bytes, int at)
{
	return (uint64_t)(uint16_t)_mm_movemask_epi8(bytes) << at;
}

static inline struct block read_block(const char *p)
{
	struct block b = {0};

	for (int at = 0; at < BLOCK; at += 16) {
		const __m128i v = json_block_load(p + at);

		b.quotes |= mask_of(json_bytes_equal(v, '"'), at);
		b.slashes |= mask_of(json_bytes_equal(v, '\\'), at);
		b.brackets |= mask_of(json_bytes_brackets(v), at);
	}
	return b;
}

/* Returns a mask of the bytes that are escaped by a backslash before them. */
static uint64_t escaped_bytes(struct skip *s, uint64_t slashes)
{
	const uint64_t even = UINT64_C(0x5555555555555555);
	uint64_t follows, odd_starts, ends;

	slashes &= ~s->is_escaped;
	follows = slashes << 1 | s->is_escaped;
	odd_starts = slashes & ~even & ~follows;
	/* The carry of the addition runs through a sequence of backslashes to
	 * its end. */
	s->is_escaped = __builtin_add_overflow(odd_starts, slashes, &ends);
	return (even ^ ends << 1) & follows;
}

/* Returns a mask of the bytes inside of strings, with the opening quotes. */
static inline uint64_t string_bytes(struct skip *s, uint64_t quotes)
{
	uint64_t inside = quotes;

	for (int shift = 1; shift < BLOCK; shift *= 2)
		inside ^= inside << shift;
	inside ^= s->in_string;
	s->in_string = inside >> 63 ? UINT64_MAX : 0;
	return inside;
}

/* Returns the position after the bracket that closes the outermost open one, or
 * NULL if that is not in this block. */
static inline const char *skip_block(struct skip *s, const char *p)
{
	struct block b = read_block(p);

	if (b.slashes | s->is_escaped) {
		const uint64_t escaped = escaped_bytes(s, b.slashes);

		b.quotes &= ~escaped;
		b.brackets &= ~escaped;
	}
	b.brackets &= ~string_bytes(s, b.quotes);
	for (; b.brackets; b.brackets &= b.brackets - 1) {
		const char *at = p + __builtin_ctzll(b.brackets);

		if ((*at | 0x20) == '{')
			s->depth++;
		else if (!--s->depth)
			return at + 1;
	}
	return NULL;
}

const char *json_brackets_end(const char *p, const char *end, size_t depth)
{
	struct skip s = {.depth = depth};
	bool unused;

	for (; end - p >= BLOCK; p += BLOCK) {
		const char *found = skip_block(&s, p);

		if (found)
			return found;
	}
	if (s.is_escaped) {
		if (p == end)
			return end;
		p++;
	}
	if (s.in_string)
		p = json_string_end(p - 1, end, &unused);
	return json_brackets_end_slowly(p, end, s.depth);
}

#else

const char *json_brackets_end(const char *p, const char *end, size_t depth)
{
	return json_brackets_end_slowly(p, end, depth);
}

#endif

const char *json_value_end(const char *p, const char *end)
{
	bool unused;

	if (p < end && *p != '"' && *p != '{' && *p != '[')
		p = json_find_scalar_end(p, end);
	if (p == end || *p == ',' || *p == '}' || *p == ']')
		return p;
	/* After a number or a word, a quote or an opening bracket is found here
	 * only if the text is not JSON. */
	if (*p == '"')
		return json_string_end(p, end, &unused);
	return json_brackets_end(p + 1, end, 1);
}
