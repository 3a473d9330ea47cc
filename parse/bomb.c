/*
 * A chain of decoders, one per content coding, run in small steps over the body
 * as it arrives. A step always serves the decoder nearest to the end that has
 * work, so no buffer grows.
 */
#include "parse/bomb.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "parse/body_type.h"
#include "parse/config.h"
#include "parse/encoding/content_coding.h"
#include "parse/encoding/decoder.h"
#include "parse/encoding/gunzip.h"
#include "parse/encoding/media_type.h"
#include "parse/headers_json.h"

enum {
	PIECE = 16 << 10,	/* bytes read, and written, in one step */
	WORK = 1 << 20,		/* bytes read and written per bomb_look() */
	FIRST = 4096,		/* bytes kept to recognise a gzip file */
};

/* The decoder of one content coding; the next layer reads its output. */
struct layer {
	struct decoder *decoder;
	struct slice in;
	bool has_more;		/* more output is ready, even without more
				 * input */
	uint64_t bytes;		/* bytes that the decoder has written so far */
	char *out;
};

struct bomb {
	const struct parse_config *config;	/* borrowed */
	struct body_type type;
	struct layer layers[CODING_MAX + 1];
	unsigned count;
	size_t body_read;	/* bytes of the body read so far */
	bool is_done;	  /* a decoder has failed: the rest of the body is not
			   * checked */
	/* The first bytes of the decoded body, kept as long as the decoded body
	 * may turn out to be a gzip file. */
	bool may_be_packed;
	char first[FIRST];
	size_t first_len;
};

static bool add_layer(struct bomb *b, const struct coding *coding)
{
	struct layer *s = &b->layers[b->count];

	if (coding->kind == CODING_IDENTITY)
		return true;
	s->decoder = decoder_open(coding);
	if (!s->decoder)
		return false;
	s->out = xmalloc(PIECE);
	b->count++;
	return true;
}

static void bomb_close(void *own)
{
	struct bomb *b = own;

	for (unsigned i = 0; i < b->count; i++) {
		decoder_close(b->layers[i].decoder);
		free(b->layers[i].out);
	}
	free(b);
}

/* Adds a decoder for each content coding; the coding that the server applied
 * last comes first. Returns false if there is no memory. */
static bool add_codings(struct bomb *b, const struct job *job)
{
	const struct coding *found[CODING_MAX];
	struct buf list = {0};
	bool ok = true;
	int count;

	headers_json_join(&list, &job->res.headers, "content-encoding");
	count = coding_list((struct slice){list.data ? list.data : "",
					   list.len}, found);
	while (ok && count > 0)
		ok = add_layer(b, found[--count]);
	buf_release(&list);
	return ok;
}

static bool should_unpack(const struct bomb *b, struct slice start)
{
	return body_type_should_unpack(&b->type, start);
}

/* Adds a decoder if the body has no content coding but is itself a gzip file to
 * be unpacked. Returns true if a decoder was added. */
static bool add_gzip_file(struct bomb *b, const struct buf *body)
{
	const size_t len = body->len < FIRST ? body->len : FIRST;

	return should_unpack(b, (struct slice){body->data, len}) &&
	       add_layer(b, &coding_gzip);
}

static void *bomb_open(const void *config, const struct job *job)
{
	struct bomb *b = xcalloc(1, sizeof(*b));
	struct slice unused;

	b->config = config;
	b->type = (struct body_type){
		.config = config,
		.declared = media_declared(&job->res.headers, &unused),
		.name = body_type_of_url(job->hop.url.href),
	};
	if (add_codings(b, job)) {
		b->may_be_packed = b->count;
		if (b->count || add_gzip_file(b, &job->res.body))
			return b;
	}
	bomb_close(b);
	return NULL;
}

/* Appends the bytes that the last decoder has written (no more than fit into
 * b->first) to b->first. Adds a decoder if the bytes there begin a gzip
 * file. */
static void detect_gzip_file(struct bomb *b, struct slice written)
{
	const struct slice start = {b->first, b->first_len + written.len};
	struct layer *inside = &b->layers[b->count];

	memcpy(b->first + b->first_len, written.p, written.len);
	b->first_len = start.len;
	if (start.len <= 3)
		return;
	if (!gunzip_is_packed(start)) {
		b->may_be_packed = false;
	} else if (should_unpack(b, start)) {
		b->may_be_packed = false;
		if (add_layer(b, &coding_gzip))
			inside->in = start;
	} else {
		b->may_be_packed = start.len < FIRST;
	}
}

/* Returns the last layer that has input or output left, or else the first
 * layer, with the next piece of the body as its input. Returns NULL if all
 * bytes received so far are decoded. */
static struct layer *next_layer(struct bomb *b, struct slice body)
{
	struct layer *first = b->layers;
	size_t left;

	for (unsigned i = b->count; i-- > 0;)
		if (b->layers[i].in.len || b->layers[i].has_more)
			return &b->layers[i];
	left = body.len - b->body_read;
	if (!left)
		return NULL;
	first->in = (struct slice){body.p + b->body_read,
				   left < PIECE ? left : PIECE};
	b->body_read += first->in.len;
	return first;
}

/* Runs the layer once. Returns the number of bytes that the layer read and
 * wrote. */
static size_t run_layer(struct bomb *b, struct layer *s)
{
	const bool is_last = s + 1 == b->layers + b->count;
	const bool is_first = is_last && b->may_be_packed;
	const size_t room = is_first ? FIRST - b->first_len : PIECE;
	const size_t before = s->in.len;
	size_t left = room;
	const enum decoded result = decoder_run(s->decoder, &s->in, s->out,
						&left);
	const struct slice written = {s->out, room - left};

	s->bytes += written.len;
	s->has_more = result == DECODED_MORE;
	if (result == DECODED_BROKEN)
		b->is_done = true;
	else if (is_first && written.len)
		detect_gzip_file(b, written);
	else if (!is_last)
		s[1].in = written;
	return before - s->in.len + (is_first ? PIECE : written.len);
}

static enum body_state bomb_look(void *own, struct slice body, char **message)
{
	struct bomb *b = own;
	const uint64_t max = b->config->max_filesize;
	struct layer *s;
	size_t work = 0;

	/* Growing the body may have moved it since the last call. */
	b->layers[0].in.p = body.p + b->body_read - b->layers[0].in.len;
	while (!b->is_done && work < WORK) {
		s = next_layer(b, body);
		if (!s)
			return BODY_FINE;
		work += run_layer(b, s);
		if (s->bytes <= max)
			continue;
		*message = decode_too_large(max);
		return BODY_TOO_LARGE;
	}
	return b->is_done ? BODY_FINE : BODY_BUSY;
}

static size_t bomb_bytes(const void *own)
{
	const struct bomb *b = own;
	size_t bytes = sizeof(*b);

	for (unsigned i = 0; i < b->count; i++)
		bytes += PIECE + decoder_bytes(b->layers[i].decoder);
	return bytes;
}

const struct body_check bomb_check = {
	.open = bomb_open,
	.scan = bomb_look,
	.bytes = bomb_bytes,
	.close = bomb_close,
};
