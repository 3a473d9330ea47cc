/* A table with the decompressors. A decompressor is created once, and reset for
 * each member. */
#include "cmd/warc/reader/unpack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/warc/reader/igunzip.h"

enum {
	/* The largest window that zstd accepts by default. */
	ZSTD_WINDOW_LOG = 27,
	MAX_CHUNK = 1 << 30,	/* zlib counts bytes in an unsigned int */
	ZLIB_BEFORE_BLOCK = 128,	/* bit of data_type: zlib has stopped
					 * before a block */
	SKIPPABLE_HEAD = 8,
	DICTIONARY_MAX = 16 << 20,
	DICTIONARY_PART = 128 << 10,	/* bytes that are decompressed at a
					 * time */
};

struct unpack {
	const struct unpack_type *type;
	z_stream z;
	bool in_header;		/* in the header of a gzip member */
	struct igunzip *igunzip;	/* inflates the bytes behind the header;
					 * NULL: z does */
	ZSTD_DCtx *zstd;
	const char *why;
};

struct unpack_type {
	bool (*open)(struct unpack *u);
	void (*close)(struct unpack *u);
	bool (*begin)(struct unpack *u);
	enum unpacked (*run)(struct unpack *u, struct slice *in, char *out,
			     size_t *room);
	const char *magic;
	size_t magic_len;
};

static void consume(struct slice *in, size_t len)
{
	in->p += len;
	in->len -= len;
}

static enum unpacked fail(struct unpack *u, const char *why)
{
	u->why = why ? why : "is damaged";
	return UNPACK_BROKEN;
}

/* --- Without compression -------------------------------------------------- */

static bool do_nothing(struct unpack *u)
{
	(void)u;
	return true;
}

static void plain_close(struct unpack *u)
{
	(void)u;
}

static enum unpacked plain_run(struct unpack *u, struct slice *in, char *out,
			       size_t *room)
{
	const size_t len = in->len < *room ? in->len : *room;

	(void)u;
	if (len)
		memcpy(out, in->p, len);
	consume(in, len);
	*room -= len;
	return UNPACK_MORE;
}

/* --- gzip ----------------------------------------------------------------- */

static bool gzip_open(struct unpack *u)
{
	u->igunzip = igunzip_new();
	if (inflateInit2(&u->z, 16 + MAX_WBITS) == Z_OK)
		return true;
	igunzip_free(u->igunzip);
	return false;
}

static void gzip_close(struct unpack *u)
{
	inflateEnd(&u->z);
	igunzip_free(u->igunzip);
}

static bool gzip_begin(struct unpack *u)
{
	u->in_header = true;
	if (u->igunzip)
		igunzip_begin(u->igunzip);
	return inflateReset(&u->z) == Z_OK;
}

/* Consumes input with zlib. Returns the result of inflate(). */
static int zlib_run(struct unpack *u, struct slice *in, char *out,
		    size_t *room, int flush)
{
	const uInt from = in->len < MAX_CHUNK ? (uInt)in->len : MAX_CHUNK;
	const uInt to = *room < MAX_CHUNK ? (uInt)*room : MAX_CHUNK;
	z_stream *z = &u->z;
	int result;

	/* The cast is safe: zlib does not write to its input. */
	z->next_in = (Bytef *)(uintptr_t)in->p;
	z->avail_in = from;
	z->next_out = (Bytef *)out;
	z->avail_out = to;
	result = inflate(z, flush);
	consume(in, from - z->avail_in);
	*room -= to - z->avail_out;
	return result;
}

/* Messages that are the same with both libraries. */
static const char bad_data[] = "its compressed data is invalid";
static const char bad_checksum[] = "its checksum is wrong";

/* Reads the header with zlib even if ISA-L inflates the rest, because ISA-L
 * does not check all of the header. */
static enum unpacked gzip_header(struct unpack *u, struct slice *in, char *out,
				 size_t *room)
{
	const int result = zlib_run(u, in, out, room, Z_BLOCK);

	if (result != Z_OK && result != Z_BUF_ERROR)
		return fail(u, u->z.msg);
	u->in_header = !(u->z.data_type & ZLIB_BEFORE_BLOCK);
	return UNPACK_MORE;
}

static enum unpacked gzip_zlib(struct unpack *u, struct slice *in, char *out,
			       size_t *room)
{
	static const char start[] = "incorrect ";	/* followed by "data
							 * check" or "length
							 * check" */

	switch (zlib_run(u, in, out, room, Z_NO_FLUSH)) {
	case Z_STREAM_END:
		return UNPACK_END;
	case Z_OK:
	case Z_BUF_ERROR:
		return UNPACK_MORE;
	case Z_DATA_ERROR:
		return fail(u, strncmp(u->z.msg, start, strlen(start))
				       ? bad_data
				       : bad_checksum);
	default:
		return fail(u, NULL);
	}
}

static enum unpacked gzip_isal(struct unpack *u, struct slice *in, char *out,
			       size_t *room)
{
	switch (igunzip_run(u->igunzip, in, out, room)) {
	case IGUNZIP_MORE:
		return UNPACK_MORE;
	case IGUNZIP_END:
		return UNPACK_END;
	case IGUNZIP_BAD_CHECKSUM:
		return fail(u, bad_checksum);
	default:
		return fail(u, bad_data);
	}
}

