#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "parse/encoding/media_type.h"

static void media_types_have_their_kind(void **state)
{
	static const struct {
		const char *type;
		enum media media;
	} rows[] = {
		{"text/html", MEDIA_HTML},
		{"TEXT/HTML; Charset=utf-8", MEDIA_HTML},
		{"  text/html\t; q=1", MEDIA_HTML},
		{"text/html;", MEDIA_HTML},
		{"application/xhtml+xml", MEDIA_XHTML},
		{"application/json", MEDIA_JSON},
		{"text/json", MEDIA_JSON},
		{"application/vnd.api+json", MEDIA_JSON},
		{"image/x+json", MEDIA_JSON},
		{"application/x-json", MEDIA_OTHER},
		{"application/json5", MEDIA_OTHER},
		{"text/xml", MEDIA_XML},
		{"application/rss+xml", MEDIA_XML},
		{"image/svg+xml", MEDIA_XML},
		{"text/plain", MEDIA_TEXT},
		{"text/htmlx", MEDIA_TEXT},
		{"application/javascript", MEDIA_TEXT},
		{"application/x-www-form-urlencoded", MEDIA_TEXT},
		{"image/png", MEDIA_BINARY},
		{"application/pdf", MEDIA_BINARY},
		{"application/x-whatever", MEDIA_OTHER},
		{"application/unknown", MEDIA_NONE},
		{"*/*", MEDIA_NONE},
		{"", MEDIA_NONE},
		{";", MEDIA_NONE},
		{"/", MEDIA_NONE},
		{"text/", MEDIA_NONE},
		{"/html", MEDIA_NONE},
		{"html", MEDIA_NONE},
		{"text/html/x", MEDIA_NONE},
		{"text /html", MEDIA_NONE},
		{"text/\xc3\xa4", MEDIA_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const enum media media =
			media_of(rows[i].type, strlen(rows[i].type));

		if (media != rows[i].media)
			fail_msg("\"%s\" is %d", rows[i].type, (int)media);
	}
}

static void overlong_media_type_is_ignored(void **state)
{
	char type[4096];

	(void)state;
	memset(type, 'a', sizeof(type));
	type[4] = '/';
	assert_int_equal(media_of(type, sizeof(type)), MEDIA_NONE);
}

static void last_valid_declaration_counts(void **state)
{
	static const struct {
		const char *lines[3];
		enum media media;
		const char *value;
	} rows[] = {
		{{"X: y"}, MEDIA_NONE, ""},
		{{"Content-Type:"}, MEDIA_NONE, ""},
		{{"Content-Type: nonsense"}, MEDIA_NONE, ""},
		{{"Content-Type: text/html;charset=x"},
		 MEDIA_HTML, "text/html;charset=x"},
		{{"Content-Type: text/plain", "A: b",
		  "content-type: text/html"}, MEDIA_HTML, "text/html"},
		{{"Content-Type: text/html", "Content-Type: */*",
		  "Content-Type: x"}, MEDIA_HTML, "text/html"},
		{{"Content-Type: text/html, application/json"},
		 MEDIA_JSON, "application/json"},
		{{"Content-Type: text/html;a=\"x, b/c\\\", d/e\""},
		 MEDIA_HTML, "text/html;a=\"x, b/c\\\", d/e\""},
		{{"Content-Type: text/html;a=\"\\"},
		 MEDIA_HTML, "text/html;a=\"\\"},
		{{"Content-Type: ,,text/html,,"}, MEDIA_HTML, "text/html"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf headers = {0};
		struct slice value;

		for (size_t j = 0; j < 3 && rows[i].lines[j]; j++)
			headers_add_line(&headers, rows[i].lines[j],
					 strlen(rows[i].lines[j]));
		assert_int_equal(media_declared(&headers, &value),
				 rows[i].media);
		assert_int_equal(value.len, strlen(rows[i].value));
		assert_memory_equal(value.p, rows[i].value, value.len);
		buf_release(&headers);
	}
}

static void first_bytes_suggest_a_kind(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum media media;
	} rows[] = {
#define ROW(s, media) {s, sizeof(s) - 1, media}
		ROW("", MEDIA_TEXT),
		ROW("hello", MEDIA_TEXT),
		ROW("<!doctype html>", MEDIA_HTML),
		ROW(" \r\n\t\f<!DocType HTML PUBLIC", MEDIA_HTML),
		ROW("<html>", MEDIA_HTML),
		ROW("<html lang=de>", MEDIA_HTML),
		ROW("<htmlx>", MEDIA_TEXT),
		ROW("<html", MEDIA_TEXT),
		ROW("<h1>", MEDIA_HTML),
		ROW("<p>", MEDIA_HTML),
		ROW("<!-- x -->", MEDIA_HTML),
		ROW("<!--x", MEDIA_TEXT),
		ROW("\xef\xbb\xbf<html>", MEDIA_HTML),
		ROW("<?xml version='1.0'?>", MEDIA_XML),
		ROW("<?XML version='1.0'?>", MEDIA_TEXT),
		ROW("{\"a\":1}", MEDIA_JSON),
		ROW("\n [1]", MEDIA_JSON),
		ROW("\xef\xbb\xbf[]", MEDIA_JSON),
		ROW("%PDF-1.7", MEDIA_BINARY),
		ROW("\x89PNG\r\n\x1a\n", MEDIA_BINARY),
		ROW("a\0b", MEDIA_BINARY),
		ROW("\xff\xfe" "a\0", MEDIA_TEXT),
		ROW("\x1b[1mx\f", MEDIA_TEXT),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const enum media media =
			media_sniff(rows[i].bytes, rows[i].len);

		if (media != rows[i].media)
			fail_msg("row %zu is %d", i, (int)media);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(media_types_have_their_kind),
		cmocka_unit_test(overlong_media_type_is_ignored),
		cmocka_unit_test(last_valid_declaration_counts),
		cmocka_unit_test(first_bytes_suggest_a_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
