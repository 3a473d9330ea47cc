#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/json/compact.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) literal, sizeof(literal) - 1

/* out: the compact text; NULL: the same as the input. */
static const struct {
	const char *text;
	size_t len;
	const char *out;
} valid[] = {
	{BYTES("{}"), NULL},
	{BYTES("[]"), NULL},
	{BYTES("0"), NULL},
	{BYTES("-0"), NULL},
	{BYTES("-1"), NULL},
	{BYTES("10"), NULL},
	{BYTES("1.10"), NULL},
	{BYTES("0.0"), NULL},
	{BYTES("-0.0"), NULL},
	{BYTES("1e5"), NULL},
	{BYTES("1E5"), NULL},
	{BYTES("1e+5"), NULL},
	{BYTES("1e-05"), NULL},
	{BYTES("0e0"), NULL},
	{BYTES("1.5E+10"), NULL},
	{BYTES("1e999999"), NULL},
	{BYTES("12345678901234567890123456789"), NULL},
	{BYTES("9007199254740993"), NULL},
	{BYTES("-0.000000000000000000000000000000000001"), NULL},
	{BYTES("true"), NULL},
	{BYTES("false"), NULL},
	{BYTES("null"), NULL},
	{BYTES("\"\""), NULL},
	{BYTES("\"a\""), NULL},
	{BYTES("\" \""), NULL},
	{BYTES("\"a b  c\""), NULL},
	{BYTES("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), NULL},
	{BYTES("\"\\u0000\""), NULL},
	{BYTES("\"\\u00e9\\u00E9\""), NULL},
	{BYTES("\"\\ud83d\\ude00\""), NULL},
	{BYTES("\"\\ud800\""), "\"\\ufffd\""},
	{BYTES("\"\\udc00\\ud800\""), "\"\\ufffd\\ufffd\""},
	{BYTES("\"\\uD834\\u0041\""), "\"\\ufffd\\u0041\""},
	{BYTES("\"a\\uDBFF\""), "\"a\\ufffd\""},
	{BYTES("\"\\ud83d\\ud83d\\ude00\""), "\"\\ufffd\\ud83d\\ude00\""},
	{BYTES("{\"\\ud83dn\":\"\\\\ud800\"}"),
	 "{\"\\ufffdn\":\"\\\\ud800\"}"},
	{BYTES("\"\xc3\xa9\""), NULL},
	{BYTES("\"\xc2\xa0\xc2\xbf\""), NULL},
	{BYTES("\"\xe2\x82\xac\""), NULL},
	{BYTES("\"\xe2\x80\xa8\xe2\x80\xa9\""), NULL},
	{BYTES("\"\xf0\x9f\x98\x80\""), NULL},
	{BYTES("\"\xef\xbf\xbf\""), NULL},
	{BYTES("\"\x7f\""), "\"\\u007f\""},
	{BYTES("\"a\x7f\x7f" "b\""), "\"a\\u007f\\u007fb\""},
	{BYTES("\"\xc2\x80\""), "\"\\u0080\""},
	{BYTES("\"\xc2\x9f\""), "\"\\u009f\""},
	{BYTES("\"x\xc2\x85y\xc2\xa0\""), "\"x\\u0085y\xc2\xa0\""},
	{BYTES("{\"\x7f\":1}"), "{\"\\u007f\":1}"},
	{BYTES("[1]"), NULL},
	{BYTES("[1,2,3]"), NULL},
	{BYTES("[[],{},\"\",0,true,false,null]"), NULL},
	{BYTES("[[[[]]]]"), NULL},
	{BYTES("{\"a\":1}"), NULL},
	{BYTES("{\"a\":1,\"b\":2}"), NULL},
	{BYTES("{\"a\":1,\"a\":2}"), NULL},
	{BYTES("{\"\":0}"), NULL},
	{BYTES("{\"a\":{\"b\":[{\"c\":null}]}}"), NULL},
	{BYTES("{\"\\u0061\":1}"), NULL},
	{BYTES(" 1 "), "1"},
	{BYTES("\t\r\n {} \n"), "{}"},
	{BYTES("[ ]"), "[]"},
	{BYTES("{ }"), "{}"},
	{BYTES("[ 1 , 2 ]"), "[1,2]"},
	{BYTES("{ \"a\" : 1 , \"b\" : [ 1 , 2 ] }"),
	 "{\"a\":1,\"b\":[1,2]}"},
	{BYTES("{\n\t\"a b\": \"c  d\"\r\n}\n"), "{\"a b\":\"c  d\"}"},
	{BYTES("[\n[\n]\n,\n{\n}\n]"), "[[],{}]"},
	{BYTES("[\"{\",\"]\",\",\",\":\"]"), NULL},
	{BYTES("\"12345678\""), NULL},
	{BYTES("\"1234567\\n\""), NULL},
	{BYTES("\"/* no comment */\""), NULL},
};

static const struct {
	const char *text;
	size_t len;
	const char *error;
	size_t at;
} invalid[] = {
	{BYTES(""), "unexpected end", 0},
	{BYTES(" \n"), "unexpected end", 2},
	{BYTES("["), "unexpected end", 1},
	{BYTES("[1"), "unexpected end", 2},
	{BYTES("[1,"), "unexpected end", 3},
	{BYTES("[1, "), "unexpected end", 4},
	{BYTES("{"), "unexpected end", 1},
	{BYTES("{\"a\""), "unexpected end", 4},
	{BYTES("{\"a\":"), "unexpected end", 5},
	{BYTES("{\"a\":1"), "unexpected end", 6},
	{BYTES("{\"a\":1,"), "unexpected end", 7},
	{BYTES("t"), "unexpected end", 1},
	{BYTES("nul"), "unexpected end", 3},
	{BYTES("-"), "unexpected end", 1},
	{BYTES("1."), "unexpected end", 2},
	{BYTES("1e"), "unexpected end", 2},
	{BYTES("1e+"), "unexpected end", 3},
	{BYTES("\""), "unexpected end in a string", 1},
	{BYTES("\"a"), "unexpected end in a string", 2},
	{BYTES("\"abcdefghijkl"), "unexpected end in a string", 13},
	{BYTES("\"\\\""), "unexpected end in a string", 3},
	{BYTES("\"\\"), "unexpected end", 2},
	{BYTES("\"\\u00"), "unexpected end", 5},
	{BYTES("\"\xc2"), "unexpected end in a string", 2},
	{BYTES("\"\\x41\""), "bad escape", 2},
	{BYTES("\"\\'\""), "bad escape", 2},
	{BYTES("\"\\U0041\""), "bad escape", 2},
	{BYTES("\"\\\n\""), "bad escape", 2},
	{BYTES("\"\\u00g0\""), "bad \\u escape", 5},
	{BYTES("\"\\u12\""), "bad \\u escape", 5},
	{BYTES("\"\\u+123\""), "bad \\u escape", 3},
	{BYTES("\"\n\""), "control character in a string", 1},
	{BYTES("\"a\tb\""), "control character in a string", 2},
	{BYTES("\"\0\""), "control character in a string", 1},
	{BYTES("\"0123456789\x1f\""), "control character in a string", 11},
	{BYTES("[1,]"), "trailing comma", 3},
	{BYTES("[1, ]"), "trailing comma", 4},
	{BYTES("{\"a\":1,}"), "trailing comma", 7},
	{BYTES("[,1]"), "unexpected character", 1},
	{BYTES("[1,,2]"), "unexpected character", 3},
	{BYTES("{,}"), "a member has no name in quotes", 1},
	{BYTES("{a:1}"), "a member has no name in quotes", 1},
	{BYTES("{'a':1}"), "a member has no name in quotes", 1},
	{BYTES("{1:1}"), "a member has no name in quotes", 1},
	{BYTES("{\"a\":1,,}"), "a member has no name in quotes", 7},
	{BYTES("{\"a\" 1}"), "no colon after a name", 5},
	{BYTES("{\"a\",1}"), "no colon after a name", 4},
	{BYTES("{\"a\"}"), "no colon after a name", 4},
	{BYTES("{\"a\"::1}"), "unexpected character", 5},
	{BYTES("{\"a\":}"), "unexpected character", 5},
	{BYTES("[1 2]"), "neither a comma nor a closing bracket", 3},
	{BYTES("[1}"), "neither a comma nor a closing bracket", 2},
	{BYTES("{\"a\":1]"), "neither a comma nor a closing bracket", 6},
	{BYTES("[\"a\"\"b\"]"), "neither a comma nor a closing bracket", 4},
	{BYTES("[1;2]"), "neither a comma nor a closing bracket", 2},
	{BYTES("[0x1]"), "neither a comma nor a closing bracket", 2},
	{BYTES("[1:2]"), "neither a comma nor a closing bracket", 2},
	{BYTES("01"), "number with a leading zero", 1},
	{BYTES("-01"), "number with a leading zero", 2},
	{BYTES("00"), "number with a leading zero", 1},
	{BYTES("-a"), "bad number", 1},
	{BYTES("--1"), "bad number", 1},
	{BYTES("1.e5"), "bad number", 2},
	{BYTES("1.-5"), "bad number", 2},
	{BYTES("1ex"), "bad number", 2},
	{BYTES("1e+-1"), "bad number", 3},
	{BYTES("+1"), "unexpected character", 0},
	{BYTES(".5"), "unexpected character", 0},
	{BYTES("NaN"), "unexpected character", 0},
	{BYTES("Infinity"), "unexpected character", 0},
	{BYTES("-Infinity"), "bad number", 1},
	{BYTES("True"), "unexpected character", 0},
	{BYTES("tru3"), "unknown word", 3},
	{BYTES("falsy"), "unknown word", 4},
	{BYTES("nil"), "unknown word", 1},
	{BYTES("undefined"), "unexpected character", 0},
	{BYTES("'a'"), "unexpected character", 0},
	{BYTES("]"), "unexpected character", 0},
	{BYTES("}"), "unexpected character", 0},
	{BYTES(","), "unexpected character", 0},
	{BYTES("{]"), "a member has no name in quotes", 1},
	{BYTES("[}"), "unexpected character", 1},
	{BYTES("\xef\xbb\xbf{}"), "unexpected character", 0},
	{BYTES("\0"), "unexpected character", 0},
	{BYTES("[\0]"), "unexpected character", 1},
	{BYTES("[\f1]"), "unexpected character", 1},
	{BYTES("[\v1]"), "unexpected character", 1},
	{BYTES("[\xc2\xa0" "1]"), "unexpected character", 1},
	{BYTES("// x\n1"), "unexpected character", 0},
	{BYTES("[1/* x */]"), "neither a comma nor a closing bracket", 2},
	{BYTES("# x\n1"), "unexpected character", 0},
	{BYTES("<html>"), "unexpected character", 0},
	{BYTES(")]}',\n{}"), "unexpected character", 0},
	{BYTES("1 2"), "more after the end", 2},
	{BYTES("{}{}"), "more after the end", 2},
	{BYTES("{}\n{}\n"), "more after the end", 3},
	{BYTES("[]]"), "more after the end", 2},
	{BYTES("{}}"), "more after the end", 2},
	{BYTES("nullnull"), "more after the end", 4},
	{BYTES("1\0"), "more after the end", 1},
	{BYTES("1a"), "more after the end", 1},
	{BYTES("\"a\"b"), "more after the end", 3},
	{BYTES("callback({})"), "unexpected character", 0},
};

static void assert_bytes(const struct buf *b, const char *s, size_t len)
{
	assert_int_equal(b->len, len);
	if (len)
		assert_memory_equal(b->data, s, len);
}

/* Returns the compact text. It is read from a block of the exact size, so that
 * sanitizers find reads beyond the text. */
static const char *compact(struct buf *out, const char *s, size_t len,
			   size_t *at)
{
	char *exact = malloc(len ? len : 1);
	const char *error;

	assert_non_null(exact);
	if (len)
		memcpy(exact, s, len);
	error = json_compact(out, exact, len, at);
	free(exact);
	return error;
}

static void valid_text_loses_its_white_space_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(valid); i++) {
		const char *want = valid[i].out ? valid[i].out : valid[i].text;
		struct buf once = {0}, twice = {0};
		size_t at = 99;

		assert_null(compact(&once, valid[i].text, valid[i].len, &at));
		assert_bytes(&once, want,
			     valid[i].out ? strlen(want) : valid[i].len);
		assert_null(compact(&twice, once.data, once.len, &at));
		assert_bytes(&twice, once.data, once.len);
		buf_release(&once);
		buf_release(&twice);
	}
}

