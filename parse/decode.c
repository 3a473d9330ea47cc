/*
 * Content codings undone, one table row each.
 *
 * Every decoder writes into a buffer that may hold one byte more than the
 * limit: the byte that proves a body too large. So a bomb costs its limit and
 * no more, in memory and in time. Decoder states are made for each body, so
 * nothing is left over between documents; a body of 1 KB takes 3 us so (gzip,
 * br) or 9 us (zstd, whose state is large).
 *
 * What browsers put up with is put up with here: raw deflate called deflate,
 * and garbage after the end of a complete stream. A stream without its end is
 * an error: its page is not the page.
 */
#include "parse/decode.h"

#include <brotli/decode.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/ascii.h"

enum {
	MAX_CODINGS = 5,	/* what curl allows */
	MIN_STEP = 16 * 1024,
	/* RFC 9659: what a sender may ask for in the "zstd" coding: 8 MB. */
	ZSTD_WINDOW_LOG = 23,
	/* zlib counts in unsigned int. */
	MAX_CHUNK = 1 << 30,
};

/* One step on its way: what is left to read, and what came out. */
struct step {
	const char *in;
	size_t left;
	struct buf out;
	size_t max;
	bool no_memory;		/* the page may have no more */
	const char *why;	/* static */
};

struct coding {
	const char *name;
	enum err (*undo)(struct step *s);
};

static const char cut_off[] = "is cut off";

static enum err broken(struct step *s, const char *why)
{
	s->why = why ? why : "is broken";
	return ERR_DECODE;
}

static void grow(struct step *s, size_t more)
{
	const size_t before = s->out.cap;

	buf_reserve(&s->out, more);
	if (!memory_charge(s->out.cap - before))
		s->no_memory = true;
}

/* Room to write to, up to a byte over the limit; 0 when that is passed. */
static size_t room(struct step *s)
{
	size_t more = MIN_STEP, space;

	if (s->out.len > s->max || s->no_memory)
		return 0;
	if (!s->out.cap && s->left > MIN_STEP / 4)
		more = s->left < s->max / 4 ? s->left * 4 : s->max;
	if (s->out.len == s->out.cap)
		grow(s, more);
	space = s->out.cap - s->out.len;
	return space < s->max + 1 - s->out.len ? space
					       : s->max + 1 - s->out.len;
}

/* One zlib stream; s is left behind its end. */
static enum err inflate_one(struct step *s, z_stream *z)
{
	for (;;) {
		size_t space = room(s);
		uInt in = s->left < MAX_CHUNK ? (uInt)s->left : MAX_CHUNK;
		uInt out = space < MAX_CHUNK ? (uInt)space : MAX_CHUNK;
		int result;

		if (!space)
			return ERR_TOO_LARGE;
		/* zlib's pointer is not const for old times' sake. */
		z->next_in = (Bytef *)(uintptr_t)s->in;
		z->avail_in = in;
		z->next_out = (Bytef *)s->out.data + s->out.len;
		z->avail_out = out;
		result = inflate(z, Z_NO_FLUSH);
		s->in += in - z->avail_in;
		s->left -= in - z->avail_in;
		s->out.len += out - z->avail_out;
		if (result == Z_STREAM_END)
			return s->out.len > s->max ? ERR_TOO_LARGE : ERR_NONE;
		if (result == Z_BUF_ERROR || (result == Z_OK && !s->left &&
					      z->avail_out))
			return broken(s, cut_off);
		if (result == Z_NEED_DICT)
			return broken(s, "needs a dictionary");
		if (result != Z_OK)
			return broken(s, z->msg);
	}
}

static bool another_gzip_member(const struct step *s)
{
	return s->left >= 3 && !memcmp(s->in, "\x1f\x8b\x08", 3);
}

static enum err undo_gzip(struct step *s)
{
	z_stream z = {0};
	enum err err;

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return broken(s, "cannot be decoded: no memory");
	do {
		err = inflate_one(s, &z);
	} while (!err && another_gzip_member(s) && inflateReset(&z) == Z_OK);
	inflateEnd(&z);
	return err;
}

static enum err inflate_with(struct step *s, int window_bits)
{
	z_stream z = {0};
	enum err err;

	if (inflateInit2(&z, window_bits) != Z_OK)
		return broken(s, "cannot be decoded: no memory");
	err = inflate_one(s, &z);
	inflateEnd(&z);
	return err;
}

/* RFC 1950, 2.2: method 8, window up to 32 KB, and a check sum. */
static bool has_zlib_header(const struct step *s)
{
	unsigned cmf, flg;

	if (s->left < 2)
		return false;
	cmf = (unsigned char)s->in[0];
	flg = (unsigned char)s->in[1];
	return (cmf & 0x0f) == 8 && cmf >> 4 <= 7 && (cmf << 8 | flg) % 31 == 0;
}

static enum err undo_deflate(struct step *s)
{
	const struct step start = *s;
	enum err err;

	if (!has_zlib_header(s))
		return inflate_with(s, -MAX_WBITS);
	err = inflate_with(s, MAX_WBITS);
	/* The header may be a raw stream's first bytes by chance. */
	if (err == ERR_DECODE && !s->out.len && s->why != cut_off) {
		memory_uncharge(s->out.cap);
		buf_release(&s->out);
		*s = start;
		err = inflate_with(s, -MAX_WBITS);
	}
	return err;
}

