#include "parse/bomb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "parse/config.h"
#include "parse/encoding/content_coding.h"
#include "tests/server/answer.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char text[] =
	"<!doctype html><title>Codings</title><p>the same words, the same "
	"words, the same words, and some others at the end";
static const size_t text_len = sizeof(text) - 1;

/* The codings that the server applies one after the other, and the header for
 * them. */
static const struct {
	const char *encode[3];
	const char *header;
} codings[] = {
	{{"gzip"}, "gzip"},
	{{"deflate"}, "deflate"},
	{{"raw-deflate"}, "deflate"},
	{{"br"}, "br"},
	{{"zstd"}, "zstd"},
	{{"gzip", "gzip"}, "gzip, x-gzip"},
	{{"br", "zstd", "deflate"}, "br, identity, zstd, deflate"},
};

static struct parse_config config;

static struct buf bytes(const void *data, size_t len)
{
	struct buf b = {0};

	buf_add(&b, data, len);
	return b;
}

static struct buf encoded(size_t which, const void *data, size_t len)
{
	struct buf b = bytes(data, len);

	for (size_t i = 0; i < 3 && codings[which].encode[i]; i++)
		assert_true(encode(&b, codings[which].encode[i]));
	return b;
}

static void *open_check(const struct buf *body, const char *type,
			const char *coding)
{
	struct job *job = job_new();
	void *own;

	headers_add_line(&job->res.headers, type, strlen(type));
	if (coding) {
		char *line = xasprintf("Content-Encoding: %s", coding);

		headers_add_line(&job->res.headers, line, strlen(line));
		free(line);
	}
	buf_add(&job->res.body, body->data, body->len < 4 ? body->len : 4);
	own = bomb_check.open(&config, job);
	job_free(job);
	return own;
}

/* Checks a body that arrives in pieces, each time at another address, like a
 * growing buffer. */
static enum body_state look_at_pieces(void *own, const struct buf *body,
				      size_t piece)
{
	enum body_state state = BODY_FINE;
	char *message = NULL;

	for (size_t len = 0; len < body->len && state == BODY_FINE;) {
		struct buf now;

		len = body->len - len < piece ? body->len : len + piece;
		do {
			now = bytes(body->data, len);
			state = bomb_check.scan(own, (struct slice){
					now.data, now.len}, &message);
			buf_release(&now);
		} while (state == BODY_BUSY);
	}
	assert_int_equal(state == BODY_TOO_LARGE, message != NULL);
	assert_true(bomb_check.bytes(own) > 0);
	free(message);
	bomb_check.close(own);
	return state;
}

static void assert_state(const struct buf *body, const char *type,
			 const char *coding, uint64_t max, enum body_state want)
{
	static const size_t pieces[] = {1, 2, 3, 7, 4096, SIZE_MAX};

	config.max_filesize = max;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		void *own;

		/* Let only small bodies arrive byte by byte, because more would
		 * take too long. */
		if (body->len / pieces[i] > 10000)
			continue;
		own = open_check(body, type, coding);
		assert_non_null(own);
		assert_int_equal(look_at_pieces(own, body, pieces[i]), want);
	}
}

#define HTML "Content-Type: text/html"

static void limit_does_not_depend_on_the_size_of_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf body = encoded(i, text, text_len);

		/* The limit applies to the output of each step. */
		assert_state(&body, HTML, codings[i].header,
			     text_len + body.len, BODY_FINE);
		assert_state(&body, HTML, codings[i].header, text_len - 1,
			     BODY_TOO_LARGE);
		body.len -= 4;
		assert_state(&body, HTML, codings[i].header,
			     text_len + body.len, BODY_FINE);
		buf_release(&body);
	}
}

static void one_check_is_short_and_several_find_a_bomb(void **state)
{
	const size_t size = 20 << 20;
	char *zeros = xcalloc(1, size);

	(void)state;
	config.max_filesize = size - 1;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf body = encoded(i, zeros, size);
		void *own = open_check(&body, HTML, codings[i].header);
		char *message = NULL;
		enum body_state found;
		int looks = 0;

		do {
			found = bomb_check.scan(own, (struct slice){
					body.data, body.len}, &message);
			looks++;
		} while (found == BODY_BUSY);
		assert_int_equal(found, BODY_TOO_LARGE);
		assert_string_equal(message, "body is larger than 20971519 "
				    "bytes when decoded");
		/* Each check decodes about a megabyte. */
		assert_in_range(looks, 15, 100);
		assert_in_range(bomb_check.bytes(own), 1, 64 << 20);
		free(message);
		bomb_check.close(own);
		buf_release(&body);
	}
	free(zeros);
}

