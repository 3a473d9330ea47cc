/*
 * Runs path filters, and compares them with libjq on random documents and
 * filters. Variables of the environment: PATH_PAIRS is the number of pairs of a
 * filter and a document, PATH_DOCUMENTS the number of documents for each
 * filter, and PATH_SEED the seed of the random numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "parse/jq/libjq.h"
#include "parse/jq/path_filter.h"
#include "tests/unit/single_thread.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { PAIRS = 3000, DOCUMENTS = 100, PLANNED = 3 };

/* --- Random numbers ------------------------------------------------------- */

static uint64_t state = 1;

static unsigned below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 11) % n);
}

static bool one_in(unsigned n)
{
	return below(n) == 0;
}

#define ANY_OF(list) ((list)[below(COUNT(list))])

/* --- Random documents ----------------------------------------------------- */

static void add_document(struct buf *out, int depth);

static void add_string(struct buf *out)
{
	static const char *const parts[] = {
		"", "a", "b", "c", "x y", "\u00e9", "\\u0061", "\\n", "\\/",
		"\\\"", "\\\\", "\\u0000", "\\u007f", "\x7f", "\xc2\x85",
		"\\u0085", "\\ud83d\\ude00", "\u2028", "\\u001F", "\\b\\f",
		"\\u00C9", "\\ud800", "\\uDC00", "\\ufffe", "long text",
		"\\r\\t", "\\u0022", "\\u005c", "\\u002f", "0123456789",
	};

	buf_addch(out, '"');
	for (unsigned i = below(one_in(4) ? 6 : 2) + !one_in(8); i; i--)
		buf_addstr(out, ANY_OF(parts));
	buf_addch(out, '"');
}

static void add_name(struct buf *out)
{
	static const char *const names[] = {
		"\"a\"", "\"a\"", "\"b\"", "\"c\"", "\"a\"", "\"b\"",
		"\"x y\"", "\"\"", "\"\u00e9\"", "\"\\u0061\"", "\"\\u00e9\"",
		"\"abcdefghijklmnopqrstuvwxyzabcdef\"",
	};

	if (one_in(10))
		add_string(out);
	else
		buf_addstr(out, ANY_OF(names));
}

static void add_list(struct buf *out, int depth, bool is_object)
{
	const unsigned most = one_in(20) ? 60 : 6;

	buf_addch(out, is_object ? '{' : '[');
	for (unsigned i = 0, n = below(most); i < n; i++) {
		if (i)
			buf_addstr(out, ", ");
		if (is_object) {
			add_name(out);
			buf_addch(out, ':');
		}
		add_document(out, depth - 1);
	}
	buf_addch(out, is_object ? '}' : ']');
}

static void add_document(struct buf *out, int depth)
{
	/* Numbers that libjq prints with the same digits. */
	static const char *const scalars[] = {
		"null", "false", "true", "0", "1", "-1", "1.5", "12345678",
		"1234567890123456", "-0.25", "\"a\"", "null",
	};
	const unsigned choice = depth > 0 ? below(7) : 0;

	if (choice > 3)
		add_list(out, depth, true);
	else if (choice > 1)
		add_list(out, depth, false);
	else if (one_in(4))
		add_string(out);
	else
		buf_addstr(out, ANY_OF(scalars));
}

/* Appends a compact document, or several, each on a line of its own. */
static void make_documents(struct buf *out)
{
	struct buf text = {0};
	size_t at;

	buf_clear(out);
	do {
		buf_clear(&text);
		add_document(&text, one_in(8) ? 0 : 2 + (int)below(4));
		if (out->len)
			buf_addch(out, '\n');
		assert_null(json_compact(out, text.data, text.len, &at));
	} while (one_in(20));
	buf_release(&text);
}

/* --- Random filters ------------------------------------------------------- */

static void add_filter(struct buf *out, int depth);

static void add_step(struct buf *out)
{
	static const char *const steps[] = {
		".a", ".b", ".c", ".a", ".b", ".\"x y\"", ".\"\"",
		".[\"a\"]", "[\"b\"]", "[]", "[]", "[0]", "[1]", "[-1]",
		"[-2]", "[ 3 ]", "[100]", ".\"\u00e9\"", " .a", ". \"b\"",
		".abcdefghijklmnopqrstuvwxyzabcdef", ".and", ".null", "._a1",
	};
	const char *step = ANY_OF(steps);

	buf_addstr(out, *step == '.' && step[1] == '[' ? step + 1 : step);
	if (one_in(4))
		buf_addch(out, '?');
}

static void add_literal(struct buf *out)
{
	static const char *const literals[] = {
		"null", "true", "false", "0", "7", "-3", "- 3", "\"text\"",
		"\"\"", "[]", "{}", "empty", "123456789012345", "\"\u00e9\"",
		"[ ]",
	};

	buf_addstr(out, ANY_OF(literals));
}

