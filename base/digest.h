/*
 * 128-bit digests of texts, for telling texts apart when there are too many to
 * keep. Different texts have different digests for all practical purposes. The
 * hash has no secret key, so a digest must not be used where somebody could
 * gain from a forged one.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest {
	uint64_t a, b;
};

struct digest digest_of(const void *data, size_t len);

static inline bool digest_equal(struct digest x, struct digest y)
{
	return x.a == y.a && x.b == y.b;
}

#endif
