#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetch/address.h"
#include "fetch/dns/hosts_file.h"

static struct hosts *hosts_of(const char *text)
{
	char path[] = "/tmp/test_hosts.XXXXXX";
	const int fd = mkstemp(path);
	struct hosts *hosts;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	hosts = hosts_read(path);
	unlink(path);
	return hosts;
}

static const char *find(const struct hosts *hosts, const char *name,
			enum ip_version version)
{
	const char *found = hosts_find(hosts,
				       (struct slice){name, strlen(name)},
				       version);

	return found ? found : "none";
}

static void names_and_aliases_are_found(void **state)
{
	struct hosts *hosts = hosts_of(
		"# a comment\n"
		"192.0.2.1\tone.test  One Alias # tail\r\n"
		"\n  2001:db8::1 one.test\n"
		"192.0.2.2 one.test\n"
		"192.0.2.3");

	(void)state;
	assert_string_equal(find(hosts, "one.test", IP_ANY),
			    "192.0.2.1,[2001:db8::1],192.0.2.2");
	assert_string_equal(find(hosts, "one.test", IP_4),
			    "192.0.2.1,192.0.2.2");
	assert_string_equal(find(hosts, "one.test", IP_6), "[2001:db8::1]");
	assert_string_equal(find(hosts, "alias", IP_ANY), "192.0.2.1");
	assert_string_equal(find(hosts, "alias", IP_6), "none");
	assert_string_equal(find(hosts, "tail", IP_ANY), "none");
	assert_string_equal(find(hosts, "two.test", IP_ANY), "none");
	hosts_free(hosts);
}

static void invalid_lines_are_skipped(void **state)
{
	struct hosts *hosts = hosts_of(
		"name 192.0.2.1\n1.2.3 a\n#192.0.2.1 b\nfe80::1%eth0 c\n"
		"192.0.2.4 d");

	(void)state;
	assert_string_equal(find(hosts, "a", IP_ANY), "none");
	assert_string_equal(find(hosts, "b", IP_ANY), "none");
	assert_string_equal(find(hosts, "c", IP_ANY), "none");
	assert_string_equal(find(hosts, "d", IP_ANY), "192.0.2.4");
	hosts_free(hosts);
}

static void a_missing_file_is_an_empty_one(void **state)
{
	struct hosts *hosts = hosts_read("/nonexistent/hosts");

	(void)state;
	assert_non_null(hosts);
	assert_string_equal(find(hosts, "localhost", IP_ANY), "none");
	hosts_free(hosts);
	hosts_free(NULL);
}

static void number_of_addresses_of_a_name_is_limited(void **state)
{
	char text[30 * 1000];
	struct hosts *hosts;
	size_t len = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"10.0.%d.%d a\n", i / 250, i % 250);
	hosts = hosts_of(text);
	assert_in_range(strlen(find(hosts, "a", IP_ANY)), 500, 2000);
	hosts_free(hosts);
}

static void addresses_are_read_with_and_without_brackets(void **state)
{
	static const struct {
		const char *text;
		int family;
	} cases[] = {
		{"1.2.3.4", 4}, {"::1", 6}, {"[::1]", 6}, {"[1.2.3.4]", 0},
		{"", 0}, {"[]", 0}, {"[", 0}, {"[::1", 0}, {"1.2.3", 0},
		{"1.2.3.4.5", 0}, {"::ffff:1.2.3.4", 6}, {"host", 0},
		{"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000", 0},
	};
	unsigned char ip[16];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int family = address_parse(cases[i].text,
						 strlen(cases[i].text), ip);
		const int expected = cases[i].family == 4 ? AF_INET :
				     cases[i].family == 6 ? AF_INET6 : 0;

		if (family != expected)
			fail_msg("%s is of family %d", cases[i].text, family);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_aliases_are_found),
		cmocka_unit_test(invalid_lines_are_skipped),
		cmocka_unit_test(a_missing_file_is_an_empty_one),
		cmocka_unit_test(number_of_addresses_of_a_name_is_limited),
		cmocka_unit_test(addresses_are_read_with_and_without_brackets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
