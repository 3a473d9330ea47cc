#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/labels.h"
#include "tests/unit/cpu_time.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) literal, sizeof(literal) - 1
#define X UTF8_REPLACEMENT

static struct charset *charset;

static struct buf exact(const char *s, size_t len)
{
	struct buf b = {.data = xmalloc(len), .len = len, .cap = len};

	memcpy(b.data, s, len);
	return b;
}

static const char *convert(struct buf *b, const char *type,
			   enum charset_kind kind)
{
	return charset_to_utf8(charset, b, (struct slice){type, strlen(type)},
			       kind);
}

static void assert_text(const char *s, size_t len, const char *type,
			enum charset_kind kind, const char *name,
			const char *want)
{
	struct buf b = exact(s, len);

	assert_string_equal(convert(&b, type, kind), name);
	assert_string_equal(buf_cstr(&b), want);
	buf_release(&b);
}

static void there_are_228_labels_and_each_is_found(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < ENCODINGS; i++) {
		const char *at = encodings[i].labels;

		assert_true(encoding_by_name(encodings[i].name) ==
			    &encodings[i]);
		while (*at) {
			size_t len = strcspn(at, " ");

			assert_ptr_equal(charset_name(at, len),
					 encodings[i].name);
			at += len + 1;
			count++;
		}
	}
	assert_int_equal(count, 228);
}

