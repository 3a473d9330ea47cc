/* pool/process/wire.c: messages arrive as they were sent, and invalid ones are
 * refused. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pool/process/wire.h"

enum { LIMIT = 8 << 20 };

static struct wire new_wire(void)
{
	return (struct wire){.fields_max = 64 << 10, .payload_max = LIMIT};
}

/* Gives the bytes to the reader, through a descriptor. */
static void feed(struct wire *w, const void *bytes, size_t len)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	while (len) {
		const size_t some = len < 4096 ? len : 4096;

		assert_int_equal(write(ends[1], bytes, some), some);
		for (size_t got = 0; got < some;) {
			const ssize_t n = wire_read(w, ends[0]);

			assert_true(n > 0);
			got += (size_t)n;
			/* After each read, the reader is asked for a message,
			 * as in the program. */
			if (got < some)
				assert_int_equal(wire_next(w), WIRE_NONE);
		}
		bytes = (const char *)bytes + some;
		len -= some;
		if (len)
			assert_int_equal(wire_next(w), WIRE_NONE);
	}
	close(ends[0]);
	close(ends[1]);
}

static void feed_buf(struct wire *w, const struct buf *b)
{
	feed(w, b->data, b->len);
}

static struct job *full_job(void)
{
	struct job *job = job_new();

	job->req.url = xstrdup("http://me:password@example.com/");
	job->res.status = 404;
	buf_add(&job->res.headers, "content-type: a/\0b\n", 19);
	buf_addstr(&job->res.body, "<title>x</title>");
	job->res.head_only = true;
	job->res.final_url = xstrdup("http://example.com/");
	job->req.role = 3;
	job->req.carried = xstrdup("{\"price\":1}");
	job->time = (struct timing){1, 2.5, 3, 4, 5, 1e-3, 6, 7};
	job->attempts = 3;
	job_fail(job, ERR_TIMEOUT, "too slow");
	return job;
}

/* Returns the frame of a job's request, followed by the body. */
static struct buf request_of(const struct job *job, uint64_t seq)
{
	struct buf out = {0};

	wire_put_request(&out, seq, job);
	buf_add(&out, job->res.body.data, job->res.body.len);
	return out;
}

static struct buf reply_of(const struct job *job, uint64_t seq)
{
	struct buf out = {0};

	wire_put_reply(&out, seq, job);
	buf_add(&out, job->record.data, job->record.len);
	return out;
}

static void assert_bufs_equal(const struct buf *a, const struct buf *b)
{
	assert_int_equal(a->len, b->len);
	if (a->len)
		assert_memory_equal(a->data, b->data, a->len);
}

static void assert_same_request(const struct job *a, const struct job *b)
{
	assert_int_equal(a->res.status, b->res.status);
	assert_bufs_equal(&a->res.headers, &b->res.headers);
	assert_bufs_equal(&a->res.body, &b->res.body);
	assert_int_equal(a->res.head_only, b->res.head_only);
	assert_string_equal(a->res.final_url, b->res.final_url);
	assert_int_equal(a->req.role, b->req.role);
	assert_string_equal(a->req.carried, b->req.carried);
	/* Members that a worker does not need are not sent. */
	assert_null(a->req.url);
	assert_int_equal(a->attempts, 0);
	assert_int_equal(a->err, ERR_NONE);
}

static void request_arrives_as_it_was(void **state)
{
	struct job *job = full_job(), *got = job_new();
	struct buf frame = request_of(job, 7);
	struct wire w = new_wire();

	(void)state;
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_REQUEST);
	assert_int_equal(w.head.seq, 7);
	assert_int_equal(wire_get_request(&w, got), 0);
	assert_same_request(got, job);
	assert_int_equal(wire_next(&w), WIRE_NONE);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
	job_free(got);
}