static enum err brotli_all(struct step *s, BrotliDecoderState *state)
{
	for (;;) {
		size_t space = room(s);
		const uint8_t *in = (const uint8_t *)s->in;
		uint8_t *out = (uint8_t *)s->out.data + s->out.len;
		BrotliDecoderResult result;

		if (!space)
			return ERR_TOO_LARGE;
		result = BrotliDecoderDecompressStream(state, &s->left, &in,
						       &space, &out, NULL);
		s->in = (const char *)in;
		s->out.len = (size_t)((char *)out - s->out.data);
		switch (result) {
		case BROTLI_DECODER_RESULT_SUCCESS:
			return s->out.len > s->max ? ERR_TOO_LARGE : ERR_NONE;
		case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
			break;
		case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
			return broken(s, cut_off);
		case BROTLI_DECODER_RESULT_ERROR:
		default:
			return broken(s, NULL);
		}
	}
}

static enum err undo_br(struct step *s)
{
	BrotliDecoderState *state;
	enum err err;

	state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	if (!state)
		return broken(s, "cannot be decoded: no memory");
	err = brotli_all(s, state);
	BrotliDecoderDestroyInstance(state);
	return err;
}

/* RFC 8878, 3.1: a frame, or a skippable one. */
static bool another_zstd_frame(const struct step *s)
{
	if (s->left < 4)
		return false;
	return !memcmp(s->in, "\x28\xb5\x2f\xfd", 4) ||
	       ((s->in[0] & 0xf0) == 0x50 &&
		!memcmp(s->in + 1, "\x2a\x4d\x18", 3));
}

/* One frame; s is left behind its end. */
static enum err zstd_one(struct step *s, ZSTD_DStream *state)
{
	for (;;) {
		size_t space = room(s);
		ZSTD_inBuffer in = {.src = s->in, .size = s->left};
		ZSTD_outBuffer out = {.dst = s->out.data + s->out.len,
				      .size = space};
		size_t result;

		if (!space)
			return ERR_TOO_LARGE;
		result = ZSTD_decompressStream(state, &out, &in);
		if (ZSTD_isError(result))
			return broken(s, ZSTD_getErrorName(result));
		s->in += in.pos;
		s->left -= in.pos;
		s->out.len += out.pos;
		if (result == 0)
			return s->out.len > s->max ? ERR_TOO_LARGE : ERR_NONE;
		if (!s->left && out.pos < out.size)
			return broken(s, cut_off);
	}
}

static enum err undo_zstd(struct step *s)
{
	ZSTD_DStream *state = ZSTD_createDStream();
	enum err err;

	if (!state)
		return broken(s, "cannot be decoded: no memory");
	ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	do {
		err = zstd_one(s, state);
	} while (!err && another_zstd_frame(s));
	ZSTD_freeDStream(state);
	return err;
}

static const struct coding codings[] = {
	{"gzip", undo_gzip},
	{"x-gzip", undo_gzip},
	{"deflate", undo_deflate},
	{"br", undo_br},
	{"zstd", undo_zstd},
	{"identity", NULL},
};

static const struct coding *coding_find(struct slice name)
{
	for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++)
		if (ascii_is(name, codings[i].name))
			return &codings[i];
	return NULL;
}

/* Cuts the first element off a list; false at its end. */
static bool list_next(struct slice *list, struct slice *element)
{
	do {
		const char *comma = memchr(list->p, ',', list->len);
		size_t len = comma ? (size_t)(comma - list->p) : list->len;

		*element = ascii_trim((struct slice){list->p, len});
		list->p += len + (comma ? 1 : 0);
		list->len -= len + (comma ? 1 : 0);
	} while (!element->len && list->len);
	return element->len != 0;
}

static char *too_large(uint64_t max)
{
	return xasprintf("body is larger than %llu bytes when decoded",
			 (unsigned long long)max);
}

/* The codings of the header in its order; how many, or -1 and *message. With
 * one that nobody knows ("utf-8", "none", "aws-chunked") none is undone: the
 * header is wrong then, and browsers take the body as it is. */
static int read_list(struct slice list, const struct coding **found,
		     char **message)
{
	struct slice name;
	int count = 0;

	while (list.len && list_next(&list, &name)) {
		const struct coding *coding = coding_find(name);

		if (!coding)
			return 0;
		if (count == MAX_CODINGS) {
			*message = xasprintf("more than %d content encodings",
					     MAX_CODINGS);
			return -1;
		}
		found[count++] = coding;
	}
	return count;
}

static enum err undo_one(const struct coding *coding, struct buf *body,
			 uint64_t max, char **message)
{
	struct step step = {
		.in = body->data,
		.left = body->len,
		.max = max < SIZE_MAX / 4 ? (size_t)max : SIZE_MAX / 4,
	};
	enum err err;

	if (!coding->undo || !body->len)
		return ERR_NONE;
	err = coding->undo(&step);
	if (step.no_memory)
		*message = xstrdup("decoding the body needs too much memory "
				   "(--parse-memory)");
	else if (err == ERR_TOO_LARGE)
		*message = too_large(max);
	else if (err)
		*message = xasprintf("%s body %s", coding->name, step.why);
	memory_uncharge(body->cap);
	buf_release(body);
	*body = step.out;
	return err;
}

enum err decode_body(struct buf *body, struct slice content_encoding,
		     uint64_t max, char **message)
{
	const struct coding *found[MAX_CODINGS];
	enum err err = ERR_NONE;
	int count;

	*message = NULL;
	if (!body->len)
		return ERR_NONE;
	count = read_list(content_encoding, found, message);
	if (count < 0)
		err = ERR_DECODE;
	while (!err && count > 0)
		err = undo_one(found[--count], body, max, message);
	if (!err && body->len > max) {
		*message = too_large(max);
		err = ERR_TOO_LARGE;
	}
	if (err) {
		memory_uncharge(body->cap);
		buf_release(body);
	}
	return err;
}
