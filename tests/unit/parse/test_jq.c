#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "parse/jq/jq.h"
#include "parse/jq/library.h"
#include "parse/jq/libjq_input.h"
#include "parse/jq/spare.h"
#include "tests/unit/rounds.h"
#include "tests/unit/single_thread.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TOO_MUCH JQ_TOO_MUCH
#define ANY "*"		/* stands for any error message in a row of a test */

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Collects outputs, one per line, up to the number that is wanted. */
struct outputs {
	struct buf text;
	int wanted;
};

static bool on_output(void *ctx, struct slice json)
{
	struct outputs *o = ctx;

	buf_add(&o->text, json.p, json.len);
	buf_addch(&o->text, '\n');
	return --o->wanted != 0;
}

static struct jq *open_filter(const char *filter)
{
	struct buf why = {0};
	struct jq *jq = jq_open(filter, strlen(filter), &why);

	if (!jq)
		fail_msg("%s: %s", filter, buf_cstr(&why));
	return jq;
}

static struct jq_input *read_json(const char *json)
{
	return jq_input_new(slice(json), NULL);
}

/* Runs the filter. Returns the result of jq_run(), and appends the outputs to
 * o. */
static const char *apply(struct jq *jq, const char *json, struct outputs *o)
{
	struct jq_input *input = read_json(json);
	const char *error = jq_run(jq, input, on_output, o);

	jq_input_free(input);
	return error;
}

static bool is_same(const char *got, const char *wanted)
{
	if (!got || !wanted || !strcmp(wanted, ANY))
		return !got == !wanted;
	return !strcmp(got, wanted);
}

static bool gives(struct jq *jq, const char *json, const char *outputs,
		  const char *error)
{
	struct outputs o = {0};
	const char *got = apply(jq, json, &o);
	const bool is_right = is_same(got, error) &&
			      !strcmp(buf_cstr(&o.text), outputs);

	if (!is_right)
		print_error("%s gave %s, and: %s\n", json, buf_cstr(&o.text),
			    got ? got : "no error");
	buf_release(&o.text);
	return is_right;
}

static void expect(struct jq *jq, const char *json, const char *outputs,
		   const char *error)
{
	assert_true(gives(jq, json, outputs, error));
}

