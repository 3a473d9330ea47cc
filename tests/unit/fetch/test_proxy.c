#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fetch/noproxy.h"
#include "fetch/proxy.h"

static const char *proxy_of(const struct fetch_config *config, const char *s)
{
	struct url url;
	const char *proxy;

	if (url_parse(&url, s, strlen(s), NULL))
		return "not a URL";
	proxy = proxy_for(config, &url);
	url_release(&url);
	return proxy ? proxy : "none";
}

static bool excepted(const char *list, const char *s)
{
	struct url url;
	bool has;

	assert_int_equal(url_parse(&url, s, strlen(s), NULL), 0);
	has = noproxy_matches(list, &url);
	url_release(&url);
	return has;
}

static void noproxy_name_includes_its_subdomains(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		static const char *const lists[] = {
			"example.com", ".example.com", "a.b, example.com.",
		};

		assert_true(excepted(lists[i], "http://example.com/"));
		assert_true(excepted(lists[i], "http://www.example.com/"));
		assert_true(excepted(lists[i], "https://example.com.:8080/"));
		assert_false(excepted(lists[i], "http://nonexample.com/"));
		assert_false(excepted(lists[i], "http://example.com.evil/"));
		assert_false(excepted(lists[i], "http://com/"));
	}
	assert_true(excepted("EXAMPLE.com", "http://example.com/"));
}

static void names_are_separated_by_commas_or_blanks(void **state)
{
	(void)state;
	assert_true(excepted(" ,,a, ,b\tc", "http://c/"));
	assert_true(excepted("a b", "http://b/"));
	assert_false(excepted("", "http://b/"));
	assert_false(excepted(" , ", "http://b/"));
	assert_false(excepted(".", "http://b/"));
}

static void star_matches_every_host(void **state)
{
	(void)state;
	assert_true(excepted("*", "http://a/"));
	assert_true(excepted("*", "http://1.2.3.4/"));
	assert_true(excepted("*", "http://[::1]/"));
	assert_false(excepted("*.b", "http://a/"));
}

static void addresses_match_by_value_and_network(void **state)
{
	(void)state;
	assert_true(excepted("1.2.3.4", "http://1.2.3.4/"));
	assert_false(excepted("2.3.4", "http://1.2.3.4/"));
	assert_false(excepted("1.2.3.4", "http://1.2.3.5/"));
	assert_true(excepted("10.0.0.0/8", "http://10.200.3.4/"));
	assert_false(excepted("10.0.0.0/8", "http://11.0.0.1/"));
	assert_true(excepted("192.168.4.0/22", "http://192.168.7.1/"));
	assert_false(excepted("192.168.4.0/22", "http://192.168.8.1/"));
	assert_false(excepted("10.0.0.0/33", "http://10.0.0.0/"));
	assert_false(excepted("10.0.0.0/", "http://10.0.0.0/"));
	assert_false(excepted("10.0.0.0/-1", "http://10.0.0.0/"));
	assert_true(excepted("0.0.0.0/0", "http://10.0.0.0/"));
	assert_true(excepted("::1", "http://[::1]/"));
	assert_true(excepted("[0:0::1]", "http://[::1]/"));
	assert_true(excepted("2001:db8::/33", "http://[2001:db8:7fff::1]/"));
	assert_false(excepted("2001:db8::/33", "http://[2001:db8:8000::1]/"));
	assert_false(excepted("[::1", "http://[::1]/"));
}

static void a_port_narrows_an_entry(void **state)
{
	(void)state;
	assert_true(excepted("a:8080", "http://a:8080/"));
	assert_false(excepted("a:8080", "http://a/"));
	assert_true(excepted("a:80", "http://a/"));
	assert_true(excepted("a:443", "https://a/"));
	assert_true(excepted("[::1]:81", "http://[::1]:81/"));
	assert_false(excepted("[::1]:81", "http://[::1]/"));
	assert_false(excepted("a:", "http://a/"));
	assert_false(excepted("a:80x", "http://a/"));
	assert_false(excepted("a:99999999999999999999", "http://a/"));
}

