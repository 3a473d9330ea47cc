/* fetch/ratelimit_headers.c: which headers are read, and which are ignored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "fetch/ratelimit_headers.h"

/* The clock of this machine; the Date of the responses is 100 s later. */
#define UNIX_NOW 1700000000
#define DATE "Date: Tue, 14 Nov 2023 22:15:00 GMT\n"

#define NOW 5000.0
#define PATIENCE 60e3

/* Reads header lines that are given as they are received. */
static struct ratelimit_info read_lines(const char *lines, msec patience)
{
	struct buf block = {0};
	struct ratelimit_info info;
	bool may_be = false;

	while (*lines) {
		const size_t len = strcspn(lines, "\n");

		may_be |= ratelimit_header_is_candidate(lines, len);
		headers_add_line(&block, lines, len);
		lines += len + (lines[len] == '\n');
	}
	info = ratelimit_headers_read(&block, NOW, UNIX_NOW, patience);
	assert_true(may_be || info.resets_at <= 0);
	buf_release(&block);
	return info;
}

struct row {
	const char *lines;
	unsigned left;
	double seconds;		/* seconds until the end of the window */
};

static void check(const struct row *row)
{
	const struct ratelimit_info info = read_lines(row->lines, 1e9);
	const double off = info.resets_at - NOW - row->seconds * 1e3;

	if (info.resets_at <= 0)
		fail_msg("no quota in: %s", row->lines);
	if (info.remaining != row->left || off < -0.01 || off > 0.01)
		fail_msg("%u until %g in: %s", info.remaining,
			 (info.resets_at - NOW) / 1e3, row->lines);
	assert_true(info.probe_at == info.resets_at);
}

#define CHECK_ALL(rows) \
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) \
		check(&(rows)[i])

/* Expected times may be up to a second longer than in the header, which may
 * have been rounded down. */
static void every_form_of_the_headers_is_read(void **state)
{
	static const struct row rows[] = {
		{"X-RateLimit-Limit: 60\nX-RateLimit-Remaining: 59\n"
		 "X-RateLimit-Reset: 30", 59, 31},
		{"x-rate-limit-limit: 900\nx-rate-limit-remaining: 0\n"
		 "x-rate-limit-reset: 1700000042", 0, 43},
		{"RateLimit-Limit: 100, 100;w=60\nRateLimit-Remaining: 7\n"
		 "RateLimit-Reset: 5", 7, 6},
		{"RateLimit: limit=100, remaining=50, reset=30", 50, 31},
		{"RateLimit: \"default\";r=50;t=30", 50, 31},
		{"RateLimit: \"default\" ; r=50 ; t=30 ; pk=:cHsdsRa894==:",
		 50, 31},
		{"RateLimit: default;t=0;r=1", 1, 1},
		/* Fractions, and parameters after the number. */
		{"X-Ratelimit-Remaining: 598.7\nX-Ratelimit-Reset: 2.25",
		 598, 2.25},
		{"RateLimit-Remaining: 76;w=21600\nRateLimit-Reset: 9;x=1",
		 76, 10},
	};

	(void)state;
	CHECK_ALL(rows);
}

static void size_of_a_reset_tells_seconds_from_a_time(void **state)
{
	static const struct row rows[] = {
#define REMAINING "X-RateLimit-Remaining: 3\nX-RateLimit-Reset: "
		{REMAINING "0", 3, 1},
		{REMAINING "86400", 3, 3600},
		{REMAINING "1700000030", 3, 31},
		{REMAINING "1700000030.5", 3, 30.5},
		{REMAINING "1700000030500", 3, 31.5},
		{REMAINING "1700000000", 3, 1},
		/* A time is relative to the server's own clock (Date). */
		{DATE REMAINING "1700000130", 3, 31},
		{DATE REMAINING "1700000130000", 3, 31},
		{DATE REMAINING "20", 3, 21},
		{"Date: yesterday\n" REMAINING "1700000020", 3, 21},
	};

	(void)state;
	CHECK_ALL(rows);
}