static const struct {
	const char *filter, *json, *outputs, *error;
} rows[] = {
	{".", "null", "null\n", NULL},
	{"", "1", "1\n", NULL},
	{".", "{\"b\":[1,2.5,\"x\"],\"a\":{}}",
	 "{\"b\":[1,2.5,\"x\"],\"a\":{}}\n", NULL},
	{".[]", "[1,2,3]", "1\n2\n3\n", NULL},
	{"empty", "1", "", NULL},
	{".items[] | {id, name}", "{\"items\":[{\"id\":1,\"name\":\"a\",\"x\":2}]}",
	 "{\"id\":1,\"name\":\"a\"}\n", NULL},
	/* Errors; outputs before an error are kept. */
	{".a", "1", "", "Cannot index number with string \"a\""},
	{".[] | 1 / .", "[1,0,2]", "1\n",
	 "number (1) and number (0) cannot be divided because the divisor is "
	 "zero"},
	{"error(\"bad\")", "1", "", "bad"},
	{"error(\"two\\n\")", "1", "", "two"},
	{"error(\"\")", "1", "", "error"},
	{"error({a: 1})", "1", "", "error (not a string): {\"a\":1}"},
	{"error(null)", "1", "", NULL},
	{"try error(null) catch .", "1", "", NULL},
	{"try error(\"x\") catch .", "1", "\"x\"\n", NULL},
	{".a?", "1", "", NULL},
	{"1, halt, 2", "1", "1\n", NULL},
	{"halt_error", "\"enough\\n\"", "", "enough"},
	{"halt_error", "{\"a\":1}", "", "error (not a string): {\"a\":1}"},
	{"halt_error(0)", "\"x\"", "", "x"},
	/* There is only one input. */
	{"input", "1", "", "No more inputs"},
	{"[inputs]", "1", "[]\n", NULL},
	{"input_filename", "1", "null\n", NULL},
	{"input_line_number", "1", "", "Unknown input line number"},
	{"debug, stderr", "1", "1\n1\n", NULL},
	{"\"a\" | modulemeta", "1", "", "module not found: a"},
	{"get_search_list", "1", "[]\n", NULL},
	{"$__loc__ | .line", "1", "1\n", NULL},
	{"$ENV.SCRAPE_TEST_JQ, env.SCRAPE_TEST_JQ", "1", "\"e\"\n\"e\"\n",
	 NULL},
	/* Text. */
	{".", "\"\\u0000\\u001b\\u007f\\u0085\\u2028\"",
	 "\"\\u0000\\u001b\\u007f\\u0085\xe2\x80\xa8\"\n", NULL},
	{".", "[\"\\ud800\",\"\\udc00x\",\"\\uD83D\\uDE00\\\\ud800\\ud83d\"]",
	 "[\"\xef\xbf\xbd\",\"\xef\xbf\xbdx\",\"\xf0\x9f\x98\x80"
	 "\\\\ud800\xef\xbf\xbd\"]\n", NULL},
	{"keys", "{\"\\u0085\":1}", "[\"\\u0085\"]\n", NULL},
	{"@base64d", "\"aGk=\"", "\"hi\"\n", NULL},
	{"@base64d", "\"=\"", "\"\"\n", NULL},
	{"@text, @json, @html, @uri, @csv", "[1,\"<\"]",
	 "\"[1,\\\"<\\\"]\"\n\"[1,\\\"<\\\"]\"\n"
	 "\"[1,&quot;&lt;&quot;]\"\n\"%5B1%2C%22%3C%22%5D\"\n\"1,\\\"<\\\"\"\n",
	 NULL},
	{"@base32d", "\"A\"", "", "base32d is not a valid format"},
	{"ltrimstr(1), ltrimstr(\"x\")", "\"xy\"", "\"xy\"\n\"y\"\n", NULL},
	{"implode", "[\"a\"]", "", ANY},
	{"implode", "[1114112, -1, 55296]",
	 "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n", NULL},
	{"[match(\"\"; \"g\")] | length", "\"abc\"", "3\n", NULL},
	{"test(\"(\")", "\"a\"", "",
	 "Regex failure: end pattern with unmatched parenthesis"},
	/* Numbers. */
	{"first(.)", "9007199254740993", "9007199254740992\n", NULL},
	{"first(.)", "1e1000", "1.7976931348623157e+308\n", NULL},
	{".", "[9007199254740993,1e1000,1.50,-0]",
	 "[9007199254740993,1e1000,1.50,-0]\n", NULL},
	{"nan, [nan], -infinite", "1",
	 "null\n[null]\n-1.7976931348623157e+308\n", NULL},
	{".[nan] = 1", "[]", "", "Out of bounds negative array index"},
	{".[1e300]", "[1]", "null\n", NULL},
	{".[-1e300]", "[1]", "null\n", NULL},
	{"[limit(0; 1, 2)]", "1", "[1]\n", NULL},
	/* Time. */
	{"fromdate", "\"2015-03-05T23:51:47Z\"", "1425599507\n", NULL},
	{"localtime | mktime", "1425599507", "1425599507\n", NULL},
	{"strptime(\"%Y\")", "\"x\"", "",
	 "date \"x\" does not match format \"%Y\""},
	{"strftime(\"%Y\")", "1e999", "",
	 "jq cannot do that (an assertion of libjq failed)"},
	/* Paths. */
	{"getpath([\"a\", \"b\"])", "{\"a\":null}", "null\n", NULL},
	{"getpath([[]])", "1", "", ANY},
	{"getpath(1)", "1", "", "Path must be specified as an array"},
	{"[paths]", "{\"a\":[1]}", "[[\"a\"],[\"a\",0]]\n", NULL},
	{"path([1] | .[0])", "1", "", ANY},
	{"del(.a)", "{\"a\":1,\"b\":2}", "{\"b\":2}\n", NULL},
	/* Limits of the depth of values. */
	{"reduce range(199) as $i (0; [.]) | tojson | length", "1", "399\n",
	 NULL},
	{"reduce range(201) as $i (0; [.])", "1", "",
	 "an output is nested deeper than 200"},
	{"reduce range(50000) as $i (0; [.]) | 1", "1", "",
	 "a value is nested too deep for jq"},
	{"reduce range(20000) as $i (0; {a: .}) | ., 1", "1", "", ANY},
	{"(\"[\" * 100000) | fromjson", "1", "", ANY},
	{"setpath([range(100000) | 0]; 1)", "null", "", ANY},
	/* Memory. */
	{".[1000000000] = 1", "[]", "", TOO_MUCH},
	{".[536870911] = 1", "[]", "", TOO_MUCH},
	{"\"xxxxxxxx\" * 1e9", "1", "", "Repeat string result too long"},
	{"reduce range(40) as $i (.; . + .)", "\"abc\"", "", TOO_MUCH},
};

