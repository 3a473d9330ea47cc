/* Values of features, which have a byte each, because the model compares many
 * of them at a time (model.h). All scales are monotone, and finer for small
 * numbers. */
#ifndef PARSE_ARTICLE_SCALE_H
#define PARSE_ARTICLE_SCALE_H

#include <stdint.h>

enum { SCALE_LINEAR = 32, SCALE_OCTAVE = 16 };

/* Returns n up to SCALE_LINEAR. Above, the steps are logarithmic: SCALE_OCTAVE
 * of them for each doubling of n. */
static inline uint32_t scale_steps(uint64_t n)
{
	unsigned octave;

	if (n < SCALE_LINEAR)
		return (uint32_t)n;
	octave = 63u - (unsigned)__builtin_clzll(n);
	return SCALE_LINEAR + (octave - 5) * SCALE_OCTAVE +
		(uint32_t)(n >> (octave - 4) & (SCALE_OCTAVE - 1));
}

/* Returns the value of a number that is 0 or more. */
static inline int8_t scale_count(uint64_t n)
{
	const uint32_t steps = scale_steps(n);

	return (int8_t)((int)(steps < UINT8_MAX ? steps : UINT8_MAX) +
			INT8_MIN);
}

/* Returns the value of a number with a sign: 0 for 0. */
static inline int8_t scale_signed(int64_t n)
{
	const uint32_t steps = scale_steps((uint64_t)(n < 0 ? -n : n));
	const int limited = (int)(steps < INT8_MAX ? steps : INT8_MAX);

	return (int8_t)(n < 0 ? -limited : limited);
}

/* Returns the value of a small number, without a scale. */
static inline int8_t scale_none(int n)
{
	return (int8_t)(n > INT8_MAX ? INT8_MAX : n < INT8_MIN ? INT8_MIN : n);
}

/* Returns the value of a share: INT8_MIN for none of it, INT8_MAX for all. */
static inline int8_t scale_share(uint64_t part, uint64_t all)
{
	if (!all || !part)
		return INT8_MIN;
	if (part > all)
		part = all;
	return (int8_t)((int)(UINT8_MAX * part / all) + INT8_MIN);
}

#endif
