/*
 * Decodes every body into a buffer that may hold one byte more than the size
 * limit: a decoder that fills the buffer proves the body too large. So a
 * decompression bomb takes no more memory and time than a body of the allowed
 * size. A stream that is cut off is an error, because part of a page could be
 * taken for the whole.
 */
#include "parse/encoding/content_coding.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/encoding/decoder.h"

enum { MIN_STEP = 16 * 1024 };

/* State while one coding is decoded: the rest of the input, and the output so
 * far. */
struct step {
	struct slice in;
	struct buf out;
	size_t max;
	bool no_memory;		/* the page's memory limit is reached */
	bool is_cut_off;	/* the input ends too early, but has no other
				 * error */
	const char *why;	/* error message, static */
};

static enum err fail_decoding(struct step *s, const char *why)
{
	s->why = why;
	return ERR_DECODE;
}

static void grow_output(struct step *s, size_t more)
{
	buf_reserve(&s->out, more);
	s->no_memory |= memory_limit_reached();
}

/* Returns the number of bytes that may still be written, up to one byte over
 * the limit; 0 if the limit is exceeded. */
static size_t output_room(struct step *s)
{
	size_t more = MIN_STEP, space;

	if (s->out.len > s->max || s->no_memory)
		return 0;
	if (!s->out.cap && s->in.len > MIN_STEP / 4)
		more = s->in.len < s->max / 4 ? s->in.len * 4 : s->max;
	if (s->out.len == s->out.cap)
		grow_output(s, more);
	space = s->out.cap - s->out.len;
	return space < s->max + 1 - s->out.len ? space
					       : s->max + 1 - s->out.len;
}

static enum err decode_into(struct step *s, struct decoder *d)
{
	enum decoded result = DECODED_MORE;
	size_t charged = 0;

	while (result == DECODED_MORE) {
		const size_t space = output_room(s);
		size_t left = space;

		if (!space)
			break;
		result = decoder_run(d, &s->in, s->out.data + s->out.len,
				     &left);
		s->out.len += space - left;
		if (!memory_recharge(charged, decoder_bytes(d)))
			s->no_memory = true;
		charged = decoder_bytes(d);
	}
	memory_uncharge(charged);
	if (s->out.len > s->max || s->no_memory)
		return ERR_TOO_LARGE;
	if (result == DECODED_END)
		return ERR_NONE;
	s->is_cut_off = result == DECODED_ALL;
	return fail_decoding(s, result == DECODED_ALL ? "is cut off"
						      : decoder_why(d));
}

static enum err decode_coding(struct step *s, const struct coding *coding)
{
	struct decoder *d = decoder_open(coding);
	enum err err;

	if (!d)
		return fail_decoding(s, "cannot be decoded: no memory");
	err = decode_into(s, d);
	decoder_close(d);
	return err;
}

char *decode_too_large(uint64_t max)
{
	return xasprintf("body is larger than %llu bytes when decoded",
			 (unsigned long long)max);
}

static enum err decode_one(const struct coding *coding, struct buf *body,
			   uint64_t max, char **message)
{
	struct step step = {
		.in = {body->data, body->len},
		.max = max < SIZE_MAX / 4 ? (size_t)max : SIZE_MAX / 4,
	};
	enum err err;

	if (coding->kind == CODING_IDENTITY || !body->len)
		return ERR_NONE;
	err = decode_coding(&step, coding);
	if (step.no_memory)
		*message = xstrdup("decoding the body needs too much memory "
				   "(--parse-memory)");
	else if (err == ERR_TOO_LARGE)
		*message = decode_too_large(max);
	else if (err)
		*message = xasprintf("%s body %s", coding->name, step.why);
	buf_release(body);
	*body = step.out;
	return err;
}

enum err decode_body(struct buf *body, struct slice content_encoding,
		     uint64_t max, char **message)
{
	const struct coding *found[CODING_MAX];
	enum err err = ERR_NONE;
	int count;

	*message = NULL;
	if (!body->len)
		return ERR_NONE;
	count = coding_list(content_encoding, found);
	if (count < 0) {
		*message = xasprintf("more than %d content encodings",
				     CODING_MAX);
		err = ERR_DECODE;
	}
	while (!err && count > 0)
		err = decode_one(found[--count], body, max, message);
	if (!err && body->len > max) {
		*message = decode_too_large(max);
		err = ERR_TOO_LARGE;
	}
	if (err)
		buf_release(body);
	return err;
}

/* Replaces the body with as much as can be decoded of it. */
static bool decode_one_prefix(const struct coding *coding, struct buf *body,
			      size_t max)
{
	struct step step = {.in = {body->data, body->len}, .max = max};
	enum err err;

	if (coding->kind == CODING_IDENTITY || !body->len)
		return true;
	err = decode_coding(&step, coding);
	buf_release(body);
	*body = step.out;
	return !step.no_memory &&
	       (!err || err == ERR_TOO_LARGE || step.is_cut_off);
}

bool decode_body_prefix(struct buf *body, struct slice content_encoding,
			size_t max)
{
	const struct coding *found[CODING_MAX];
	int count = coding_list(content_encoding, found);
	bool ok = count >= 0;

	while (ok && count > 0)
		ok = decode_one_prefix(found[--count], body, max);
	return ok;
}