static void outputs_and_errors_are_those_of_jq(void **state)
{
	int wrong = 0, long_ones = 0;

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct jq *jq;
		/* Run each filter a second time with the same state, unless
		 * that takes a second. libjq has no sanitizers: with them, two
		 * of those filters are enough. */
		const int times = is_same(rows[i].error, TOO_MUCH) ? 1 : 2;

		if (times == 1 && ++long_ones > 2 && SANITIZED)
			continue;
		jq = open_filter(rows[i].filter);
		for (int n = 0; n < times; n++)
			if (!gives(jq, rows[i].json, rows[i].outputs,
				   rows[i].error)) {
				print_error("by %s\n", rows[i].filter);
				wrong++;
			}
		jq_close(jq);
	}
	assert_int_equal(wrong, 0);
}

static const struct {
	const char *filter, *why;
} bad[] = {
	{".a $", "syntax error, unexpected '$', expecting $end at line 1"},
	{"1 +\n\n }", "syntax error, unexpected INVALID_CHARACTER at line 3"},
	{"nonsense", "nonsense/0 is not defined at line 1"},
	{"import \"a\" as a; 1", "module not found: a"},
	{"include \"a\" {search: \"/etc\"}; 1", "module not found: a"},
	{"import \"a\" as $a {search: \"~/\"}; 1", "module not found: a"},
	{"@nonsense", NULL},
	{"$x", "$x is not defined at line 1"},
	{"{(1): 2}", "Cannot use number (1) as object key at line 1"},
	{"\"\\ud800\"", NULL},
	{"break", "syntax error, unexpected $end, expecting '$' at line 1"},
	{"\xff", NULL},
	{"\"", NULL},
};

static void error_of_a_filter_is_one_line(void **state)
{
	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct buf why = {0};
		struct jq *jq = jq_open(bad[i].filter, strlen(bad[i].filter),
					&why);

		if (bad[i].why) {
			if (jq)
				fail_msg("%s compiles", bad[i].filter);
			assert_string_equal(buf_cstr(&why), bad[i].why);
		} else if (!jq) {
			assert_true(why.len > 0);
			assert_null(memchr(why.data, '\n', why.len));
		}
		jq_close(jq);
		buf_release(&why);
	}
}

static void filter_with_a_nul_or_too_long_is_refused(void **state)
{
	struct buf why = {0};
	struct buf text = {0};

	(void)state;
	assert_null(jq_open(".\0a", 3, &why));
	assert_string_equal(buf_cstr(&why), "the filter contains a NUL");
	buf_clear(&why);
	while (text.len <= JQ_MAX_LENGTH)
		buf_addch(&text, ' ');
	assert_null(jq_open(text.data, text.len, &why));
	assert_string_equal(buf_cstr(&why), "longer than 65536 bytes");
	buf_release(&text);
	buf_release(&why);
}

/* Filters of the maximum length, made of constructs that make a parser
 * recurse. */
