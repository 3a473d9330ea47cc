#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "parse/encoding/content_coding.h"

enum { RAW = -15, ZLIB = 15, GZIP = 31 };
enum { PLENTY = 1 << 26 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char text[] =
	"<!doctype html><title>Codings</title><p>the same words, the same "
	"words, the same words, and some others at the end";
static const size_t text_len = sizeof(text) - 1;

/* "hello hello hello hello" */
static const char brotli_hello[] =
	"\x1b\x16\x00\xf8\x8d\x94\x6e\xde\x44\x55\x86\x96\x6c\x20\x6f\x21\x4f"
	"\x1c\xe0\x38";
/* A megabyte of 'a' */
static const char brotli_megabyte[] =
	"\x5b\xff\xff\x8f\x5f\x22\x2c\x1e\x0b\x04\x72\xef\x1f\x00";

static struct buf bytes(const void *data, size_t len)
{
	struct buf b = {0};

	buf_add(&b, data, len);
	return b;
}

static struct buf zip(const void *data, size_t len, int window_bits)
{
	struct buf out = {0};
	z_stream z = {0};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window_bits, 8,
				      Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	z.avail_out = (uInt)deflateBound(&z, len);
	z.next_out = (Bytef *)buf_reserve(&out, z.avail_out);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out.len = z.total_out;
	deflateEnd(&z);
	return out;
}

static struct buf zstd(const void *data, size_t len)
{
	struct buf out = {0};
	size_t bound = ZSTD_compressBound(len);

	out.len = ZSTD_compress(buf_reserve(&out, bound), bound, data, len, 3);
	assert_false(ZSTD_isError(out.len));
	return out;
}

/* Makes a Brotli stream without compression (RFC 7932, 9.2): a window of 64 KB,
 * an uncompressed block, and an empty last block. */
static struct buf brotli(const void *data, size_t len)
{
	uint32_t head = (uint32_t)(len - 1) << 4 | UINT32_C(1) << 20;
	struct buf out = {0};

	assert_true(len >= 1 && len <= 65536);
	for (int i = 0; i < 3; i++)
		buf_addch(&out, (char)(head >> 8 * i));
	buf_add(&out, data, len);
	buf_addch(&out, 3);
	return out;
}

static struct buf gzip(const void *data, size_t len)
{
	return zip(data, len, GZIP);
}

static struct buf zlib(const void *data, size_t len)
{
	return zip(data, len, ZLIB);
}

static struct buf raw(const void *data, size_t len)
{
	return zip(data, len, RAW);
}

static const struct {
	const char *name;
	struct buf (*encode)(const void *data, size_t len);
} codings[] = {
	{"gzip", gzip}, {"deflate", zlib}, {"deflate", raw}, {"br", brotli},
	{"zstd", zstd},
};

static enum err decode(struct buf *body, const char *coding, uint64_t max,
		       char **message)
{
	/* The buffer has the exact size, so that reads beyond it are found. */
	buf_shrink(body);
	return decode_body(body, (struct slice){coding, strlen(coding)}, max,
			   message);
}

static void assert_decodes(struct buf body, const char *coding,
			   const char *want, size_t len)
{
	char *message = "unset";

	assert_int_equal(decode(&body, coding, PLENTY, &message), ERR_NONE);
	assert_null(message);
	assert_int_equal(body.len, len);
	assert_memory_equal(body.data, want, len);
	buf_release(&body);
}

static void assert_fails(struct buf body, const char *coding, uint64_t max,
			 enum err want, const char *part)
{
	char *message = NULL;

	assert_int_equal(decode(&body, coding, max, &message), want);
	assert_non_null(message);
	if (part && !strstr(message, part))
		fail_msg("\"%s\" is not in \"%s\"", part, message);
	assert_int_equal(body.len, 0);
	assert_null(body.data);
	free(message);
}

static void every_coding_is_undone(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++)
		assert_decodes(codings[i].encode(text, text_len),
			       codings[i].name, text, text_len);
	assert_decodes(bytes(brotli_hello, sizeof(brotli_hello) - 1), "br",
		       "hello hello hello hello", 23);
}

static void names_are_read_in_any_letter_case(void **state)
{
	(void)state;
	assert_decodes(gzip(text, text_len), "GZIP", text, text_len);
	assert_decodes(gzip(text, text_len), "X-GZip", text, text_len);
	assert_decodes(zlib(text, text_len), "Deflate", text, text_len);
	assert_decodes(zstd(text, text_len), "ZsTd", text, text_len);
	assert_decodes(bytes(text, text_len), "Identity", text, text_len);
}

static void body_without_a_coding_is_unchanged(void **state)
{
	(void)state;
	assert_decodes(bytes(text, text_len), "", text, text_len);
	assert_decodes(bytes(text, text_len), " , ,\t", text, text_len);
	assert_decodes(bytes(text, text_len), "identity, identity", text,
		       text_len);
}

static void the_last_coding_is_undone_first(void **state)
{
	struct buf inner = gzip(text, text_len);
	struct buf middle = zstd(inner.data, inner.len);
	struct buf outer = brotli(middle.data, middle.len);

	(void)state;
	assert_decodes(outer, ",gzip ,\tidentity,zstd,, br ,", text, text_len);
	buf_release(&inner);
	buf_release(&middle);
}

