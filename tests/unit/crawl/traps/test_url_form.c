#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crawl/traps/url_form.h"

static void forms_have_no_values(void **state)
{
	static const struct {
		const char *url, *form;
	} rows[] = {
		{"/", "/"},
		{"/news/2026-03-17/item5?sort=up&page=2",
		 "/news/#/item#?page&sort"},
		{"/news/2026-3-7/item77?page=9&sort=down",
		 "/news/#/item#?page&sort"},
		{"/a/2026/03/17/", "/a/#/#/#/"},
		{"/a/17.html", "/a/#.html"},
		{"/a/blue-trousers", "/a/blue-trousers"},
		{"/a/blue-trousers-17", "/a/blue-trousers-#"},
		{"/17-mar-2026", "/#"},
		{"/March/2026", "/#/#"},
		{"/marching", "/marching"},
		{"/v1.2.3/x", "/v#/x"},
		{"/s/8f3ab2c1/p", "/s/#/p"},
		{"/s/deadbeef/p", "/s/deadbeef/p"},
		{"/s/550e8400-e29b-41d4-a716-446655440000/p", "/s/#/p"},
		{"/s/x7Gk2pQz9/p", "/s/#/p"},
		{"/s/iphone12pro/p", "/s/iphone#pro/p"},
		{"/x?b=1&a=2&b=3", "/x?a&b"},
		{"/x?a", "/x?a"},
		{"/x?a=&", "/x?a"},
		{"/x?f[12]=1&f[3]=1", "/x?f[#]"},
		{"/x?2031-05", "/x?#"},
		{"/x?", "/x"},
	};
	struct url_form form = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf text = {0};
		struct url url;

		buf_addf(&text, "http://a.example%s", rows[i].url);
		assert_int_equal(url_parse(&url, text.data, text.len, NULL), 0);
		url_form_set(&form, &url);
		assert_true(form.path_len <= form.text.len);
		assert_memory_equal(form.text.data, "http://a.example", 16);
		assert_string_equal(buf_cstr(&form.text) + 16, rows[i].form);
		url_release(&url);
		buf_release(&text);
	}
	url_form_release(&form);
}

static void dates_are_found(void **state)
{
	static const struct {
		const char *url;
		bool has_date;
	} rows[] = {
		{"/2031/05", true},
		{"/2031/5/7/x", true},
		{"/x/2031-05-17", true},
		{"/x/20310517.html", true},
		{"/x/203105", true},
		{"/x?d=2031-05", true},
		{"/x?d=20310517", true},
		{"/x/2031/may", true},
		{"/x?year=7", true},
		{"/x?cal_month=7", true},
		{"/2031", false},
		{"/2031/13", false},
		{"/2031/123", false},
		{"/12031/05", false},
		{"/x/203113", false},
		{"/x/20310532", false},
		{"/x/203105171", false},
		{"/x/1234/5", false},
		{"/x/2031/mayor", false},
		{"/p/17?page=3", false},
	};
	struct url_form form = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf text = {0};
		struct url url;

		buf_addf(&text, "http://a.example%s", rows[i].url);
		assert_int_equal(url_parse(&url, text.data, text.len, NULL), 0);
		url_form_set(&form, &url);
		if (form.has_date != rows[i].has_date)
			fail_msg("%s", rows[i].url);
		url_release(&url);
		buf_release(&text);
	}
	url_form_release(&form);
}

static void queries_with_many_parameters_have_a_form(void **state)
{
	struct url_form form = {0};
	struct buf text = {0};
	struct url url;

	(void)state;
	buf_addstr(&text, "http://a.example/?");
	for (unsigned i = 0; i < 5000; i++)
		buf_addf(&text, "%c%c=1&", 'a' + i % 26, 'a' + i / 26 % 26);
	assert_int_equal(url_parse(&url, text.data, text.len, NULL), 0);
	url_form_set(&form, &url);
	assert_in_range(form.text.len, 100, 1000);
	url_form_release(&form);
	url_release(&url);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_have_no_values),
		cmocka_unit_test(dates_are_found),
		cmocka_unit_test(queries_with_many_parameters_have_a_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