static void labels_are_found_in_any_letter_case_and_trimmed(void **state)
{
	static const char *rows[][2] = {
		{"UTF8", "UTF-8"}, {" utf-8\t\n\f\r", "UTF-8"},
		{"Latin1", "windows-1252"}, {"ISO-8859-1", "windows-1252"},
		{"US-ASCII", "windows-1252"}, {"iso-8859-9", "windows-1254"},
		{"gb2312", "GBK"}, {"SJIS", "Shift_JIS"},
		{"ks_c_5601-1987", "EUC-KR"}, {"utf-16", "UTF-16LE"},
		{"iso-8859-8-i", "ISO-8859-8-I"}, {"logical", "ISO-8859-8-I"},
		{"koi8-ru", "KOI8-U"}, {"hz-gb-2312", "replacement"},
	};
	static const char *none[] = {
		"", " ", "utf", "utf-7", "utf-32", "utf-8 ;", "utf_8",
		"utf-8utf-8", "cp437", "\xc2\xa0utf-8", "utf-8 utf8",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(charset_name(rows[i][0],
						 strlen(rows[i][0])),
				    rows[i][1]);
	for (size_t i = 0; i < COUNT(none); i++)
		assert_null(charset_name(none[i], strlen(none[i])));
	assert_null(charset_name("utf-8\0", 6));
}

/* A few words in every encoding. */
static const struct {
	const char *label;
	const char *s;
	size_t len;
	const char *want;
} encoded[] = {
	{"utf-8", BYTES("caf\xc3\xa9"), "café"},
	{"utf-8", BYTES("caf\xe9 \xe2\x82"), "caf" X " " X},
	{"windows-1252", BYTES("\x80 \x93z\x94 \xe9\xff\x81"),
	 "€ “z” éÿ\xc2\x81"},
	{"iso-8859-1", BYTES("\x85"), "…"},
	{"shift_jis", BYTES("\x93\xfa\x96{\x8c\xea \xb1\\~"), "日本語 ｱ\\~"},
	{"shift_jis", BYTES("\x81\x60\x87\x40\xfa\x40\x1a\x1c\x7f"),
	 "～①ⅰ\x1a\x1c\x7f"},
	{"euc-jp", BYTES("\xc6\xfc\xcb\xdc\xb8\xec \x8e\xb1\xa1\xc1"),
	 "日本語 ｱ～"},
	{"euc-jp", BYTES("\x8f\xb0\xa1"), "丂"},
	{"iso-2022-jp", BYTES("a\x1b$BF|K\\8l\x1b(Bz"), "a日本語z"},
	{"gb2312", BYTES("\xc4\xe3\xba\xc3\x80\xa3\xa0"), "你好€　"},
	{"gbk", BYTES("\x81\x30\x84\x36"), "¥"},
	{"gb18030", BYTES("\x94\x39\xda\x33"), "💩"},
	{"big5", BYTES("\xa7\x41\xa6\x6e\x88\x62\x88\xa5\x8e\x69"),
	 "你好Ê̄ê̌箸"},
	{"euc-kr", BYTES("\xb0\xa1\x81\x41\x8c\x63"), "가갂똠"},
	{"windows-1251", BYTES("\xcf\xf0\xe8\xe2\xe5\xf2"), "Привет"},
	{"koi8-r", BYTES("\xf0\xd2\xc9\xd7\xc5\xd4"), "Привет"},
	{"koi8-u", BYTES("\xae\xbe"), "ўЎ"},
	{"iso-8859-5", BYTES("\xbf\xe0"), "Пр"},
	{"ibm866", BYTES("\x8f\xe0\x1a\x7f"), "Пр\x1a\x7f"},
	{"x-mac-cyrillic", BYTES("\x8f\xff"), "П€"},
	{"iso-8859-2", BYTES("\xb3\xf3"), "łó"},
	{"windows-1250", BYTES("\xb3\x9c"), "łś"},
	{"iso-8859-15", BYTES("\xa4\xbd"), "€œ"},
	{"iso-8859-9", BYTES("\xfe\x80"), "ş€"},
	{"iso-8859-7", BYTES("\xe1\xa4\xae"), "α€" X},
	{"windows-1253", BYTES("\xe1\xaa"), "α" X},
	{"windows-1257", BYTES("\xe0"), "ą"},
	{"iso-8859-13", BYTES("\xe0"), "ą"},
	{"iso-8859-4", BYTES("\xb1"), "ą"},
	{"iso-8859-3", BYTES("\xb1\xa5"), "ħ" X},
	{"iso-8859-10", BYTES("\xb1"), "ą"},
	{"iso-8859-14", BYTES("\xa1"), "Ḃ"},
	{"iso-8859-16", BYTES("\xa4\x80\xff"), "€\xc2\x80ÿ"},
	{"macintosh", BYTES("\x8e\xdb"), "é€"},
	{"windows-1255", BYTES("\xf9\xca\xd9"), "שֺ" X},
	{"iso-8859-8", BYTES("\xf9\xa1"), "ש" X},
	{"iso-8859-8-i", BYTES("\xf9"), "ש"},
	{"windows-1256", BYTES("\xc7"), "ا"},
	{"iso-8859-6", BYTES("\xc7\xa1"), "ا" X},
	{"tis-620", BYTES("\xa1\xdb"), "ก" X},
	{"windows-1258", BYTES("\xd2\xfe"), "̉₫"},
	{"utf-16le", BYTES("a\0\xac\x20\x3d\xd8\xa9\xdc"), "a€💩"},
	{"utf-16le", BYTES("a\0\x00\xd8z\0\x00\xdcz"), "a" X "z" X X},
	{"utf-16be", BYTES("\0a\x20\xac\xd8\x3d\xdc\xa9"), "a€💩"},
	{"x-user-defined", BYTES("a\x80\xff"), "a\xef\x9e\x80\xef\x9f\xbf"},
	{"hz-gb-2312", BYTES("~{<script>"), X},
};

static void every_encoding_is_read_as_browsers_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(encoded); i++) {
		char *type = xasprintf("text/plain;charset=%s",
				       encoded[i].label);

		assert_text(encoded[i].s, encoded[i].len, type, CHARSET_TEXT,
			    charset_name(encoded[i].label,
					 strlen(encoded[i].label)),
			    encoded[i].want);
		free(type);
	}
}

static void incomplete_character_does_not_hide_markup(void **state)
{
	static const char *labels[] = {"utf-8", "shift_jis", "euc-jp", "gbk",
				       "big5", "euc-kr"};

	(void)state;
	for (size_t i = 0; i < COUNT(labels); i++) {
		char *type = xasprintf("text/html;charset=%s", labels[i]);

		for (int lead = 0xe0; lead < 0xfd; lead++) {
			struct buf b = {0};

			buf_addf(&b, "%c<%c\"%c&%c>", lead, lead, lead, lead);
			convert(&b, type, CHARSET_HTML);
			buf_cstr(&b);
			assert_non_null(strchr(b.data, '<'));
			assert_non_null(strchr(b.data, '"'));
			assert_non_null(strchr(b.data, '&'));
			assert_non_null(strchr(b.data, '>'));
			buf_release(&b);
		}
		free(type);
	}
}

