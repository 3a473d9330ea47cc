#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/digest.h"

/* Of openssl mac -macopt hexkey:(32 zeros) -macopt size:16 SIPHASH, over the
 * bytes 0, 1, 2 ...; its output read as two little-endian numbers. */
static const struct {
	size_t len;
	struct digest digest;
} rows[] = {
	{0, {0x7de0a38047d74950, 0xf4f2ced447ab0242}},
	{1, {0xb8af4c5ee8121ed4, 0x01b83875e594f031}},
	{7, {0x61e45c40f99b3678, 0xffb28133f87fd757}},
	{8, {0x0e44eb01f934654b, 0x84af754a294055e9}},
	{9, {0x96eb13034ce4c7d8, 0x943e629bf8a4b959}},
	{63, {0xef42f95dcf423d4e, 0xded875485be5fa96}},
	{64, {0x46c70a6c6791f8b9, 0xe21954f7fe6c6611}},
	{200, {0x7e3961ae3babba65, 0x6966576358d3b43a}},
};

static void digests_are_siphash_2_4_128(void **state)
{
	unsigned char bytes[256];

	(void)state;
	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct digest d = digest_of(bytes, rows[i].len);

		assert_true(digest_equal(d, rows[i].digest));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_siphash_2_4_128),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
