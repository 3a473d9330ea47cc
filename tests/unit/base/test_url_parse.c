/*
 * Tests which URL each input is parsed to.
 *
 * Besides the table here, the cases of the web platform tests are run if
 * SCRAPE_URLTESTDATA names their urltestdata.json
 * (https://github.com/web-platform-tests/wpt, url/resources).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/url/url.h"

#ifndef SOURCE_ROOT
#define SOURCE_ROOT "."
#endif

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Returns true if the input gives href (NULL: a failure); otherwise prints the
 * difference. */
static bool gives(const char *input, size_t len, const char *base,
		  const char *href)
{
	struct url b = {0}, u, again;
	bool ok;

	if (base && url_parse(&b, base, strlen(base), NULL) < 0) {
		ok = !href;
		url_parse(&u, "", 0, NULL);
	} else if (url_parse(&u, input, len, base ? &b : NULL) < 0) {
		ok = !href && !u.href;
	} else {
		ok = href && !strcmp(u.href, href) && u.len == strlen(href) &&
		     url_parse(&again, u.href, u.len, NULL) == 0;
		if (ok) {
			ok = !strcmp(again.href, href) &&
			     again.path_start == u.path_start &&
			     again.host_end == u.host_end &&
			     again.host_kind == u.host_kind;
			url_release(&again);
		}
	}
	if (!ok)
		print_error("\"%s\" on %s: %s, not %s\n", input,
			    base ? base : "nothing",
			    u.href ? u.href : "failure",
			    href ? href : "failure");
	url_release(&u);
	url_release(&b);
	return ok;
}