static void nul_stays_in_the_text(void **state)
{
	static const char *labels[] = {"utf-8", "latin1", "gbk", "koi8-r",
				       "shift_jis"};

	(void)state;
	for (size_t i = 0; i < COUNT(labels); i++) {
		char *type = xasprintf("text/html;charset=%s", labels[i]);
		struct buf b = exact(BYTES("a\0b"));

		convert(&b, type, CHARSET_HTML);
		assert_int_equal(b.len, 3);
		assert_memory_equal(b.data, "a\0b", 3);
		buf_release(&b);
		free(type);
	}
}

static void empty_bodies_stay_empty(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENCODINGS; i++) {
		char *type = xasprintf("text/html;charset=%.*s",
				       (int)strcspn(encodings[i].labels, " "),
				       encodings[i].labels);
		struct buf b = {0};

		convert(&b, type, CHARSET_HTML);
		assert_int_equal(b.len, 0);
		free(type);
	}
	assert_text(BYTES("\xef\xbb\xbf"), "", CHARSET_HTML, "UTF-8", "");
	assert_text(BYTES("\xff\xfe"), "", CHARSET_HTML, "UTF-16LE", "");
}

static void long_texts_are_decoded_across_blocks(void **state)
{
	static const struct {
		const char *type, *s, *want;
	} rows[] = {
		{"text/html;charset=gb18030", "a\x94\x39\xda\x33", "a💩"},
		{"text/html;charset=shift_jis", "a\x93\xfa", "a日"},
		{"text/html;charset=windows-1251", "a\xcf\xf0", "aПр"},
		{"text/html;charset=latin1", "\xe9\xe9\xe9", "ééé"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b = {0}, want = {0};

		for (int j = 0; j < 20000; j++) {
			buf_addstr(&b, rows[i].s);
			buf_addstr(&want, rows[i].want);
		}
		convert(&b, rows[i].type, CHARSET_HTML);
		assert_int_equal(b.len, want.len);
		assert_memory_equal(b.data, want.data, want.len);
		buf_release(&b);
		buf_release(&want);
	}
}

static void valid_utf8_is_not_moved(void **state)
{
	struct buf b = exact(BYTES("caf\xc3\xa9"));
	const char *before = b.data;

	(void)state;
	convert(&b, "text/html; charset=utf-8", CHARSET_HTML);
	assert_ptr_equal(b.data, before);
	assert_int_equal(b.len, 5);
	buf_release(&b);
}

static void bom_overrides_the_header(void **state)
{
	static const char type[] = "text/html; charset=windows-1251";

	(void)state;
	assert_text(BYTES("\xef\xbb\xbf\xc3\xa9"), type, CHARSET_HTML,
		    "UTF-8", "é");
	assert_text(BYTES("\xff\xfe\xe9\0"), type, CHARSET_HTML, "UTF-16LE",
		    "é");
	assert_text(BYTES("\xfe\xff\0\xe9"), type, CHARSET_TEXT, "UTF-16BE",
		    "é");
	/* UTF-32 is not an encoding of the Encoding Standard. */
	assert_text(BYTES("\xff\xfe\0\0"), type, CHARSET_XML, "UTF-16LE", "");
}

static void header_overrides_meta(void **state)
{
	static const char html[] = "<meta charset=koi8-r>\xcf";

	(void)state;
	assert_text(BYTES(html), "text/html; charset=windows-1251",
		    CHARSET_HTML, "windows-1251", "<meta charset=koi8-r>П");
	assert_text(BYTES(html), "text/html; charset=klingon", CHARSET_HTML,
		    "KOI8-R", "<meta charset=koi8-r>о");
	assert_text(BYTES(html), "text/html", CHARSET_HTML, "KOI8-R",
		    "<meta charset=koi8-r>о");
}

static void header_parameters_are_read(void **state)
{
	static const char *rows[][2] = {
		{"text/html;charset=koi8-r", "KOI8-R"},
		{"text/html; Charset = \"koi8-r\"", "KOI8-R"},
		{"text/html;\tCHARSET=KOI8-R ;x=y", "KOI8-R"},
		{"text/html;a=b; c;charset=koi8-r", "KOI8-R"},
		{"text/html;charset=koi8-r;charset=utf-8", "KOI8-R"},
		{"text/html;a=\";charset=utf-8;\";charset=koi8-r", "KOI8-R"},
		{"text/html;charset=\"koi8-r", "KOI8-R"},
		{";charset=koi8-r", "KOI8-R"},
		{"text/html;xcharset=koi8-r", "windows-1252"},
		{"text/html;charset", "windows-1252"},
		{"text/html;charset=", "windows-1252"},
		{"text/html;charset=;", "windows-1252"},
		{"text/html;charset=\"", "windows-1252"},
		{"text/html;=koi8-r", "windows-1252"},
		{"charset=koi8-r", "windows-1252"},
		{";", "windows-1252"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf type = exact(rows[i][0], strlen(rows[i][0]));
		struct buf b = exact("\xe9", 1);

		assert_string_equal(
			charset_to_utf8(charset, &b,
					(struct slice){type.data, type.len},
					CHARSET_TEXT), rows[i][1]);
		buf_release(&type);
		buf_release(&b);
	}
}

#define NOTHING "windows-1252"
#define PRAGMA "<meta http-equiv=content-type content="

/* Results of the prescan of the HTML Standard. */
static const struct {
	const char *html, *name;
} prescans[] = {
	{"", NOTHING},
	{"<p>text", NOTHING},
	{"<meta charset=koi8-r>", "KOI8-R"},
	{"<META CHARSET=KOI8-R>", "KOI8-R"},
	{"<meta charset=\"koi8-r\">", "KOI8-R"},
	{"<meta charset='koi8-r'>", "KOI8-R"},
	{"<meta charset = ' koi8-r ' />", "KOI8-R"},
	{"<meta/charset=koi8-r>", "KOI8-R"},
	{"<meta\n\tcharset\f=\rkoi8-r\n>", "KOI8-R"},
	{"<meta name=x charset=koi8-r>", "KOI8-R"},
	{"<meta name = x / charset=koi8-r>", "KOI8-R"},
	{"<meta charset=koi8-r/>", NOTHING},
	{"<meta charset>", NOTHING},
	{"<meta charset=>", NOTHING},
	{"<meta charset=\"\">", NOTHING},
	{"<meta charset=\"koi8-r>", NOTHING},
	{"<meta charset=koi8-r", NOTHING},
	{"<metacharset=koi8-r>", NOTHING},
	{"<metal charset=koi8-r>", NOTHING},
	{"< meta charset=koi8-r>", NOTHING},
	{"</meta charset=koi8-r>", NOTHING},
	{"<meta>charset=koi8-r", NOTHING},
	{"<meta =charset=koi8-r>", NOTHING},
	{"<<meta charset=koi8-r>", "KOI8-R"},
	{"a < b <meta charset=koi8-r>", "KOI8-R"},
	/* the first attribute of a name counts, the first good meta too */
	{"<meta charset=koi8-r charset=utf-8>", "KOI8-R"},
	{"<meta charset=klingon charset=koi8-r>", NOTHING},
	{"<meta charset=klingon><meta charset=koi8-r>", "KOI8-R"},
	{"<meta charset=koi8-r><meta charset=big5>", "KOI8-R"},
	/* declarations that mean another encoding */
	{"<meta charset=utf-16>", "UTF-8"},
	{"<meta charset=utf-16be>", "UTF-8"},
	{"<meta charset=x-user-defined>", "windows-1252"},
	/* http-equiv */
	{PRAGMA "'text/html; charset=koi8-r'>", "KOI8-R"},
	{PRAGMA "'text/html;charset = \"koi8-r\"'>", "KOI8-R"},
	{PRAGMA "\"charset='koi8-r'\">", "KOI8-R"},
	{PRAGMA "'CharSet=koi8-r;x'>", "KOI8-R"},
	{PRAGMA "'charset koi8-r charset=koi8-r x'>", "KOI8-R"},
	{PRAGMA "'charsetcharset=koi8-r'>", "KOI8-R"},
	{PRAGMA "charset=koi8-r>", "KOI8-R"},
	{PRAGMA "'charset=\"koi8-r'>", NOTHING},
	{PRAGMA "'charset='>", NOTHING},
	{PRAGMA "'text/html'>", NOTHING},
	{PRAGMA "'text/html; charset=utf-16le'>", "UTF-8"},
	{"<meta content='charset=koi8-r' http-equiv='Content-Type'>",
	 "KOI8-R"},
	{"<meta content='charset=koi8-r'>", NOTHING},
	{"<meta http-equiv=refresh content='0; charset=koi8-r'>", NOTHING},
	{"<meta http-equiv=content-type http-equiv=refresh "
	 "content='charset=koi8-r'>", "KOI8-R"},
	{"<meta http-equiv=content-type content=x content='charset=koi8-r'>",
	 NOTHING},
	{"<meta content='charset=big5' charset=koi8-r>", "KOI8-R"},
	{"<meta charset=koi8-r content='charset=big5' "
	 "http-equiv=content-type>", "KOI8-R"},
	/* comments and other markup */
	{"<!-- <meta charset=big5> --><meta charset=koi8-r>", "KOI8-R"},
	{"<!--><meta charset=koi8-r>", "KOI8-R"},
	{"<!---><meta charset=koi8-r>", "KOI8-R"},
	{"<!-- > <meta charset=koi8-r>", NOTHING},
	{"<!doctype html><meta charset=koi8-r>", "KOI8-R"},
	{"<!- ><meta charset=koi8-r>", "KOI8-R"},
	{"<?php echo ?><meta charset=koi8-r>", "KOI8-R"},
	{"</p <meta charset=big5>><meta charset=koi8-r>", "KOI8-R"},
	{"</ <meta charset=big5><meta charset=koi8-r>", "KOI8-R"},
	{"<a title='<meta charset=big5>'><meta charset=koi8-r>", "KOI8-R"},
	{"<a title=\"<meta charset=big5>", NOTHING},
	{"<script>'<meta charset=koi8-r>'</script>", "KOI8-R"},
	{"<title><meta charset=koi8-r></title>", "KOI8-R"},
	/* XML declarations */
	{"<?xml version='1.0' encoding='koi8-r'?>", "KOI8-R"},
	{"<?xml encoding = \"koi8-r\"?><p>", "KOI8-R"},
	{"<?xml encoding='koi8-r'?><meta charset=big5>", "Big5"},
	{"<?xml encoding='utf-16'?>", "UTF-8"},
	{"<?xml encoding='koi8-r '?>", NOTHING},
	{"<?xml encoding=koi8-r?>", NOTHING},
	{"<?xml encoding='koi8-r", NOTHING},
	{"<?xml ?> encoding='koi8-r'>", NOTHING},
	{" <?xml encoding='koi8-r'?>", NOTHING},
};

static void meta_is_found_as_the_standard_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(prescans); i++) {
		struct buf b = exact(prescans[i].html,
				     strlen(prescans[i].html));

		/* Append a byte that is not valid UTF-8. */
		buf_addch(&b, (char)0xe9);
		buf_shrink(&b);
		assert_string_equal(convert(&b, "", CHARSET_HTML),
				    prescans[i].name);
		buf_release(&b);
	}
}