static void hostile_filter_compiles_or_is_refused(void **state)
{
	static const struct {
		const char *open, *middle, *close;
		int times;
	} shapes[] = {
		{"(", ".", ")", 32000},
		{"[", ".", "]", 32000},
		{"{a:", ".", "}", 12000},
		{".[", "0", "]", 16000},
		{"-", "1", "", 65000},
		{"def f: ", "1", "; f", ROUNDS(3000)},
		{"if . then ", "1", " else 2 end", ROUNDS(2000)},
		{"try ", "1", "", 16000},
		{"reduce . as $x (0; ", "1", ")", 2000},
		{".|", ".", "", 2000},
		{"1+", "1", "", 30000},
		{"\"\\(", "1", ")\"", 12000},
		{". as [$a] | ", ".", "", 3000},
	};

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct buf text = {0};
		struct buf why = {0};
		const msec start = clock_now();
		struct jq *jq;

		for (int n = 0; n < shapes[i].times; n++)
			buf_addstr(&text, shapes[i].open);
		buf_addstr(&text, shapes[i].middle);
		for (int n = 0; n < shapes[i].times; n++)
			buf_addstr(&text, shapes[i].close);
		jq = jq_open(text.data, text.len, &why);
		if (getenv("VERBOSE"))
			print_message("%s: %.60s (%.0f ms)\n", shapes[i].open,
				      jq ? "compiles" : buf_cstr(&why),
				      clock_now() - start);
		assert_true(jq || why.len);
		jq_close(jq);
		buf_release(&why);
		buf_release(&text);
	}
}

static void outputs_stop_when_no_more_are_wanted(void **state)
{
	struct jq *jq = open_filter("., .a, .a.a");

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct outputs o = {.wanted = 2};

		assert_null(apply(jq, "{\"a\":{\"a\":\"text\"}}", &o));
		assert_string_equal(buf_cstr(&o.text),
			"{\"a\":{\"a\":\"text\"}}\n{\"a\":\"text\"}\n");
		buf_release(&o.text);
	}
	jq_close(jq);
}

/* libjq 1.6 fails an assertion when a filter like these is stopped after an
 * output. */
static void stopping_a_path_filter_leaks_nothing(void **state)
{
	static const char *const filters[] = {"paths", "first(paths)",
					      "path(..)"};

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct jq *jq = open_filter(filters[i]);
		struct outputs o = {.wanted = 1};

		for (int n = 0; n < 3; n++, o.wanted = 1)
			assert_null(apply(jq, "{\"a\":[1]}", &o));
		assert_string_equal(buf_cstr(&o.text),
				    i == 2 ? "[]\n[]\n[]\n" :
				    "[\"a\"]\n[\"a\"]\n[\"a\"]\n");
		buf_release(&o.text);
		jq_close(jq);
	}
}

/* State that is left after one document must not affect the next one. */
static void filter_can_run_again_after_every_kind_of_end(void **state)
{
	static const char filter[] =
		"if . == 1 then [range(1000)] | .[500000000] = 1 "
		"elif . == 2 then \"x\" * 100 | halt_error "
		"elif . == 3 then halt "
		"elif . == 4 then {a: \"long enough\"} | error "
		"elif . == 5 then reduce range(100000) as $i (0; [.]) | 1 "
		"elif . == 6 then 1e999 | strftime(\"%Y\") "
		"elif . == 7 then path(.a.b | error) "
		"else . end";
	static const char *const ends[] = {"1", "2", "3", "4", "5", "6", "7"};
	struct jq *jq = open_filter(filter);

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(ends); i++) {
		struct outputs o = {0};

		(void)apply(jq, ends[i], &o);
		assert_int_equal(o.text.len, 0);
		expect(jq, "{\"x\":[1]}", "{\"x\":[1]}\n", NULL);
		expect(jq, "{\"x\":[2]}", "{\"x\":[2]}\n", NULL);
		buf_release(&o.text);
	}
	jq_close(jq);
}

