/*
 * Frames are written and read by the same lists of fields (base/codec.h). The
 * payload is read straight into its own buffer.
 */
#include "pool/process/wire.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/codec.h"

enum {
	MAGIC = 0x63726773,
	READ_SIZE = 64 << 10,
	/* A payload's memory is allocated at once up to this size, and for
	 * larger payloads as bytes arrive. */
	STEP = 1 << 20,
};

static void code_err(struct codec *c, enum err *err)
{
	uint32_t n = *err;

	CODE(c, n);
	if (n >= ERR_COUNT) {
		c->broken = true;
		n = ERR_NONE;
	}
	*err = (enum err)n;
}

/* Reads or writes a duration. A negative or infinite one is an error. */
static void code_msec(struct codec *c, msec *time)
{
	CODE(c, *time);
	if (!(*time >= 0 && *time < MSEC_NEVER)) {
		c->broken = true;
		*time = 0;
	}
}

/* Reads or writes all that parsing needs of a job, except the body. Most of the
 * request is left out, because it may contain passwords and the program keeps
 * it anyway. */
static void code_request(struct codec *c, struct job *job)
{
	CODE(c, job->res.status);
	code_buf(c, &job->res.headers);
	code_bool(c, &job->res.head_only);
	code_bool(c, &job->res.local);
	code_bool(c, &job->res.is_text);
	code_bool(c, &job->res.is_decoded);
	code_string(c, &job->res.final_url);
	code_bool(c, &job->req.is_sitemap);
	CODE(c, job->req.role);
	code_string(c, &job->req.carried);
}

/* Reads or writes all that parsing returns, except the record. */
static void code_reply(struct codec *c, struct job *job)
{
	code_err(c, &job->err);
	code_string(c, &job->err_message);
	code_buf(c, &job->found);
	CODE(c, job->links_at);
	CODE(c, job->text);
	CODE(c, job->bytes);
	code_msec(c, &job->time.parse);
}

static void put_head(struct buf *out, enum wire_kind kind, uint64_t seq,
		     const struct buf *payload)
{
	const struct wire_head head = {
		.magic = MAGIC, .kind = kind, .seq = seq,
		.payload = payload ? payload->len : 0,
	};

	buf_add(out, &head, sizeof(head));
}

/* Writes the length of the fields into the head at start, after all fields were
 * written. */
static void put_length(struct buf *out, size_t start)
{
	struct wire_head head;

	memcpy(&head, out->data + start, sizeof(head));
	head.fields = out->len - start - sizeof(head);
	memcpy(out->data + start, &head, sizeof(head));
}

void wire_put_request(struct buf *out, uint64_t seq, const struct job *job)
{
	const size_t start = out->len;

	put_head(out, WIRE_REQUEST, seq, &job->res.body);
	/* The cast is safe: with out set, the codec only reads the job. */
	code_request(&(struct codec){.out = out}, (struct job *)job);
	put_length(out, start);
}

void wire_put_reply(struct buf *out, uint64_t seq, const struct job *job)
{
	const size_t start = out->len;

	put_head(out, WIRE_REPLY, seq, &job->record);
	code_reply(&(struct codec){.out = out}, (struct job *)job);
	put_length(out, start);
}

void wire_put_hello(struct buf *out, int sandbox)
{
	const size_t start = out->len;

	put_head(out, WIRE_HELLO, 0, NULL);
	CODE(&(struct codec){.out = out}, sandbox);
	put_length(out, start);
}

static struct codec codec_of(const struct wire *w)
{
	return (struct codec){
		.p = w->in.data + w->at,
		.left = (size_t)w->head.fields,
	};
}

int wire_get_request(struct wire *w, struct job *job)
{
	struct codec c = codec_of(w);
	struct job *got = job_new();

	code_request(&c, got);
	if (codec_failed(&c)) {
		job_free(got);
		return -1;
	}
	job->res = got->res;
	job->req.is_sitemap = got->req.is_sitemap;
	job->req.role = got->req.role;
	job->req.carried = got->req.carried;
	job->res.body = buf_take(&w->payload);
	free(got);
	return 0;
}