#define META "<meta charset=koi8-r>"

/* Texts before a <meta> that begins after the first 1,024 bytes. The first "~"
 * stands for as many bytes as are needed for that. */
static const struct {
	const char *before, *name;
} late[] = {
	{"~", "KOI8-R"},
	{"text ~", "KOI8-R"},
	{"<!doctype html><html><head>~", "KOI8-R"},
	{"<HEAD><SCRIPT>~</SCRIPT>", "KOI8-R"},
	{"<script src=x>~</script >", "KOI8-R"},
	{"<style>~</style><link href=~>", "KOI8-R"},
	{"<title>~</title><base href=x><meta name=x><object></object>",
	 "KOI8-R"},
	{"<noscript>~</noscript>", "KOI8-R"},
	{"<script>~</script><link><meta CharSet=big5>", "Big5"},
	{"~<base><meta content='x;CHARSET=big5' http-equiv=content-type>",
	 "Big5"},
	{"<!-- ~ <p> -->", "KOI8-R"},
	{"<meta name=description content='~<p>'>", "KOI8-R"},
	{"<meta charset=klingon>~<meta charset=klingon>", "KOI8-R"},
	{"~</script></style></title>", "KOI8-R"},
	{"~<?php ?></ ><!x>", "KOI8-R"},
	/* text that looks like tags */
	{"<script>'~<p><body>'</script>", "KOI8-R"},
	{"<script>~</scripts></scrip></script>", "KOI8-R"},
	{"<script>~<!-- <script> </script> " META " --></script>"
	 "<meta charset=big5>", "Big5"},
	{"<script>~<!-- <script> --></script>", "KOI8-R"},
	{"<script>~<!--></script>", "KOI8-R"},
	{"<script>~<!-- </script>", "KOI8-R"},
	{"<script>~<!-- <script></script> ", NOTHING},
	{"<title>~<b></title>", "KOI8-R"},
	{"<style>~" META "</style><meta charset=big5>", "Big5"},
	{"<script>~", NOTHING},
	{"<title>~</titles>", NOTHING},
	/* the end of the head */
	{"<body>~", NOTHING},
	{"~<body>", NOTHING},
	{"~<p>", NOTHING},
	{"~</p>", NOTHING},
	{"~</head>", NOTHING},
	{"~</html>", NOTHING},
	{"</head>~", NOTHING},
	{"<x><script>~</script>", NOTHING},
	{"<noscript><img src=x></noscript>~", NOTHING},
	{"<a-name-longer-than-any-of-a-head>~", NOTHING},
	/* markup that never ends */
	{"~<!-- ", NOTHING},
	{"~<link href='", NOTHING},
	/* a declaration comes first */
	{"<?xml encoding='big5'?>~", "Big5"},
};

