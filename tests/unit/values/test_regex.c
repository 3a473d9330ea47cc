#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/mem.h"
#include "parse/values/regex.h"
#include "tests/unit/rounds.h"
#include "tests/unit/single_thread.h"

#define SLICE(s) ((struct slice){(s), strlen(s)})

static struct pattern *compile(const char *s, const char *flags)
{
	struct buf why = {0};
	size_t at;
	struct pattern *p = pattern_compile(s, strlen(s), flags, &why, &at);

	if (!p)
		fail_msg("%s: %s", s, buf_cstr(&why));
	assert_int_equal(why.len, 0);
	return p;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void all_matches_are_found_in_turn(void **state)
{
	static const struct {
		const char *pattern, *flags, *text, *found;
	} rows[] = {
		{"b", NULL, "abcb", "b|b|"},
		{"x", NULL, "abcb", ""},
		{"", NULL, "", "|"},
		{"", NULL, "\xc3\xa0" "b", "|||"},
		{"a*", NULL, "baac", "|aa|||"},
		{"\\d+", NULL, "1,22,333", "1|22|333|"},
		{"(\\w)=(\\w)", NULL, "a=1 b=2", "a|b|"},
		{"x(y)?", NULL, "x xy", "|y|"},
		{"^b", "m", "a\nb\nb", "b|b|"},
		{"^b", "", "a\nb\nb", ""},
		{"a.b", "s", "a\nb", "a\nb|"},
		{"A B # c", "xi", "ab", "ab|"},
		{"\\w+", NULL, "\xc3\xa0\xc3\xa9 \xd0\xb6",
		 "\xc3\xa0\xc3\xa9|\xd0\xb6|"},
		{"\xc3\x80", "i", "\xc3\xa0", "\xc3\xa0|"},
		{"(?<=a)b\\Kc", NULL, "abc", "c|"},
		{"(?:(?=b))", NULL, "abb", "||"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct pattern *p = compile(rows[i].pattern, rows[i].flags);
		size_t from = 0;
		struct slice found;

		buf_clear(&out);
		while (pattern_find(p, SLICE(rows[i].text), &from, &found) ==
		       PATTERN_FOUND) {
			buf_add(&out, found.p, found.len);
			buf_addch(&out, '|');
		}
		assert_string_equal(buf_cstr(&out), rows[i].found);
		pattern_free(p);
	}
	buf_release(&out);
}

static void groups_are_found_or_absent(void **state)
{
	struct pattern *p = compile("(a)|(b)(c?)", NULL);
	struct slice found[6];
	size_t from = 0;

	(void)state;
	assert_int_equal(pattern_groups(p), 3);
	assert_true(pattern_find_groups(p, SLICE("-b"), &from, found, 6));
	assert_int_equal(found[0].len, 1);
	assert_null(found[1].p);
	assert_int_equal(*found[2].p, 'b');
	assert_non_null(found[3].p);
	assert_int_equal(found[3].len, 0);
	assert_null(found[4].p);
	assert_null(found[5].p);
	assert_int_equal(from, 2);
	assert_false(pattern_find_groups(p, SLICE("-b"), &from, found, 6));
	from = 3;
	assert_false(pattern_find_groups(p, SLICE("-b"), &from, found, 6));
	from = 0;
	assert_false(pattern_find_groups(p, (struct slice){0}, &from, found,
					 6));
	pattern_free(p);
}

static void replacing_puts_groups_in(void **state)
{
	static const struct {
		const char *pattern, *text, *by, *first, *all;
	} rows[] = {
		{"b", "abcb", "x", "axcb", "axcx"},
		{"b", "aaa", "x", "aaa", "aaa"},
		{"(\\d)(\\d)", "12 34", "$2$1", "21 34", "21 43"},
		{"(\\d)(\\d)", "12", "$$1 $0 $3 $ $12 $x $", "$1 12 $3 $ 12 $x $",
		 "$1 12 $3 $ 12 $x $"},
		{"(a)|(b)", "ab", "<$1$2>", "<a>b", "<a><b>"},
		{"", "\xc3\xa0", "-", "-\xc3\xa0", "-\xc3\xa0-"},
		{"x*", "axb", "-", "-axb", "-a--b-"},
		{"a", "", "x", "", ""},
		{"^", "", "x", "x", "x"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct pattern *p = compile(rows[i].pattern, NULL);

		buf_clear(&out);
		buf_addstr(&out, "=");
		assert_true(pattern_replace(p, SLICE(rows[i].text), false,
					    SLICE(rows[i].by), &out));
		assert_string_equal(buf_cstr(&out) + 1, rows[i].first);
		buf_clear(&out);
		assert_true(pattern_replace(p, SLICE(rows[i].text), true,
					    SLICE(rows[i].by), &out));
		assert_string_equal(buf_cstr(&out), rows[i].all);
		pattern_free(p);
	}
	buf_release(&out);
}

static void bad_patterns_are_refused_with_the_place(void **state)
{
	static const struct {
		const char *pattern, *flags, *why;
		size_t at;
	} rows[] = {
		{"ab(", NULL, "missing closing parenthesis", 3},
		{"a)b", NULL, "unmatched closing parenthesis", 1},
		{"a**b", NULL, "quantifier does not follow a repeatable item",
		 2},
		{"[a", NULL, "missing terminating ] for character class", 2},
		{"a\\Cb", NULL, "using \\C is disabled by the application", 3},
		{"a\\", NULL, "\\ at end of pattern", 2},
		{"a", "ig", "unknown flag 'g' of a regular expression", 0},
		{"a\xff", NULL, "UTF-8 error: illegal byte (0xfe or 0xff)", 1},
		{"(?:(?:a{1000}){1000}){1000}", NULL,
		 "regular expression is too large", 27},
	};
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t at;

		buf_clear(&why);
		assert_null(pattern_compile(rows[i].pattern,
					    strlen(rows[i].pattern),
					    rows[i].flags, &why, &at));
		assert_string_equal(buf_cstr(&why), rows[i].why);
		assert_int_equal(at, rows[i].at);
	}
	buf_release(&why);
}

static void deep_nesting_is_refused(void **state)
{
	enum { DEPTH = 100000 };
	char *s = xmalloc(DEPTH);
	struct buf why = {0};
	size_t at;

	(void)state;
	memset(s, '(', DEPTH);
	assert_null(pattern_compile(s, DEPTH, NULL, &why, &at));
	assert_string_equal(buf_cstr(&why),
			    "parentheses are too deeply nested");
	buf_release(&why);
	free(s);
}

/* Without a limit, each pattern would take minutes or longer on this text. */
static void expensive_patterns_end_with_an_error(void **state)
{
	static const char *const rows[] = {
		"(a+)+b", "(a|a)*b", "(a*)*b", "(?:a|aa)+$b", "a.*b",
		"a*b", "a*?b", "a+b", "(?s).*.*.*bc", "(?:(?=a*+b)|.)*b",
		"(a*)\\1b", "(?R)?ab", "^(a(?1)?)*b", "(?:\\w+\\s*,?)+;",
		"(?<=(a))a*+b", "((?:a{1,10}){1,10}){1,10}b",
		"\\X*bc", "(?i)(A+)+B", "[^\\nb]*b", "(?>a*)b",
		"(?:.|\\n)*?</p>", "a(?:a|b|ab)*(?!.)[^a]c",
		"(?:a*+b|a)*[^a]b", "(a*(?:\\1b|a))*c",
	};
	enum {
		LEN = 1 << 20,
		/* The library has no sanitizers: with them, a quarter of the
		 * patterns shows what this program does at its limits. */
		STEP = SANITIZED ? 4 : 1
	};
	char *text = xmalloc(LEN);

	(void)state;
	single_thread_only();
	memset(text, 'a', LEN);
	/* Without these bytes, PCRE2 would see at once that there is no
	 * match. */
	memcpy(text + LEN - 6, "\nb</c>", 6);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i += STEP) {
		struct pattern *p = compile(rows[i], NULL);
		const double start = now();
		struct buf out = {0};
		struct slice found;
		size_t from = 0;

		assert_int_not_equal(pattern_find(p, (struct slice){text, LEN},
						  &from, &found),
				     PATTERN_FOUND);
		assert_int_equal(from, 0);
		pattern_replace(p, (struct slice){text, LEN}, true,
				SLICE("x"), &out);
		if (now() - start > 5)
			fail_msg("%s took %g s", rows[i], now() - start);
		if (getenv("VERBOSE"))
			print_message("%s: %g s\n", rows[i], now() - start);
		buf_release(&out);
		pattern_free(p);
	}
	free(text);
}

/* The result is "no match" only if that is certain. */
static void exceeding_the_limit_differs_from_no_match(void **state)
{
	struct pattern *p = compile("^(?:a+)+$|(b)", NULL);
	char text[42];
	struct slice found;
	size_t from = 0;

	(void)state;
	single_thread_only();
	memset(text, 'a', sizeof(text));
	text[41] = 'b';
	assert_int_equal(pattern_find(p, (struct slice){text + 30, 12}, &from,
				      &found), PATTERN_FOUND);
	from = 0;
	assert_int_equal(pattern_find(p, (struct slice){text, 42}, &from,
				      &found), PATTERN_TOO_MUCH);
	assert_int_equal(pattern_find(p, SLICE("ac"), &from, &found),
			 PATTERN_NONE);
	pattern_free(p);
}

static void ordinary_patterns_are_found_in_large_texts(void **state)
{
	static const char *const rows[] = {
		"(?s)start.*?end", "\"end\": *(\\d+)", "[a-z]+\\d+",
		"(?s)s.*end", "\\bend\\b", "(?i)END",
	};
	struct buf text = {0};

	(void)state;
	single_thread_only();
	buf_addstr(&text, "start");
	while (text.len < 1 << 20)
		buf_addstr(&text, " some words and a \"key\": 12, ");
	buf_addstr(&text, " abc1 \"end\": 17");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct pattern *p = compile(rows[i], NULL);
		const double start = now();
		struct slice found;
		size_t from = 0;

		if (pattern_find(p, (struct slice){text.data, text.len},
				 &from, &found) != PATTERN_FOUND)
			fail_msg("%s was not found", rows[i]);
		if (getenv("VERBOSE"))
			print_message("%s: %g s\n", rows[i], now() - start);
		pattern_free(p);
	}
	buf_release(&text);
}