static void one_input_serves_several_filters(void **state)
{
	struct jq *first = open_filter(".a |= . + [3] | .a");
	struct jq *second = open_filter(".a");
	struct jq *bomb = open_filter(
		".a | reduce range(40) as $i (tojson; . + .)");
	struct jq_input *input = read_json("{\"a\":[1,2]}");
	struct outputs o = {0};

	(void)state;
	single_thread_only();
	for (int i = 0; i < 2; i++) {
		assert_null(jq_run(first, input, on_output, &o));
		assert_null(jq_run(second, input, on_output, &o));
		if (!i)
			assert_non_null(jq_run(bomb, input, on_output, &o));
	}
	jq_input_free(input);
	assert_string_equal(buf_cstr(&o.text),
			    "[1,2,3]\n[1,2]\n[1,2,3]\n[1,2]\n");
	buf_release(&o.text);
	jq_close(first);
	jq_close(second);
	jq_close(bomb);
}

static void json_that_libjq_cannot_read_is_refused(void **state)
{
	static const char *const texts[] = {"[1", "{]", "nope"};
	const char *why;
	struct buf deep = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		why = NULL;
		assert_null(libjq_input_new(slice(texts[i]), &why));
		assert_non_null(why);
	}
	for (int i = 0; i < 300; i++)
		buf_addch(&deep, '[');
	for (int i = 0; i < 300; i++)
		buf_addch(&deep, ']');
	assert_null(libjq_input_new(slice_of(&deep), &why));
	assert_string_equal(why, "jq cannot read the JSON: "
				 "Exceeds depth limit for "
			    "parsing at line 1, column 257");
	buf_release(&deep);
}

static void no_file_is_read(void **state)
{
	char home[] = "/tmp/scrape-test-XXXXXX";
	static const char import[] = "include \".jq\" {search: \"~\"}; 1";
	struct buf why = {0};
	char *file;
	FILE *f;
	struct jq *jq;

	(void)state;
	assert_non_null(mkdtemp(home));
	file = xasprintf("%s/.jq", home);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs("def map(f): \"from home\";", f);
	fclose(f);
	setenv("HOME", home, 1);
	jq = open_filter("map(.)");
	expect(jq, "[1]", "[1]\n", NULL);
	jq_close(jq);
	assert_null(jq_open(import, strlen(import), &why));
	assert_string_equal(buf_cstr(&why), "module not found: .jq");
	buf_release(&why);
	unlink(file);
	rmdir(home);
	free(file);
}

static void nothing_is_printed(void **state)
{
	FILE *caught = tmpfile();
	const int before = dup(STDERR_FILENO);
	struct buf why = {0};
	struct jq *jq;
	struct stat st;

	(void)state;
	assert_non_null(caught);
	fflush(stderr);
	dup2(fileno(caught), STDERR_FILENO);
	jq = open_filter("debug, stderr, error(null), input, halt_error");
	expect(jq, "1", "1\n1\n", ANY);
	assert_null(jq_open("1 +", 3, &why));
	jq_close(jq);
	fflush(stderr);
	dup2(before, STDERR_FILENO);
	close(before);
	assert_int_equal(fstat(fileno(caught), &st), 0);
	assert_int_equal(st.st_size, 0);
	fclose(caught);
	buf_release(&why);
}

/* The blocks of an input are freed with it, even if libjq still refers to
 * them. */
static void finished_run_does_not_keep_its_input(void **state)
{
	static const char *const filters[] = {
		"., 1", ".a | error", "halt_error", ".a | halt_error", "1, .",
		"., (.a | halt)", "[.a, .] | .[]", "label $out | ., break $out",
		"try (.a | error) catch .",
	};

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < COUNT(filters) * 3; i++) {
		struct outputs o = {.wanted = (int)(i % 3)};
		const char *filter = filters[i / 3], *why;
		struct libjq *jq = libjq_new(filter, strlen(filter));
		struct libjq_input *input = libjq_input_new(
			slice("{\"a\":{\"b\":[1]}}"), &why);
		jv a;

		(void)libjq_run(jq, input, on_output, &o);
		assert_int_equal(jv_get_refcnt(input->values), 1);
		a = jv_object_get(jv_array_get(jv_copy(input->values), 0),
				  jv_string("a"));
		assert_int_equal(jv_get_refcnt(a), 2);
		jv_free(a);
		libjq_input_free(input);
		libjq_close(jq);
		buf_release(&o.text);
	}
}

