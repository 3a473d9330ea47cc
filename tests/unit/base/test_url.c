/* base/url/url.c: the parts of a URL, and functions that change a URL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/percent.h"
#include "base/url/url.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

static bool is(struct slice part, const char *expected)
{
	return part.len == strlen(expected) &&
	       !memcmp(part.p, expected, part.len);
}

static struct url parsed(const char *s)
{
	struct url u;

	assert_int_equal(url_parse(&u, s, strlen(s), NULL), 0);
	return u;
}

static void parts_of_a_url_have_their_offsets(void **state)
{
	struct url u = parsed("https://u:p@Example.com:8080/a/b?c=d#e");
	struct url m = parsed("mailto:a@b");
	struct url none = {0};

	(void)state;
	assert_true(is(url_scheme(&u), "https"));
	assert_true(is(url_username(&u), "u"));
	assert_true(is(url_password(&u), "p"));
	assert_true(is(url_host(&u), "example.com"));
	assert_int_equal(u.port, 8080);
	assert_true(is(url_path(&u), "/a/b"));
	assert_true(is(url_query(&u), "c=d"));
	assert_true(is(url_fragment(&u), "e"));
	assert_true(u.special && !u.opaque_path);
	assert_int_equal(u.host_kind, URL_HOST_DOMAIN);

	assert_true(is(url_path(&m), "a@b"));
	assert_true(is(url_host(&m), "") && is(url_query(&m), ""));
	assert_true(m.opaque_path && m.host_kind == URL_HOST_NONE);
	assert_int_equal(url_port(&m), -1);
	assert_true(is(url_path(&none), "") && is(url_fragment(&none), ""));
	url_release(&u);
	url_release(&m);
	url_release(&none);
}

static void every_kind_of_host_is_named(void **state)
{
	static const struct {
		const char *url;
		enum url_host kind;
	} hosts[] = {
		{"http://0x7f.1/", URL_HOST_IPV4},
		{"http://[::1]/", URL_HOST_IPV6},
		{"sc://[::1]/", URL_HOST_IPV6},
		{"http://1.2.3.4.x/", URL_HOST_DOMAIN},
		{"sc://1.2.3.4/", URL_HOST_OPAQUE},
		{"file:///x", URL_HOST_EMPTY},
		{"file://localhost/x", URL_HOST_EMPTY},
		{"sc:///x", URL_HOST_EMPTY},
		{"sc:/x", URL_HOST_NONE},
		{"data:x", URL_HOST_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		struct url u = parsed(hosts[i].url);

		assert_int_equal(u.host_kind, hosts[i].kind);
		url_release(&u);
	}
}

static void missing_port_is_that_of_the_scheme(void **state)
{
	static const struct {
		const char *url;
		int port;
	} ports[] = {
		{"http://h", 80},	{"https://h", 443}, {"ws://h", 80},
		{"wss://h", 443},	{"ftp://h", 21},    {"file:///x", -1},
		{"http://h:81", 81},	{"sc://h", -1},	    {"sc://h:7", 7},
		{"https://h:443", 443},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ports); i++) {
		struct url u = parsed(ports[i].url);

		assert_int_equal(url_port(&u), ports[i].port);
		url_release(&u);
	}
}

static void an_origin_is_scheme_host_and_port(void **state)
{
	static const struct {
		const char *other;
		bool same;
	} others[] = {
		{"https://h:443/y", true}, {"https://u@h/", true},
		{"https://H/", true},	   {"http://h/", false},
		{"https://h:444/", false}, {"https://h.x/", false},
		{"http://h:443/", false},
	};
	struct url u = parsed("https://h/x");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct url o = parsed(others[i].other);

		assert_int_equal(url_same_origin(&u, &o), others[i].same);
		assert_int_equal(url_same_origin(&o, &u), others[i].same);
		url_release(&o);
	}
	assert_true(url_scheme_is(&u, "https"));
	assert_false(url_scheme_is(&u, "http"));
	url_release(&u);
}

static void parameters_are_added_before_the_fragment(void **state)
{
	static const char *const urls[][2] = {
		{"http://h", "http://h/?a=1&b=2"},
		{"http://h/?", "http://h/?a=1&b=2"},
		{"http://h/?x", "http://h/?x&a=1&b=2"},
		{"http://h/?x#f", "http://h/?x&a=1&b=2#f"},
		{"http://h/#f", "http://h/?a=1&b=2#f"},
		{"mailto:x", "mailto:x?a=1&b=2"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		struct url u = parsed(urls[i][0]);
		struct url again;

		url_append_query(&u, "");
		url_append_query(&u, "a=1");
		url_append_query(&u, "b=2");
		assert_string_equal(u.href, urls[i][1]);
		again = parsed(u.href);
		assert_int_equal(u.len, again.len);
		assert_int_equal(u.query_start, again.query_start);
		assert_int_equal(u.fragment_start, again.fragment_start);
		url_release(&again);
		url_release(&u);
	}
}

static void a_fragment_can_be_replaced_and_removed(void **state)
{
	struct url u = parsed("http://h/?q#old");

	(void)state;
	url_set_fragment(&u, "newer", 5);
	assert_string_equal(u.href, "http://h/?q#newer");
	assert_true(is(url_fragment(&u), "newer") && is(url_query(&u), "q"));
	url_set_fragment(&u, "", 0);
	assert_string_equal(u.href, "http://h/?q#");
	url_set_fragment(&u, NULL, 0);
	assert_string_equal(u.href, "http://h/?q");
	url_set_fragment(&u, NULL, 0);
	assert_string_equal(u.href, "http://h/?q");
	assert_int_equal(u.len, strlen(u.href));
	url_release(&u);
}

static void a_copy_owns_its_bytes(void **state)
{
	struct url u = parsed("http://h/x"), copy, none = {0};

	(void)state;
	url_copy(&copy, &u);
	url_set_fragment(&u, "f", 1);
	assert_string_equal(copy.href, "http://h/x");
	url_release(&u);
	assert_null(u.href);
	assert_true(is(url_host(&copy), "h"));
	url_release(&copy);
	url_copy(&copy, &none);
	assert_null(copy.href);
}

static void form_encoding_leaves_letters_and_four_signs(void **state)
{
	struct buf out = {0};
	const char *s = "aZ09*-._ +&=%~'()!/é\n";

	(void)state;
	percent_encode_form(&out, s, strlen(s));
	assert_string_equal(buf_cstr(&out),
			    "aZ09*-._+%2B%26%3D%25%7E%27%28%29%21%2F%C3%A9"
			    "%0A");
	buf_clear(&out);
	percent_encode_form(&out, "", 0);
	percent_encode_form(&out, "  ", 2);
	assert_string_equal(buf_cstr(&out), "++");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_a_url_have_their_offsets),
		cmocka_unit_test(every_kind_of_host_is_named),
		cmocka_unit_test(missing_port_is_that_of_the_scheme),
		cmocka_unit_test(an_origin_is_scheme_host_and_port),
		cmocka_unit_test(parameters_are_added_before_the_fragment),
		cmocka_unit_test(a_fragment_can_be_replaced_and_removed),
		cmocka_unit_test(a_copy_owns_its_bytes),
		cmocka_unit_test(form_encoding_leaves_letters_and_four_signs),
	};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