static void results_are_bounded(void **state)
{
	struct pattern *p = compile("(.*)", "s");
	struct buf text = {0}, by = {0}, out = {0};

	(void)state;
	single_thread_only();
	while (text.len < 1 << 20)
		buf_addstr(&text, "0123456789");
	for (int i = 0; i < 1000; i++)
		buf_addstr(&by, "$0");
	buf_addstr(&out, "before");
	assert_false(pattern_replace(p, (struct slice){text.data, text.len},
				     true, (struct slice){by.data, by.len},
				     &out));
	assert_string_equal(buf_cstr(&out), "before");
	assert_true(pattern_replace(p, (struct slice){text.data, text.len},
				    true, SLICE("$0$0"), &out));
	assert_int_equal(out.len, 6 + 2 * text.len);
	buf_release(&text);
	buf_release(&by);
	buf_release(&out);
	pattern_free(p);
}

static void invalid_utf8_is_not_searched(void **state)
{
	struct pattern *p = compile(".", "s");
	struct buf out = {0};
	struct slice found;
	size_t from = 0;

	(void)state;
	assert_false(pattern_find(p, SLICE("a\xff"), &from, &found));
	assert_false(pattern_replace(p, SLICE("\xc3"), true, SLICE("x"),
				     &out));
	assert_int_equal(out.len, 0);
	pattern_free(p);
}