static void invalid_text_is_refused_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(invalid); i++) {
		struct buf out = {0};
		const char *error;
		size_t at = 99;

		buf_addstr(&out, "kept");
		error = compact(&out, invalid[i].text, invalid[i].len, &at);
		assert_non_null(error);
		assert_string_equal(error, invalid[i].error);
		assert_int_equal(at, invalid[i].at);
		assert_bytes(&out, "kept", 4);
		buf_release(&out);
	}
}

static void output_is_appended(void **state)
{
	struct buf out = {0};
	size_t at;

	(void)state;
	buf_addstr(&out, "json:");
	assert_null(json_compact(&out, "[ 1 ]", 5, &at));
	assert_bytes(&out, "json:[1]", 8);
	buf_release(&out);
}

static struct buf nested(size_t depth, const char *open, const char *close)
{
	struct buf b = {0};

	for (size_t i = 0; i < depth; i++)
		buf_addstr(&b, open);
	buf_addstr(&b, "1");
	for (size_t i = 0; i < depth; i++)
		buf_addstr(&b, close);
	return b;
}

static void depth_200_is_the_deepest(void **state)
{
	static const char *pairs[][2] = {{"[", "]"}, {"{\"a\":", "}"}};
	size_t at;

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct buf fits = nested(200, pairs[i][0], pairs[i][1]);
		struct buf deep = nested(201, pairs[i][0], pairs[i][1]);
		struct buf out = {0};
		const char *error;

		assert_null(json_compact(&out, fits.data, fits.len, &at));
		assert_bytes(&out, fits.data, fits.len);
		error = json_compact(&out, deep.data, deep.len, &at);
		assert_string_equal(error, "nested deeper than 200");
		assert_int_equal(at, 200 * strlen(pairs[i][0]));
		buf_release(&out);
		buf_release(&fits);
		buf_release(&deep);
	}
}

