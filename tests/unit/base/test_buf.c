#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"

static void zero_is_an_empty_buffer(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_add(&b, NULL, 0);
	assert_null(b.data);
	assert_string_equal(buf_cstr(&b), "");
	assert_int_equal(b.len, 0);
	buf_release(&b);
	assert_null(b.data);
	buf_release(&b);
}

static void added_bytes_are_in_the_buffer(void **state)
{
	struct buf b = {0};

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addch(&b, (char)('a' + i % 26));
	buf_add(&b, "x\0y", 3);
	buf_addstr(&b, "end");
	assert_int_equal(b.len, 100006);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(b.data[i], 'a' + i % 26);
	assert_memory_equal(b.data + 100000, "x\0yend", 6);
	buf_release(&b);
}

static void formatted_text_of_any_length_fits(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_addf(&b, "%s", "");
	assert_int_equal(b.len, 0);
	buf_addf(&b, "%d-%s|", 42, "text");
	assert_string_equal(buf_cstr(&b), "42-text|");
	buf_addf(&b, "%05000d", 7);
	assert_int_equal(b.len, 8 + 5000);
	assert_int_equal(b.data[b.len - 1], '7');
	buf_release(&b);
}

static void ending_a_c_string_keeps_the_length(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_addstr(&b, "abc");
	assert_string_equal(buf_cstr(&b), "abc");
	assert_string_equal(buf_cstr(&b), "abc");
	assert_int_equal(b.len, 3);
	buf_addch(&b, 'd');
	assert_string_equal(buf_cstr(&b), "abcd");
	buf_release(&b);
}

static void taken_bytes_leave_an_empty_buffer(void **state)
{
	struct buf b = {0}, taken;

	(void)state;
	buf_addstr(&b, "abc");
	taken = buf_take(&b);
	assert_null(b.data);
	assert_int_equal(b.len, 0);
	assert_string_equal(buf_cstr(&taken), "abc");
	buf_release(&taken);
}

static void reserved_room_changes_no_length(void **state)
{
	struct buf b = {0};
	char *to;

	(void)state;
	buf_addstr(&b, "ab");
	to = buf_reserve(&b, 1000);
	assert_int_equal(b.len, 2);
	assert_true(b.cap >= 1002);
	to[0] = 'c';
	b.len++;
	assert_string_equal(buf_cstr(&b), "abc");
	buf_clear(&b);
	assert_int_equal(b.len, 0);
	assert_non_null(b.data);
	buf_release(&b);
}

static void shrunk_buffer_keeps_its_bytes(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_reserve(&b, 100000);
	buf_addstr(&b, "abc");
	buf_shrink(&b);
	assert_true(b.cap < 1000);
	assert_memory_equal(b.data, "abc", 3);
	buf_clear(&b);
	buf_shrink(&b);
	assert_null(b.data);
	buf_shrink(&b);
}

static void large_buffers_grow_and_shrink_with_their_contents(void **state)
{
	struct buf b = {0}, small = {0};
	char *data;

	(void)state;
	for (unsigned i = 0; i < 3000000; i++)
		buf_addch(&b, (char)('a' + i % 26));
	for (unsigned i = 0; i < 3000000; i++)
		assert_int_equal(b.data[i], 'a' + i % 26);
	b.len = 2000000;
	buf_shrink(&b);
	assert_true(b.cap >= 2000000 && b.cap < 2200000);
	b.len = 27;
	buf_shrink(&b);
	assert_int_equal(b.cap, 27);
	assert_memory_equal(b.data, "abcdefghijklmnopqrstuvwxyza", 27);
	buf_release(&b);
	assert_null(b.data);
	buf_reserve(&b, 5000000);
	buf_addstr(&b, "moved");
	data = buf_detach(&b);
	assert_string_equal(data, "moved");
	assert_null(b.data);
	free(data);
	buf_addstr(&small, "small");
	data = buf_detach(&small);
	assert_string_equal(data, "small");
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zero_is_an_empty_buffer),
		cmocka_unit_test(added_bytes_are_in_the_buffer),
		cmocka_unit_test(formatted_text_of_any_length_fits),
		cmocka_unit_test(ending_a_c_string_keeps_the_length),
		cmocka_unit_test(taken_bytes_leave_an_empty_buffer),
		cmocka_unit_test(reserved_room_changes_no_length),
		cmocka_unit_test(shrunk_buffer_keeps_its_bytes),
		cmocka_unit_test(
			large_buffers_grow_and_shrink_with_their_contents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