int wire_get_reply(struct wire *w, struct job *job)
{
	struct codec c = codec_of(w);
	struct job got = {0};

	code_reply(&c, &got);
	if (codec_failed(&c)) {
		free(got.err_message);
		buf_release(&got.found);
		return -1;
	}
	job_clear_error(job);
	job->err = got.err;
	job->err_message = got.err_message;
	job->bytes = got.bytes;
	job->time.parse = got.time.parse;
	buf_release(&job->found);
	job->found = got.found;
	job->links_at = got.links_at;
	job->text = got.text;
	buf_release(&job->record);
	job->record = buf_take(&w->payload);
	return 0;
}

int wire_get_hello(struct wire *w, int *sandbox)
{
	struct codec c = codec_of(w);

	CODE(&c, *sandbox);
	return codec_failed(&c) ? -1 : 0;
}

void wire_put_want(struct buf *out, uint64_t bytes)
{
	const size_t start = out->len;

	put_head(out, WIRE_WANT, 0, NULL);
	CODE(&(struct codec){.out = out}, bytes);
	put_length(out, start);
}

int wire_get_want(struct wire *w, uint64_t *bytes)
{
	struct codec c = codec_of(w);

	CODE(&c, *bytes);
	return codec_failed(&c) ? -1 : 0;
}

static size_t payload_missing(const struct wire *w)
{
	return (size_t)w->head.payload - w->payload.len;
}

/* Returns true if the next bytes belong to the payload. */
static bool is_in_payload(const struct wire *w)
{
	return w->has_head && payload_missing(w) &&
	       w->in.len - w->at == w->head.fields + w->taken;
}

static ssize_t read_into(struct buf *b, size_t len, int fd)
{
	const ssize_t n = read(fd, buf_reserve(b, len), len);

	if (n > 0)
		b->len += (size_t)n;
	return n;
}

ssize_t wire_read(struct wire *w, int fd)
{
	if (is_in_payload(w)) {
		size_t len = payload_missing(w);

		if (len > STEP)
			len = STEP;
		return read_into(&w->payload, len, fd);
	}
	if (w->at) {
		w->in.len -= w->at;
		memmove(w->in.data, w->in.data + w->at, w->in.len);
		w->at = 0;
	}
	return read_into(&w->in, READ_SIZE, fd);
}

static bool is_sound(const struct wire *w)
{
	return w->head.magic == MAGIC && w->head.kind >= WIRE_HELLO &&
	       w->head.kind <= WIRE_WANT &&
	       w->head.fields <= w->fields_max &&
	       w->head.payload <= w->payload_max;
}

static void take_head(struct wire *w)
{
	if (w->has_head || w->in.len - w->at < sizeof(w->head))
		return;
	memcpy(&w->head, w->in.data + w->at, sizeof(w->head));
	w->at += sizeof(w->head);
	w->has_head = true;
	w->broken = !is_sound(w);
}

/* Copies the part of the payload that was read together with the fields. */
static void take_payload(struct wire *w)
{
	const size_t before = w->at + (size_t)w->head.fields + w->taken;
	size_t len = payload_missing(w);

	if (len > w->in.len - before)
		len = w->in.len - before;
	/* One more byte than needed, for callers that append a NUL. */
	if (!w->payload.len && payload_missing(w))
		buf_reserve(&w->payload, 1 + (payload_missing(w) < STEP
					      ? payload_missing(w) : STEP));
	buf_add(&w->payload, w->in.data + before, len);
	w->taken += len;
}

/* Discards the frame that was returned last. */
static void drop_frame(struct wire *w)
{
	w->at += (size_t)w->head.fields + w->taken;
	w->taken = 0;
	w->has_head = false;
	w->head = (struct wire_head){0};
	buf_release(&w->payload);
}

enum wire_kind wire_next(struct wire *w)
{
	if (w->returned)
		drop_frame(w);
	w->returned = false;
	take_head(w);
	if (w->broken)
		return WIRE_BROKEN;
	if (!w->has_head || w->in.len - w->at < w->head.fields)
		return WIRE_NONE;
	take_payload(w);
	if (payload_missing(w))
		return WIRE_NONE;
	w->returned = true;
	return (enum wire_kind)w->head.kind;
}

void wire_release(struct wire *w)
{
	buf_release(&w->payload);
	buf_release(&w->in);
	*w = (struct wire){0};
}