static void a_million_open_brackets_end_early(void **state)
{
	struct buf open = nested(1000000, "[", "");
	struct buf out = {0};
	size_t at;

	(void)state;
	assert_string_equal(json_compact(&out, open.data, open.len, &at),
			    "nested deeper than 200");
	buf_release(&open);
	buf_release(&out);
}

/* Returns a pseudo-random number of a linear congruential generator, so that
 * the documents are the same every time. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

static void add_random(struct buf *b, unsigned *seed, int depth)
{
	static const char *scalars[] = {
		"0", "-1.5e3", "true", "null", "\"\"", "\"a \\n\\u00e9\"",
		"\"\xc3\xa9\"", "123456", "\"long enough for eight\"",
	};
	static const char *spaces[] = {"", "", " ", "\n\t", "\r\n"};
	unsigned kind = next_random(seed) % 4;
	unsigned count = next_random(seed) % 4;

	buf_addstr(b, spaces[next_random(seed) % COUNT(spaces)]);
	if (kind > 1 || !depth) {
		buf_addstr(b, scalars[next_random(seed) % COUNT(scalars)]);
	} else {
		buf_addch(b, kind ? '{' : '[');
		for (unsigned i = 0; i < count; i++) {
			if (i)
				buf_addch(b, ',');
			if (kind)
				buf_addf(b, "\"k%u\" :", i);
			add_random(b, seed, depth - 1);
		}
		buf_addch(b, kind ? '}' : ']');
	}
	buf_addstr(b, spaces[next_random(seed) % COUNT(spaces)]);
}

static void damage(struct buf *b, unsigned *seed)
{
	static const char with[] = "{}[],:\"\\01ex ";
	size_t at = next_random(seed) % b->len;

	/* Change only ASCII characters, so that the text stays valid UTF-8. */
	if (!((unsigned char)b->data[at] & 0x80))
		b->data[at] = with[next_random(seed) % (sizeof(with) - 1)];
}

