#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/codec.h"
#include "base/mem.h"
#include "tests/unit/exact_copy.h"

/* A struct whose members are listed once, in a function that both writes and
 * reads them, as base/codec.h describes. */
struct all {
	int number;
	bool yes, no;
	char *text, *empty, *absent;
	struct buf bytes, nothing;
};

static void code_all(struct codec *c, struct all *a)
{
	CODE(c, a->number);
	code_bool(c, &a->yes);
	code_bool(c, &a->no);
	code_string(c, &a->text);
	code_string(c, &a->empty);
	code_string(c, &a->absent);
	code_buf(c, &a->bytes);
	code_buf(c, &a->nothing);
}

static void release(struct all *a)
{
	free(a->text);
	free(a->empty);
	free(a->absent);
	buf_release(&a->bytes);
	buf_release(&a->nothing);
}

static struct buf write_all(void)
{
	struct buf out = {0};
	struct codec c = {.out = &out};
	char text[] = "text \xff", empty[] = "";
	struct all a = {
		.number = -7, .yes = true, .text = text, .empty = empty,
	};

	buf_add(&a.bytes, "a\0b", 3);
	code_all(&c, &a);
	assert_false(codec_failed(&c));
	buf_release(&a.bytes);
	return out;
}

static void values_are_read_as_written(void **state)
{
	struct buf out = write_all();
	struct codec c = {.p = out.data, .left = out.len};
	struct all a = {0};

	(void)state;
	code_all(&c, &a);
	assert_false(codec_failed(&c));
	assert_int_equal(a.number, -7);
	assert_true(a.yes);
	assert_false(a.no);
	assert_string_equal(a.text, "text \xff");
	assert_string_equal(a.empty, "");
	assert_null(a.absent);
	assert_int_equal(a.bytes.len, 3);
	assert_memory_equal(a.bytes.data, "a\0b", 3);
	assert_int_equal(a.nothing.len, 0);
	release(&a);
	buf_release(&out);
}

static void truncated_input_is_an_error(void **state)
{
	struct buf out = write_all();

	(void)state;
	for (size_t len = 0; len < out.len; len++) {
		char *copy = exact_copy(out.data, len);
		struct codec c = {.p = copy, .left = len};
		struct all a = {.number = 1};

		code_all(&c, &a);
		assert_true(codec_failed(&c));
		assert_true(c.broken);
		if (len < sizeof(a.number))
			assert_int_equal(a.number, 0);
		release(&a);
		exact_free(copy);
	}
	buf_release(&out);
}

static void trailing_bytes_are_an_error(void **state)
{
	struct buf out = write_all();
	struct codec c;
	struct all a = {0};

	(void)state;
	buf_addch(&out, '\0');
	c = (struct codec){.p = out.data, .left = out.len};
	code_all(&c, &a);
	assert_false(c.broken);
	assert_true(codec_failed(&c));
	release(&a);
	buf_release(&out);
}

static void bool_is_0_or_1(void **state)
{
	const char bytes[] = {1, 0, 2, 1};
	struct codec c = {.p = bytes, .left = sizeof(bytes)};
	bool value = false;

	(void)state;
	code_bool(&c, &value);
	assert_true(value);
	code_bool(&c, &value);
	assert_false(value);
	assert_false(c.broken);
	value = true;
	code_bool(&c, &value);
	assert_false(value);
	assert_true(c.broken);
	/* After an invalid value, all values that follow are invalid, too. */
	code_bool(&c, &value);
	assert_false(value);
}

static void string_with_a_nul_is_refused(void **state)
{
	struct buf out = {0};
	struct codec c = {.out = &out};
	struct buf text = {0};
	char *s = NULL;

	(void)state;
	buf_add(&text, "a\0b", 3);
	code_buf(&c, &text);
	c = (struct codec){.p = out.data, .left = out.len};
	code_string(&c, &s);
	assert_null(s);
	assert_true(c.broken);
	buf_release(&text);
	buf_release(&out);
}

/* A wrong length is refused before memory is allocated for the text. */
static void length_beyond_the_end_is_an_error(void **state)
{
	static const uint64_t lengths[] = {9, 1 << 30, UINT64_MAX - 1};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct buf in = {0}, b = {0};
		struct codec c;
		char *s = NULL;

		buf_add(&in, &lengths[i], sizeof(lengths[i]));
		buf_addstr(&in, "8 bytes.");
		c = (struct codec){.p = in.data, .left = in.len};
		code_string(&c, &s);
		assert_true(c.broken);
		assert_null(s);
		c = (struct codec){.p = in.data, .left = in.len};
		code_buf(&c, &b);
		assert_true(c.broken);
		assert_int_equal(b.len, 0);
		buf_release(&in);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_as_written),
		cmocka_unit_test(truncated_input_is_an_error),
		cmocka_unit_test(trailing_bytes_are_an_error),
		cmocka_unit_test(bool_is_0_or_1),
		cmocka_unit_test(string_with_a_nul_is_refused),
		cmocka_unit_test(length_beyond_the_end_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