static void absent_members_stay_absent(void **state)
{
	struct job *job = job_new(), *got = job_new();
	struct buf frame = request_of(job, 1);
	struct wire w = new_wire();

	(void)state;
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_REQUEST);
	assert_int_equal(wire_get_request(&w, got), 0);
	assert_null(got->req.id);
	assert_null(got->req.carried);
	assert_null(got->req.url);
	assert_null(got->res.final_url);
	assert_null(got->err_message);
	assert_int_equal(got->res.body.len, 0);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
	job_free(got);
}

static void reply_arrives_as_it_was(void **state)
{
	struct job *job = full_job(), *got = full_job();
	struct wire w = new_wire();
	struct buf frame;

	(void)state;
	job_clear_error(job);
	job_fail(job, ERR_PARSE, "invalid JSON");
	job->bytes = 123456789012;
	job->time.parse = 12.5;
	buf_add(&job->found, "\0\1\0", 3);
	buf_add(&got->found, "old", 3);
	buf_addstr(&job->record, "{\"index\":0}\n");
	frame = reply_of(job, 9);
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_REPLY);
	assert_int_equal(w.head.seq, 9);
	assert_int_equal(wire_get_reply(&w, got), 0);
	assert_int_equal(got->err, ERR_PARSE);
	assert_string_equal(got->err_message, "invalid JSON");
	assert_true(got->bytes == job->bytes);
	assert_true(got->time.parse == 12.5);
	assert_true(got->time.total == 1e-3);
	assert_bufs_equal(&got->record, &job->record);
	assert_bufs_equal(&got->found, &job->found);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
	job_free(got);
}

static void hello_says_why_there_is_no_sandbox(void **state)
{
	struct wire w = new_wire();
	struct buf frame = {0};
	int sandbox;

	(void)state;
	wire_put_hello(&frame, 22);
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_HELLO);
	assert_int_equal(wire_get_hello(&w, &sandbox), 0);
	assert_int_equal(sandbox, 22);
	buf_release(&frame);
	wire_release(&w);
}

static void message_split_at_any_byte_is_received(void **state)
{
	struct job *job = full_job();
	struct buf frame = request_of(job, 7);

	(void)state;
	for (size_t cut = 1; cut < frame.len; cut++) {
		struct job *got = job_new();
		struct wire w = new_wire();

		feed(&w, frame.data, cut);
		assert_int_equal(wire_next(&w), WIRE_NONE);
		feed(&w, frame.data + cut, frame.len - cut);
		assert_int_equal(wire_next(&w), WIRE_REQUEST);
		assert_int_equal(wire_get_request(&w, got), 0);
		assert_same_request(got, job);
		wire_release(&w);
		job_free(got);
	}
	buf_release(&frame);
	job_free(job);
}

static void message_sent_byte_by_byte_is_received(void **state)
{
	struct job *job = full_job(), *got = job_new();
	struct buf frame = request_of(job, 7);
	struct wire w = new_wire();

	(void)state;
	for (size_t i = 0; i < frame.len; i++) {
		assert_int_equal(wire_next(&w), WIRE_NONE);
		feed(&w, frame.data + i, 1);
	}
	assert_int_equal(wire_next(&w), WIRE_REQUEST);
	assert_int_equal(wire_get_request(&w, got), 0);
	assert_same_request(got, job);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
	job_free(got);
}

static void several_messages_in_one_read_are_separated(void **state)
{
	struct job *job = full_job();
	struct wire w = new_wire();
	struct buf all = {0};

	(void)state;
	for (uint64_t seq = 1; seq <= 3; seq++) {
		struct buf frame = request_of(job, seq);

		buf_add(&all, frame.data, frame.len);
		buf_release(&frame);
	}
	feed_buf(&w, &all);
	for (uint64_t seq = 1; seq <= 3; seq++) {
		struct job *got = job_new();

		assert_int_equal(wire_next(&w), WIRE_REQUEST);
		assert_int_equal(w.head.seq, seq);
		assert_int_equal(wire_get_request(&w, got), 0);
		assert_same_request(got, job);
		job_free(got);
	}
	assert_int_equal(wire_next(&w), WIRE_NONE);
	buf_release(&all);
	wire_release(&w);
	job_free(job);
}