/* Returns the number of wrong results, because cmocka can only fail in the main
 * thread. */
static void *find_many(void *pattern)
{
	uintptr_t wrong = 0;

	for (int i = 0; i < 2000; i++) {
		struct slice found;
		size_t from = 0, digits = 0;

		while (pattern_find(pattern, SLICE("a=1, b=22, c=333"), &from,
				    &found))
			wrong += found.len != ++digits;
		wrong += digits != 3;
	}
	return (void *)wrong;
}

static void threads_share_a_pattern(void **state)
{
	struct pattern *p = compile("\\w=(\\d+)", NULL);
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, find_many,
						p), 0);
	for (size_t i = 0; i < 4; i++) {
		void *wrong;

		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
	pattern_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_matches_are_found_in_turn),
		cmocka_unit_test(groups_are_found_or_absent),
		cmocka_unit_test(replacing_puts_groups_in),
		cmocka_unit_test(bad_patterns_are_refused_with_the_place),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(expensive_patterns_end_with_an_error),
		cmocka_unit_test(exceeding_the_limit_differs_from_no_match),
		cmocka_unit_test(ordinary_patterns_are_found_in_large_texts),
		cmocka_unit_test(results_are_bounded),
		cmocka_unit_test(invalid_utf8_is_not_searched),
		cmocka_unit_test(threads_share_a_pattern),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
