/* Decompresses the beginning of gzip files with a zlib stream on the stack. */
#include "parse/encoding/gunzip.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

bool gunzip_is_packed(struct slice body)
{
	return body.len > 3 && !memcmp(body.p, "\x1f\x8b\x08", 3);
}

size_t gunzip_peek(struct slice body, char *to, size_t size)
{
	z_stream z = {
		/* zlib's type lacks const for compatibility; zlib does not
		 * write here. */
		.next_in = (Bytef *)(uintptr_t)body.p,
		.avail_in = body.len < UINT_MAX ? (uInt)body.len : UINT_MAX,
		.next_out = (Bytef *)to,
		.avail_out = (uInt)size,
	};

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return 0;
	inflate(&z, Z_SYNC_FLUSH);
	inflateEnd(&z);
	return size - z.avail_out;
}
