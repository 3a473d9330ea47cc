/*
 * Decoders by library, in a table. Each body gets a new decoder state, so
 * nothing is left over from the previous body. With the creation of the state,
 * decoding a body of 1 KB takes 3 us (gzip, br) or 9 us (zstd, whose state is
 * large).
 */
#include "parse/encoding/decoder.h"

#include <brotli/decode.h>
#include <limits.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	/* RFC 9659: senders may use a window of up to 8 MB. */
	ZSTD_WINDOW_LOG = 23,
	/* zlib counts bytes in an unsigned int, so it gets at most this many
	 * bytes at once. */
	MAX_CHUNK = 1 << 30,
	MAX_MAGIC = 4,
	ZLIB_HEADER = 2,
	/* After this many input bytes without output, a zlib stream is no
	 * longer retried as raw deflate. */
	MAX_REPLAY = 1024,
};

enum position {
	INSIDE,
	BETWEEN,	/* after a member; another one may follow */
	AFTER_END,	/* at the end; any more input is garbage */
};

struct decoder {
	const struct decoder_type *type;
	enum position position;
	struct slice magic;	/* the bytes read so far of the next member's
				 * magic number, in magic_buf */
	char magic_buf[MAX_MAGIC];
	union {
		z_stream z;
		BrotliDecoderState *br;
		ZSTD_DStream *zstd;
	};
	/* For deflate only: the two header bytes were read; the format, zlib or
	 * raw, is certain. */
	bool has_header, is_format_known;
	struct buf replay_buf;	/* input kept until the format is certain */
	struct slice replay;	/* the part of replay_buf that is still to be
				 * decoded again */
	size_t bytes;
	const char *why;		/* error message, static; NULL if there
					 * is none */
};

struct decoder_type {
	bool (*open)(struct decoder *d);
	void (*close)(struct decoder *d);
	/* Returns DECODED_END at the end of a member. */
	enum decoded (*run)(struct decoder *d, struct slice *in, char *out,
			    size_t *room);
	/* For codings whose streams may have several members: */
	size_t magic_len;
	bool (*is_magic)(struct slice prefix);	/* returns true if the prefix
						 * (up to magic_len bytes)
						 * begins a member */
	bool (*restart)(struct decoder *d);
};

static enum decoded fail_decoding(struct decoder *d, const char *why)
{
	d->why = why;
	return DECODED_BROKEN;
}

static void consume(struct slice *in, size_t bytes)
{
	in->p += bytes;
	in->len -= bytes;
}

/* --- Counted memory ------------------------------------------------------- */

static void *allocate(void *ctx, size_t bytes)
{
	struct decoder *d = ctx;
	void *p = malloc(bytes);

	if (p)
		d->bytes += malloc_usable_size(p);
	return p;
}

static void *allocate_items(void *ctx, unsigned items, unsigned bytes)
{
	return allocate(ctx, (size_t)items * bytes);
}

static void release(void *ctx, void *p)
{
	struct decoder *d = ctx;

	d->bytes -= malloc_usable_size(p);
	free(p);
}

/* --- zlib: gzip (RFC 1952), deflate (RFC 1950, or 1951 alone) ------------- */

static bool zlib_open(struct decoder *d, int window_bits)
{
	d->z = (z_stream){
		.zalloc = allocate_items, .zfree = release, .opaque = d};
	return inflateInit2(&d->z, window_bits) == Z_OK;
}

static bool gzip_open(struct decoder *d)
{
	return zlib_open(d, 16 + MAX_WBITS);
}

static bool deflate_open(struct decoder *d)
{
	return zlib_open(d, MAX_WBITS);
}

static void zlib_close(struct decoder *d)
{
	inflateEnd(&d->z);
}

static enum decoded zlib_run(struct decoder *d, struct slice *in, char *out,
			     size_t *room)
{
	const uInt from = in->len < MAX_CHUNK ? (uInt)in->len : MAX_CHUNK;
	const uInt to = *room < MAX_CHUNK ? (uInt)*room : MAX_CHUNK;
	z_stream *z = &d->z;
	int result;

	/* zlib's type lacks const, but zlib does not write here. */
	z->next_in = (Bytef *)(uintptr_t)in->p;
	z->avail_in = from;
	z->next_out = (Bytef *)out;
	z->avail_out = to;
	result = inflate(z, Z_NO_FLUSH);
	consume(in, from - z->avail_in);
	*room -= to - z->avail_out;
	switch (result) {
	case Z_STREAM_END:
		return DECODED_END;
	case Z_OK:
	case Z_BUF_ERROR:
		return in->len || !z->avail_out ? DECODED_MORE : DECODED_ALL;
	case Z_NEED_DICT:
		return fail_decoding(d, "needs a dictionary");
	default:
		return fail_decoding(d, z->msg);
	}
}

