#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/printable.h"
#include "tests/unit/cpu_time.h"

static void assert_shown_len(const char *s, size_t len, const char *expected)
{
	struct buf out = {0}, same = {0};

	printable_add(&out, s, len);
	assert_string_equal(buf_cstr(&out), expected);
	buf_add(&same, s, len);
	printable_make(&same);
	assert_string_equal(buf_cstr(&same), expected);
	buf_release(&out);
	buf_release(&same);
}

static void assert_shown(const char *s, const char *expected)
{
	assert_shown_len(s, strlen(s), expected);
}

static void ordinary_text_in_any_script_stays(void **state)
{
	(void)state;
	assert_shown("", "");
	assert_shown("caf\u00e9 \u043f\u0440\u0438 \u4e2d\u6587 \U0001f600",
		     "caf\u00e9 \u043f\u0440\u0438 \u4e2d\u6587 \U0001f600");
	/* Right-to-left letters, a joiner, a soft hyphen and U+FFFD. */
	assert_shown("\u05e9\u05dc\u05d5\u05dd \u200d\u00ad\ufffd",
		     "\u05e9\u05dc\u05d5\u05dd \u200d\u00ad\ufffd");
	assert_shown("\u00a0\u2027\u202f\u2065\u206a\U000e0100",
		     "\u00a0\u2027\u202f\u2065\u206a\U000e0100");
}

static void control_characters_are_question_marks(void **state)
{
	(void)state;
	assert_shown("a\x1b[31mb\tc\nd\re\x7f" "f", "a?[31mb?c?d?e?f");
	assert_shown_len("a\0b", 3, "a?b");
	assert_shown("\xc2\x80|\xc2\x9b|\xc2\x9f|\xc2\xa0", "?|?|?|\u00a0");
}

static void bytes_that_are_not_utf8_are_question_marks(void **state)
{
	(void)state;
	assert_shown("\x9b" "31mRED\x9d", "?31mRED?");
	assert_shown("caf\xe9", "caf?");
	assert_shown("\xe2\x80", "?");
	/* A C1 control character in an overlong encoding. */
	assert_shown("\xe0\x82\x9bx", "???x");
	assert_shown("\xed\xa0\x80", "???");
}

static void controls_of_direction_are_question_marks(void **state)
{
	(void)state;
	assert_shown("\u061c\u200e\u200f", "???");
	assert_shown("\u2028\u2029\u202a\u202b\u202c\u202d\u202e", "???????");
	assert_shown("a\u2066b\u2067c\u2068d\u2069", "a?b?c?d?");
	assert_shown("\ufff9\U000e0001\U000e0041", "???");
}

/* Returns the number of unsafe characters that are found one after the
 * other. */
static size_t count_unsafe(const char *s, size_t len)
{
	size_t count = 0;

	for (size_t i = printable_safe_length(s, len); i < len; count++) {
		uint32_t c;

		i += printable_unsafe(s + i, len - i, &c);
		i += printable_safe_length(s + i, len - i);
	}
	return count;
}

static void unsafe_characters_are_found_beyond_long_safe_texts(void **state)
{
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addstr(&text, "\u4e2d\u00e9");
	assert_int_equal(count_unsafe(text.data, text.len), 0);
	buf_addstr(&text, "\xe4\xb8");
	assert_int_equal(count_unsafe(text.data, text.len), 1);
	buf_addstr(&text, "\u4e2d\u202e");
	assert_int_equal(count_unsafe(text.data, text.len), 2);
	buf_release(&text);
}

static void time_to_find_unsafe_characters_is_linear(void **state)
{
	struct buf text = {0};
	const double begin = cpu_seconds();

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_addstr(&text, "\u202e");
	assert_int_equal(count_unsafe(text.data, text.len), 200000);
	assert_true(cpu_seconds() - begin < 3);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_text_in_any_script_stays),
		cmocka_unit_test(control_characters_are_question_marks),
		cmocka_unit_test(bytes_that_are_not_utf8_are_question_marks),
		cmocka_unit_test(controls_of_direction_are_question_marks),
		cmocka_unit_test(
			unsafe_characters_are_found_beyond_long_safe_texts),
		cmocka_unit_test(time_to_find_unsafe_characters_is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