static void add_object(struct buf *out, int depth)
{
	static const char *const names[] = {
		"a", "b", "c", "\"x y\"", "\"\"", "and", "a", "_", "null",
	};
	unsigned count = below(4);

	buf_addch(out, '{');
	while (count--) {
		const char *name = ANY_OF(names);

		buf_addstr(out, name);
		if (!one_in(3) || !strcmp(name, "and")) {
			buf_addstr(out, ": ");
			if (one_in(3)) {
				buf_addch(out, '(');
				add_filter(out, depth - 1);
				buf_addch(out, ')');
			} else if (one_in(4)) {
				add_literal(out);
			} else if (one_in(4)) {
				buf_addch(out, '[');
				add_filter(out, depth - 1);
				buf_addch(out, ']');
			} else {
				buf_addch(out, '.');
				if (!one_in(5))
					add_step(out);
				if (one_in(6))
					buf_addstr(out, "|.a");
			}
		}
		if (count || one_in(20))
			buf_addch(out, ',');
	}
	buf_addch(out, '}');
}

static void add_path(struct buf *out)
{
	const unsigned steps = below(4);

	if (!steps || one_in(4))
		buf_addch(out, '.');
	for (unsigned i = 0; i < steps; i++)
		add_step(out);
}

static void add_filter(struct buf *out, int depth)
{
	static const char *const operators[] = {
		" | ", "|", ", ", " // ", "//", ".",
	};

	switch (depth > 0 ? below(10) : 0) {
	default:
		add_path(out);
		break;
	case 3:
		add_literal(out);
		break;
	case 4:
		add_object(out, depth);
		if (one_in(4))
			add_step(out);
		break;
	case 5:
		buf_addch(out, '(');
		add_filter(out, depth - 1);
		buf_addch(out, ')');
		if (one_in(3))
			add_step(out);
		else if (one_in(3))
			buf_addch(out, '?');
		break;
	case 6:
		buf_addch(out, '[');
		add_filter(out, depth - 1);
		buf_addch(out, ']');
		if (one_in(3))
			add_step(out);
		break;
	case 7:
	case 8:
		add_filter(out, depth - 1);
		buf_addstr(out, ANY_OF(operators));
		add_filter(out, depth - 1);
		break;
	}
}

/* Removes, repeats or adds some characters. */
static void damage(struct buf *filter)
{
	static const char pieces[] = ".[]?/|,(){}\"-:=ab01 \t\r\n_#$@~+<;";
	struct buf out = {0};

	for (size_t i = 0; i < filter->len; i++) {
		if (one_in(12))
			buf_addch(&out, pieces[below(sizeof(pieces) - 1)]);
		if (!one_in(15))
			buf_addch(&out, filter->data[i]);
	}
	buf_release(filter);
	*filter = out;
}

static void make_filter(struct buf *out)
{
	buf_clear(out);
	add_filter(out, 1 + (int)below(4));
	if (one_in(4))
		damage(out);
}

/* --- Comparing ------------------------------------------------------------ */

/* The outputs of a run, one per line, and then its error. */
struct result {
	struct buf text;
	unsigned wanted;	/* maximum number of outputs; 0: no maximum */
};

static bool on_output(void *ctx, struct slice json)
{
	struct result *r = ctx;

	buf_add(&r->text, json.p, json.len);
	buf_addch(&r->text, '\n');
	return r->wanted != 1 && (!r->wanted || --r->wanted);
}

static void run_path(struct result *r, const struct path_filter *filter,
		     struct slice json, const struct buf *found)
{
	struct buf out = {0}, error = {0};
	const struct path_run run = {
		.on_output = on_output,
		.ctx = r,
		.found = found,
		.out = &out,
		.error = &error,
	};

	if (!path_filter_run(filter, json, &run))
		buf_add(&r->text, error.data, error.len);
	buf_release(&out);
	buf_release(&error);
}

static void run_libjq(struct result *r, struct libjq *jq, struct slice json)
{
	const char *why;
	struct libjq_input *input = libjq_input_new(json, &why);

	assert_non_null(input);
	why = libjq_run(jq, input, on_output, r);
	if (why)
		buf_addstr(&r->text, why);
	libjq_input_free(input);
}

static void check_same(struct buf *filter, struct slice json,
		       struct result *got, struct result *wanted)
{
	if (!slice_equal(slice_of(&got->text), slice_of(&wanted->text)))
		fail_msg("%s on %.*s\ngave %s\nnot  %s", buf_cstr(filter),
			 (int)json.len, json.p, buf_cstr(&got->text),
			 buf_cstr(&wanted->text));
	buf_release(&got->text);
	buf_release(&wanted->text);
}

