#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "parse/encoding/query.h"

static void assert_resolved_by(const char *encoding, const char *base_href,
			       const char *href, const char *expected)
{
	struct charset *c = charset_new();
	struct query_encoding q;
	struct url base = {0};
	struct buf out = {0};

	if (base_href)
		assert_int_equal(url_parse(&base, base_href, strlen(base_href),
					   NULL), 0);
	base.encoding = query_encoding_init(&q, c, encoding);
	url_resolve(&out, href, strlen(href), &base);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
	url_release(&base);
	query_encoding_release(&q);
	charset_free(c);
}

static void assert_query(const char *encoding, const char *query,
			 const char *expected)
{
	char href[256], full[512];

	snprintf(href, sizeof(href), "?%s", query);
	snprintf(full, sizeof(full), "http://a.test/?%s", expected);
	assert_resolved_by(encoding, "http://a.test/", href, full);
}

static void only_the_query_is_in_the_document_s_encoding(void **state)
{
	(void)state;
	assert_resolved_by("windows-1252", "http://a.test/x",
			   "/p\u00e9?q=\u00e9#\u00e9",
			   "http://a.test/p%C3%A9?q=%E9#%C3%A9");
	assert_resolved_by("GBK", "http://a.test/", "/\u641c?q=\u4e2d\u6587#\u951a",
			   "http://a.test/%E6%90%9C?q=%D6%D0%CE%C4#%E9%94%9A");
}

static void absolute_links_without_a_base_are_encoded_too(void **state)
{
	(void)state;
	assert_resolved_by("windows-1252", NULL, "http://a.test/?\u00e9",
			   "http://a.test/?%E9");
	assert_resolved_by("windows-1252", NULL, "?\u00e9", "?\u00e9");
}

static void other_schemes_are_in_utf8(void **state)
{
	(void)state;
	assert_resolved_by("windows-1252", "http://a.test/", "x:/?\u00e9",
			   "x:/?%C3%A9");
	assert_resolved_by("windows-1252", "http://a.test/",
			   "mailto:a?b=\u00e9", "mailto:a?b=%C3%A9");
	assert_resolved_by("windows-1252", "http://a.test/",
			   "ws://b.test/?\u00e9", "ws://b.test/?%C3%A9");
	assert_resolved_by("windows-1252", "http://a.test/",
			   "https://b.test/?\u00e9", "https://b.test/?%E9");
}

static void encodings_of_one_byte(void **state)
{
	(void)state;
	assert_query("windows-1252", "\u20ac\u00ff", "%80%FF");
	assert_query("KOI8-R", "\u043f\u0440\u0438\u0432\u0435\u0442",
		     "%D0%D2%C9%D7%C5%D4");
	assert_query("windows-1251", "\u0442\u0435\u0441\u0442",
		     "%F2%E5%F1%F2");
	assert_query("ISO-8859-2", "\u0105", "%B1");
	assert_query("x-user-defined", "\uf780\uf7ff", "%80%FF");
	assert_query("windows-1252", "a b'\"<>|`{}%41", "a%20b%27%22%3C%3E|`{}%41");
}

static void encodings_of_many_bytes(void **state)
{
	(void)state;
	assert_query("Shift_JIS", "\u65e5\u672c", "%93%FA%96{");
	assert_query("Shift_JIS", "\u8868\uff71\u00a5\u203e\u2212",
		     "%95\\%B1\\~%81|");
	assert_query("EUC-JP", "\u65e5\u672c\uff71", "%C6%FC%CB%DC%8E%B1");
	assert_query("EUC-KR", "\ud55c\uae00", "%C7%D1%B1%DB");
	assert_query("Big5", "\u4e2d\u6587", "%A4%A4%A4%E5");
	assert_query("GBK", "\u4e2d\u20ac", "%D6%D0%80");
	assert_query("gb18030", "\u4e2d\u20ac\U0001f600",
		     "%D6%D0%A2%E3%949%FC6");
	assert_query("ISO-2022-JP", "a\u65e5\u672cb",
		     "a%1B$BF|K\\%1B(Bb");
}

static void characters_outside_the_encoding_become_references(void **state)
{
	(void)state;
	assert_query("windows-1252", "a\u4e2db\U0001f600",
		     "a%26%2320013%3Bb%26%23128512%3B");
	assert_query("Shift_JIS", "\u65e5\U0001f600\u65e5",
		     "%93%FA%26%23128512%3B%93%FA");
	assert_query("GBK", "\U0001f600", "%26%23128512%3B");
	assert_query("EUC-JP", "\u4e02", "%26%2319970%3B");
	assert_query("ISO-2022-JP", "\u65e5\U0001f600",
		     "%1B$BF|%1B(B%26%23128512%3B");
}

static void utf_16_and_the_like_have_queries_in_utf8(void **state)
{
	(void)state;
	assert_query("UTF-8", "\u00e9", "%C3%A9");
	assert_query("UTF-16LE", "\u00e9", "%C3%A9");
	assert_query("UTF-16BE", "\u00e9", "%C3%A9");
	assert_query("replacement", "\u00e9", "%C3%A9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_query_is_in_the_document_s_encoding),
		cmocka_unit_test(absolute_links_without_a_base_are_encoded_too),
		cmocka_unit_test(other_schemes_are_in_utf8),
		cmocka_unit_test(encodings_of_one_byte),
		cmocka_unit_test(encodings_of_many_bytes),
		cmocka_unit_test(
			characters_outside_the_encoding_become_references),
		cmocka_unit_test(utf_16_and_the_like_have_queries_in_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