/* Returns true if jansson accepts the text. Unlike json_compact() it refuses
 * lone surrogates and numbers that are too large, which the generator does not
 * make. */
static bool jansson_takes(const struct buf *b)
{
	json_error_t error;
	json_t *json = json_loadb(b->data, b->len,
				  JSON_DECODE_ANY | JSON_ALLOW_NUL |
				  JSON_DECODE_INT_AS_REAL, &error);
	bool taken = json || json_error_code(&error) ==
				     json_error_numeric_overflow;

	json_decref(json);
	return taken;
}

static void jansson_agrees_on_random_documents(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf text = {0}, once = {0}, twice = {0};
		const char *error;
		size_t at;

		add_random(&text, &seed, 5);
		if (i % 2)
			damage(&text, &seed);
		error = compact(&once, text.data, text.len, &at);
		assert_int_equal(!error, jansson_takes(&text));
		if (!error) {
			assert_null(compact(&twice, once.data, once.len, &at));
			assert_bytes(&twice, once.data, once.len);
		}
		buf_release(&text);
		buf_release(&once);
		buf_release(&twice);
	}
}

static void compacting_keeps_the_value(void **state)
{
	unsigned seed = 11;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct buf text = {0}, out = {0};
		json_t *before, *after;
		size_t at;

		add_random(&text, &seed, 4);
		assert_null(compact(&out, text.data, text.len, &at));
		before = json_loadb(text.data, text.len, JSON_DECODE_ANY, NULL);
		after = json_loadb(out.data, out.len, JSON_DECODE_ANY, NULL);
		assert_non_null(before);
		assert_true(json_equal(before, after));
		json_decref(before);
		json_decref(after);
		buf_release(&text);
		buf_release(&out);
	}
}

