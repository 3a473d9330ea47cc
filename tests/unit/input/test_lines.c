/* cmd/input/lines.c: the lines do not depend on how the input is divided into
 * reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/input/input.h"
#include "cmd/input/lines.h"

#define BOM "\xef\xbb\xbf"

/* Appends every line as "number:text|", a long one as "number:!first|". */
static void collect(struct lines *l, struct buf *out)
{
	for (struct line line; lines_next(l, &line);) {
		if (line.too_long) {
			buf_addf(out, "%d:!%c|", (int)line.number,
				 line.text.p[0]);
			continue;
		}
		buf_addf(out, "%d:%.*s|", (int)line.number,
			 (int)line.text.len, line.text.p);
	}
}

static void feed(struct lines *l, const char *s, size_t len)
{
	memcpy(lines_reserve(l, len), s, len);
	lines_added(l, len);
}

/* Reads the input in pieces of that size. */
static char *read_by(const char *s, size_t len, size_t piece)
{
	struct lines l = {0};
	struct buf out = {0};
	char *text;

	for (size_t at = 0; at < len; at += piece) {
		feed(&l, s + at, len - at < piece ? len - at : piece);
		collect(&l, &out);
	}
	lines_end(&l);
	collect(&l, &out);
	assert_int_equal(lines_pending(&l), 0);
	lines_release(&l);
	text = xstrdup(buf_cstr(&out));
	buf_release(&out);
	return text;
}

static void expect_len(const char *s, size_t len, const char *expected)
{
	for (size_t piece = 1; piece <= len + 1; piece++) {
		char *got = read_by(s, len, piece);

		assert_string_equal(got, expected);
		free(got);
	}
}

static void expect(const char *s, const char *expected)
{
	expect_len(s, strlen(s), expected);
}

static void each_line_is_given_once(void **state)
{
	(void)state;
	expect("a\nbc\ndef\n", "1:a|2:bc|3:def|");
}

static void last_line_needs_no_line_end(void **state)
{
	(void)state;
	expect("a\nb", "1:a|2:b|");
	expect("a\nb\r", "1:a|2:b|");
}

static void empty_source_has_no_lines(void **state)
{
	(void)state;
	expect("", "");
	expect("\n\n", "");
	expect(" \t\r\n \n ", "");
}

static void white_space_around_a_line_is_ignored(void **state)
{
	(void)state;
	expect(" \t a b \v\n\fc\r\r\n", "1:a b|2:c|");
}

static void crlf_ends_a_line(void **state)
{
	(void)state;
	expect("a\r\n\r\nb\r\n", "1:a|3:b|");
}

static void cr_alone_ends_a_line_too(void **state)
{
	(void)state;
	expect("a\rb\r", "1:a|2:b|");
	expect("a\rb", "1:a|2:b|");
	expect("a\r\rb\r\nc\nd\re", "1:a|3:b|4:c|5:d|6:e|");
	expect("# x\ra\r# y\rb", "2:a|4:b|");
	expect("{\"a\":1}\r{}\r", "1:{\"a\":1}|2:{}|");
}

static void comments_and_blank_lines_count_as_lines_only(void **state)
{
	(void)state;
	expect("# x\na#b\n\n  # y\nc\n#", "2:a#b|5:c|");
}

static void bom_is_ignored_at_the_start_only(void **state)
{
	(void)state;
	expect(BOM "a\n" BOM "b\n", "1:a|2:" BOM "b|");
	expect(BOM "# a\nb\n", "2:b|");
	expect(BOM, "");
	expect("\xef\xbb", "1:\xef\xbb|");
	expect("\xef\xbb\n", "1:\xef\xbb|");
}

static void nul_is_an_ordinary_byte(void **state)
{
	struct lines l = {0};
	struct line line;

	(void)state;
	feed(&l, "a\0b\n", 4);
	assert_true(lines_next(&l, &line));
	assert_int_equal(line.text.len, 3);
	assert_memory_equal(line.text.p, "a\0b", 3);
	lines_release(&l);
}

static void line_is_returned_as_soon_as_it_is_complete(void **state)
{
	struct lines l = {0};
	struct line line;

	(void)state;
	feed(&l, "abc", 3);
	assert_false(lines_next(&l, &line));
	feed(&l, "\n", 1);
	assert_true(lines_next(&l, &line));
	assert_memory_equal(line.text.p, "abc", 3);
	assert_false(lines_next(&l, &line));
	lines_release(&l);
}