static void check_late_meta(const char *before, size_t bytes, const char *name)
{
	const char *hole = strchr(before, '~');
	struct buf b = {0};

	buf_add(&b, before, (size_t)(hole - before));
	for (size_t n = 0; n < bytes; n++)
		buf_addch(&b, "; "[n & 1]);
	buf_addstr(&b, hole + 1);
	buf_addstr(&b, META);
	buf_addch(&b, (char)0xe9);
	buf_shrink(&b);
	if (strcmp(convert(&b, "", CHARSET_HTML), name) != 0)
		fail_msg("%s, %zu bytes: not %s", before, bytes, name);
	buf_release(&b);
}

/* In a head over 64 KB, the search ends when no "charset" follows any more. */
static void longer_heads_are_searched_as_browsers_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(late); i++) {
		check_late_meta(late[i].before, 1100, late[i].name);
		check_late_meta(late[i].before, 70000, late[i].name);
	}
}

/* A <meta> that begins within the first 1,024 bytes is found whatever precedes
 * it; one that begins after them is found in a head only. */
static void end_of_the_prescan_is_exact(void **state)
{
	(void)state;
	for (size_t before = 1000; before < 1030; before++) {
		for (int head = 0; head < 2; head++) {
			struct buf b = {0};

			buf_addstr(&b, head ? "<head>" : "<body>");
			while (b.len < before)
				buf_addch(&b, ' ');
			buf_addstr(&b, META);
			buf_addch(&b, (char)0xe9);
			assert_string_equal(
				convert(&b, "", CHARSET_HTML),
				head || before < 1024 ? "KOI8-R" : NOTHING);
			buf_release(&b);
		}
	}
}

