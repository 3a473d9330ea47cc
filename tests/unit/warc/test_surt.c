#include "cmd/warc/writer/surt.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static void check(const char *href, const char *key)
{
	struct buf out = {0};
	struct url url;

	assert_int_equal(url_parse(&url, href, strlen(href), NULL), 0);
	surt_add(&out, &url);
	assert_string_equal(buf_cstr(&out), key);
	buf_release(&out);
	url_release(&url);
}

/* The expected keys are results of the Internet Archive's tools. */
static void keys_are_those_of_other_tools(void **state)
{
	(void)state;
	check("http://www.archive.org/", "org,archive)/");
	check("http://www34.archive.org", "org,archive)/");
	check("http://www2foo.com/", "com,www2foo)/");
	check("http://ARCHIVE.org/goo/", "org,archive)/goo");
	check("http://archive.org/goo/?", "org,archive)/goo");
	check("http://archive.org/goo/?b&a", "org,archive)/goo?a&b");
	check("http://archive.org/goo/?a=2&b&a=1",
	      "org,archive)/goo?a=1&a=2&b");
	check("https://www.archive.org:80/", "org,archive:80)/");
	check("https://www.archive.org:443/", "org,archive)/");
	check("http://host/%25%32%35%25%32%35", "host)/%25%25");
	check("http://host/%%%25%32%35asd%%", "host)/%25%25%25asd%25%25");
	check("http://host.com//twoslashes?more//slashes",
	      "com,host)/twoslashes?more//slashes");
	check("http://host.com/ab%23cd#ef", "com,host)/ab%23cd");
	check("http://visit.webhosting.yahoo.com/visit.gif?&r=http%3A//a.org/"
	      "&b=Netscape%205.0%20%28Windows%3B%20en-US%29",
	      "com,yahoo,webhosting,visit)/visit.gif?"
	      "&b=netscape%205.0%20(windows;%20en-us)&r=http://a.org/");
}

static void keys_of_addresses_and_other_hosts(void **state)
{
	(void)state;
	check("http://127.0.0.1:8080/A", "1,0,0,127:8080)/a");
	check("http://[::1]/", "[::1])/");
	check("http://localhost/?", "localhost)/");
	check("http://www/", "www)/");
	check("http://www.x/", "x)/");
	check("http://example.com/?&&", "com,example)/?&&");
	check("http://example.com/?a=&a&a=b=c&ab",
	      "com,example)/?a&a=&a=b=c&ab");
	check("http://b\xc3\xbc" "cher.ch/\xc3\xa9", "ch,xn--bcher-kva)/%c3%a9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_those_of_other_tools),
		cmocka_unit_test(keys_of_addresses_and_other_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