/* libjq frees its stack without this program's allocator. */
static void stack_of_one_run_does_not_count_for_the_next(void **state)
{
	struct jq *jq = open_filter(
		"def f: if . > 50000 then . else (. + 1 | f) + 0 end; f");

	(void)state;
	single_thread_only();
	for (int i = 0; i < ROUNDS(60); i++)
		expect(jq, "0", "50001\n", NULL);
	jq_close(jq);
}

/* Returns the number of bytes of the heap that are in use; 0 if they are not
 * counted. */
static size_t heap(void)
{
	return mallinfo2().uordblks;
}

static void thousands_of_documents_need_no_more_memory_than_one(void **state)
{
	struct jq *jq = open_filter(
		".items[] | {id, name, n: (.name | length), t: tojson, "
		"d: (.name | @base64 | @base64d), e: (try error(.) catch 1)}");
	size_t before = 0;

	(void)state;
	single_thread_only();
	for (int i = 0; i < ROUNDS(5000); i++) {
		struct outputs o = {.wanted = i % 3};

		assert_null(apply(jq, "{\"items\":[{\"id\":1,\"name\":\"a\"},"
				  "{\"id\":2,\"name\":\"b\"}]}", &o));
		buf_release(&o.text);
		if (i == 100)
			before = heap();
	}
	assert_true(heap() <= before + 4096);
	jq_close(jq);
}

/* Stopping at any point leaks nothing. */
static void stopped_filters_leak_nothing(void **state)
{
	struct jq *jq = open_filter(
		"[range(1000)] | reduce range(50000) as $i (.; [.]) | 1");
	size_t before = 0;

	(void)state;
	single_thread_only();
	for (int i = 0; i < 10; i++) {
		expect(jq, "{\"a\":[1,2,3]}", "", ANY);
		if (i == 2)
			before = heap();
	}
	assert_true(heap() <= before + 4096);
	jq_close(jq);
}

/* --- Threads -------------------------------------------------------------- */

struct runner {
	pthread_t thread;
	pthread_barrier_t *ready;
	const char *filter;
	const char *json;
	struct jq *jq;
	struct outputs o;
	bool failed;
	int times;
};

static void *run_often(void *arg)
{
	struct runner *r = arg;

	r->jq = open_filter(r->filter);
	for (int i = 0; i < r->times; i++)
		r->failed |= apply(r->jq, r->json, &r->o) != NULL;
	jq_close(r->jq);
	return NULL;
}

static void two_threads_run_filters_at_once(void **state)
{
	struct runner runners[2] = {
		{.filter = ".a[] | tojson | fromjson | test(\"1\"; \"x\")?",
		 .json = "{\"a\":[1,2.5,{\"x\":\"y\"}]}", .times = 200},
		{.filter = "[.[] | tostring] | add",
		 .json = "[1e30,1.25,3]", .times = 200},
	};

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&runners[i].thread, NULL,
						run_often, &runners[i]), 0);
	for (int i = 0; i < 2; i++) {
		pthread_join(runners[i].thread, NULL);
		assert_false(runners[i].failed);
		buf_release(&runners[i].o.text);
	}
}

static bool on_first_output(void *ctx, struct slice json)
{
	struct runner *r = ctx;

	(void)json;
	/* Wait until the filter runs. */
	pthread_barrier_wait(r->ready);
	return true;
}

static void *run_for_ever(void *arg)
{
	struct runner *r = arg;
	struct jq_input *input = read_json(r->json);

	r->failed = jq_run(r->jq, input, on_first_output, r) != NULL;
	jq_input_free(input);
	return NULL;
}

