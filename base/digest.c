/*
 * XXH3 of libxxhash. Of OpenSSL's digests base/ sees none, and FNV and its like
 * are not good for 128 bits.
 */
#include "base/digest.h"

#include <xxhash.h>

struct digest digest_of(const void *data, size_t len)
{
	const XXH128_hash_t hash = XXH3_128bits(data, len);

	return (struct digest){hash.low64, hash.high64};
}
