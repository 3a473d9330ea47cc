#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/job/headers.h"

static void add(struct buf *b, const char *line)
{
	headers_add_line(b, line, strlen(line));
}

static void assert_slice(struct slice s, const char *expected)
{
	assert_int_equal(s.len, strlen(expected));
	assert_memory_equal(s.p, expected, s.len);
}

static void header_line_becomes_a_clean_field(void **state)
{
	struct buf b = {0};

	(void)state;
	add(&b, "Content-TYPE:  Text/HTML ; charset=x \t\r\n");
	add(&b, "X-Empty:\r\n");
	add(&b, "X-Bare:value");
	assert_string_equal(buf_cstr(&b),
			    "content-type: Text/HTML ; charset=x\n"
			    "x-empty: \nx-bare: value\n");
	buf_release(&b);
}

/* Each byte value (but not ':', and not the two line ends) stands at each place
 * of a name of 1 to 20 bytes. */
static void only_ascii_letters_of_a_name_become_lower_case(void **state)
{
	(void)state;
	for (unsigned c = 0x21; c < 0x100; c++)
		for (size_t len = 1; len <= 20 && c != ':'; len++)
			for (size_t i = 0; i < len; i++) {
				char line[32], expected[32];
				struct buf b = {0};

				memset(line, 'Z', len);
				memset(expected, 'z', len);
				line[i] = (char)c;
				expected[i] = (char)(c >= 'A' && c <= 'Z'
							     ? c + 32 : c);
				memcpy(line + len, ":x", 2);
				memcpy(expected + len, ": x\n", 4);
				headers_add_line(&b, line, len + 2);
				assert_int_equal(b.len, len + 4);
				assert_memory_equal(b.data, expected, b.len);
				buf_release(&b);
			}
}

static void lines_that_are_not_fields_are_ignored(void **state)
{
	struct buf b = {0};

	(void)state;
	add(&b, "");
	add(&b, "\r\n");
	add(&b, "HTTP/1.1 200 OK\r\n");
	add(&b, ": no name\r\n");
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void field_cannot_contain_another_field(void **state)
{
	struct buf b = {0};
	struct slice value;

	(void)state;
	add(&b, "a: one\r\n evil: two\nworse: three\r\n");
	add(&b, "na\nme: x\r\n");
	assert_true(headers_get(&b, "a", &value));
	assert_slice(value, "one   evil: two worse: three");
	assert_false(headers_get(&b, "evil", &value));
	assert_false(headers_get(&b, "worse", &value));
	assert_true(headers_get(&b, "na me", &value));
	buf_release(&b);
}

static void fields_of_the_same_name_are_found(void **state)
{
	struct buf b = {0};
	size_t at, found = 0;
	struct slice value;

	(void)state;
	add(&b, "Set-Cookie: a=1");
	add(&b, "Set-Cookie: b=2");
	assert_true(headers_get(&b, "set-cookie", &value));
	assert_slice(value, "a=1");
	assert_false(headers_get(&b, "set", &value));
	assert_false(headers_get(&b, "set-cookies", &value));
	for (at = 0; headers_find(&b, &at, "set-cookie", &value); found++)
		assert_int_equal(value.p[0], "ab"[found]);
	assert_int_equal(found, 2);
	assert_int_equal(at, b.len);
	buf_release(&b);
}

static void all_fields_are_walked_in_order(void **state)
{
	struct buf b = {0};
	struct slice name, value;
	size_t at = 0;

	(void)state;
	assert_false(headers_next(&b, &at, &name, &value));
	add(&b, "A: 1");
	add(&b, "B:");
	add(&b, "A: 3: 4");
	assert_true(headers_next(&b, &at, &name, &value));
	assert_slice(name, "a");
	assert_slice(value, "1");
	assert_true(headers_next(&b, &at, &name, &value));
	assert_slice(name, "b");
	assert_slice(value, "");
	assert_true(headers_next(&b, &at, &name, &value));
	assert_slice(name, "a");
	assert_slice(value, "3: 4");
	assert_false(headers_next(&b, &at, &name, &value));
	buf_release(&b);
}

static void bytes_above_ascii_and_nul_stay(void **state)
{
	static const char line[] = "X: caf\xc3\xa9\0!\r\n";
	struct buf b = {0};
	struct slice value;

	(void)state;
	headers_add_line(&b, line, sizeof(line) - 1);
	assert_true(headers_get(&b, "x", &value));
	assert_int_equal(value.len, 7);
	assert_memory_equal(value.p, "caf\xc3\xa9\0!", 7);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_line_becomes_a_clean_field),
		cmocka_unit_test(
			only_ascii_letters_of_a_name_become_lower_case),
		cmocka_unit_test(lines_that_are_not_fields_are_ignored),
		cmocka_unit_test(field_cannot_contain_another_field),
		cmocka_unit_test(fields_of_the_same_name_are_found),
		cmocka_unit_test(all_fields_are_walked_in_order),
		cmocka_unit_test(bytes_above_ascii_and_nul_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
