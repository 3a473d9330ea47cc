#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "parse/extract/caret.h"

static void check(const char *expression, size_t len, size_t at,
		  const char *shown)
{
	struct buf out = {0};

	caret_show(&out, expression, len, at);
	assert_string_equal(buf_cstr(&out), shown);
	buf_release(&out);
}

static void caret_is_under_the_character(void **state)
{
	static const struct {
		const char *expression;
		size_t at;
		const char *shown;
	} rows[] = {
		{"a:foo", 1, "\n    a:foo\n     ^"},
		{"a", 0, "\n    a\n    ^"},
		{"a >", 3, "\n    a >\n       ^"},
		{"", 0, "\n    \n    ^"},
		{"\xc3\xa9\xe2\x82\xac:x", 5,
		 "\n    \xc3\xa9\xe2\x82\xac:x\n      ^"},
		{"a\tb\n\x01\x7f\xc2\x85:x", 8,
		 "\n    a b    :x\n           ^"},
		{"\xff\xfe:x", 2, "\n    \xef\xbf\xbd\xef\xbf\xbd:x\n      ^"},
		{"a", 7, "\n    a\n     ^"},
		{".a | .b", CARET_NOWHERE, "\n    .a | .b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i].expression, strlen(rows[i].expression),
		      rows[i].at, rows[i].shown);
}

/* Returns 200 characters of two bytes, with a digit at every tenth place. */
static char *long_expression(size_t *len)
{
	struct buf text = {0};

	for (int i = 0; i < 200; i++) {
		if (i % 10 == 0)
			buf_addch(&text, (char)('0' + i / 10 % 10));
		else
			buf_addstr(&text, "\xc3\xa9");
	}
	*len = text.len;
	return buf_detach(&text);
}

static size_t byte_of(size_t character)
{
	return character * 2 - (character + 9) / 10;
}

static void long_expression_is_shown_around_the_mistake(void **state)
{
	size_t len;
	char *s = long_expression(&len);

	(void)state;
	for (size_t character = 0; character <= 200; character++) {
		struct buf out = {0};
		const char *line, *caret;
		size_t column = 0;

		caret_show(&out, s, len, byte_of(character));
		line = buf_cstr(&out) + 1;
		caret = strchr(line, '\n') + 1;
		for (const char *p = line; p < caret - 1; p++)
			column += ((unsigned char)*p & 0xc0) != 0x80;
		assert_true(column <= 4 + 72);
		column = strlen(caret) - 1;
		for (; column; line++)
			column -= ((unsigned char)line[1] & 0xc0) != 0x80;
		if (character % 10 == 0 && character < 200)
			assert_int_equal(*line, '0' + character / 10 % 10);
		buf_release(&out);
	}
	free(s);
}

static void excerpt_of_a_long_expression_has_dots(void **state)
{
	char *s = xmalloc(100);

	(void)state;
	memset(s, 'x', 100);
	check(s, 66, 66, "\n    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxx\n"
	      "                                            "
	      "                          ^");
	check(s, 100, CARET_NOWHERE,
	      "\n    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxx...");
	check(s, 100, 100, "\n    ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxx\n"
	      "                                    "
	      "                                     ^");
	free(s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(caret_is_under_the_character),
		cmocka_unit_test(
			long_expression_is_shown_around_the_mistake),
		cmocka_unit_test(excerpt_of_a_long_expression_has_dots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