static void members_and_frames_count_together(void **state)
{
	static const size_t several[] = {0, 4};	/* gzip, zstd */

	(void)state;
	for (size_t i = 0; i < COUNT(several); i++) {
		const char *coding = codings[several[i]].header;
		struct buf body = encoded(several[i], text, text_len);
		struct buf other = bytes(body.data, body.len);

		buf_add(&body, other.data, other.len);
		buf_add(&body, "\x1f\x8b(\xb5 and garbage", 16);
		assert_state(&body, HTML, coding, text_len * 2, BODY_FINE);
		assert_state(&body, HTML, coding, text_len * 2 - 1,
			     BODY_TOO_LARGE);
		buf_release(&body);
		buf_release(&other);
	}
}

/* A raw deflate stream that begins with a valid zlib header by chance. Its
 * first bytes fit, but no zlib stream follows. */
static void raw_deflate_that_begins_like_zlib_is_counted(void **state)
{
	/* 0x78: not the last block, stored, five bits that do not matter. Then
	 * its length, 0x0001 as 0x01 0x00, which is a check sum that fits. */
	static const char begin[] = "\x78\x01\x00\xfe\xff<";
	struct buf body = bytes(begin, sizeof(begin) - 1);
	struct buf rest = bytes(text, text_len), whole;
	char *message;

	(void)state;
	assert_true(encode(&rest, "raw-deflate"));
	buf_add(&body, rest.data, rest.len);
	whole = bytes(body.data, body.len);
	assert_int_equal(decode_body(&whole, (struct slice){"deflate", 7}, 1000,
				     &message), ERR_NONE);
	assert_int_equal(whole.len, text_len + 1);
	assert_state(&body, HTML, "deflate", text_len + 1, BODY_FINE);
	assert_state(&body, HTML, "deflate", text_len, BODY_TOO_LARGE);
	buf_release(&body);
	buf_release(&rest);
	buf_release(&whole);
}

static void damaged_bodies_are_not_reported_by_the_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf body = encoded(i, text, text_len);

		for (size_t bit = 0; bit < body.len * 8; bit++) {
			struct buf damaged = bytes(body.data, body.len);
			struct buf copy;
			char *message;
			enum err err;
			void *own;

			damaged.data[bit / 8] =
				(char)(damaged.data[bit / 8] ^ 1 << bit % 8);
			copy = bytes(damaged.data, damaged.len);
			err = decode_body(&copy, (struct slice){
					codings[i].header,
					strlen(codings[i].header)}, 200,
					&message);
			free(message);
			config.max_filesize = 200;
			own = open_check(&damaged, HTML, codings[i].header);
			if (look_at_pieces(own, &damaged, 5) == BODY_TOO_LARGE)
				assert_int_not_equal(err, ERR_NONE);
			buf_release(&copy);
			buf_release(&damaged);
		}
		buf_release(&body);
	}
}

static void bodies_without_a_coding_are_not_checked(void **state)
{
	const struct buf body = bytes(text, text_len);
	struct buf packed = bytes(text, text_len);

	(void)state;
	config.max_filesize = 1 << 20;
	assert_null(open_check(&body, HTML, NULL));
	assert_null(open_check(&body, HTML, "none"));
	assert_null(open_check(&body, HTML, "gzip, utf-8"));
	assert_null(open_check(&body, HTML, "identity"));
	assert_null(open_check(&body, HTML, "gzip,gzip,gzip,gzip,gzip,gzip"));
	/* A body that is declared as an archive is not unpacked. */
	assert_true(encode(&packed, "gzip"));
	packed.len = 3;
	assert_null(open_check(&packed, "Content-Type: application/gzip",
			       NULL));
	buf_release(&packed);
	free(body.data);
}

static void gzip_files_inside_count(void **state)
{
	static const char xml[] = "<?xml version=\"1.0\"?><a>";
	struct buf file = {0};
	struct buf twice;

	(void)state;
	buf_addstr(&file, xml);
	for (int i = 0; i < 20000; i++)
		buf_addstr(&file, "<b>some text</b>");
	assert_true(encode(&file, "gzip"));
	twice = bytes(file.data, file.len);
	assert_true(encode(&twice, "br"));
	assert_state(&file, HTML, NULL, 100000, BODY_TOO_LARGE);
	assert_state(&file, HTML, NULL, 1000000, BODY_FINE);
	assert_state(&twice, HTML, "br", 100000, BODY_TOO_LARGE);
	assert_state(&twice, HTML, "br", 1000000, BODY_FINE);
	/* The declared type says nothing; by its content the body is XML, so it
	 * is unpacked. */
	assert_state(&twice, "Content-Type: application/octet-stream", "br",
		     100000, BODY_TOO_LARGE);
	buf_release(&file);
	buf_release(&twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    limit_does_not_depend_on_the_size_of_pieces),
		cmocka_unit_test(
			one_check_is_short_and_several_find_a_bomb),
		cmocka_unit_test(members_and_frames_count_together),
		cmocka_unit_test(raw_deflate_that_begins_like_zlib_is_counted),
		cmocka_unit_test(damaged_bodies_are_not_reported_by_the_check),
		cmocka_unit_test(bodies_without_a_coding_are_not_checked),
		cmocka_unit_test(gzip_files_inside_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
