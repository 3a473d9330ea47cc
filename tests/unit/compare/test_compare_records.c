/* cmd/compare/records.c: which records of two runs count as equal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "cmd/compare/records.h"

static uint64_t first;

/* Returns the number of indices at which two texts differ. */
static uint64_t differ(const char *x, const char *y)
{
	struct records *a = records_new(), *b = records_new();
	uint64_t n;

	records_add(a, x, strlen(x));
	/* The result does not depend on how the bytes are divided. */
	for (; *y; y++)
		records_add(b, y, 1);
	first = 999;
	n = records_differ(a, b, &first);
	records_free(a);
	records_free(b);
	return n;
}

static void time_of_a_record_is_not_compared(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":0,\"time\":{\"total\":1,"
				"\"x\":\"}\"},\"title\":\"a\"}\n",
				"{\"index\":0,\"time\":{\"total\":23.5},"
				"\"title\":\"a\"}\n"), 0);
	assert_int_equal(differ("{\"index\":0,\"time\":1}\n",
				"{\"index\":0,\"time\":[2,{}]}\n"), 0);
	assert_int_equal(differ("{\"index\":0,\"time\":1,\"a\":1}\n",
				"{\"index\":0,\"time\":1,\"a\":2}\n"), 1);
	assert_int_equal(differ("{\"index\":0,\"fetched_at\":\"a\",\"ip\":1}\n",
				"{\"index\":0,\"fetched_at\":null,"
				"\"ip\":\"::1\"}\n"), 0);
}

static void order_of_records_is_not_compared(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":0,\"a\":1}\n{\"index\":1}\n",
				"{\"index\":1}\n{\"index\":0,\"a\":1}\n"), 0);
	/* The order of a page's items is not compared, either. */
	assert_int_equal(differ("{\"index\":0,\"item\":0}\n"
				"{\"index\":0,\"item\":1}\n",
				"{\"index\":0,\"item\":1}\n"
				"{\"index\":0,\"item\":0}\n"), 0);
}

static void missing_and_double_lines_differ(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":0}\n{\"index\":7}\n",
				"{\"index\":0}\n"), 1);
	assert_int_equal(first, 7);
	assert_int_equal(differ("{\"index\":3}\n",
				"{\"index\":3}\n{\"index\":3}\n"), 1);
	assert_int_equal(first, 3);
	assert_int_equal(differ("", "{\"index\":0}\n"), 1);
	assert_int_equal(differ("", ""), 0);
}

static void first_difference_is_that_of_the_lowest_index(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":9,\"a\":1}\n{\"index\":2,\"a\":1}\n"
				"{\"index\":4}\n",
				"{\"index\":9,\"a\":2}\n{\"index\":2,\"a\":2}\n"
				"{\"index\":4}\n"), 2);
	assert_int_equal(first, 2);
}

static void message_of_an_error_is_not_compared(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":0,\"error\":{\"kind\":\"dns\","
				"\"message\":\"after 0 ms, \\\"}\"},\"a\":1}\n",
				"{\"index\":0,\"error\":{\"kind\":\"dns\","
				"\"message\":\"after 1 ms\"},\"a\":1}\n"), 0);
	assert_int_equal(differ("{\"index\":0,\"error\":{\"message\":1,"
				"\"kind\":\"dns\"}}\n",
				"{\"index\":0,\"error\":{\"message\":[{}],"
				"\"kind\":\"tls\"}}\n"), 1);
	assert_int_equal(differ("{\"error\":{\"message\":1},\"a\":1}\n",
				"{\"error\":{\"message\":1},\"a\":2}\n"), 1);
}