static const struct {
	const char *input;
	const char *base; /* NULL if there is none */
	const char *href; /* NULL: failure */
} cases[] = {
	/* Special schemes, and characters around an authority. */
	{"http://example.com", NULL, "http://example.com/"},
	{"HTTPS://Example.COM/A", NULL, "https://example.com/A"},
	{"http:example.com", NULL, "http://example.com/"},
	{"http:\\\\a\\b", NULL, "http://a/b"},
	{"http:////a///b", NULL, "http://a///b"},
	{"http://example.com\\@evil/", NULL, "http://example.com/@evil/"},
	{"http://example.com/@evil", NULL, "http://example.com/@evil"},
	{"http://good.example#@evil/", NULL, "http://good.example/#@evil/"},
	{"http://", NULL, NULL},
	{"http:///", NULL, NULL},
	{"ws://h?q", NULL, "ws://h/?q"},
	{"ftp://h:21/x", NULL, "ftp://h/x"},
	{"://x", NULL, NULL},
	{"1http://x", NULL, NULL},
	{"", NULL, NULL},
	{"x", NULL, NULL},

	/* Credentials. */
	{"http://u:p@h/", NULL, "http://u:p@h/"},
	{"http://u@:p@h/", NULL, "http://u%40:p@h/"},
	{"http://u:p:q@h/", NULL, "http://u:p%3Aq@h/"},
	{"http://:p@h/", NULL, "http://:p@h/"},
	{"http://@h/", NULL, "http://h/"},
	{"http://u:@h/", NULL, "http://u@h/"},
	{"http://u@/", NULL, NULL},
	{"http://a b|c@h/", NULL, "http://a%20b%7Cc@h/"},

	/* Ports. */
	{"http://h:80/", NULL, "http://h/"},
	{"https://h:80/", NULL, "https://h:80/"},
	{"http://h:00008080/", NULL, "http://h:8080/"},
	{"http://h:/", NULL, "http://h/"},
	{"http://h:0/", NULL, "http://h:0/"},
	{"http://h:65535/", NULL, "http://h:65535/"},
	{"http://h:65536/", NULL, NULL},
	{"http://h:99999/", NULL, NULL},
	{"http://h:4294967376/", NULL, NULL},
	{"http://h:8a/", NULL, NULL},
	{"http://:80/", NULL, NULL},

	/* IPv4 in all its forms. */
	{"http://127.0.0.1/", NULL, "http://127.0.0.1/"},
	{"http://0x7f.1/", NULL, "http://127.0.0.1/"},
	{"http://2130706433/", NULL, "http://127.0.0.1/"},
	{"http://017700000001/", NULL, "http://127.0.0.1/"},
	{"http://1.2.3/", NULL, "http://1.2.0.3/"},
	{"http://1.2.3.4./", NULL, "http://1.2.3.4/"},
	{"http://0x/", NULL, "http://0.0.0.0/"},
	{"http://4294967295/", NULL, "http://255.255.255.255/"},
	{"http://4294967296/", NULL, NULL},
	{"http://18446744073709551617/", NULL, NULL},
	{"http://1.256.3.4/", NULL, NULL},
	{"http://1.2.3.4.5/", NULL, NULL},
	{"http://1.2.3.09/", NULL, NULL},
	{"http://a.1/", NULL, NULL},
	{"http://a.0x1/", NULL, NULL},
	{"http://1.2.3.4.a/", NULL, "http://1.2.3.4.a/"},
	{"http://1..2/", NULL, NULL},
	{"http://%31%2e1/", NULL, "http://1.0.0.1/"},

	/* IPv6. */
	{"http://[::1]/", NULL, "http://[::1]/"},
	{"http://[::]/", NULL, "http://[::]/"},
	{"http://[1:0:0:2:0:0:0:3]/", NULL, "http://[1:0:0:2::3]/"},
	{"http://[1:0:0:2:3:0:0:4]/", NULL, "http://[1::2:3:0:0:4]/"},
	{"http://[1:0:2:3:4:5:6:7]/", NULL, "http://[1:0:2:3:4:5:6:7]/"},
	{"http://[1:2:3:4:5:6:7::]/", NULL, "http://[1:2:3:4:5:6:7:0]/"},
	{"http://[::ABCD:00ef]:81/", NULL, "http://[::abcd:ef]:81/"},
	{"http://[::1.2.3.4]/", NULL, "http://[::102:304]/"},
	{"http://[::1.2.3.04]/", NULL, NULL},
	{"http://[::1.2.3]/", NULL, NULL},
	{"http://[1:2:3:4:5:6:7:1.2.3.4]/", NULL, NULL},
	{"http://[1::2::3]/", NULL, NULL},
	{"http://[1:2:3:4:5:6:7:8:9]/", NULL, NULL},
	{"http://[12345::]/", NULL, NULL},
	{"http://[::1/", NULL, NULL},
	{"http://[::1%25eth0]/", NULL, NULL},
	{"http://[]/", NULL, NULL},
	{"http://[:1]/", NULL, NULL},
	{"http://[1:2:3:4:5:6:7:]/", NULL, NULL},

	/* International names. */
	{"http://münchen.de/", NULL, "http://xn--mnchen-3ya.de/"},
	{"http://MÜNCHEN.de/", NULL, "http://xn--mnchen-3ya.de/"},
	{"http://m%C3%BCnchen.de/", NULL, "http://xn--mnchen-3ya.de/"},
	{"http://mu\xcc\x88nchen.de/", NULL, "http://xn--mnchen-3ya.de/"},
	{"http://faß.de/", NULL, "http://xn--fa-hia.de/"},
	{"http://ｅｘａｍｐｌｅ。com/", NULL, "http://example.com/"},
	{"http://💩.la/", NULL, "http://xn--ls8h.la/"},
	{"http://i❤️.ws/", NULL, "http://xn--i-7iq.ws/"},
	{"http://a\xc2\xad.b/", NULL, "http://a.b/"},
	/* A deviation character (IDNA) beside a symbol; hyphens at the ends and
	 * as third and fourth character. */
	{"http://faß♥.de/", NULL, "http://xn--fa-hia8359a.de/"},
	{"http://-♥-.de/", NULL, "http://xn-----t0x.de/"},
	{"http://ab--♥.de/", NULL, "http://xn--ab---8u3b.de/"},
	{"http://☃.☃-a_b.x/", NULL, "http://xn--n3h.xn---a_b-4g3b.x/"},
	{"http://ΑΣ.gr/", NULL, "http://xn--mxa0b.gr/"},
	{"http://1א.b/", NULL, NULL},
	{"http://xn--a.de/", NULL, NULL},
	{"http://xn--mnchen-3ya.de/", NULL, "http://xn--mnchen-3ya.de/"},
	{"http://XN--LS8H.la/", NULL, "http://xn--ls8h.la/"},
	{"http://xn--fa-hia.de/", NULL, "http://xn--fa-hia.de/"},
	{"http://-ü-.de/", NULL, "http://xn-----xka.de/"},
	{"http://ab--ü.de/", NULL, "http://xn--ab---3ra.de/"},
	{"http://ü_-.de/", NULL, "http://xn--_--wka.de/"},
	{"http://r3---sn-x.de/", NULL, "http://r3---sn-x.de/"},
	{"http://אב.example/", NULL, "http://xn--4dbc.example/"},
	{"http://xn--/", NULL, NULL},
	{"http://xn--a-/", NULL, NULL},
	{"http://xn--a/", NULL, NULL},
	{"http://xn--6a/", NULL, NULL},
	{"http://xn--\xc3\xbc/", NULL, NULL},
	{"http://a.xn--99999999/", NULL, NULL},
	{"http://א1a/", NULL, NULL},
	{"http://\xcc\x81.de/", NULL, NULL},
	{"http://a\xe2\x80\x8d.de/", NULL, NULL},
	{"http://\xc2\xad/", NULL, NULL},
	{"http://\xff/", NULL, NULL},
	{"http://%FF/", NULL, NULL},
	{"http://\xed\xa0\x80/", NULL, NULL},

	/* Forbidden characters in hosts, and similar ones that are allowed. */
	{"http://a b/", NULL, NULL},
	{"http://a%20b/", NULL, NULL},
	{"http://a%00b/", NULL, NULL},
	{"http://a<b/", NULL, NULL},
	{"http://a|b/", NULL, NULL},
	{"http://a^b/", NULL, NULL},
	{"http://a%b/", NULL, NULL},
	{"http://a%2Fb/", NULL, NULL},
	{"http://a\x7f/", NULL, NULL},
	{"http://≠\xcc\xb8%2f/", NULL, NULL},
	{"http://a_b!$&'()*+,;=~{}/", NULL, "http://a_b!$&'()*+,;=~{}/"},
	{"http://-a-.b../", NULL, "http://-a-.b../"},

	/* White space and control characters. */
	{" \x01\nhttp://h/ \t", NULL, "http://h/"},
	{"ht\ntp:/\t/h\r/a\tb", NULL, "http://h/ab"},
	{"http://h/a b", NULL, "http://h/a%20b"},
	{"http://h/\x01\x1f.", NULL, "http://h/%01%1F."},

	/* Dots. */
	{"http://h/a/../b/./c", NULL, "http://h/b/c"},
	{"http://h/a/..", NULL, "http://h/"},
	{"http://h/a/b/..", NULL, "http://h/a/"},
	{"http://h/a/.", NULL, "http://h/a/"},
	{"http://h/../../x", NULL, "http://h/x"},
	{"http://h/a/%2e%2E/b", NULL, "http://h/b"},
	{"http://h/a/.%2e", NULL, "http://h/"},
	{"http://h/%2e/b", NULL, "http://h/b"},
	{"http://h/a/%2e%2", NULL, "http://h/a/%2e%2"},
	{"http://h/a/...", NULL, "http://h/a/..."},
	{"http://h/a/.b/..c", NULL, "http://h/a/.b/..c"},
	{"http://h/a//../b", NULL, "http://h/a/b"},
	{"http://h/a\\..\\b", NULL, "http://h/b"},

	/* The characters that are encoded in each part. */
	{"http://h/\"<>^`{}|'%zz", NULL, "http://h/%22%3C%3E%5E%60%7B%7D|'%zz"},
	{"http://h/?\"<>^`{}|'\\", NULL, "http://h/?%22%3C%3E^`{}|%27\\"},
	{"http://h/#\"<>^`{}|'\\", NULL, "http://h/#%22%3C%3E^%60{}|'\\"},
	{"http://h/ä?ö#ü", NULL, "http://h/%C3%A4?%C3%B6#%C3%BC"},
	{"http://h/\xe4", NULL, "http://h/%EF%BF%BD"},
	{"http://h/\xf0\x9f\x92z", NULL, "http://h/%EF%BF%BDz"},
	{"http://h?a?b#c#d?e", NULL, "http://h/?a?b#c#d?e"},
	{"http://h/?#", NULL, "http://h/?#"},

	/* Relative to a base. */
	{"", "http://h/a/b?q#f", "http://h/a/b?q"},
	{"#", "http://h/a/b?q#f", "http://h/a/b?q#"},
	{"?", "http://h/a/b?q#f", "http://h/a/b?"},
	{"x", "http://h/a/b?q#f", "http://h/a/x"},
	{"./x", "http://h/a/b", "http://h/a/x"},
	{"../x", "http://h/a/b", "http://h/x"},
	{"../../../x", "http://h/a/b", "http://h/x"},
	{"/x", "http://u:p@h:8/a/b", "http://u:p@h:8/x"},
	{"//x/y", "https://h/a/b", "https://x/y"},
	{"\\x", "http://h/a/b", "http://h/x"},
	{"\\\\x\\y", "http://h/a/b", "http://x/y"},
	{"http:x", "http://h/a/b", "http://h/a/x"},
	{"http:/x", "http://h/a/b", "http://h/x"},
	{"https:x", "http://h/a/b", "https://x/"},
	{"x:y", "http://h/a/b", "x:y"},
	{"./x:y", "http://h/a/b", "http://h/a/x:y"},
	{"x", "mailto:a", NULL},
	{"#x", "mailto:a", "mailto:a#x"},
	{"x", "sc://h", "sc://h/x"},
	{"?x", "sc://h", "sc://h?x"},
	{"\\x", "sc://h/y", "sc://h/\\x"},
	{"..//x", "sc:/a/b", "sc:/.//x"},
	{"x", "sc:/.//a/b", "sc:/.//a/x"},
	{"x", "", NULL},

	/* Files. */
	{"file:///etc/passwd", NULL, "file:///etc/passwd"},
	{"file:x", NULL, "file:///x"},
	{"file://h/x", NULL, "file://h/x"},
	{"file://localhost/x", NULL, "file:///x"},
	{"file://C:/x", NULL, "file:///C:/x"},
	{"file:///C|/../x", NULL, "file:///C:/x"},
	{"file:///C:/a/../../..", NULL, "file:///C:/"},
	{"file://h:80/x", NULL, NULL},
	{"file:\\\\h\\x", NULL, "file://h/x"},
	{"/x", "file:///C:/a/b", "file:///C:/x"},
	{"/D:/x", "file:///C:/a/b", "file:///D:/x"},
	{"D|/x", "file:///C:/a/b", "file:///D:/x"},
	{"../../x", "file:///C:/a/b", "file:///C:/x"},
	{"//h/x", "file:///C:/a/b", "file://h/x"},

	/* Other schemes. */
	{"data:text/html,<a b>#<", NULL, "data:text/html,<a b>#%3C"},
	{"data:a  ?b", NULL, "data:a %20?b"},
	{"javascript:alert(\"é\")", NULL, "javascript:alert(\"%C3%A9\")"},
	{"mailto:a@b.c?subject=x y", NULL, "mailto:a@b.c?subject=x%20y"},
	{"MAILTO:A@B", "http://h/", "mailto:A@B"},
	{"tel:+1-2", NULL, "tel:+1-2"},
	{"about:blank", NULL, "about:blank"},
	{"sc:", NULL, "sc:"},
	{"sc:///x", NULL, "sc:///x"},
	{"sc://H%41:80/../x", NULL, "sc://H%41:80/x"},
	{"sc://a\\b/", NULL, NULL},
	{"sc://é ", NULL, "sc://%C3%A9"},
	{"sc://:80/", NULL, NULL},
	{"sc://u:p@[::1]/?'#", NULL, "sc://u:p@[::1]/?'#"},
	{"sc:/..//x", NULL, "sc:/.//x"},
};

