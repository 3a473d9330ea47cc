/* fetch/policy.c: to which addresses a redirect from a public address may
 * lead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "fetch/policy.h"

static void special_addresses_are_not_public(void **state)
{
	static const char *const special[] = {
		"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255",
		"127.0.0.1", "127.255.255.255", "169.254.169.254",
		"172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
		"192.168.1.1", "198.18.0.1", "198.19.255.255",
		"198.51.100.7", "203.0.113.9", "224.0.0.1",
		"255.255.255.255", "::", "::1", "fe80::1", "fc00::1",
		"fd12:3456::1", "ff02::1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
		"2001::1", "2001:db8::1", "[::1]", "100::1", "3fff::1",
		"not an address", "",
	};
	static const char *const public[] = {
		"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1",
		"100.63.255.255", "100.128.0.1", "126.0.0.1", "128.0.0.1",
		"172.15.0.1", "172.32.0.1", "192.167.1.1", "192.169.0.1",
		"198.17.255.255", "198.20.0.1", "223.255.255.255",
		"2606:4700::1111", "[2a00:1450::1]", "::ffff:8.8.8.8",
		"64:ff9b::808:808", "2002:808:808::1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (policy_text_is_public(special[i], strlen(special[i])))
			fail_msg("%s", special[i]);
	for (size_t i = 0; i < sizeof(public) / sizeof(*public); i++)
		if (!policy_text_is_public(public[i], strlen(public[i])))
			fail_msg("%s", public[i]);
}

static void own_networks_are_private(void **state)
{
	static const char *const private[] = {
		"0.0.0.0", "10.255.0.1", "100.64.0.1", "127.0.0.1",
		"127.9.9.9", "169.254.169.254", "172.16.0.1",
		"172.31.255.255", "192.168.1.1", "198.18.0.1", "[::1]", "[::]",
		"[fe80::1]", "[febf::1]", "[fc00::1]", "[fd12:3456::1]",
		"[2001:2::5]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
		"[64:ff9b::7f00:1]", "localhost", "LOCALHOST.", "a.b.localhost",
		"0x7f.1",
	};
	static const char *const others[] = {
		"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.128.0.1",
		"128.0.0.1", "172.32.0.1", "192.0.2.1", "192.169.0.1",
		"198.51.100.7", "203.0.113.9", "[::2]", "[2001:db8::1]",
		"[2001:2:1::1]", "[2606:4700::1111]", "[fec0::1]",
		"[::ffff:8.8.8.8]", "localhost.example", "notlocalhost",
		"intranet", "10.example.com",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(private) / sizeof(*private); i++) {
		struct url url = {0};
		char *text = xasprintf("http://%s/", private[i]);

		assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
		if (!policy_host_is_private(&url))
			fail_msg("%s", private[i]);
		url_release(&url);
		free(text);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct url url = {0};
		char *text = xasprintf("http://%s/", others[i]);

		assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
		if (policy_host_is_private(&url))
			fail_msg("%s", others[i]);
		url_release(&url);
		free(text);
	}
}

static void name_is_private_if_all_its_addresses_are(void **state)
{
	(void)state;
	assert_true(policy_are_private("127.0.0.1"));
	assert_true(policy_are_private("10.0.0.1,[::1],192.168.0.1"));
	assert_false(policy_are_private("10.0.0.1,8.8.8.8"));
	assert_false(policy_are_private("[2606:4700::1111],10.0.0.1"));
	assert_false(policy_are_private("10.0.0.1,"));
}

static struct job *redirected_to(const char *url, const char *addresses)
{
	struct job *job = job_new();

	assert_int_equal(url_parse(&job->hop.url, url, strlen(url), NULL), 0);
	job->hop.from_public = true;
	if (addresses)
		job->hop.addresses = xstrdup(addresses);
	return job;
}

static void refused_addresses_are_removed(void **state)
{
	struct job *job = redirected_to("http://h/",
					"127.0.0.1,8.8.8.8,[::1],1.1.1.1");

	(void)state;
	policy_check(job);
	assert_int_equal(job->err, ERR_NONE);
	assert_string_equal(job->hop.addresses, "8.8.8.8,1.1.1.1");
	job_free(job);
}

static void host_without_an_allowed_address_is_blocked(void **state)
{
	static const char *const literals[] = {
		"http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/",
		"http://2130706433/", "http://169.254.169.254/latest/",
	};
	struct job *job = redirected_to("http://h/", "10.0.0.1");

	(void)state;
	policy_check(job);
	assert_int_equal(job->err, ERR_BLOCKED);
	job_free(job);
	for (size_t i = 0; i < sizeof(literals) / sizeof(*literals); i++) {
		job = redirected_to(literals[i], NULL);
		policy_check(job);
		assert_int_equal(job->err, ERR_BLOCKED);
		job_free(job);
	}
}

static void public_literals_pass(void **state)
{
	struct job *job = redirected_to("http://8.8.8.8/", NULL);

	(void)state;
	policy_check(job);
	assert_int_equal(job->err, ERR_NONE);
	job_free(job);
}

static void urls_of_the_input_may_have_any_address(void **state)
{
	const struct fetch_config strict = {0}, open = {.allow_private = true};
	struct job *job = redirected_to("http://127.0.0.1/", NULL);

	(void)state;
	assert_true(policy_applies(job, &strict));
	assert_false(policy_applies(job, &open));
	job->hop.from_public = false;
	assert_false(policy_applies(job, &strict));
	job_free(job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(special_addresses_are_not_public),
		cmocka_unit_test(own_networks_are_private),
		cmocka_unit_test(name_is_private_if_all_its_addresses_are),
		cmocka_unit_test(refused_addresses_are_removed),
		cmocka_unit_test(host_without_an_allowed_address_is_blocked),
		cmocka_unit_test(public_literals_pass),
		cmocka_unit_test(urls_of_the_input_may_have_any_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
