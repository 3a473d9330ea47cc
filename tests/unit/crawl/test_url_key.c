#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crawl/url_key.h"

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void check_key(const char *href, const char *key)
{
	static const char *const ignored[] = {"sort*", "page?"};
	struct buf out = {0};

	url_key_add(&out, slice(href), ignored, 2);
	if (strcmp(buf_cstr(&out), key) != 0)
		fail_msg("%s has the key %s", href, buf_cstr(&out));
	buf_release(&out);
}

static void keys_leave_out_what_makes_no_other_page(void **state)
{
	static const char *const rows[][2] = {
		{"http://a/", "http://a/"},
		{"http://a/b#c", "http://a/b"},
		{"http://a/b/#", "http://a/b/"},
		{"http://a/%7eb%2fc%41", "http://a/~b%2FcA"},
		{"http://a/%e4%bd?%c3%a4=%20", "http://a/%E4%BD?%C3%A4=%20"},
		{"http://a/b?", "http://a/b"},
		{"http://a/b?b=1&a=2", "http://a/b?b=1&a=2"},
		{"http://a/b?utm_source=x&c=1&UTM_y=2", "http://a/b?c=1"},
		{"http://a/b?c=1&gclid=2", "http://a/b?c=1"},
		{"http://a/b?PHPSESSID=1", "http://a/b"},
		{"http://a/b?%75tm_x=1", "http://a/b"},
		{"http://a/b?utm=1&xutm_y=2", "http://a/b?utm=1&xutm_y=2"},
		{"http://a/b;jsessionid=12?c=1", "http://a/b?c=1"},
		{"http://a/b;JSESSIONID=12/d;e=1", "http://a/b/d;e=1"},
		{"http://a/b;x;jsessionid=1", "http://a/b;x"},
		{"http://a/b?c&&d", "http://a/b?c&&d"},
		{"http://a/b?c&", "http://a/b?c&"},
		{"http://a/b?sort=1&sorted=2&c", "http://a/b?c"},
		{"http://a/b?page1=1&page=2", "http://a/b?page=2"},
		{"http://a/%zz%4", "http://a/%zz%4"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_key(rows[i][0], rows[i][1]);
}

/* Replaces each byte of the path in turn by each printable character. */
static void plain_urls_have_no_byte_that_a_key_may_change(void **state)
{
	const size_t shortest = strlen("http://a/");

	(void)state;
	for (size_t len = shortest; len < shortest + 40; len++)
		for (size_t at = shortest; at < len; at++)
			for (int c = '!'; c < 0x7f; c++) {
				char href[] = "http://a/bbbbbbbbbbbbbbbbbbbb"
					      "bbbbbbbbbbbbbbbbbbbb";

				href[at] = (char)c;
				assert_int_equal(
					url_key_is_plain((struct slice){
						href, len}),
					!strchr("#%;?!'", c));
			}
}

static void fingerprints_depend_on_key_and_secret(void **state)
{
	(void)state;
	assert_true(url_key_fingerprint(slice("http://a/"), 1) ==
		    url_key_fingerprint(slice("http://a/"), 1));
	assert_true(url_key_fingerprint(slice("http://a/"), 1) !=
		    url_key_fingerprint(slice("http://a/"), 2));
	assert_true(url_key_fingerprint(slice("http://a/"), 1) !=
		    url_key_fingerprint(slice("http://b/"), 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_leave_out_what_makes_no_other_page),
		cmocka_unit_test(plain_urls_have_no_byte_that_a_key_may_change),
		cmocka_unit_test(fingerprints_depend_on_key_and_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