/* Reading the bytes of a script again and again would take hours. */
static void search_of_a_head_is_linear(void **state)
{
	static const char *const again[] = {
		"<a", "</", "<!--", "<!--<script", "</script", "-->", "<!", "<",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(again); i++) {
		const double start = cpu_seconds();
		struct buf b = {0};

		buf_addstr(&b, "<script>");
		while (b.len < 128 << 10)
			buf_addstr(&b, again[i]);
		buf_addch(&b, (char)0xe9);
		convert(&b, "", CHARSET_HTML);
		buf_release(&b);
		/* A linear search takes a millisecond, a quadratic one 15 s. */
		assert_true(cpu_seconds() - start < 2);
	}
}

static void utf16_without_bom_is_recognised_by_its_declaration(void **state)
{
	(void)state;
	assert_text(BYTES("<\0?\0x\0>\0"), "", CHARSET_HTML, "UTF-16LE",
		    "<?x>");
	assert_text(BYTES("\0<\0?\0x\0>"), "", CHARSET_HTML, "UTF-16BE",
		    "<?x>");
}

static void undeclared_html_is_utf8_if_it_can_be(void **state)
{
	(void)state;
	assert_text(BYTES("caf\xc3\xa9"), "text/html", CHARSET_HTML, "UTF-8",
		    "café");
	assert_text(BYTES("caf\xe9 \xc3\xa9"), "text/html", CHARSET_HTML,
		    "windows-1252", "café Ã©");
	assert_text(BYTES("caf\xc3"), "", CHARSET_TEXT, "windows-1252",
		    "cafÃ");
	assert_text(BYTES("<meta charset=koi8-r>\xc3\xa9"), "", CHARSET_TEXT,
		    "UTF-8", "<meta charset=koi8-r>é");
}