static void strictest_of_several_quotas_counts(void **state)
{
	static const struct row rows[] = {
		{"RateLimit: \"day\";r=900;t=3000, \"burst\";r=2;t=1", 2, 2},
		{"RateLimit: \"burst\";r=2;t=1\n"
		 "RateLimit: \"day\";r=1;t=3000", 1, 3001},
		{"RateLimit: \"a\";r=0;t=3, \"b\";r=0;t=8", 0, 9},
		{"RateLimit: \"a, b; c\\\"\";r=4;t=5", 4, 6},
		/* A quota without a reset is ignored. */
		{"RateLimit: \"a\";r=1, \"b\";r=4;t=5, \"c\";t=1", 4, 6},
		/* Two forms of headers that contradict each other. */
		{"X-RateLimit-Remaining: 9\nX-RateLimit-Reset: 10\n"
		 "RateLimit-Remaining: 4\nRateLimit-Reset: 20", 4, 21},
		{"X-RateLimit-Remaining: 9\nX-RateLimit-Reset: 10\n"
		 "RateLimit: limit=9, remaining=9, reset=5", 9, 11},
		/* A header that occurs twice. */
		{"X-RateLimit-Remaining: 9\nX-RateLimit-Reset: 10\n"
		 "X-RateLimit-Remaining: 8\nX-RateLimit-Reset: 5", 8, 11},
		/* One of the headers is invalid. */
		{"X-RateLimit-Remaining: -1\nX-RateLimit-Reset: 10\n"
		 "RateLimit-Remaining: 4\nRateLimit-Reset: 20", 4, 21},
	};

	(void)state;
	CHECK_ALL(rows);
}

static void invalid_headers_are_ignored(void **state)
{
	static const char *const none[] = {
		"",
		"Content-Type: text/html\nX-Frame-Options: DENY",
		"X-RateLimit-Remaining: 5",
		"X-RateLimit-Reset: 5",
		"X-RateLimit-Remaining: 5\nRateLimit-Reset: 5",
		"X-RateLimit-Remaining: -5\nX-RateLimit-Reset: 5",
		"X-RateLimit-Remaining: 5\nX-RateLimit-Reset: -5",
		"X-RateLimit-Remaining:\nX-RateLimit-Reset: 5",
		"X-RateLimit-Remaining: many\nX-RateLimit-Reset: soon",
		"X-RateLimit-Remaining: 5\n"
		"X-RateLimit-Reset: 2023-11-14T22:15:00Z",
		"X-RateLimit-Remaining: 0x5\nX-RateLimit-Reset: 5",
		"X-RateLimit-Remaining: 1e3\nX-RateLimit-Reset: 5",
		"X-RateLimit-Remaining: 5, 7\nX-RateLimit-Reset: 5",
		/* Resets in the past and in microseconds. */
		REMAINING "1699999990",
		REMAINING "1700000030000000",
		REMAINING "99999999999999999999999999999999999999999999",
		"RateLimit:",
		"RateLimit: ,;,;=;\"",
		"RateLimit: \"r=1;t=1",
		"RateLimit: \"a\\",
		"RateLimit: \"default\";r=50",
		"RateLimit: \"default\";r=-1;t=30",
		"RateLimit: limit=100, remaining=50",
		"RateLimit-Policy: \"default\";q=100;w=60",
		"X-RateLimit-Remaining-Minute: 5\nX-RateLimit-Reset: 5",
		"X-RateLimit-\nX-Rate-Limit-: 1\nRateLimit-: 2\nR: 1\nX: 2",
		/* A response from a cache (Age) tells the quota of another
		 * client. */
		"Age: 7\nX-RateLimit-Remaining: 5\nX-RateLimit-Reset: 5",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (read_lines(none[i], 1e9).resets_at > 0)
			fail_msg("a quota in: %s", none[i]);
}

static void huge_values_are_limited(void **state)
{
	const struct ratelimit_info info = read_lines(
		"Age: 0\nX-RateLimit-Remaining: 99999999999\n"
		"X-RateLimit-Reset: 99999999", 1e9);

	(void)state;
	assert_int_equal(info.remaining, INT32_MAX);
	assert_true(info.resets_at == NOW + RATELIMIT_WINDOW_MAX);
}

static void window_beyond_the_limit_is_not_waited_for(void **state)
{
	struct ratelimit_info info = read_lines(REMAINING "59", PATIENCE);

	(void)state;
	assert_true(info.resets_at == NOW + 60e3);
	assert_true(info.probe_at == NOW + 1000);
	info = read_lines(REMAINING "58", PATIENCE);
	assert_true(info.probe_at == NOW + 59e3);
	info = read_lines(REMAINING "86400", MSEC_NEVER);
	assert_true(info.probe_at == info.resets_at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_the_headers_is_read),
		cmocka_unit_test(size_of_a_reset_tells_seconds_from_a_time),
		cmocka_unit_test(strictest_of_several_quotas_counts),
		cmocka_unit_test(invalid_headers_are_ignored),
		cmocka_unit_test(huge_values_are_limited),
		cmocka_unit_test(
			window_beyond_the_limit_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