static void urls_are_serialised_as_in_the_standard(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		failed += !gives(cases[i].input, strlen(cases[i].input),
				 cases[i].base, cases[i].href);
	assert_int_equal(failed, 0);
}

static void dots_can_stay_in_the_path(void **state)
{
	static const struct {
		const char *text, *href;
	} rows[] = {
		{"http://a/b/../c/./d/..", "http://a/b/../c/./d/.."},
		{"HTTP://A:80/%2E/.\\x y?../z#./f",
		 "http://a/%2E/./x%20y?../z#./f"},
		{"http://a", "http://a/"},
		{"http://a/..", "http://a/.."},
	};
	struct url u;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(0, url_parse_as_is(&u, rows[i].text,
						    strlen(rows[i].text)));
		assert_string_equal(rows[i].href, u.href);
		url_release(&u);
	}
	assert_int_equal(-1, url_parse_as_is(&u, "/b/../c", 7));
}

static void nul_bytes_are_input_like_others(void **state)
{
	(void)state;
	assert_true(gives("http://h/a\0b", 12, NULL, "http://h/a%00b"));
	assert_true(gives("http://a\0b/", 11, NULL, NULL));
	assert_true(gives("http://\xc3\xbc\0b/", 12, NULL, NULL));
}

/* Returns the text `before`, then `unit` count times, then `after`. */
static struct buf repeated(const char *before, const char *unit, size_t count,
			   const char *after)
{
	struct buf b = {0};

	buf_addstr(&b, before);
	while (count--)
		buf_addstr(&b, unit);
	buf_addstr(&b, after);
	return b;
}

