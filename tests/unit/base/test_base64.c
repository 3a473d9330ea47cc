#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base64.h"

static void encoded_bytes_are_decoded(void **state)
{
	unsigned char bytes[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 37 + 1);
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		struct buf text = {0}, back = {0};

		base64_add(&text, bytes, len);
		assert_true(base64_decode(&back, buf_cstr(&text), text.len));
		assert_int_equal(back.len, len);
		if (len)
			assert_memory_equal(back.data, bytes, len);
		buf_release(&text);
		buf_release(&back);
	}
}

static void anything_else_is_refused(void **state)
{
	static const char *const rows[] = {
		"A", "AA", "AAA", "A===", "====", "AA=A", "AA==AAAA", "AAA*",
		"AAA\n", "AAAA\n", "AA-_", "\xc3\xa9zz",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = {0};

		buf_addstr(&out, "kept");
		assert_false(base64_decode(&out, rows[i], strlen(rows[i])));
		assert_int_equal(out.len, 4);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encoded_bytes_are_decoded),
		cmocka_unit_test(anything_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