static void json_is_utf8_whatever_the_header_says(void **state)
{
	static const char type[] = "application/json; charset=iso-8859-1";

	(void)state;
	assert_text(BYTES("\"\xc3\xa9\xe9\""), type, CHARSET_JSON, "UTF-8",
		    "\"é" X "\"");
	assert_text(BYTES("\xef\xbb\xbf[1]"), type, CHARSET_JSON, "UTF-8",
		    "[1]");
	assert_text(BYTES("\xff\xfe[\0]\0"), type, CHARSET_JSON, "UTF-16LE",
		    "[]");
	assert_text(BYTES("\xfe\xff\0[\0]"), type, CHARSET_JSON, "UTF-16BE",
		    "[]");
	assert_text(BYTES("\xff\xfe\0\0[\0\0\0]\0\0\0"), type, CHARSET_JSON,
		    "UTF-32LE", "[]");
	assert_text(BYTES("\0\0\xfe\xff\0\0\0[\0\x11\0\0"), type,
		    CHARSET_JSON, "UTF-32BE", "[" X);
}

static void xml_declares_itself(void **state)
{
	static const char xml[] = "<?xml version='1.0' encoding='koi8-r'?>\xcf";

	(void)state;
	assert_text(BYTES(xml), "text/xml", CHARSET_XML, "KOI8-R",
		    "<?xml version='1.0' encoding='koi8-r'?>о");
	assert_text(BYTES("<a>\xe9</a>"), "text/xml", CHARSET_XML, "UTF-8",
		    "<a>" X "</a>");
	assert_text(BYTES("<a>\xe9</a>"), "text/xml;charset=latin1",
		    CHARSET_XML, "windows-1252", "<a>é</a>");
}

static void any_bytes_become_valid_utf8(void **state)
{
	uint32_t seed = 5;

	(void)state;
	for (size_t i = 0; i < ENCODINGS * 200; i++) {
		const struct encoding *e = &encodings[i % ENCODINGS];
		char *type = xasprintf("text/html;charset=%.*s",
				       (int)strcspn(e->labels, " "),
				       e->labels);
		struct buf b = {0};

		for (int j = 0; j < 64; j++) {
			seed = seed * 1664525 + 1013904223;
			buf_addch(&b, (char)(seed >> 24));
		}
		convert(&b, type, CHARSET_HTML);
		assert_int_equal(utf8_valid_prefix(b.data, b.len), b.len);
		buf_release(&b);
		free(type);
	}
}

static int set_up(void **state)
{
	(void)state;
	charset = charset_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	charset_free(charset);
	charset_free(NULL);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_are_228_labels_and_each_is_found),
		cmocka_unit_test(
			labels_are_found_in_any_letter_case_and_trimmed),
		cmocka_unit_test(every_encoding_is_read_as_browsers_do),
		cmocka_unit_test(incomplete_character_does_not_hide_markup),
		cmocka_unit_test(nul_stays_in_the_text),
		cmocka_unit_test(empty_bodies_stay_empty),
		cmocka_unit_test(long_texts_are_decoded_across_blocks),
		cmocka_unit_test(valid_utf8_is_not_moved),
		cmocka_unit_test(bom_overrides_the_header),
		cmocka_unit_test(header_overrides_meta),
		cmocka_unit_test(header_parameters_are_read),
		cmocka_unit_test(meta_is_found_as_the_standard_says),
		cmocka_unit_test(longer_heads_are_searched_as_browsers_do),
		cmocka_unit_test(end_of_the_prescan_is_exact),
		cmocka_unit_test(search_of_a_head_is_linear),
		cmocka_unit_test(
			utf16_without_bom_is_recognised_by_its_declaration),
		cmocka_unit_test(undeclared_html_is_utf8_if_it_can_be),
		cmocka_unit_test(json_is_utf8_whatever_the_header_says),
		cmocka_unit_test(xml_declares_itself),
		cmocka_unit_test(any_bytes_become_valid_utf8),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