static bool parses(struct buf input)
{
	struct url u;
	bool ok = url_parse(&u, input.data, input.len, NULL) == 0;

	url_release(&u);
	buf_release(&input);
	return ok;
}

static void long_hosts_are_hosts(void **state)
{
	(void)state;
	assert_true(parses(repeated("http://", "a", 300, "/")));
	assert_true(parses(repeated("http://", "a.", 150, "/")));
	assert_true(parses(repeated("http://", "ü.", 150, "de/")));
	assert_true(parses(repeated("http://ü.", "a", 300, "/")));
	/* The encoded name is longer than a DNS name can be. */
	assert_false(parses(repeated("http://", "ü.", 4096, "de/")));
}

static void url_longer_than_the_limit_is_refused(void **state)
{
	(void)state;
	assert_false(parses(repeated("http://h/", "a", URL_MAX, "")));
	/* The URL is short enough, but not when its spaces are encoded. */
	assert_false(parses(repeated("http://h/", " ", URL_MAX / 2, "x")));
	assert_true(parses(repeated("http://h/", "a", URL_MAX - 9, "")));
}

static bool member_is(const json_t *test, const char *name, struct slice part,
		      const char *before, const char *after)
{
	struct buf b = {0};
	const char *expected = json_string_value(json_object_get(test, name));
	bool ok;

	if (part.len || *after) {
		buf_addstr(&b, before);
		buf_add(&b, part.p, part.len);
		buf_addstr(&b, after);
	}
	ok = !expected || !strcmp(buf_cstr(&b), expected);
	if (!ok)
		print_error("%s: %s, not %s\n", name, buf_cstr(&b), expected);
	buf_release(&b);
	return ok;
}