/* A filter, compiled as a path filter and by libjq, and part of a plan together
 * with other filters. */
struct pair {
	struct buf text;
	struct path_filter *path, *planned;
	struct libjq *libjq;
};

static void pair_release(struct pair *p)
{
	path_filter_free(p->path);
	path_filter_free(p->planned);
	libjq_close(p->libjq);
	buf_release(&p->text);
}

/* Makes a random filter that is a path filter. libjq must accept it, too. */
static void make_pair(struct pair *p, struct path_plan *plan)
{
	const char *why;

	do {
		make_filter(&p->text);
		p->path = path_filter_compile(buf_cstr(&p->text), p->text.len);
	} while (!p->path);
	p->planned = path_filter_compile(p->text.data, p->text.len);
	path_plan_add(plan, p->planned);
	p->libjq = libjq_new(p->text.data, p->text.len);
	why = libjq_compile(p->libjq);
	if (why)
		fail_msg("%s: %s", buf_cstr(&p->text), why);
}

static void compare_pair(struct pair *p, struct slice json,
			 const struct buf *found)
{
	const unsigned wanted = one_in(4) ? 1 + below(3) : 0;
	struct result path = {.wanted = wanted}, planned = path, libjq = path;

	run_path(&path, p->path, json, NULL);
	run_path(&planned, p->planned, json, found);
	run_libjq(&libjq, p->libjq, json);
	assert_true(slice_equal(slice_of(&path.text), slice_of(&planned.text)));
	buf_release(&planned.text);
	check_same(&p->text, json, &path, &libjq);
}

/* Compares the outputs of PLANNED filters, which share a plan, on some
 * documents. */
static void compare_some(long count)
{
	struct path_plan *plan = path_plan_new();
	struct pair pairs[PLANNED] = {0};
	struct buf documents = {0}, found = {0};

	for (size_t i = 0; i < PLANNED; i++)
		make_pair(&pairs[i], plan);
	for (long i = 0; i < count; i++) {
		make_documents(&documents);
		path_plan_find(plan, slice_of(&documents), &found);
		for (size_t k = 0; k < PLANNED; k++)
			compare_pair(&pairs[k], slice_of(&documents), &found);
	}
	for (size_t i = 0; i < PLANNED; i++)
		pair_release(&pairs[i]);
	path_plan_free(plan);
	buf_release(&documents);
	buf_release(&found);
}

static long number_from(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

static void paths_give_what_libjq_gives(void **unused)
{
	const long pairs = number_from("PATH_PAIRS", PAIRS);
	const long documents = number_from("PATH_DOCUMENTS", DOCUMENTS);

	(void)unused;
	state = (uint64_t)number_from("PATH_SEED", 1);
	for (long done = 0; done < pairs; done += PLANNED * documents)
		compare_some(documents);
}

/* --- Tables --------------------------------------------------------------- */

static struct path_filter *compile(const char *filter)
{
	return path_filter_compile(filter, strlen(filter));
}

static void expect_result(const char *filter, const char *json,
			  const char *expected)
{
	struct path_filter *f = compile(filter);
	struct result r = {0};

	assert_non_null(f);
	run_path(&r, f, (struct slice){json, strlen(json)}, NULL);
	if (strcmp(buf_cstr(&r.text), expected) != 0)
		fail_msg("%s on %s gave %s", filter, json, buf_cstr(&r.text));
	buf_release(&r.text);
	path_filter_free(f);
}

static void numbers_keep_their_digits(void **unused)
{
	(void)unused;
	expect_result(".", "12345678901234567890", "12345678901234567890\n");
	expect_result(".a[]", "{\"a\":[1.50,1e1000,-0,1E5]}",
		      "1.50\n1e1000\n-0\n1E5\n");
	expect_result(".[]", "1.50", "Cannot iterate over number (1.50)");
}

static void what_is_not_a_path_is_left_to_libjq(void **unused)
{
	static const char *const filters[] = {
		"", "..", ".a | length", "select(.a)", "[.a | keys]", ".[1:2]",
		".a = 1", ".a |= 1", ".a //= 1", ".a?//1", "$x", "@csv",
		".a as $x | $x", "\"a\\n\"", "\"\\(.a)\"", "{(.a): 1}",
		"{$x}", "{and}", ".[.a]", "1.5", "01", "1e3", ".a + 1", "-.a",
		"(.a)?.b", ".a # comment", "if .a then 1 else 2 end", ".[1.5]",
		".\"a", "(.a", "{a", "[", ".a)", "null(1)", ". a", ".a.[0]",
		"\x7f", ".\r", "\"\x7f\"", "nullx", "::null",
	};

	(void)unused;
	for (size_t i = 0; i < COUNT(filters); i++)
		if (compile(filters[i]))
			fail_msg("%s", filters[i]);
}

static void filter_with_huge_outputs_is_left_to_libjq(void **unused)
{
	struct buf filter = {0};

	(void)unused;
	buf_addstr(&filter, "{a: ., b: .}");
	for (int i = 0; i < 10; i++)
		buf_addstr(&filter, "|{a: ., b: .}");
	assert_null(compile(buf_cstr(&filter)));
	buf_clear(&filter);
	for (int i = 0; i < 100; i++)
		buf_addch(&filter, '(');
	buf_addch(&filter, '.');
	for (int i = 0; i < 100; i++)
		buf_addch(&filter, ')');
	assert_null(compile(buf_cstr(&filter)));
	buf_clear(&filter);
	buf_addstr(&filter, ".");
	for (int i = 0; i < 1000; i++)
		buf_addstr(&filter, ".a");
	assert_null(compile(buf_cstr(&filter) + 1));
	buf_release(&filter);
}

static void filter_with_products_is_not_bounded(void **unused)
{
	static const struct {
		const char *filter;
		bool bounded;
	} rows[] = {
		{".a.b[0] // null", true},
		{".items[] | {id, n: .name, k: 1}", true},
		{"{a: .[], k: \"x\"}", true},
		{"{a: .[], b: .[]}", false},
		{"{a: .[], b: .x}", false},
		{".a | {a: (1 | {b: .x[], c: .})}", false},
		{"[.items[] | {id, tags: [.tags[].name]}]", true},
		{"{a: [.[]], b: [.[]]}", true},
		{"{a: .[], b: [.[]]}", false},
		{"[{a: .[], b: .x}]", false},
	};

	(void)unused;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct path_filter *f = compile(rows[i].filter);

		assert_non_null(f);
		assert_int_equal(path_filter_is_bounded(f), rows[i].bounded);
		path_filter_free(f);
	}
}

