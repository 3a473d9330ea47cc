#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/robots_reply.h"

#define MINUTE 60e3
#define HOUR (60 * MINUTE)

static void statuses_and_errors_mean_what_rfc_9309_says(void **state)
{
	static const struct {
		enum err err;
		int status;
		enum robots_reply reply;
	} rows[] = {
		{ERR_NONE, 200, ROBOTS_RULES},
		{ERR_NONE, 204, ROBOTS_RULES},
		{ERR_NONE, 206, ROBOTS_RULES},
		{ERR_NONE, 304, ROBOTS_ALLOW_ALL},
		{ERR_REDIRECTS, 302, ROBOTS_ALLOW_ALL},
		{ERR_BLOCKED, 302, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 400, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 401, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 403, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 404, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 410, ROBOTS_ALLOW_ALL},
		{ERR_NONE, 429, ROBOTS_UNREACHABLE},
		{ERR_NONE, 500, ROBOTS_UNREACHABLE},
		{ERR_NONE, 503, ROBOTS_UNREACHABLE},
		{ERR_NONE, 599, ROBOTS_UNREACHABLE},
		{ERR_DNS, 0, ROBOTS_UNREACHABLE},
		{ERR_CONNECT, 0, ROBOTS_UNREACHABLE},
		{ERR_TLS, 0, ROBOTS_UNREACHABLE},
		{ERR_TIMEOUT, 0, ROBOTS_UNREACHABLE},
		{ERR_TIMEOUT, 200, ROBOTS_UNREACHABLE},
		{ERR_HTTP, 200, ROBOTS_UNREACHABLE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (robots_reply_of(rows[i].err, rows[i].status) !=
		    rows[i].reply)
			fail_msg("%s, status %d", err_name(rows[i].err),
				 rows[i].status);
}

static msec lifetime(const char *lines)
{
	struct buf headers = {0};
	msec time;

	buf_addstr(&headers, lines);
	time = robots_reply_lifetime(&headers);
	buf_release(&headers);
	return time;
}

/* Reads a time such as "10 min". */
static msec time_of(const char *text)
{
	char *unit;
	const double n = strtod(text, &unit);

	return n * (strncmp(unit, " min", 4) ? HOUR : MINUTE);
}

/* Checks a row "| `header` | time |" of the documentation. Returns false if the
 * line is not one. */
static bool check_row(char *line)
{
	static const char middle[] = "` | ", end[] = " |\n";
	char *to = strstr(line, middle);
	const char *time = to ? to + sizeof(middle) - 1 : NULL;

	if (strncmp(line, "| `", 3) != 0 || !time ||
	    time[0] < '0' || time[0] > '9' || !strstr(time, end))
		return false;
	memcpy(to, "\n", 2);
	if (lifetime(line + 3) != time_of(time))
		fail_msg("%s is valid for %.0f ms", line + 3,
			 lifetime(line + 3));
	return true;
}

static void answers_live_as_long_as_the_documentation_says(void **state)
{
	FILE *f = fopen(SOURCE_ROOT "/docs/ROBOTS.md", "r");
	char line[512];
	unsigned rows = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		rows += check_row(line);
	fclose(f);
	assert_true(rows >= 12);
}

static void answers_live_a_day_or_as_long_as_max_age(void **state)
{
	(void)state;
	assert_true(lifetime("") == 24 * HOUR);
	assert_true(lifetime("cache-control: x-max-age=600\n") == 24 * HOUR);
	assert_true(lifetime("cache-control: a\ncache-control: max-age=600\n")
		    == 10 * MINUTE);
}

static void tries_are_a_minute_apart_then_twice_as_long(void **state)
{
	msec time = 0;

	(void)state;
	for (msec expected = MINUTE; expected < HOUR; expected *= 2) {
		time = robots_reply_retry_after(time);
		assert_true(time == expected);
	}
	assert_true(robots_reply_retry_after(time) == HOUR);
	assert_true(robots_reply_retry_after(HOUR) == HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses_and_errors_mean_what_rfc_9309_says),
		cmocka_unit_test(
			answers_live_as_long_as_the_documentation_says),
		cmocka_unit_test(answers_live_a_day_or_as_long_as_max_age),
		cmocka_unit_test(tries_are_a_minute_apart_then_twice_as_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