static void assert_walk(const char *text, const char *const *want)
{
	struct slice s = {text, strlen(text)};
	struct slice name, value;
	size_t at = 0;

	while (json_next(s, &at, &name, &value)) {
		assert_non_null(want[0]);
		assert_int_equal(name.len, strlen(want[0]));
		if (name.len)
			assert_memory_equal(name.p, want[0], name.len);
		assert_int_equal(value.len, strlen(want[1]));
		assert_memory_equal(value.p, want[1], value.len);
		want += 2;
	}
	assert_null(want[0]);
}

static void next_walks_through_members_and_elements(void **state)
{
	(void)state;
	assert_walk("{}", (const char *[]){NULL});
	assert_walk("[]", (const char *[]){NULL});
	assert_walk("1", (const char *[]){NULL});
	assert_walk("\"[1]\"", (const char *[]){NULL});
	assert_walk("", (const char *[]){NULL});
	assert_walk("{\"a\":1}", (const char *[]){"a", "1", NULL});
	assert_walk("{\"a\":\"x,y}\",\"b\\\"\":{\"c\":[1,{}]},\"\":null}",
		    (const char *[]){"a", "\"x,y}\"", "b\\\"",
				     "{\"c\":[1,{}]}", "", "null", NULL});
	assert_walk("[1,[2,3],\"]\",{\"a\":[]},true]",
		    (const char *[]){"", "1", "", "[2,3]", "", "\"]\"", "",
				     "{\"a\":[]}", "", "true", NULL});
	assert_walk("[[]]", (const char *[]){"", "[]", NULL});
	assert_walk("[\"\\\\\",\"\\\"\"]",
		    (const char *[]){"", "\"\\\\\"", "", "\"\\\"\"", NULL});
}

static void next_stays_inside_broken_text(void **state)
{
	static const char text[] = "{\"a\":[\"b\\\\\",{\"c\":\"d\"}],\"e\":1}";

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		char *exact = malloc(len ? len : 1);
		struct slice name, value;
		size_t at = 0;
		int rounds = 0;

		assert_non_null(exact);
		memcpy(exact, text, len);
		while (json_next((struct slice){exact, len}, &at, &name,
				 &value))
			assert_true(++rounds < 10);
		free(exact);
	}
}