/* The text is in the output once for each element. */
static void filter_that_repeats_a_long_text_is_not_bounded(void **unused)
{
	static const char *const filters[] = {
		"{a: .[], b: \"%s\"}", ".[] | \"%s\"", ".[] | {\"%s\": .}",
		"(.[], .[], .[]) | \"%s\"", "{k: (.a // \"%s\")}",
	};
	char text[6000];

	(void)unused;
	for (size_t len = 10; len < sizeof(text); len *= 20) {
		memset(text, 'x', len);
		text[len] = '\0';
		for (size_t i = 0; i < COUNT(filters); i++) {
			char *filter = xasprintf(filters[i], text);
			struct path_filter *f = compile(filter);

			assert_non_null(f);
			assert_int_equal(path_filter_is_bounded(f), len < 2000);
			path_filter_free(f);
			free(filter);
		}
	}
}

static void product_can_be_stopped(void **unused)
{
	struct path_filter *f = compile("{a: .[], b: .[], c: .[], d: .[]}");
	struct buf json = {0}, out = {0}, error = {0};
	atomic_bool stopped = true;
	struct result r = {0};
	const struct path_run run = {
		.on_output = on_output,
		.ctx = &r,
		.stopped = &stopped,
		.out = &out,
		.error = &error,
	};

	(void)unused;
	buf_addstr(&json, "[1");
	for (int i = 0; i < 10000; i++)
		buf_addstr(&json, ",1");
	buf_addch(&json, ']');
	assert_false(path_filter_run(f, slice_of(&json), &run));
	assert_string_equal(buf_cstr(&error), "jq was stopped");
	assert_int_equal(r.text.len, 0);
	buf_release(&json);
	buf_release(&out);
	buf_release(&error);
	path_filter_free(f);
}

/* The filter makes an object that is one level deeper than a record may be. */
static void output_nested_too_deep_is_an_error(void **unused)
{
	struct buf json = {0};

	(void)unused;
	for (int i = 0; i < 200; i++)
		buf_addch(&json, '[');
	for (int i = 0; i < 200; i++)
		buf_addch(&json, ']');
	expect_result("{a: .[0]} | 1", buf_cstr(&json), "1\n");
	expect_result("({a: .})?", buf_cstr(&json),
		      "an output is nested deeper than 200");
	buf_release(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_keep_their_digits),
		cmocka_unit_test(what_is_not_a_path_is_left_to_libjq),
		cmocka_unit_test(filter_with_huge_outputs_is_left_to_libjq),
		cmocka_unit_test(filter_with_products_is_not_bounded),
		cmocka_unit_test(
			filter_that_repeats_a_long_text_is_not_bounded),
		cmocka_unit_test(product_can_be_stopped),
		cmocka_unit_test(output_nested_too_deep_is_an_error),
		cmocka_unit_test(paths_give_what_libjq_gives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