static enum unpacked gzip_run(struct unpack *u, struct slice *in, char *out,
			      size_t *room)
{
	enum unpacked result = UNPACK_MORE;

	if (u->in_header)
		result = gzip_header(u, in, out, room);
	if (u->in_header || result != UNPACK_MORE)
		return result;
	return u->igunzip ? gzip_isal(u, in, out, room)
			  : gzip_zlib(u, in, out, room);
}

/* --- zstd ----------------------------------------------------------------- */

static bool zstd_open(struct unpack *u)
{
	u->zstd = ZSTD_createDCtx();
	if (!u->zstd)
		return false;
	ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	return true;
}

static void zstd_close(struct unpack *u)
{
	ZSTD_freeDCtx(u->zstd);
}

static bool zstd_begin(struct unpack *u)
{
	return !ZSTD_isError(ZSTD_DCtx_reset(u->zstd, ZSTD_reset_session_only));
}

static enum unpacked zstd_run(struct unpack *u, struct slice *in, char *out,
			      size_t *room)
{
	ZSTD_inBuffer from = {.src = in->p, .size = in->len};
	ZSTD_outBuffer to = {.dst = out, .size = *room};
	const size_t result = ZSTD_decompressStream(u->zstd, &to, &from);

	consume(in, from.pos);
	*room -= to.pos;
	if (ZSTD_isError(result))
		return fail(u, ZSTD_getErrorName(result));
	return result ? UNPACK_MORE : UNPACK_END;
}

/* --- The table ------------------------------------------------------------ */

static const struct unpack_type types[] = {
	[PACKING_NONE] = {do_nothing, plain_close, do_nothing, plain_run,
			  "WARC", 4},
	[PACKING_GZIP] = {gzip_open, gzip_close, gzip_begin, gzip_run,
			  "\x1f\x8b\x08", 3},
	[PACKING_ZSTD] = {zstd_open, zstd_close, zstd_begin, zstd_run,
			  "\x28\xb5\x2f\xfd", 4},
};

/* Returns true if the bytes begin with the head of a skippable frame. */
static bool is_skippable(struct slice s)
{
	return s.len >= 4 && ((unsigned char)s.p[0] & 0xf0) == 0x50 &&
	       !memcmp(s.p + 1, "\x2a\x4d\x18", 3);
}

enum packing packing_of(struct slice start)
{
	if (is_skippable(start))
		return PACKING_ZSTD;
	for (int i = PACKING_GZIP; i <= PACKING_ZSTD; i++)
		if (start.len >= types[i].magic_len &&
		    !memcmp(start.p, types[i].magic, types[i].magic_len))
			return (enum packing)i;
	return PACKING_NONE;
}

struct unpack *unpack_open(enum packing packing)
{
	struct unpack *u = xcalloc(1, sizeof(*u));

	u->type = &types[packing];
	if (u->type->open(u))
		return u;
	free(u);
	return NULL;
}

void unpack_close(struct unpack *u)
{
	if (!u)
		return;
	u->type->close(u);
	free(u);
}

const char *unpack_find(const struct unpack *u, struct slice bytes)
{
	const char *magic = u->type->magic, *end = bytes.p + bytes.len;
	size_t len = u->type->magic_len;
	const char *found = bytes.len >= len
				    ? memmem(bytes.p, bytes.len, magic, len)
				    : NULL;

	if (found)
		return found;
	while (--len > 0)
		if (bytes.len >= len && !memcmp(end - len, magic, len))
			return end - len;
	return NULL;
}

bool unpack_begin(struct unpack *u)
{
	return u->type->begin(u);
}

enum unpacked unpack_run(struct unpack *u, struct slice *in, char *out,
			 size_t *room)
{
	return u->type->run(u, in, out, room);
}

const char *unpack_why(const struct unpack *u)
{
	return u->why;
}

long long unpack_skippable(const struct unpack *u, struct slice head,
			   bool *is_dictionary)
{
	uint32_t len = 0;

	if (!u->zstd || head.len < SKIPPABLE_HEAD || !is_skippable(head))
		return -1;
	for (int i = 3; i >= 0; i--)
		len = len << 8 | (unsigned char)head.p[4 + i];
	*is_dictionary = (unsigned char)head.p[0] == 0x5d;
	return len;
}

/* Decompresses a dictionary that is a zstd frame itself. The frame may leave
 * out its size. */
static bool unpack_dictionary(struct slice content, struct buf *to)
{
	struct unpack *u = unpack_open(PACKING_ZSTD);
	enum unpacked result = UNPACK_MORE;

	while (u && result == UNPACK_MORE && to->len <= DICTIONARY_MAX) {
		const size_t before = content.len;
		size_t room = DICTIONARY_PART;

		buf_reserve(to, room);
		result = unpack_run(u, &content, to->data + to->len, &room);
		to->len += DICTIONARY_PART - room;
		if (room == DICTIONARY_PART && content.len == before)
			break;
	}
	unpack_close(u);
	return result == UNPACK_END;
}

bool unpack_set_dictionary(struct unpack *u, struct slice content)
{
	struct buf plain = {0};
	bool ok = true;

	if (packing_of(content) == PACKING_ZSTD) {
		ok = unpack_dictionary(content, &plain);
		content = slice_of(&plain);
	}
	ok = ok && content.len <= DICTIONARY_MAX &&
	     !ZSTD_isError(ZSTD_DCtx_loadDictionary(u->zstd, content.p,
						    content.len));
	buf_release(&plain);
	return ok;
}