static bool gzip_is_magic(struct slice prefix)
{
	return !memcmp(prefix.p, "\x1f\x8b\x08", prefix.len);
}

static bool gzip_restart(struct decoder *d)
{
	return inflateReset(&d->z) == Z_OK;
}

/* RFC 1950, 2.2: method 8, window up to 32 KB, and a check sum. */
static bool has_zlib_header(const struct buf *start)
{
	const unsigned cmf = (unsigned char)start->data[0];
	const unsigned flg = (unsigned char)start->data[1];

	return (cmf & 0x0f) == 8 && cmf >> 4 <= 7 && (cmf << 8 | flg) % 31 == 0;
}

/* Decodes the input in d->replay first, then the bytes of in. */
static enum decoded deflate_rest(struct decoder *d, struct slice *in,
				 char *out, size_t *room)
{
	const size_t had = *room;
	enum decoded result;

	if (!d->replay.len)
		return zlib_run(d, in, out, room);
	result = zlib_run(d, &d->replay, out, room);
	if (result != DECODED_ALL || !in->len)
		return result;
	return zlib_run(d, in, out + (had - *room), room);
}

static enum decoded deflate_replay(struct decoder *d, struct slice *in,
				   char *out, size_t *room)
{
	d->replay = (struct slice){d->replay_buf.data, d->replay_buf.len};
	return deflate_rest(d, in, out, room);
}

/* Reads from in into replay_buf until both bytes of the zlib header are there,
 * or in is used up. Returns the number of bytes read. */
static size_t read_header(struct decoder *d, struct slice *in)
{
	const size_t missing = ZLIB_HEADER - d->replay_buf.len;
	const size_t len = in->len < missing ? in->len : missing;

	buf_add(&d->replay_buf, in->p, len);
	consume(in, len);
	return len;
}

static enum decoded deflate_begin(struct decoder *d, struct slice *in,
				  char *out, size_t *room)
{
	if (d->replay_buf.len < ZLIB_HEADER)
		return DECODED_ALL;
	d->has_header = true;
	d->is_format_known = !has_zlib_header(&d->replay_buf);
	if (d->is_format_known && inflateReset2(&d->z, -MAX_WBITS) != Z_OK)
		return fail_decoding(d, NULL);
	return deflate_replay(d, in, out, room);
}

/* Starts again from the first byte, as raw deflate, because the first bytes of
 * raw deflate may look like a zlib header. */
static enum decoded deflate_as_raw(struct decoder *d, struct slice *in,
				   char *out, size_t *room)
{
	d->is_format_known = true;
	if (inflateReset2(&d->z, -MAX_WBITS) != Z_OK)
		return fail_decoding(d, NULL);
	return deflate_replay(d, in, out, room);
}

static enum decoded deflate_run(struct decoder *d, struct slice *in, char *out,
				size_t *room)
{
	struct slice before = *in;
	enum decoded result;

	if (d->has_header) {
		result = deflate_rest(d, in, out, room);
	} else {
		consume(&before, read_header(d, in));
		result = deflate_begin(d, in, out, room);
	}
	if (d->is_format_known)
		return result;
	d->is_format_known =
		d->z.total_out ||
		before.len - in->len > MAX_REPLAY - d->replay_buf.len;
	if (!d->is_format_known && result == DECODED_BROKEN) {
		*in = before;
		return deflate_as_raw(d, in, out, room);
	}
	if (!d->is_format_known)
		buf_add(&d->replay_buf, before.p, before.len - in->len);
	return result;
}

/* --- br (RFC 7932) -------------------------------------------------------- */

static bool br_open(struct decoder *d)
{
	d->br = BrotliDecoderCreateInstance(allocate, release, d);
	return d->br;
}

static void br_close(struct decoder *d)
{
	if (d->br)
		BrotliDecoderDestroyInstance(d->br);
}

static enum decoded br_run(struct decoder *d, struct slice *in, char *out,
			   size_t *room)
{
	const uint8_t *from = (const uint8_t *)in->p;
	size_t left = in->len;
	uint8_t *to = (uint8_t *)out;
	const BrotliDecoderResult result = BrotliDecoderDecompressStream(
		d->br, &left, &from, room, &to, NULL);

	consume(in, in->len - left);
	switch (result) {
	case BROTLI_DECODER_RESULT_SUCCESS:
		return DECODED_END;
	case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
		return DECODED_MORE;
	case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
		return DECODED_ALL;
	case BROTLI_DECODER_RESULT_ERROR:
	default:
		return fail_decoding(d, NULL);
	}
}