static void at_most_five_codings_are_undone(void **state)
{
	struct buf body = bytes(text, text_len);

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct buf next = gzip(body.data, body.len);

		buf_release(&body);
		body = next;
	}
	assert_decodes(bytes(body.data, body.len), "gzip,gzip,gzip,gzip,gzip",
		       text, text_len);
	assert_fails(body, "gzip,gzip,gzip,gzip,gzip,gzip", PLENTY, ERR_DECODE,
		     "more than 5");
}

static void with_an_unknown_coding_the_body_stays_as_it_is(void **state)
{
	static const char *lists[] = {"utf-8", "none", "binary", "aws-chunked",
				      "gzip, utf-8", "none, gzip", "gzip;q=1",
				      "compress", "x\xff", "\"gzip\"", ";"};

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct buf body = bytes(text, text_len);
		char *message;

		assert_int_equal(decode_body(&body, (struct slice){
					lists[i], strlen(lists[i])}, PLENTY,
				 &message), ERR_NONE);
		assert_null(message);
		assert_int_equal(body.len, text_len);
		assert_memory_equal(body.data, text, text_len);
		buf_release(&body);
	}
	/* The limit also applies to bodies without a content coding. */
	assert_fails(bytes(text, text_len), "none", text_len - 1,
		     ERR_TOO_LARGE, "larger");
}

static void empty_body_stays_empty(void **state)
{
	static const char *lists[] = {"gzip", "br", "zstd", "deflate", "", "?"};

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct buf body = {0};
		char *message;

		assert_int_equal(decode_body(&body, (struct slice){
					lists[i], strlen(lists[i])}, 0,
				 &message), ERR_NONE);
		assert_null(message);
		assert_int_equal(body.len, 0);
	}
}

static void encoded_empty_body_is_empty(void **state)
{
	static const char *lists[] = {"gzip", "gzip, gzip", "br, gzip"};

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct buf body = gzip("", 0);
		char *message;

		assert_int_equal(decode(&body, lists[i], 0, &message),
				 ERR_NONE);
		assert_null(message);
		assert_int_equal(body.len, 0);
		buf_release(&body);
	}
}

static void truncated_streams_are_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf whole = codings[i].encode(text, text_len);

		for (size_t len = 1; len < whole.len; len++)
			assert_fails(bytes(whole.data, len), codings[i].name,
				     PLENTY, ERR_DECODE, "is cut off");
		buf_release(&whole);
	}
}

static void a_wrong_check_sum_is_an_error(void **state)
{
	struct buf body = gzip(text, text_len);

	(void)state;
	body.data[body.len - 6] ^= 1;
	assert_fails(body, "gzip", PLENTY, ERR_DECODE, "gzip body");
	body = zlib(text, text_len);
	body.data[body.len - 1] ^= 1;
	assert_fails(body, "deflate", PLENTY, ERR_DECODE, "deflate body");
}

static void text_is_not_a_stream(void **state)
{
	(void)state;
	assert_fails(bytes(text, text_len), "gzip", PLENTY, ERR_DECODE,
		     "gzip body");
	assert_fails(bytes(text, text_len), "zstd", PLENTY, ERR_DECODE,
		     "zstd body");
	assert_fails(bytes("\xff\xff\xff", 3), "br", PLENTY, ERR_DECODE,
		     "br body");
	assert_fails(bytes("\xff\xff\xff", 3), "deflate", PLENTY, ERR_DECODE,
		     "deflate body");
}

static void damaged_streams_give_a_body_or_an_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf whole = codings[i].encode(text, text_len);

		for (size_t bit = 0; bit < whole.len * 8; bit++) {
			struct buf body = bytes(whole.data, whole.len);
			char *message;
			enum err err;

			body.data[bit / 8] =
				(char)(body.data[bit / 8] ^ 1 << bit % 8);
			err = decode(&body, codings[i].name, PLENTY, &message);
			assert_int_equal(err != ERR_NONE, message != NULL);
			free(message);
			buf_release(&body);
		}
		buf_release(&whole);
	}
}

static void garbage_after_the_end_is_ignored(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf body = codings[i].encode(text, text_len);

		buf_add(&body, "\0\0\r\n<!-- served in 3 ms -->", 26);
		assert_decodes(body, codings[i].name, text, text_len);
	}
}

static struct buf twice(struct buf (*encode)(const void *, size_t),
			const char *between, size_t len)
{
	struct buf one = encode(text, 20);
	struct buf two = encode(text + 20, text_len - 20);

	buf_add(&one, between, len);
	buf_add(&one, two.data, two.len);
	buf_release(&two);
	return one;
}

static void gzip_members_and_zstd_frames_follow_each_other(void **state)
{
	struct buf body = twice(gzip, "", 0);

	(void)state;
	assert_decodes(body, "gzip", text, text_len);
	assert_decodes(twice(zstd, "", 0), "zstd", text, text_len);
	/* A skippable frame of two bytes. */
	assert_decodes(twice(zstd, "\x5a\x2a\x4d\x18\x02\0\0\0xx", 10), "zstd",
		       text, text_len);
	body = twice(gzip, "", 0);
	body.len -= 3;
	assert_fails(body, "gzip", PLENTY, ERR_DECODE, "is cut off");
}

