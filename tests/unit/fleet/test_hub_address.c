#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fleet/hub.h"

static struct hub_address parse(const char *url)
{
	struct hub_address a;
	struct buf why = {0};

	assert_int_equal(hub_address_parse(&a, url, &why), 0);
	assert_string_equal(buf_cstr(&why), "");
	buf_release(&why);
	return a;
}

static void expect_host(const char *url, const char *user, const char *host,
			unsigned port, unsigned database)
{
	struct hub_address a = parse(url);

	if (user)
		assert_string_equal(a.user, user);
	else
		assert_null(a.user);
	assert_string_equal(a.host, host);
	assert_int_equal(a.port, port);
	assert_int_equal(a.database, database);
	assert_null(a.path);
	hub_address_release(&a);
}

static void a_url_names_host_port_database_and_job(void **state)
{
	struct hub_address a = parse("redis://hub#a.B_c-9");

	(void)state;
	assert_string_equal(a.job, "a.B_c-9");
	hub_address_release(&a);
	expect_host("redis://hub#j", NULL, "hub", 6379, 0);
	expect_host("redis://me@hub.example:7000/15#j", "me", "hub.example",
		    7000, 15);
	expect_host("redis://@hub/#j", NULL, "hub", 6379, 0);
	expect_host("redis://[::1]#j", NULL, "::1", 6379, 0);
	expect_host("redis://[fe80::1]:1/2#j", NULL, "fe80::1", 1, 2);
}

static void a_url_can_name_a_socket(void **state)
{
	struct hub_address a = parse("unix:///run/a@b.sock?db=3#j");

	(void)state;
	assert_null(a.host);
	assert_null(a.user);
	assert_string_equal(a.path, "/run/a@b.sock");
	assert_int_equal(a.database, 3);
	hub_address_release(&a);
	a = parse("unix://me@/run/redis#j");
	assert_string_equal(a.user, "me");
	assert_string_equal(a.path, "/run/redis");
	hub_address_release(&a);
}

/* The name of the job has 65 letters. */
#define THIRTEEN "abcdefghijklm"
#define LONG_JOB \
	"redis://h#" THIRTEEN THIRTEEN THIRTEEN THIRTEEN THIRTEEN

static void what_is_no_address_is_refused(void **state)
{
	static const char *const urls[] = {
		"", "#", "redis://h", "redis://h#", "redis://#j", "redis://h#a b",
		"redis://h#a*", "redis://h#a{b}", "redis://h:#j",
		"redis://h:65536#j", "redis://h/-1#j", "redis://[::1#j",
		"redis://[::1]x#j", "redis://u:p@h#j", "rediss://h#j",
		"http://h#j", "unix://p#j", "unix:///#j", "unix:///p?x=1#j",
		"unix:///p?db=x#j",
		LONG_JOB,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct hub_address a;
		struct buf why = {0};

		assert_int_equal(hub_address_parse(&a, urls[i], &why), -1);
		assert_true(why.len > 0);
		assert_null(a.job);
		buf_release(&why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_names_host_port_database_and_job),
		cmocka_unit_test(a_url_can_name_a_socket),
		cmocka_unit_test(what_is_no_address_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