static const struct {
	const char *s;
	size_t len;
	const char *out;
} strings[] = {
	{BYTES(""), "\"\""},
	{BYTES("plain text of some length"), "\"plain text of some length\""},
	{BYTES("\"quoted\\\""), "\"\\\"quoted\\\\\\\"\""},
	{BYTES("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\""},
	{BYTES("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\\u007f\""},
	{BYTES("\xc2\x80\xc2\x9f\xc2\xa0"), "\"\\u0080\\u009f\xc2\xa0\""},
	{BYTES("\xe2\x80\xa8\xe2\x80\xa9"), "\"\xe2\x80\xa8\xe2\x80\xa9\""},
	{BYTES("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
	 "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\""},
	{BYTES("\xff\xc2"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},
	{BYTES("a\xe2\x82z"), "\"a\xef\xbf\xbdz\""},
	{BYTES("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
	{BYTES("/</script>"), "\"/</script>\""},
};

static void strings_are_escaped_and_clean(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(strings); i++) {
		struct buf out = {0};

		json_add_string(&out, strings[i].s, strings[i].len);
		assert_bytes(&out, strings[i].out, strlen(strings[i].out));
		buf_release(&out);
	}
}

static void any_bytes_make_a_string_that_is_json(void **state)
{
	unsigned seed = 3;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf out = {0}, again = {0};
		char bytes[24];
		size_t len = next_random(&seed) % sizeof(bytes);
		size_t at;

		for (size_t j = 0; j < len; j++)
			bytes[j] = (char)next_random(&seed);
		json_add_string(&out, bytes, len);
		assert_null(compact(&again, out.data, out.len, &at));
		assert_bytes(&again, out.data, out.len);
		assert_true(jansson_takes(&out));
		buf_release(&out);
		buf_release(&again);
	}
}

static void integers_are_written_whole(void **state)
{
	struct buf out = {0};

	(void)state;
	json_add_int(&out, 0);
	buf_addch(&out, ' ');
	json_add_int(&out, -17);
	buf_addch(&out, ' ');
	json_add_int(&out, INT64_MAX);
	buf_addch(&out, ' ');
	json_add_int(&out, INT64_MIN);
	assert_string_equal(buf_cstr(&out), "0 -17 9223372036854775807 "
					    "-9223372036854775808");
	buf_release(&out);
}

static void seconds_go_to_the_microsecond(void **state)
{
	static const struct {
		double msec;
		const char *out;
	} rows[] = {
		{0, "0"}, {12.3, "0.0123"}, {1000, "1"}, {0.001, "0.000001"},
		{0.0004, "0"}, {1234.5678, "1.234568"}, {999.9999, "1"},
		{60000, "60"}, {-1, "0"}, {0.0 / 0.0, "0"}, {100, "0.1"},
		{1.0 / 0.0, "9000000000000"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf out = {0};

		json_add_seconds(&out, rows[i].msec);
		assert_string_equal(buf_cstr(&out), rows[i].out);
		buf_release(&out);
	}
}

static void several_values_are_an_array(void **state)
{
	static const struct {
		const char *text, *array;	/* NULL if there is none */
	} rows[] = {
		{"", "[]"},
		{" \n", "[]"},
		{"{\"a\": 1}\n[2]\n", "[{\"a\":1},[2]]"},
		{"{}{}[]", "[{},{},[]]"},
		{"1\n2 3\t\"4\"\"5\"", "[1,2,3,\"4\",\"5\"]"},
		{"\x1e{}\n\x1e" "1\n", "[{},1]"},
		{"1{}", "[1,{}]"},
		{"truefalse", NULL},
		{"2024-11-30", NULL},
		{"{}x", NULL},
		{"{}\n{", NULL},
		{"{},{}", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = {0};
		size_t at;
		const char *why = json_compact_values(&out, rows[i].text,
						      strlen(rows[i].text),
						      &at);

		if (!why != (rows[i].array != NULL))
			fail_msg("%s: %s", rows[i].text, why ? why : "good");
		assert_string_equal(buf_cstr(&out),
				    rows[i].array ? rows[i].array : "");
		buf_release(&out);
	}
}

static void prefixes_against_scripts_are_recognised(void **state)
{
	(void)state;
	assert_int_equal(json_prefix_length(")]}',\n[]", 8), 5);
	assert_int_equal(json_prefix_length(" )]}'[]", 7), 5);
	assert_int_equal(json_prefix_length("for(;;);[]", 10), 8);
	assert_int_equal(json_prefix_length("{}", 2), 0);
	assert_int_equal(json_prefix_length(")]}", 3), 0);
	assert_int_equal(json_prefix_length("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_text_loses_its_white_space_only),
		cmocka_unit_test(invalid_text_is_refused_at_its_place),
		cmocka_unit_test(output_is_appended),
		cmocka_unit_test(depth_200_is_the_deepest),
		cmocka_unit_test(a_million_open_brackets_end_early),
		cmocka_unit_test(jansson_agrees_on_random_documents),
		cmocka_unit_test(compacting_keeps_the_value),
		cmocka_unit_test(next_walks_through_members_and_elements),
		cmocka_unit_test(next_stays_inside_broken_text),
		cmocka_unit_test(strings_are_escaped_and_clean),
		cmocka_unit_test(any_bytes_make_a_string_that_is_json),
		cmocka_unit_test(integers_are_written_whole),
		cmocka_unit_test(several_values_are_an_array),
		cmocka_unit_test(prefixes_against_scripts_are_recognised),
		cmocka_unit_test(seconds_go_to_the_microsecond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