static void unused_frames_are_skipped(void **state)
{
	struct job *job = full_job();
	struct buf frame = request_of(job, 1);
	struct wire w = new_wire();

	(void)state;
	for (int i = 0; i < 3; i++) {
		feed_buf(&w, &frame);
		assert_int_equal(wire_next(&w), WIRE_REQUEST);
	}
	assert_int_equal(wire_next(&w), WIRE_NONE);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
}

static void body_of_megabytes_arrives(void **state)
{
	struct job *job = full_job(), *got = job_new();
	struct wire w = new_wire();
	struct buf frame;

	(void)state;
	for (uint32_t i = 0; i < LIMIT / 8; i++)
		buf_add(&job->res.body, &i, sizeof(i));
	frame = request_of(job, 1);
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_REQUEST);
	assert_int_equal(wire_get_request(&w, got), 0);
	assert_same_request(got, job);
	buf_release(&frame);
	wire_release(&w);
	job_free(job);
	job_free(got);
}

/* Gives the reader a changed reply, which must be refused. */
static void reject(struct buf *frame)
{
	struct job *job = full_job(), *same = full_job();
	struct wire w = new_wire();
	enum wire_kind kind;

	feed_buf(&w, frame);
	kind = wire_next(&w);
	if (kind == WIRE_REPLY) {
		assert_int_equal(wire_get_reply(&w, job), -1);
		assert_string_equal(job->err_message, same->err_message);
		assert_int_equal(job->err, same->err);
		assert_int_equal(job->record.len, 0);
	} else {
		assert_true(kind == WIRE_BROKEN || kind == WIRE_NONE);
		assert_int_equal(wire_next(&w), kind);
	}
	wire_release(&w);
	job_free(job);
	job_free(same);
}

static struct buf some_reply(void)
{
	struct job *job = job_new();
	struct buf frame;

	job_fail(job, ERR_PARSE, "message");
	buf_addstr(&job->record, "{}\n");
	frame = reply_of(job, 1);
	job_free(job);
	return frame;
}

static void reject_with(void (*change)(struct wire_head *))
{
	struct buf frame = some_reply();
	struct wire_head head;

	memcpy(&head, frame.data, sizeof(head));
	change(&head);
	memcpy(frame.data, &head, sizeof(head));
	reject(&frame);
	buf_release(&frame);
}

static void other_magic(struct wire_head *h) { h->magic ^= 1; }
static void no_kind(struct wire_head *h) { h->kind = WIRE_NONE; }
static void kind_broken(struct wire_head *h) { h->kind = WIRE_BROKEN; }
static void kind_above_all(struct wire_head *h) { h->kind = UINT32_MAX; }
static void fields_over_limit(struct wire_head *h) { h->fields = 1 << 20; }
static void fields_endless(struct wire_head *h) { h->fields = UINT64_MAX; }
static void fields_missing(struct wire_head *h) { h->fields = 0; }
static void fields_short(struct wire_head *h) { h->fields--; }
static void fields_long(struct wire_head *h) { h->fields++; h->payload--; }
static void payload_over(struct wire_head *h) { h->payload = LIMIT + 1; }
static void payload_endless(struct wire_head *h) { h->payload = UINT64_MAX; }

static void invalid_header_is_an_error(void **state)
{
	(void)state;
	reject_with(other_magic);
	reject_with(no_kind);
	reject_with(kind_broken);
	reject_with(kind_above_all);
	reject_with(fields_over_limit);
	reject_with(fields_endless);
	reject_with(fields_missing);
	reject_with(fields_short);
	reject_with(fields_long);
	reject_with(payload_over);
	reject_with(payload_endless);
}

/* Offsets of the fields in a reply: error, length of the message, message,
 * length of `found`, found, bytes, time of parsing. */
enum { ERROR_AT = sizeof(struct wire_head), LENGTH_AT = ERROR_AT + 4,
       MESSAGE_AT = LENGTH_AT + 8 };

