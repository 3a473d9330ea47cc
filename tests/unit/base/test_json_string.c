#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/string.h"

static void escapes_of_a_string_are_undone(void **state)
{
	static const struct {
		const char *json, *text;
		size_t len;
	} rows[] = {
		{"\"\"", "", 0},
		{"\"a b\"", "a b", 3},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8},
		{"\"a\\u0041\\u00e9\\u20AC.\"", "aA\xc3\xa9\xe2\x82\xac.", 8},
		{"\"\\ud83d\\ude00x\"", "\xf0\x9f\x98\x80x", 5},
		{"\"\\uD83D\"", "\xef\xbf\xbd", 3},
		{"\"\\ud83dx\"", "\xef\xbf\xbdx", 4},
		{"\"\\ud83d\\n\"", "\xef\xbf\xbd\n", 4},
		{"\"\\ude00\"", "\xef\xbf\xbd", 3},
		{"\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A", 4},
		{"\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80", 7},
		{"\"a\\u0000b\"", "a\0b", 3},
		{"\"\xc3\xa9\"", "\xc3\xa9", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = {0};

		buf_addch(&out, '!');
		json_string_text(&out, (struct slice){rows[i].json,
						      strlen(rows[i].json)});
		if (out.len != rows[i].len + 1 ||
		    memcmp(out.data + 1, rows[i].text, rows[i].len) != 0)
			fail_msg("%s: %s", rows[i].json, buf_cstr(&out));
		buf_release(&out);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_of_a_string_are_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