static void the_limit_is_exact(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codings); i++) {
		struct buf fits = codings[i].encode(text, text_len);
		char *message;

		assert_fails(bytes(fits.data, fits.len), codings[i].name,
			     text_len - 1, ERR_TOO_LARGE, "larger than");
		assert_int_equal(decode(&fits, codings[i].name, text_len,
					&message), ERR_NONE);
		assert_int_equal(fits.len, text_len);
		buf_release(&fits);
	}
	assert_fails(bytes(text, text_len), "", text_len - 1, ERR_TOO_LARGE,
		     "larger than");
	assert_fails(bytes(text, text_len), "identity", 0, ERR_TOO_LARGE,
		     "larger than 0");
}

static void without_a_limit_any_size_is_decoded(void **state)
{
	struct buf body = gzip(text, text_len);
	char *message;

	(void)state;
	assert_int_equal(decode(&body, "gzip", UINT64_MAX, &message),
			 ERR_NONE);
	assert_int_equal(body.len, text_len);
	buf_release(&body);
}

static void bombs_stop_at_the_limit(void **state)
{
	const size_t size = 32 << 20;
	char *zeros = xcalloc(1, size);
	struct buf inner = gzip(zeros, size);

	(void)state;
	assert_fails(gzip(inner.data, inner.len), "gzip, gzip", 1 << 20,
		     ERR_TOO_LARGE, "larger than 1048576");
	assert_fails(bytes(inner.data, inner.len), "gzip", size - 1,
		     ERR_TOO_LARGE, NULL);
	assert_fails(zstd(zeros, size), "zstd", 1000, ERR_TOO_LARGE, NULL);
	assert_fails(bytes(brotli_megabyte, sizeof(brotli_megabyte) - 1), "br",
		     (1 << 20) - 1, ERR_TOO_LARGE, NULL);
	/* The output of the first step is limited, too. */
	assert_fails(gzip(inner.data, inner.len), "gzip, gzip", 100,
		     ERR_TOO_LARGE, NULL);
	free(zeros);
	buf_release(&inner);
}

static void large_bodies_come_out_whole(void **state)
{
	const size_t size = 3 << 20;
	char *noise = xmalloc(size);
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < size; i++) {
		seed = seed * 1664525 + 1013904223;
		noise[i] = (char)(seed >> (i / 65536 % 2 ? 24 : 30));
	}
	assert_decodes(gzip(noise, size), "gzip", noise, size);
	assert_decodes(raw(noise, size), "deflate", noise, size);
	assert_decodes(zstd(noise, size), "zstd", noise, size);
	memset(noise, 'a', 1 << 20);
	assert_decodes(bytes(brotli_megabyte, sizeof(brotli_megabyte) - 1),
		       "br", noise, 1 << 20);
	free(noise);
}

static void zstd_windows_over_8_mb_are_refused(void **state)
{
	const size_t size = 20 << 20;
	char *zeros = xcalloc(1, size);

	(void)state;
	for (int log = 23; log <= 24; log++) {
		ZSTD_CCtx *c = ZSTD_createCCtx();
		size_t bound = ZSTD_compressBound(size);
		struct buf body = {0};

		ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, log);
		body.len = ZSTD_compress2(c, buf_reserve(&body, bound), bound,
					  zeros, size);
		assert_false(ZSTD_isError(body.len));
		ZSTD_freeCCtx(c);
		if (log == 23)
			assert_decodes(body, "zstd", zeros, size);
		else
			assert_fails(body, "zstd", PLENTY, ERR_DECODE,
				     "memory");
	}
	free(zeros);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_coding_is_undone),
		cmocka_unit_test(names_are_read_in_any_letter_case),
		cmocka_unit_test(body_without_a_coding_is_unchanged),
		cmocka_unit_test(the_last_coding_is_undone_first),
		cmocka_unit_test(at_most_five_codings_are_undone),
		cmocka_unit_test(
			with_an_unknown_coding_the_body_stays_as_it_is),
		cmocka_unit_test(empty_body_stays_empty),
		cmocka_unit_test(encoded_empty_body_is_empty),
		cmocka_unit_test(truncated_streams_are_errors),
		cmocka_unit_test(a_wrong_check_sum_is_an_error),
		cmocka_unit_test(text_is_not_a_stream),
		cmocka_unit_test(damaged_streams_give_a_body_or_an_error),
		cmocka_unit_test(garbage_after_the_end_is_ignored),
		cmocka_unit_test(
			gzip_members_and_zstd_frames_follow_each_other),
		cmocka_unit_test(the_limit_is_exact),
		cmocka_unit_test(without_a_limit_any_size_is_decoded),
		cmocka_unit_test(bombs_stop_at_the_limit),
		cmocka_unit_test(large_bodies_come_out_whole),
		cmocka_unit_test(zstd_windows_over_8_mb_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
