/* Content encodings for the test server's answers. */
#include <assert.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "tests/server/answer.h"

enum { GZIP_BITS = 15 + 16, ZLIB_BITS = 15, RAW_BITS = -15 };

static struct buf deflate_bits(const struct buf *in, int bits)
{
	struct buf out = {0};
	z_stream z = {0};
	int code = deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, bits, 8,
				Z_DEFAULT_STRATEGY);

	assert(code == Z_OK);
	buf_reserve(&out, deflateBound(&z, in->len) + 32);
	z.next_in = (Bytef *)in->data;
	z.avail_in = (uInt)in->len;
	z.next_out = (Bytef *)out.data;
	z.avail_out = (uInt)out.cap;
	code = deflate(&z, Z_FINISH);
	assert(code == Z_STREAM_END);
	out.len = z.total_out;
	deflateEnd(&z);
	return out;
}

static struct buf encode_gzip(const struct buf *in)
{
	return deflate_bits(in, GZIP_BITS);
}

static struct buf encode_deflate(const struct buf *in)
{
	return deflate_bits(in, ZLIB_BITS);
}

static struct buf encode_raw_deflate(const struct buf *in)
{
	return deflate_bits(in, RAW_BITS);
}

static struct buf encode_br(const struct buf *in)
{
	struct buf out = {0};
	size_t len = BrotliEncoderMaxCompressedSize(in->len) + 1024;

	buf_reserve(&out, len);
	BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC,
			      in->len, (const uint8_t *)in->data, &len,
			      (uint8_t *)out.data);
	out.len = len;
	return out;
}

static struct buf encode_zstd(const struct buf *in)
{
	struct buf out = {0};

	buf_reserve(&out, ZSTD_compressBound(in->len));
	out.len = ZSTD_compress(out.data, out.cap, in->data, in->len, 3);
	assert(!ZSTD_isError(out.len));
	return out;
}

static const struct encoding {
	const char *name;
	struct buf (*encode)(const struct buf *in);
} encodings[] = {
	{"gzip", encode_gzip},
	{"deflate", encode_deflate},
	{"raw-deflate", encode_raw_deflate},
	{"br", encode_br},
	{"zstd", encode_zstd},
};

bool encode(struct buf *body, const char *name)
{
	for (size_t i = 0; i < sizeof(encodings) / sizeof(*encodings); i++) {
		struct buf out;

		if (strcmp(encodings[i].name, name) != 0)
			continue;
		buf_reserve(body, 1);	/* so that data is not NULL */
		out = encodings[i].encode(body);
		buf_release(body);
		*body = out;
		return true;
	}
	return false;
}
