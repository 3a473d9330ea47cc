/*
 * The reading end of the protocol with worker processes, over a pipe.
 *
 * If the first byte of the input is even, the rest of it is the stream. If the
 * first byte is odd, the rest changes a valid stream that has each kind of
 * frame. It begins with replacements of three bytes each (position in two
 * bytes, new value); what follows the first position behind the end of the
 * stream is appended to the stream. In this way bytes deep inside a frame are
 * changed.
 *
 * What must hold: frames do not depend on the pieces in which the bytes arrive,
 * and writing the fields that were read from an accepted frame gives the same
 * bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "pool/process/wire.h"

/* Limits below the capacity of a pipe. */
enum { STREAM_MAX = 32 << 10, FIELDS_MAX = 16 << 10, PAYLOAD_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static struct job *example(void)
{
	struct job *job = job_new();

	job->req.index = 7;
	job->req.url = xstrdup("http://a.example/");
	job->res.final_url = xstrdup("http://b.example/");
	job->res.status = 200;
	buf_addstr(&job->res.headers, "content-type: text/html\n");
	buf_addstr(&job->res.body, "<p>body");
	buf_addstr(&job->record, "{}\n");
	buf_addch(&job->found, 1);
	return job;
}

static void add_frames(struct buf *stream)
{
	struct job *job = example();

	wire_put_hello(stream, 0);
	wire_put_request(stream, 1, job);
	buf_add(stream, job->res.body.data, job->res.body.len);
	job_fail(job, ERR_PARSE, "%s", "no page");
	wire_put_reply(stream, 2, job);
	buf_add(stream, job->record.data, job->record.len);
	job_free(job);
}

static struct buf make_stream(const uint8_t *data, size_t size)
{
	struct buf stream = {0};

	if (data[0] % 2 == 0) {
		buf_add(&stream, data + 1, size - 1);
		return stream;
	}
	add_frames(&stream);
	data++, size--;
	for (; size >= 3; data += 3, size -= 3) {
		const size_t at = (size_t)(data[0] << 8 | data[1]);

		if (at >= stream.len)
			break;
		stream.data[at] = (char)data[2];
	}
	buf_add(&stream, data, size);
	return stream;
}

/* Compares the fields that were received with the fields that the job is
 * written as. */
static void check_fields(const struct wire *w, const struct buf *written)
{
	const size_t head = sizeof(struct wire_head);

	must(written->len == head + w->head.fields);
	must(!memcmp(written->data + head, w->in.data + w->at,
		     (size_t)w->head.fields));
}

static void take_frame(struct wire *w, enum wire_kind kind, struct buf *seen)
{
	struct job *job = job_new();
	struct buf again = {0};
	int sandbox, result;

	if (kind == WIRE_HELLO) {
		result = wire_get_hello(w, &sandbox);
		if (!result)
			wire_put_hello(&again, sandbox);
	} else if (kind == WIRE_REQUEST) {
		result = wire_get_request(w, job);
		if (!result)
			wire_put_request(&again, w->head.seq, job);
	} else {
		result = wire_get_reply(w, job);
		if (!result)
			wire_put_reply(&again, w->head.seq, job);
	}
	must(result == 0 || result == -1);
	if (!result)
		check_fields(w, &again);
	buf_addf(seen, "%d %d %zu %zu\n", (int)kind, result,
		 (size_t)w->head.fields, (size_t)w->head.payload);
	buf_release(&again);
	job_free(job);
}

/* Returns the frames of the stream, read in pieces of at most `piece` bytes. */
static struct buf read_by(const struct buf *stream, size_t piece)
{
	struct wire w = {.fields_max = FIELDS_MAX, .payload_max = PAYLOAD_MAX};
	enum wire_kind kind = WIRE_NONE;
	struct buf seen = {0};
	size_t at = 0;
	int ends[2];

	must(!pipe(ends));
	while (at < stream->len && kind != WIRE_BROKEN) {
		const size_t left = stream->len - at;
		size_t len = left < piece ? left : piece;

		must(write(ends[1], stream->data + at, len) == (ssize_t)len);
		at += len;
		while (len && kind != WIRE_BROKEN) {
			const ssize_t n = wire_read(&w, ends[0]);

			must(n > 0);
			len -= (size_t)n;
			while ((kind = wire_next(&w)) > WIRE_BROKEN)
				take_frame(&w, kind, &seen);
		}
	}
	if (kind == WIRE_BROKEN)
		buf_addstr(&seen, "broken\n");
	wire_release(&w);
	close(ends[0]);
	close(ends[1]);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf stream, whole, pieces;

	if (!size || size > STREAM_MAX)
		return 0;
	stream = make_stream(data, size);
	whole = read_by(&stream, stream.len + 1);
	pieces = read_by(&stream, 1 + data[0] / 2);
	must(whole.len == pieces.len);
	must(!whole.len || !memcmp(whole.data, pieces.data, whole.len));
	buf_release(&stream);
	buf_release(&whole);
	buf_release(&pieces);
	return 0;
}