static void option_overrides_the_environment(void **state)
{
	struct fetch_config config = {.proxy = "http://p:3128"};

	(void)state;
	assert_string_equal(proxy_of(&config, "http://a/"), "http://p:3128");
	config.noproxy = "a";
	assert_string_equal(proxy_of(&config, "http://a/"), "none");
	assert_string_equal(proxy_of(&config, "https://b/"), "http://p:3128");
	config.proxy = "";
	assert_string_equal(proxy_of(&config, "https://b/"), "none");
}

static void localhost_and_names_below_it_never_go_through_a_proxy(void **state)
{
	const struct fetch_config config = {.proxy = "http://p:3128",
					    .noproxy = ""};

	(void)state;
	assert_string_equal(proxy_of(&config, "http://localhost/"), "none");
	assert_string_equal(proxy_of(&config, "https://LocalHost.:8443/"),
			    "none");
	assert_string_equal(proxy_of(&config, "http://a.b.localhost/"), "none");
	/* Only the name localhost is special; loopback addresses use the
	 * proxy. */
	assert_string_equal(proxy_of(&config, "http://127.0.0.1/"),
			    "http://p:3128");
	assert_string_equal(proxy_of(&config, "http://nolocalhost/"),
			    "http://p:3128");
	assert_string_equal(proxy_of(&config, "http://localhost.example/"),
			    "http://p:3128");
}

static void clear(void)
{
	static const char *const names[] = {
		"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
		"all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unsetenv(names[i]);
}

/* Compares the proxy for a URL in a process of its own, because the environment
 * is read only once per process. */
static void expect(const char *const *vars, const char *url,
		   const struct fetch_config *config, const char *proxy)
{
	const pid_t child = fork();
	int status;

	if (child == 0) {
		clear();
		for (; *vars; vars += 2)
			setenv(vars[0], vars[1], 1);
		_exit(strcmp(proxy_of(config, url), proxy) != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status)
		fail_msg("%s does not go through %s", url, proxy);
}

#define VARS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void variables_are_read_as_curl_reads_them(void **state)
{
	const struct fetch_config none = {0};

	(void)state;
	expect(VARS("http_proxy", "p"), "http://a/", &none, "p");
	expect(VARS("http_proxy", "p"), "https://a/", &none, "none");
	expect(VARS("HTTP_PROXY", "p"), "http://a/", &none, "none");
	expect(VARS("https_proxy", "p", "HTTPS_PROXY", "q"), "https://a/",
	       &none, "p");
	expect(VARS("https_proxy", "", "HTTPS_PROXY", "q"), "https://a/",
	       &none, "q");
	expect(VARS("ALL_PROXY", "p"), "http://a/", &none, "p");
	expect(VARS("all_proxy", "p", "https_proxy", "q"), "https://a/", &none,
	       "q");
	expect(VARS("http_proxy", "p", "NO_PROXY", "a"), "http://a/", &none,
	       "none");
	expect(VARS("http_proxy", "p", "no_proxy", "b", "NO_PROXY", "a"),
	       "http://a/", &none, "p");
}

static void no_proxy_of_the_environment_applies_to_the_option(void **state)
{
	const struct fetch_config option = {.proxy = "p"};
	const struct fetch_config both = {.proxy = "p", .noproxy = ""};

	(void)state;
	expect(VARS("no_proxy", "a"), "http://a/", &option, "none");
	expect(VARS("no_proxy", "a"), "http://a/", &both, "p");
	expect(VARS("http_proxy", "q"), "http://a/", &option, "p");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(noproxy_name_includes_its_subdomains),
		cmocka_unit_test(names_are_separated_by_commas_or_blanks),
		cmocka_unit_test(star_matches_every_host),
		cmocka_unit_test(addresses_match_by_value_and_network),
		cmocka_unit_test(a_port_narrows_an_entry),
		cmocka_unit_test(variables_are_read_as_curl_reads_them),
		cmocka_unit_test(
			no_proxy_of_the_environment_applies_to_the_option),
		/* The last test, because it makes this process read the
		 * environment. */
		cmocka_unit_test(option_overrides_the_environment),
		cmocka_unit_test(
		    localhost_and_names_below_it_never_go_through_a_proxy),
	};

	clear();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
