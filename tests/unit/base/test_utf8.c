#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) literal, sizeof(literal) - 1
#define X UTF8_REPLACEMENT

static const struct {
	const char *s;
	size_t len;
	size_t valid;
	const char *repaired;
} rows[] = {
	{BYTES(""), 0, ""},
	{BYTES("plain"), 5, "plain"},
	{BYTES("caf\xc3\xa9"), 5, "caf\xc3\xa9"},
	{BYTES("\xe2\x82\xac\xf0\x9f\x98\x80"), 7,
	 "\xe2\x82\xac\xf0\x9f\x98\x80"},
	{BYTES("\xef\xbf\xbe\xf4\x8f\xbf\xbf"), 7,
	 "\xef\xbf\xbe\xf4\x8f\xbf\xbf"},
	{BYTES("\xed\x9f\xbf\xee\x80\x80"), 6, "\xed\x9f\xbf\xee\x80\x80"},
	{BYTES("\x80"), 0, X},
	{BYTES("a\xbf" "b"), 1, "a" X "b"},
	{BYTES("\xff\xfe"), 0, X X},
	/* overlong */
	{BYTES("\xc0\xaf"), 0, X X},
	{BYTES("\xc1\xbf"), 0, X X},
	{BYTES("\xe0\x80\xaf"), 0, X X X},
	{BYTES("\xe0\x9f\xbf"), 0, X X X},
	{BYTES("\xf0\x80\x80\xaf"), 0, X X X X},
	{BYTES("\xf0\x8f\xbf\xbf"), 0, X X X X},
	/* surrogates */
	{BYTES("\xed\xa0\x80"), 0, X X X},
	{BYTES("\xed\xbf\xbf"), 0, X X X},
	/* too high */
	{BYTES("\xf4\x90\x80\x80"), 0, X X X X},
	{BYTES("\xf5\x80\x80\x80"), 0, X X X X},
	{BYTES("\xf8\x88\x80\x80\x80"), 0, X X X X X},
	/* truncated: one replacement for each maximal subpart */
	{BYTES("\xc3"), 0, X},
	{BYTES("\xe2\x82"), 0, X},
	{BYTES("\xf0\x9f\x98"), 0, X},
	{BYTES("\xe2\x82z"), 0, X "z"},
	{BYTES("\xf0\x9f\x98\xc3\xa9"), 0, X "\xc3\xa9"},
	{BYTES("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf"), 0, X X X X},
	{BYTES("A\xe0\xa4<\xf0\x90\x80"), 1, "A" X "<" X},
	{BYTES("0123456789012345678901234567890123456789\xc3"), 40,
	 "0123456789012345678901234567890123456789" X},
};

static struct buf exact(const char *s, size_t len)
{
	struct buf b = {.data = xmalloc(len), .len = len, .cap = len};

	memcpy(b.data, s, len);
	return b;
}

static void malformed_bytes_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b = exact(rows[i].s, rows[i].len);

		assert_int_equal(utf8_valid_prefix(b.data, b.len),
				 rows[i].valid);
		buf_release(&b);
	}
}

static void repair_puts_one_mark_for_each_maximal_subpart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b = exact(rows[i].s, rows[i].len);

		utf8_repair(&b);
		assert_string_equal(buf_cstr(&b), rows[i].repaired);
		buf_release(&b);
	}
}

static void valid_text_is_not_moved_by_repair(void **state)
{
	struct buf b = {0};
	const char *before;

	(void)state;
	buf_addstr(&b, "na\xc3\xafve");
	before = b.data;
	utf8_repair(&b);
	assert_ptr_equal(b.data, before);
	assert_int_equal(b.len, 6);
	buf_release(&b);
	utf8_repair(&b);
	assert_null(b.data);
}

static void every_scalar_value_comes_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char bytes[4];
		size_t len;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		len = utf8_encode(bytes, c);
		assert_int_equal(utf8_valid_prefix(bytes, len), len);
		assert_int_equal(len, c < 0x80 ? 1 : c < 0x800 ? 2 :
				      c < 0x10000 ? 3 : 4);
		if (len > 1)
			assert_int_equal(utf8_valid_prefix(bytes, len - 1), 0);
	}
}

static void repaired_text_is_valid(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		struct buf b = {0};

		for (int j = 0; j < 16; j++) {
			seed = seed * 1664525 + 1013904223;
			buf_addch(&b, (char)(seed >> 24));
		}
		utf8_repair(&b);
		assert_int_equal(utf8_valid_prefix(b.data, b.len), b.len);
		buf_release(&b);
	}
}

static void ascii_is_counted_up_to_its_end(void **state)
{
	char text[100];

	(void)state;
	memset(text, 'a', sizeof(text));
	for (size_t at = 0; at < sizeof(text); at++) {
		text[at] = (char)0x80;
		assert_int_equal(utf8_ascii_prefix(text, sizeof(text)), at);
		assert_int_equal(utf8_valid_prefix(text, sizeof(text)), at);
		text[at] = 'a';
	}
	assert_int_equal(utf8_ascii_prefix(text, sizeof(text)), sizeof(text));
}

static void text_is_truncated_between_characters(void **state)
{
	static const struct {
		const char *s;
		size_t len, max;
		const char *out;
	} cuts[] = {
		{BYTES("abc"), 10, "abc"},
		{BYTES("abc"), 3, "abc"},
		{BYTES("abc"), 2, "ab"},
		{BYTES("abc"), 0, ""},
		{BYTES(""), 5, ""},
		{BYTES("a\xc3\xa9z"), 2, "a"},
		{BYTES("a\xc3\xa9z"), 3, "a\xc3\xa9"},
		{BYTES("\xf0\x9f\x98\x80"), 3, ""},
		{BYTES("a\0b"), 10, "a" X "b"},
		{BYTES("a\0b"), 3, "a"},
		{BYTES("\xff\xff"), 5, X},
		{BYTES("\xe2\x82"), 3, X},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cuts); i++) {
		size_t len = 99;
		char *clean = utf8_clean(cuts[i].s, cuts[i].len, cuts[i].max,
					 &len);

		assert_string_equal(clean, cuts[i].out);
		assert_int_equal(len, strlen(cuts[i].out));
		free(clean);
	}
	free(utf8_clean("x", 1, 1, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_bytes_are_found),
		cmocka_unit_test(repair_puts_one_mark_for_each_maximal_subpart),
		cmocka_unit_test(valid_text_is_not_moved_by_repair),
		cmocka_unit_test(every_scalar_value_comes_back),
		cmocka_unit_test(repaired_text_is_valid),
		cmocka_unit_test(ascii_is_counted_up_to_its_end),
		cmocka_unit_test(text_is_truncated_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