static void time_inside_the_data_is_compared(void **state)
{
	/* "time" deeper in the line, in strings, after escaped quotes, and in
	 * names that only begin or end with it: all of these are compared. */
	static const char *const lines[] = {
		"{\"index\":0,\"json\":{\"time\":%d}}\n",
		"{\"index\":0,\"title\":\"\\\",\\\"time\\\":%d\"}\n",
		"{\"index\":0,\"title\":\"\\\\\\\",\\\"time\\\":%d,\"}\n",
		"{\"index\":0,\"a\":[{\"time\":%d}]}\n",
		"{\"index\":0,\"message\":%d}\n",
		"{\"index\":0,\"json\":{\"message\":%d}}\n",
		"{\"index\":0,\"json\":{\"error\":{\"message\":%d}}}\n",
		"{\"index\":0,\"error\":{\"a\":{\"message\":%d}}}\n",
		"{\"index\":0,\"error\":{\"message\":1,\"a\":\"message\","
		"\"b\":%d}}\n",
		"{\"index\":0,\"error\":null,\"json\":{\"message\":%d}}\n",
		"{\"index\":0,\"a\":\"time\",\"b\":%d}\n",
		"{\"index\":0,\"times\":%d}\n",
		"{\"index\":0,\"fetched_at_last\":%d}\n",
		"{\"index\":0,\"fetched_at\":1,\"fetched_a\":%d}\n",
		"{\"index\":0,\"json\":{\"fetched_at\":%d}}\n",
		"{\"index\":0,\"ips\":%d}\n",
		"{\"index\":0,\"tim\\u0065\":%d}\n",
		"{\"index\":0,\"time\":1,\"title\":\"time\",\"b\":%d}\n",
		"{\"index\":0,\"time\":{\"a\":[\"}\",{\"b\":\"\\\"\"}]},"
		"\"b\":%d}\n",
		"[{\"time\":%d}]\n",
		"\"time\":%d\n",
	};
	char x[128], y[128];

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		snprintf(x, sizeof(x), lines[i], 1);
		snprintf(y, sizeof(y), lines[i], 2);
		assert_int_equal(differ(x, y), 1);
		assert_int_equal(differ(x, x), 0);
	}
}

static void index_inside_the_data_is_not_that_of_the_record(void **state)
{
	(void)state;
	assert_int_equal(differ("{\"index\":5,\"json\":{\"index\":1}}\n", ""),
			 1);
	assert_int_equal(first, 5);
	assert_int_equal(differ("{\"index\":5,\"index\":1}\n", ""), 1);
	assert_int_equal(first, 5);
}

static void lines_that_are_not_records_are_compared(void **state)
{
	static const char *const lines[] = {
		"x\n", "{\n", "}}}}]]]\n", "\"\\\n", "{\"index\":}\n",
		"{\"index\":99999999999999999999999}\n", "\xff\xfe\n",
		"{\"time\"\n", "{\"index\":\"\\",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_int_equal(differ(lines[i], lines[i]), 0);
		if (strchr(lines[i], '\n')) {
			assert_int_equal(differ(lines[i], ""), 1);
			assert_int_equal(first, RECORDS_INDEX_MAX);
		}
	}
	/* A string or bracket that is open at the end of a line does not affect
	 * the next line. */
	assert_int_equal(differ("{\"a\":\"\n{\"index\":4,\"time\":1}\n",
				"{\"a\":\"\n{\"index\":4,\"time\":2}\n"), 0);
}

static void deeply_nested_lines_take_no_memory(void **state)
{
	struct records *a = records_new(), *b = records_new();
	uint64_t at = 0;

	(void)state;
	for (int i = 0; i < 1 << 20; i++) {
		records_add(a, "[{\"", 3);
		records_add(b, "[{\"", 3);
	}
	records_add(a, "\n", 1);
	records_add(b, "x\n", 2);
	assert_int_equal(records_differ(a, b, &at), 1);
	assert_int_equal(records_lines(a), 1);
	records_free(a);
	records_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_of_a_record_is_not_compared),
		cmocka_unit_test(order_of_records_is_not_compared),
		cmocka_unit_test(missing_and_double_lines_differ),
		cmocka_unit_test(first_difference_is_that_of_the_lowest_index),
		cmocka_unit_test(message_of_an_error_is_not_compared),
		cmocka_unit_test(time_inside_the_data_is_compared),
		cmocka_unit_test(
			index_inside_the_data_is_not_that_of_the_record),
		cmocka_unit_test(lines_that_are_not_records_are_compared),
		cmocka_unit_test(deeply_nested_lines_take_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
