#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/digest.h"

/* The specification's own digest of no bytes (seed 0). */
static void digest_of_no_bytes_is_that_of_the_specification(void **state)
{
	const struct digest d = digest_of("", 0);

	(void)state;
	assert_true(d.a == 0x6001c324468d497f && d.b == 0x99aa06d3014798d8);
}

/* Lengths on both sides of the limits at which XXH3 changes its method. */
static void one_bit_changes_both_halves_of_a_digest(void **state)
{
	static const size_t lengths[] = {1, 3, 4, 8, 9, 16, 17, 128, 129, 240,
					 241, 512, 1025};
	unsigned char bytes[1025] = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		const size_t len = lengths[i];
		const struct digest before = digest_of(bytes, len);

		for (size_t bit = 0; bit < len * 8; bit++) {
			struct digest after;

			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
			after = digest_of(bytes, len);
			assert_true(after.a != before.a);
			assert_true(after.b != before.b);
			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
			assert_true(digest_equal(digest_of(bytes, len), before));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			digest_of_no_bytes_is_that_of_the_specification),
		cmocka_unit_test(one_bit_changes_both_halves_of_a_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
