#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/cursor.h"

/* Returns a pseudo-random number of a linear congruential generator, so that
 * the texts are the same every time. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

/* Copies a text to a block of its exact size, so that sanitizers find reads
 * beyond its end. The caller frees it. */
static char *exact_copy(const char *s, size_t len)
{
	char *exact = malloc(len ? len : 1);

	assert_non_null(exact);
	if (len)
		memcpy(exact, s, len);
	return exact;
}

/* Writes the value at the cursor as text: each name, decoded, with "=" after
 * it, and each scalar with a space after it. */
static void write_value(struct buf *out, struct json_cursor *c)
{
	const char kind = json_cursor_kind(c);

	if (kind != '{' && kind != '[') {
		const struct slice value = json_cursor_value(c);

		buf_add(out, value.p, value.len);
		buf_addch(out, ' ');
		return;
	}
	buf_addch(out, kind);
	if (json_cursor_enter(c)) {
		do {
			if (kind == '{') {
				json_name_add(out, json_cursor_name(c));
				buf_addch(out, '=');
			}
			write_value(out, c);
		} while (json_cursor_more(c));
	}
	buf_addch(out, (char)(kind + 2));
}

static void a_cursor_walks_through_a_document(void **state)
{
	static const struct {
		const char *text, *out;
	} rows[] = {
		{"1", "1 "},
		{"\"a\\\"b\"", "\"a\\\"b\" "},
		{"{}", "{}"},
		{"[]", "[]"},
		{"[[],{},[[]]]", "[[]{}[[]]]"},
		{"{\"a\":1,\"b\":[true,null,\"x,]}\"],\"c\":{\"d\":-1.5e3}}",
		 "{a=1 b=[true null \"x,]}\" ]c={d=-1.5e3 }}"},
		{"{\"\":\"\",\"\\u0061\\n\":0}", "{=\"\" a\n=0 }"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const size_t len = strlen(rows[i].text);
		char *text = exact_copy(rows[i].text, len);
		struct json_cursor c = json_cursor_of(
			(struct slice){text, len});
		struct buf out = {0};

		write_value(&out, &c);
		assert_string_equal(buf_cstr(&out), rows[i].out);
		assert_ptr_equal(c.p, text + len);
		buf_release(&out);
		free(text);
	}
}

static void names_are_compared_with_their_escapes_decoded(void **state)
{
	static const struct {
		const char *text, *name;
		bool equal;
	} rows[] = {
		{"{\"a\":1}", "a", true},
		{"{\"a\":1}", "b", false},
		{"{\"a\":1}", "", false},
		{"{\"\":1}", "", true},
		{"{\"\\u0061\":1}", "a", true},
		{"{\"\\u0061\":1}", "\\u0061", false},
		{"{\"a\\\\n\":1}", "a\\n", true},
		{"{\"a\\n\":1}", "a\\n", false},
		{"{\"a\\n\":1}", "a\n", true},
		{"{\"\\ud83d\\ude00\":1}", "\xf0\x9f\x98\x80", true},
		{"{\"\\/\\\"\\b\":1}", "/\"\b", true},
		{"{\"sixteen bytes!!!\\\"x\":1}", "sixteen bytes!!!\"x", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct slice text = {rows[i].text, strlen(rows[i].text)};
		const struct slice name = {rows[i].name, strlen(rows[i].name)};
		struct json_cursor c = json_cursor_of(text);

		assert_true(json_cursor_enter(&c));
		assert_int_equal(json_name_is(json_cursor_name(&c), name),
				 rows[i].equal);
		assert_int_equal(json_cursor_kind(&c), '1');
	}
}

static void the_rest_of_an_object_is_left_at_once(void **state)
{
	static const char text[] =
		"[{\"a\":1,\"b\":[\"]}\",{\"c\":\"\\\\\\\"]\"}]},2]";
	struct json_cursor c = json_cursor_of(
		(struct slice){text, sizeof(text) - 1});

	(void)state;
	assert_true(json_cursor_enter(&c));
	assert_true(json_cursor_enter(&c));
	json_cursor_name(&c);
	json_cursor_leave(&c);
	assert_true(json_cursor_more(&c));
	assert_int_equal(json_cursor_kind(&c), '2');
	json_skip_value(&c);
	assert_false(json_cursor_more(&c));
	assert_int_equal(json_cursor_kind(&c), '\0');
}

/* Visits the text with a cursor even if it is not compact JSON. */
static void walk_blindly(struct json_cursor *c, int depth)
{
	const char kind = json_cursor_kind(c);

	if ((kind != '{' && kind != '[') || !depth) {
		json_skip_value(c);
		return;
	}
	if (!json_cursor_enter(c))
		return;
	do {
		if (kind == '{')
			(void)json_cursor_name(c);
		walk_blindly(c, depth - 1);
	} while (json_cursor_more(c));
}

static size_t random_text(char *text, size_t max, unsigned *seed)
{
	static const char bytes[] = "\"\"\"\"\\\\[]{},:ay_\x7f\xe4 ";
	const size_t len = next_random(seed) % max;
	/* With fewer different bytes to choose from, the values become
	 * longer. */
	const unsigned some = next_random(seed) % (sizeof(bytes) - 1) + 1;

	for (size_t i = 0; i < len; i++)
		text[i] = next_random(seed) % 3 ?
			'x' : bytes[next_random(seed) % some];
	return len;
}

static void a_cursor_stays_inside_of_any_text(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char bytes[300];
		const size_t len = random_text(bytes, sizeof(bytes), &seed);
		char *text = exact_copy(bytes, len);
		struct json_cursor c = json_cursor_of(
			(struct slice){text, len});

		while (c.p < c.end) {
			const char *const before = c.p;

			walk_blindly(&c, 8);
			assert_true(c.p <= text + len);
			if (c.p == before)
				c.p++;
		}
		free(text);
	}
}

static void blocks_and_single_bytes_end_at_the_same_bracket(void **state)
{
	unsigned seed = 9;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char bytes[300];
		const size_t len = random_text(bytes, sizeof(bytes), &seed);
		char *text = exact_copy(bytes, len);
		const size_t depth = next_random(&seed) % 3 + 1;

		assert_ptr_equal(
			json_brackets_end(text, text + len, depth),
			json_brackets_end_slowly(text, text + len, depth));
		assert_ptr_equal(json_find_stop(text, text + len),
				 json_find_stop_slowly(text, text + len));
		assert_ptr_equal(
			json_find_scalar_end(text, text + len),
			json_find_scalar_end_slowly(text, text + len));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cursor_walks_through_a_document),
		cmocka_unit_test(names_are_compared_with_their_escapes_decoded),
		cmocka_unit_test(the_rest_of_an_object_is_left_at_once),
		cmocka_unit_test(a_cursor_stays_inside_of_any_text),
		cmocka_unit_test(
			blocks_and_single_bytes_end_at_the_same_bracket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