static void filter_that_never_allocates_can_be_stopped(void **state)
{
	static const char *const filters[] = {
		"1, (def f: f; f)",
		"1, last(range(1e18))",
		"1, (range(1e18) | select(false))",
		"1, (def f: try error(1) catch f; f)",
		"1, isempty(range(1e18) | empty)",
		"1, until(false; .)",
		"1, ([range(1000000) | {a: .}] | . - . | 2)",
	};
	pthread_barrier_t ready;

	(void)state;
	pthread_barrier_init(&ready, NULL, 2);
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct runner r = {.filter = filters[i], .json = "null",
				   .ready = &ready};

		r.jq = open_filter(filters[i]);
		assert_int_equal(pthread_create(&r.thread, NULL, run_for_ever,
						&r), 0);
		pthread_barrier_wait(&ready);
		jq_stop(r.jq);
		pthread_join(r.thread, NULL);
		assert_true(r.failed);
		jq_close(r.jq);
	}
	pthread_barrier_destroy(&ready);
}

static void stop_before_a_run_stops_only_that_one(void **state)
{
	static const char *const filters[] = {".", "first(.)"};

	(void)state;
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct jq *jq = open_filter(filters[i]);

		jq_stop(jq);
		expect(jq, "1", "", "jq was stopped");
		expect(jq, "2", "2\n", NULL);
		jq_close(jq);
	}
}

static void *run_once(void *arg)
{
	struct runner *r = arg;
	struct jq_input *input = read_json(r->json);
	struct outputs o = {0};
	const char *error;

	pthread_barrier_wait(r->ready);
	error = jq_run(r->jq, input, on_output, &o);
	r->failed = error && strcmp(error, "jq was stopped") != 0;
	buf_release(&o.text);
	jq_input_free(input);
	return NULL;
}

/* The first run of a filter compiles it. Leaks are found by the address
 * sanitizer. */
static void stop_while_a_filter_is_compiled_leaks_nothing(void **state)
{
	pthread_barrier_t ready;

	(void)state;
	pthread_barrier_init(&ready, NULL, 2);
	for (long i = 0; i < 20; i++) {
		const struct timespec pause = {.tv_nsec = i * 500000};
		struct runner r = {.filter = "first(.)", .json = "1",
				   .ready = &ready};

		r.jq = jq_new(r.filter, strlen(r.filter));
		assert_int_equal(pthread_create(&r.thread, NULL, run_once, &r),
				 0);
		pthread_barrier_wait(&ready);
		nanosleep(&pause, NULL);
		jq_stop(r.jq);
		pthread_join(r.thread, NULL);
		assert_false(r.failed);
		jq_close(r.jq);
	}
	pthread_barrier_destroy(&ready);
}

static atomic_int compilings;
static __typeof__(jq_compile) *real_compile;

static int count_and_compile(jq_state *state, const char *filter)
{
	compilings++;
	return real_compile(state, filter);
}

static void *run_counted(void *arg)
{
	struct runner *r = arg;

	r->jq = jq_new(r->filter, strlen(r->filter));
	r->failed = apply(r->jq, r->json, &r->o) != NULL;
	return NULL;
}

static void run_in_thread(struct runner *r)
{
	assert_int_equal(pthread_create(&r->thread, NULL, run_counted, r), 0);
	pthread_join(r->thread, NULL);
	assert_false(r->failed);
	assert_string_equal(buf_cstr(&r->o.text), "[2,3]\n");
	buf_release(&r->o.text);
}

/* The second thread has to compile the filter, since the first one still has
 * its own. Later, what the first one has run is not used again. */
static void filter_that_was_checked_is_compiled_once(void **state)
{
	struct runner first = {.filter = "map(. + 1)", .json = "[1,2]"};
	struct runner second = first, third = first;

	(void)state;
	jq_close(open_filter("1 | length"));
	real_compile = jq_functions.jq_compile_;
	jq_functions.jq_compile_ = count_and_compile;
	compilings = 0;
	jq_close(open_filter(first.filter));
	jq_close(open_filter(first.filter));
	assert_int_equal(compilings, 1);
	run_in_thread(&first);
	assert_int_equal(compilings, 1);
	run_in_thread(&second);
	assert_int_equal(compilings, 2);
	jq_close(first.jq);
	jq_close(second.jq);
	jq_prepare(third.filter, strlen(third.filter));
	assert_int_equal(compilings, 3);
	run_in_thread(&third);
	assert_int_equal(compilings, 3);
	jq_close(third.jq);
	jq_functions.jq_compile_ = real_compile;
}