static bool parts_are(const json_t *test, const struct url *u)
{
	char port[16] = "";

	if (u->port >= 0)
		snprintf(port, sizeof(port), "%d", u->port);
	return member_is(test, "protocol", url_scheme(u), "", ":") &
	       member_is(test, "username", url_username(u), "", "") &
	       member_is(test, "password", url_password(u), "", "") &
	       member_is(test, "hostname", url_host(u), "", "") &
	       member_is(test, "port", (struct slice){port, strlen(port)}, "",
			 "") &
	       member_is(test, "pathname", url_path(u), "", "") &
	       member_is(test, "search", url_query(u), "?", "") &
	       member_is(test, "hash", url_fragment(u), "#", "");
}

static bool platform_case(const json_t *test)
{
	const json_t *in = json_object_get(test, "input");
	const char *input = json_string_value(in);
	const size_t len = json_string_length(in);
	const char *base = json_string_value(json_object_get(test, "base"));
	const char *href = json_string_value(json_object_get(test, "href"));
	struct url b = {0}, u;
	bool ok = gives(input, len, base, href);

	if (!href)
		return ok;
	if (base)
		url_parse(&b, base, strlen(base), NULL);
	if (url_parse(&u, input, len, base ? &b : NULL) == 0)
		ok &= parts_are(test, &u);
	url_release(&u);
	url_release(&b);
	return ok;
}

static void all_cases_of_the_web_platform_tests_pass(void **state)
{
	const char *path = getenv("SCRAPE_URLTESTDATA");
	json_t *tests;
	size_t count = 0, failed = 0;

	(void)state;
	if (!path)
		skip();
	tests = json_load_file(path, JSON_ALLOW_NUL, NULL);
	assert_non_null(tests);
	for (size_t i = 0; i < json_array_size(tests); i++) {
		const json_t *test = json_array_get(tests, i);

		/* Members that are not objects are comments. */
		if (!json_is_object(test))
			continue;
		count++;
		failed += !platform_case(test);
	}
	json_decref(tests);
	assert_true(count > 0);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_are_serialised_as_in_the_standard),
		cmocka_unit_test(dots_can_stay_in_the_path),
		cmocka_unit_test(nul_bytes_are_input_like_others),
		cmocka_unit_test(long_hosts_are_hosts),
		cmocka_unit_test(url_longer_than_the_limit_is_refused),
		cmocka_unit_test(all_cases_of_the_web_platform_tests_pass),
	};

	return cmocka_run_group_tests_name("url_parse", tests, NULL, NULL);
}