/* Reads a line that consists of the byte `first` and letters x, of that
 * length. */
static void expect_of_length(char first, size_t len, const char *end,
			     const char *expected)
{
	static const size_t pieces[] = {4096, 65536, 1 << 20, 20 << 20};
	struct buf s = {0};

	memset(buf_reserve(&s, len), 'x', len);
	s.len = len;
	s.data[0] = first;
	buf_addstr(&s, end);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		char *got = read_by(s.data, s.len, pieces[i]);

		if (expected)
			assert_string_equal(got, expected);
		else
			assert_int_equal(strlen(got), len + strlen("1:|2:b|"));
		free(got);
	}
	buf_release(&s);
}

static void line_of_just_the_limit_is_kept(void **state)
{
	(void)state;
	expect_of_length('x', INPUT_LINE_MAX, "\nb", NULL);
	expect_of_length('x', INPUT_LINE_MAX, "\r\nb", NULL);
	expect_of_length('{', INPUT_JSON_LINE_MAX, "\nb", NULL);
}

static void line_over_the_limit_is_truncated(void **state)
{
	(void)state;
	expect_of_length('x', INPUT_LINE_MAX + 1, "\nb", "1:!x|2:b|");
	expect_of_length('x', INPUT_LINE_MAX + 1, "\r\nb", "1:!x|2:b|");
	expect_of_length('x', INPUT_LINE_MAX + 1, "", "1:!x|");
	expect_of_length('x', 3 * INPUT_LINE_MAX, "\nb", "1:!x|2:b|");
	expect_of_length('{', INPUT_JSON_LINE_MAX + 1, "\nb", "1:!{|2:b|");
}

static void truncated_line_has_its_first_bytes(void **state)
{
	struct lines l = {0};
	struct line line;

	(void)state;
	memset(lines_reserve(&l, 2 << 20), 'x', 2 << 20);
	lines_added(&l, 2 << 20);
	assert_true(lines_next(&l, &line));
	assert_true(line.too_long);
	assert_int_equal(line.text.len, LINES_CUT);
	assert_false(lines_next(&l, &line));
	lines_release(&l);
}

/* Reads 64 MB of one byte, then a line. */
static void expect_flat_memory(char byte, size_t limit)
{
	struct lines l = {0};
	struct line line;
	size_t lines = 0;

	for (int i = 0; i < 1024; i++) {
		memset(lines_reserve(&l, LINES_READ), byte, LINES_READ);
		lines_added(&l, LINES_READ);
		while (lines_next(&l, &line))
			lines++;
		assert_true(l.bytes.cap <= 2 * limit + 2 * LINES_READ);
	}
	assert_true(lines <= 1);
	feed(&l, "\nb\n", 3);
	assert_true(lines_next(&l, &line));
	assert_int_equal(line.number, 2);
	lines_release(&l);
}

static void memory_of_an_endless_line_is_limited(void **state)
{
	(void)state;
	expect_flat_memory('x', INPUT_LINE_MAX);
	expect_flat_memory('{', INPUT_JSON_LINE_MAX);
}

static void endless_comment_or_white_space_is_not_kept(void **state)
{
	(void)state;
	expect_flat_memory('#', 0);
	expect_flat_memory(' ', 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_is_given_once),
		cmocka_unit_test(last_line_needs_no_line_end),
		cmocka_unit_test(empty_source_has_no_lines),
		cmocka_unit_test(white_space_around_a_line_is_ignored),
		cmocka_unit_test(crlf_ends_a_line),
		cmocka_unit_test(cr_alone_ends_a_line_too),
		cmocka_unit_test(comments_and_blank_lines_count_as_lines_only),
		cmocka_unit_test(bom_is_ignored_at_the_start_only),
		cmocka_unit_test(nul_is_an_ordinary_byte),
		cmocka_unit_test(line_is_returned_as_soon_as_it_is_complete),
		cmocka_unit_test(line_of_just_the_limit_is_kept),
		cmocka_unit_test(line_over_the_limit_is_truncated),
		cmocka_unit_test(truncated_line_has_its_first_bytes),
		cmocka_unit_test(memory_of_an_endless_line_is_limited),
		cmocka_unit_test(endless_comment_or_white_space_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
