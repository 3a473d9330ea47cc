/* fetch/content_length.c: Content-Lengths that contradict each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "fetch/content_length.h"

static bool sound(const char *first, const char *second, bool head_only)
{
	struct job *job = job_new();
	bool result;

	job->res.head_only = head_only;
	headers_add_line(&job->res.headers, first, strlen(first));
	if (second)
		headers_add_line(&job->res.headers, second, strlen(second));
	result = content_length_is_valid(job);
	job_free(job);
	return result;
}

static void equal_repeated_numbers_are_a_length(void **state)
{
	(void)state;
	assert_true(sound("X-A: b", NULL, false));
	assert_true(sound("Content-Length: 5", NULL, false));
	assert_true(sound("Content-Length: 0", NULL, false));
	assert_true(sound("Content-Length: 005", NULL, false));
	assert_true(sound("Content-Length: 5,5 ,\t5", NULL, false));
	assert_true(sound("Content-Length: 5", "content-length: 5", false));
	assert_true(sound("Content-Length: 92233720368547758", NULL, false));
}

static void other_values_are_not_a_length(void **state)
{
	static const char *const values[] = {
		"", ",", "5,", ",5", "5, 7", "+5", "-5", "0x5", "5.0", "5 5",
		"5;5", "five", "18446744073709551621", "99999999999999999999",
	};
	char line[64];

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		snprintf(line, sizeof(line), "Content-Length: %s", values[i]);
		assert_false(sound(line, NULL, false));
	}
	assert_false(sound("Content-Length: 5", "Content-Length: 7", false));
	assert_false(sound("Content-Length: 5", "Content-Length:", false));
}

static void length_is_ignored_without_a_body_or_with_chunks(void **state)
{
	(void)state;
	assert_true(sound("Content-Length: 5, 7", NULL, true));
	assert_true(sound("Content-Length: x", "Transfer-Encoding: chunked",
			  false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			equal_repeated_numbers_are_a_length),
		cmocka_unit_test(other_values_are_not_a_length),
		cmocka_unit_test(
			length_is_ignored_without_a_body_or_with_chunks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
