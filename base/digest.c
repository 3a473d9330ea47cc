/*
 * Digests with XXH3 of libxxhash. OpenSSL's digests are not available to base/,
 * and FNV and similar hashes are not good enough at 128 bits.
 */
#include "base/digest.h"

#include <xxhash.h>

struct digest digest_of(const void *data, size_t len)
{
	const XXH128_hash_t hash = XXH3_128bits(data, len);

	return (struct digest){hash.low64, hash.high64};
}