/* More filters than are kept, each opened twice. */
static void any_number_of_filters_can_be_checked(void **state)
{
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < SPARES_MAX + 2; i++) {
			struct buf text = {0}, expected = {0};
			struct jq *jq;

			buf_addf(&text, ". + %d", i);
			buf_addf(&expected, "%d\n", i + 1);
			jq = open_filter(buf_cstr(&text));
			if (round)
				expect(jq, "1", buf_cstr(&expected), NULL);
			jq_close(jq);
			buf_release(&text);
			buf_release(&expected);
		}
}

static void stop_reaches_a_filter_that_was_checked(void **state)
{
	struct jq *checked = open_filter("1 + .");
	struct jq *jq = jq_new("1 + .", 5);

	(void)state;
	jq_stop(checked);
	jq_close(checked);
	jq_stop(jq);
	expect(jq, "1", "", "jq was stopped");
	expect(jq, "1", "2\n", NULL);
	jq_close(jq);
	jq = jq_new("1 + .", 5);
	expect(jq, "2", "3\n", NULL);
	jq_close(jq);
}

/* A function of libjq, replaced by parse/jq/sandbox.c. */
void jv_mem_free(void *p);

/* libjq also frees blocks of strdup() with this function. Their unused ends are
 * not cleared, so they may hold any address, even that of the block. */
static void unlisted_block_is_freed_whatever_its_bytes(void **state)
{
	static const size_t sizes[] = {24, 32, 40, 48, 64, 100};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		uintptr_t *p = malloc(sizes[i]);
		/* Write through volatile: the compiler could otherwise drop
		 * writes before free(). */
		volatile uintptr_t *words = p;

		assert_non_null(p);
		for (size_t k = 0; k < sizes[i] / sizeof(*p); k++)
			words[k] = 1;
		words[malloc_usable_size(p) / sizeof(*p) - 1] = (uintptr_t)p;
		jv_mem_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outputs_and_errors_are_those_of_jq),
		cmocka_unit_test(error_of_a_filter_is_one_line),
		cmocka_unit_test(filter_with_a_nul_or_too_long_is_refused),
		cmocka_unit_test(hostile_filter_compiles_or_is_refused),
		cmocka_unit_test(outputs_stop_when_no_more_are_wanted),
		cmocka_unit_test(
			filter_can_run_again_after_every_kind_of_end),
		cmocka_unit_test(
			stopping_a_path_filter_leaks_nothing),
		cmocka_unit_test(one_input_serves_several_filters),
		cmocka_unit_test(json_that_libjq_cannot_read_is_refused),
		cmocka_unit_test(no_file_is_read),
		cmocka_unit_test(
			unlisted_block_is_freed_whatever_its_bytes),
		cmocka_unit_test(nothing_is_printed),
		cmocka_unit_test(finished_run_does_not_keep_its_input),
		cmocka_unit_test(stack_of_one_run_does_not_count_for_the_next),
		cmocka_unit_test(
			thousands_of_documents_need_no_more_memory_than_one),
		cmocka_unit_test(stopped_filters_leak_nothing),
		cmocka_unit_test(two_threads_run_filters_at_once),
		cmocka_unit_test(filter_that_never_allocates_can_be_stopped),
		cmocka_unit_test(
			stop_while_a_filter_is_compiled_leaks_nothing),
		cmocka_unit_test(stop_before_a_run_stops_only_that_one),
		cmocka_unit_test(filter_that_was_checked_is_compiled_once),
		cmocka_unit_test(any_number_of_filters_can_be_checked),
		cmocka_unit_test(stop_reaches_a_filter_that_was_checked),
	};

	setenv("SCRAPE_TEST_JQ", "e", 1);
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