/* --- zstd (RFC 8878) ------------------------------------------------------ */

static bool zstd_open(struct decoder *d)
{
	d->zstd = ZSTD_createDStream();
	if (!d->zstd)
		return false;
	ZSTD_DCtx_setParameter(d->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	d->bytes = ZSTD_sizeof_DStream(d->zstd);
	return true;
}

static void zstd_close(struct decoder *d)
{
	ZSTD_freeDStream(d->zstd);
}

static enum decoded zstd_run(struct decoder *d, struct slice *in, char *out,
			     size_t *room)
{
	ZSTD_inBuffer from = {.src = in->p, .size = in->len};
	ZSTD_outBuffer to = {.dst = out, .size = *room};
	const size_t result = ZSTD_decompressStream(d->zstd, &to, &from);

	if (ZSTD_isError(result))
		return fail_decoding(d, ZSTD_getErrorName(result));
	d->bytes = ZSTD_sizeof_DStream(d->zstd);
	consume(in, from.pos);
	*room -= to.pos;
	if (result == 0)
		return DECODED_END;
	return in->len || to.pos == to.size ? DECODED_MORE : DECODED_ALL;
}

/* Returns true if the bytes begin a frame or a skippable frame (RFC 8878,
 * 3.1). */
static bool zstd_is_magic(struct slice prefix)
{
	return !memcmp(prefix.p, "\x28\xb5\x2f\xfd", prefix.len) ||
	       ((prefix.p[0] & 0xf0) == 0x50 &&
		!memcmp(prefix.p + 1, "\x2a\x4d\x18", prefix.len - 1));
}

static bool zstd_restart(struct decoder *d)
{
	(void)d;	/* zstd needs no restart between frames */
	return true;
}

/* --- The table ------------------------------------------------------------ */

static const struct decoder_type types[] = {
	[CODING_GZIP] = {gzip_open, zlib_close, zlib_run, 3, gzip_is_magic,
			 gzip_restart},
	[CODING_DEFLATE] = {deflate_open, zlib_close, deflate_run, 0, NULL,
			    NULL},
	[CODING_BR] = {br_open, br_close, br_run, 0, NULL, NULL},
	[CODING_ZSTD] = {zstd_open, zstd_close, zstd_run, 4, zstd_is_magic,
			 zstd_restart},
};

struct decoder *decoder_open(const struct coding *coding)
{
	struct decoder *d = xcalloc(1, sizeof(*d));

	d->type = &types[coding->kind];
	d->magic.p = d->magic_buf;
	if (d->type->open(d))
		return d;
	decoder_close(d);
	return NULL;
}

void decoder_close(struct decoder *d)
{
	if (!d)
		return;
	d->type->close(d);
	buf_release(&d->replay_buf);
	free(d);
}

/* Reads the next member's magic number and, if it is one, starts decoding the
 * member. Returns DECODED_END if the input ends within the magic number. */
static enum decoded next_member(struct decoder *d, struct slice *in, char *out,
				size_t *room)
{
	const struct decoder_type *type = d->type;
	enum decoded result;

	while (in->len && d->magic.len < type->magic_len) {
		d->magic_buf[d->magic.len++] = *in->p;
		consume(in, 1);
		if (type->is_magic(d->magic))
			continue;
		d->position = AFTER_END;
		return DECODED_MORE;
	}
	if (d->magic.len < type->magic_len)
		return DECODED_END;
	if (!type->restart(d))
		return fail_decoding(d, NULL);
	d->position = INSIDE;
	result = type->run(d, &(struct slice){d->magic_buf, d->magic.len}, out,
			   room);
	return result == DECODED_ALL && in->len ? DECODED_MORE : result;
}

static enum decoded run_inside(struct decoder *d, struct slice *in, char *out,
			       size_t *room)
{
	const enum decoded result = d->type->run(d, in, out, room);

	if (result != DECODED_END)
		return result;
	d->position = d->type->is_magic ? BETWEEN : AFTER_END;
	d->magic.len = 0;
	return in->len ? DECODED_MORE : DECODED_END;
}

enum decoded decoder_run(struct decoder *d, struct slice *in, char *out,
			 size_t *room)
{
	switch (d->position) {
	case INSIDE:
		return run_inside(d, in, out, room);
	case BETWEEN:
		return next_member(d, in, out, room);
	case AFTER_END:
	default:
		consume(in, in->len);
		return DECODED_END;
	}
}

const char *decoder_why(const struct decoder *d)
{
	return d->why ? d->why : "is broken";
}

size_t decoder_bytes(const struct decoder *d)
{
	return sizeof(*d) + d->bytes + d->replay_buf.cap;
}
