#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parse/encoding/gunzip.h"
#include "parse/encoding/sniff.h"

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void feeds_are_known_by_their_root(void **state)
{
	static const struct {
		const char *body;
		bool is_feed;
	} rows[] = {
		{"<rss version='2.0'>", true},
		{"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- <p> --><feed>", true},
		{"<!DOCTYPE rss [<!ENTITY a '>'>]><rss>", true},
		{"<urlset>", true},
		{"<sitemapindex xmlns='x'>", true},
		{"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/"
		 "22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">",
		 true},
		{"<rdf:RDF>", false},
		{"<rss", false},
		{"<rssfeed>", false},
		{"<html><rss>", false},
		{"text <rss>", false},
		{"<!-- <rss>", false},
		{"<!DOCTYPE [", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (sniff_is_feed(slice(rows[i].body)) != rows[i].is_feed)
			fail_msg("%s", rows[i].body);
}

static void name_and_content_give_the_type(void **state)
{
	static const struct {
		const char *name, *body;
		enum media media;
	} rows[] = {
		{"/map.xml.gz", "<!-- --><a>", MEDIA_XML},
		{"/a.HTML", "<x>", MEDIA_HTML},
		{"/a.json", "{", MEDIA_JSON},
		{"/a.jsonl.gz", "{}\n{}", MEDIA_JSON_LINES},
		{"/a.xml", "{}", MEDIA_JSON},
		{"/a.json", "<!doctype html>", MEDIA_HTML},
		{"/a.xml", "", MEDIA_XML},
		{"/a.gz", "<!doctype html>", MEDIA_HTML},
		{"/a.gz", "<products>", MEDIA_XML},
		{"/a.gz", "words", MEDIA_TEXT},
		{"/a.gz", "\1\2", MEDIA_BINARY},
		{".gz", " [1]", MEDIA_JSON},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(sniff_body(slice(rows[i].body),
					 sniff_file_name(slice(rows[i].name))),
				 rows[i].media);
}

static void broken_gzip_files_have_no_first_bytes(void **state)
{
	static const char broken[] = "\x1f\x8b\x08\xff\xff\xff\xff\xff";
	char first[16];

	(void)state;
	assert_true(gunzip_is_packed(slice(broken)));
	assert_false(gunzip_is_packed(slice("\x1f\x8b")));
	assert_false(gunzip_is_packed((struct slice){NULL, 0}));
	assert_int_equal(gunzip_peek(slice(broken), first, sizeof(first)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feeds_are_known_by_their_root),
		cmocka_unit_test(name_and_content_give_the_type),
		cmocka_unit_test(broken_gzip_files_have_no_first_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