static void invalid_fields_are_refused(void **state)
{
	static const uint64_t lengths[] = {8, 6, 1 << 20, UINT64_MAX - 1,
					   UINT64_MAX, INT64_MAX};
	static const msec times[] = {-1, NAN, INFINITY, -INFINITY};
	const uint32_t no_error = ERR_COUNT;
	struct buf frame = some_reply();

	(void)state;
	memcpy(frame.data + ERROR_AT, &no_error, sizeof(no_error));
	reject(&frame);
	buf_release(&frame);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		frame = some_reply();
		memcpy(frame.data + LENGTH_AT, &lengths[i], 8);
		reject(&frame);
		buf_release(&frame);
	}
	frame = some_reply();
	frame.data[MESSAGE_AT + 2] = '\0';
	reject(&frame);
	buf_release(&frame);
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct wire_head head;

		frame = some_reply();
		memcpy(&head, frame.data, sizeof(head));
		memcpy(frame.data + sizeof(head) + head.fields - 8, &times[i],
		       8);
		reject(&frame);
		buf_release(&frame);
	}
}

static void hello_of_another_length_is_refused(void **state)
{
	struct buf frame = {0};
	struct wire w = new_wire();
	struct wire_head head;
	int sandbox;

	(void)state;
	wire_put_hello(&frame, 0);
	memcpy(&head, frame.data, sizeof(head));
	head.fields++;
	memcpy(frame.data, &head, sizeof(head));
	buf_addch(&frame, '\0');
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_HELLO);
	assert_int_equal(wire_get_hello(&w, &sandbox), -1);
	buf_release(&frame);
	wire_release(&w);
}

/* Random bytes are accepted, refused, or incomplete; the sanitizers find errors
 * of memory. */
static void random_bytes_do_no_harm(void **state)
{
	(void)state;
	srand48(20);
	for (int round = 0; round < 20000; round++) {
		struct buf frame = some_reply();
		struct job *job = job_new();
		struct wire w = new_wire();
		const int changes = 1 + (int)(lrand48() % 4);
		enum wire_kind kind;

		for (int i = 0; i < changes; i++)
			frame.data[(size_t)lrand48() % frame.len] =
				(char)lrand48();
		buf_reserve(&w.in, frame.len);
		buf_add(&w.in, frame.data, frame.len);
		kind = wire_next(&w);
		if (kind == WIRE_REPLY)
			(void)wire_get_reply(&w, job);
		else if (kind == WIRE_REQUEST)
			(void)wire_get_request(&w, job);
		assert_true(w.payload.cap <= (1 << 20) + (64 << 10));
		buf_release(&frame);
		wire_release(&w);
		job_free(job);
	}
}

static void announced_length_is_not_allocated_in_advance(void **state)
{
	struct wire_head head;
	struct buf frame = some_reply();
	struct wire w = new_wire();

	(void)state;
	w.payload_max = SIZE_MAX / 2;
	memcpy(&head, frame.data, sizeof(head));
	head.payload = SIZE_MAX / 4;
	memcpy(frame.data, &head, sizeof(head));
	feed_buf(&w, &frame);
	assert_int_equal(wire_next(&w), WIRE_NONE);
	assert_true(w.payload.cap <= 2 << 20);
	buf_release(&frame);
	wire_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(request_arrives_as_it_was),
		cmocka_unit_test(absent_members_stay_absent),
		cmocka_unit_test(reply_arrives_as_it_was),
		cmocka_unit_test(hello_says_why_there_is_no_sandbox),
		cmocka_unit_test(message_split_at_any_byte_is_received),
		cmocka_unit_test(message_sent_byte_by_byte_is_received),
		cmocka_unit_test(several_messages_in_one_read_are_separated),
		cmocka_unit_test(
			unused_frames_are_skipped),
		cmocka_unit_test(body_of_megabytes_arrives),
		cmocka_unit_test(invalid_header_is_an_error),
		cmocka_unit_test(invalid_fields_are_refused),
		cmocka_unit_test(hello_of_another_length_is_refused),
		cmocka_unit_test(random_bytes_do_no_harm),
		cmocka_unit_test(
			announced_length_is_not_allocated_in_advance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
