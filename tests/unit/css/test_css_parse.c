/*
 * A parsed selector is written as text: its compounds from right to left, with
 * "_" for the descendant combinator; a relative selector ends with its first
 * combinator. "!5 why" is a mistake at byte 5.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "parse/css/css.h"
#include "parse/css/tree.h"

struct row {
	const char *selector, *expected;
};

static void dump_list(struct buf *out, const struct css_list *list,
		      bool relative);

static void dump_text(struct buf *out, const struct css_text *text)
{
	assert_int_equal(strlen(text->p), text->len);
	buf_addstr(out, text->p);
}

/* Appends the name as written, and also in lower case if that differs. */
static void dump_name(struct buf *out, const struct css_simple *s)
{
	dump_text(out, &s->name);
	assert_int_equal(s->name.len, s->lower.len);
	if (strcmp(s->name.p, s->lower.p) == 0)
		return;
	buf_addch(out, '/');
	dump_text(out, &s->lower);
}

static void dump_attribute(struct buf *out, const struct css_simple *s)
{
	static const char *const ops[] = {"", "=", "~=", "|=", "^=", "$=",
					  "*="};
	static const char *const letters[] = {"", "i", "s"};

	buf_addstr(out, s->ns == CSS_NS_ANY ? "[*|" : "[");
	dump_name(out, s);
	buf_addstr(out, ops[s->op]);
	if (s->op != CSS_EXISTS) {
		buf_addch(out, '"');
		dump_text(out, &s->value);
		buf_addch(out, '"');
	}
	buf_addstr(out, letters[s->letters]);
	buf_addch(out, ']');
}

static void dump_nth(struct buf *out, const struct css_simple *s)
{
	buf_addf(out, ":%s%s(%ldn%+ld", s->from_end ? "last" : "nth",
		 s->of_type ? "-type" : "", s->a, s->b);
	if (s->list) {
		buf_addstr(out, " of ");
		dump_list(out, s->list, false);
	}
	buf_addch(out, ')');
}

static void dump_lang(struct buf *out, const struct css_simple *s)
{
	buf_addstr(out, ":lang(");
	for (size_t i = 0; i < s->words_count; i++) {
		buf_addstr(out, i ? ", " : "");
		dump_text(out, &s->words[i]);
	}
	buf_addch(out, ')');
}

static void dump_logical(struct buf *out, const struct css_simple *s)
{
	buf_addstr(out, s->kind == CSS_NOT ? ":not(" :
			s->kind == CSS_IS  ? ":is(" : ":has(");
	dump_list(out, s->list, s->kind == CSS_HAS);
	buf_addch(out, ')');
}

static void dump_simple(struct buf *out, const struct css_simple *s)
{
	static const char *const plain[] = {
		[CSS_UNIVERSAL] = "*", [CSS_ID] = "#", [CSS_CLASS] = ".",
		[CSS_EMPTY] = ":empty", [CSS_ROOT] = ":root",
		[CSS_SCOPE] = ":scope", [CSS_LINK] = ":link",
		[CSS_CHECKED] = ":checked", [CSS_DISABLED] = ":disabled",
		[CSS_ENABLED] = ":enabled", [CSS_TYPE] = "",
	};

	switch (s->kind) {
	case CSS_ATTRIBUTE:
		dump_attribute(out, s);
		break;
	case CSS_NOT:
	case CSS_IS:
	case CSS_HAS:
		dump_logical(out, s);
		break;
	case CSS_NTH:
		dump_nth(out, s);
		break;
	case CSS_LANG:
		dump_lang(out, s);
		break;
	default:
		buf_addstr(out, s->ns == CSS_NS_NONE ? "|" : "");
		buf_addstr(out, plain[s->kind]);
		if (s->name.p)
			dump_name(out, s);
	}
}

static void dump_complex(struct buf *out, const struct css_complex *x,
			 bool relative)
{
	static const char *const combinators[] = {"_", ">", "+", "~"};

	assert_true(x->count > 0);
	for (size_t i = 0; i < x->count; i++) {
		const struct css_compound *k = &x->compounds[i];

		assert_true(k->count > 0);
		buf_addstr(out, i ? " " : "");
		for (size_t j = 0; j < k->count; j++)
			dump_simple(out, &k->simples[j]);
		if (i + 1 < x->count || relative)
			buf_addf(out, " %s", combinators[k->combinator]);
	}
}

static void dump_list(struct buf *out, const struct css_list *list,
		      bool relative)
{
	for (size_t i = 0; i < list->count; i++) {
		buf_addstr(out, i ? ", " : "");
		dump_complex(out, &list->items[i], relative);
	}
}

static void dump(struct buf *out, const struct css *css)
{
	const char *attr;
	const enum css_take take = css_take(css, &attr);

	assert_int_equal(take == CSS_TAKE_ATTR, attr != NULL);
	dump_list(out, &css->list, false);
	if (take == CSS_TAKE_ATTR)
		buf_addf(out, " ::attr(%s)", attr);
	else if (take != CSS_TAKE_ELEMENT)
		buf_addstr(out, take == CSS_TAKE_TEXT ? " ::text" : " ::html");
	if (css_is_url(css))
		buf_addstr(out, " ::url");
}

/* Parses the selector and returns the result as text, to be freed. */
static char *outcome(const char *s, size_t len)
{
	struct buf out = {0}, why = {0};
	size_t at = SIZE_MAX;
	struct css *css = css_compile(s, len, &why, &at);

	if (css) {
		assert_int_equal(why.len, 0);
		dump(&out, css);
	} else {
		assert_true(why.len > 0 && at <= len);
		assert_null(memchr(why.data, '\n', why.len));
		buf_addf(&out, "!%zu %s", at, buf_cstr(&why));
	}
	css_free(css);
	buf_release(&why);
	return buf_detach(&out);
}

static void check(const struct row *rows, size_t count)
{
	bool failed = false;

	for (size_t i = 0; i < count; i++) {
		const char *s = rows[i].selector;
		char *got = outcome(s, strlen(s));

		if (strcmp(got, rows[i].expected) != 0) {
			print_error("%s\n\tis       %s\n\tnot      %s\n", s,
				    got, rows[i].expected);
			failed = true;
		}
		free(got);
	}
	assert_false(failed);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(*(rows)))

static void types_and_namespaces_are_distinguished(void **state)
{
	static const struct row rows[] = {
		{"a", "a"},
		{"DIV", "DIV/div"},
		{"my-Element", "my-Element/my-element"},
		{"*", "*"},
		{"*|a", "a"},
		{"|a", "|a"},
		{"*|*", "*"},
		{"|*", "|*"},
		{"\xc3\xa4", "\xc3\xa4"},
		{"--x", "--x"},
		{"-x", "-x"},
		{"_", "_"},
		{"a-->b", "b > a--"},
		{" a ", "a"},
		{"svg|a", "!0 no namespace is declared: *| stands for any"},
		{"a|*", "!0 no namespace is declared: *| stands for any"},
		{"*|", "!2 a selector is missing here"},
		{"|", "!1 a selector is missing here"},
		{"|1", "!1 a name does not begin with a digit"},
		{"a||b", "!1 a name or * should be around the |"},
		{"*.x", "*.x"},
		{"**", "!1 * comes first, before classes and the like"},
		{"a*", "!1 * comes first, before classes and the like"},
		{"a.b c|d", "!4 no namespace is declared: *| stands for any"},
		{"*/**/|/**/a", "a"},
		{"-", "!0 unexpected -"},
		{"-1", "!0 unexpected -"},
		{"--> a", "!0 unexpected -"},
	};

	(void)state;
	CHECK(rows);
}

static void ids_and_classes_have_names(void **state)
{
	static const struct row rows[] = {
		{"#a", "#a"},
		{".a", ".a"},
		{"#A.B.b", "#A/a.B/b.b"},
		{"a#b.c", "a#b.c"},
		{"#-a", "#-a"},
		{"#--", "#--"},
		{".-a_B", ".-a_B/-a_b"},
		{"#1",
		 "!1 an id cannot begin with a digit: write \\31 and a space "
		 "for it"},
		{"#1a",
		 "!1 an id cannot begin with a digit: write \\31 and a space "
		 "for it"},
		{".9",
		 "!1 a class cannot begin with a digit: write \\39 and a "
		 "space for it"},
		{".", "!1 a name should follow the ."},
		{"#", "!1 a name should follow the #"},
		{"# a", "!1 a name should follow the #"},
		{". a", "!1 a name should follow the ."},
		{"./**/a", ".a"},
		{"#/**/a", "!1 a name should follow the #"},
		{".a#b[c]:root", ".a#b[c]:root"},
		{"a.b,#c", "a.b, #c"},
		{".\xc3\xa9", ".\xc3\xa9"},
		{".-1", "!1 a name should follow the ."},
		{"a..b", "!2 a name should follow the ."},
		{".a.", "!3 a name should follow the ."},
		{"##a", "!1 a name should follow the #"},
	};

	(void)state;
	CHECK(rows);
}

static void attributes_have_operators_values_and_flags(void **state)
{
	static const struct row rows[] = {
		{"[a]", "[a]"},
		{"[ a ]", "[a]"},
		{"[HREF]", "[HREF/href]"},
		{"[*|a]", "[*|a]"},
		{"[|a]", "[a]"},
		{"[*|a|=b]", "[*|a|=\"b\"]"},
		{"[a|=b]", "[a|=\"b\"]"},
		{"[a=b]", "[a=\"b\"]"},
		{"[a=\"b c\"]", "[a=\"b c\"]"},
		{"[a='b']", "[a=\"b\"]"},
		{"[a = \"b\"]", "[a=\"b\"]"},
		{"[a~=b]", "[a~=\"b\"]"},
		{"[a^=b]", "[a^=\"b\"]"},
		{"[a$=b]", "[a$=\"b\"]"},
		{"[a*=b]", "[a*=\"b\"]"},
		{"[a=\"\"]", "[a=\"\"]"},
		{"[a=\"b\"i]", "[a=\"b\"i]"},
		{"[a=\"b\" I]", "[a=\"b\"i]"},
		{"[a=b s]", "[a=\"b\"s]"},
		{"[a='b' S ]", "[a=\"b\"s]"},
		{"[a=b/**/i]", "[a=\"b\"i]"},
		{"[a=\"]\"]", "[a=\"]\"]"},
		{"[a=\"\\\"\" ]", "[a=\"\"\"]"},
		{"[a=-b]", "[a=\"-b\"]"},
		{"[a=--]", "[a=\"--\"]"},
		{"a[b][c=\"d\"]", "a[b][c=\"d\"]"},
		{"[a/**/=/**/b/**/]", "[a=\"b\"]"},
		{"[", "!1 an attribute's name is missing"},
		{"[a", "!0 no ] closes it"},
		{"[]", "!1 an attribute's name is missing"},
		{"[a=", "!3 a value is missing (\"\" is the empty one)"},
		{"[a=]", "!3 a value is missing (\"\" is the empty one)"},
		{"[a=b", "!0 no ] closes it"},
		{"[a=\"b]", "!3 no \" closes it"},
		{"[a=\"b\"", "!0 no ] closes it"},
		{"[a=1]", "!3 a value that is not a name needs quotes"},
		{"[a=b.c]",
		 "!4 a value that is not a name needs quotes, and ] ends it"},
		{"[href=/x]", "!6 a value that is not a name needs quotes"},
		{"[a=b c]",
		 "!5 only i or s can follow a value (one with spaces needs "
		 "quotes)"},
		{"[a=\"b\" x]",
		 "!7 only i or s can follow a value (one with spaces needs "
		 "quotes)"},
		{"[a=\"b\" i s]", "!9 ] should be here"},
		{"[a b]", "!3 = or ] should be here (or ~= |= ^= $= *=)"},
		{"[a!=b]", "!2 != is not CSS: write :not([name=\"value\"])"},
		{"[a==b]", "!3 a value that is not a name needs quotes"},
		{"[a~ =b]", "!2 = or ] should be here (or ~= |= ^= $= *=)"},
		{"[@href]",
		 "!1 that is XPath: CSS has the name alone in its brackets, "
		 "[name]"},
		{"[ns|a]", "!1 no namespace is declared: *| stands for any"},
		{"[*]", "!1 an attribute's name cannot be a pattern"},
		{"[*=b]", "!1 an attribute's name cannot be a pattern"},
		{"[\"a\"]", "!1 an attribute's name is missing"},
		{"[1]", "!1 an attribute's name is missing"},
		{"[a]b", "!3 a tag comes first, before classes and the like"},
		{"[a][", "!4 an attribute's name is missing"},
		{"[a=\"b\"]]", "!7 unexpected ]"},
		{"[a=b|c]",
		 "!4 a value that is not a name needs quotes, and ] ends it"},
		{"[a|b]", "!1 no namespace is declared: *| stands for any"},
		{"[a=\"b\nc\"]",
		 "!5 a line ends inside of quotes: \"\\a \" stands for a line "
		 "end"},
	};

	(void)state;
	CHECK(rows);
}

static void combinators_join_compounds_from_right_to_left(void **state)
{
	static const struct row rows[] = {
		{"a b", "b _ a"},
		{"a  \t b", "b _ a"},
		{"a>b", "b > a"},
		{"a > b", "b > a"},
		{"a +b", "b + a"},
		{"a~ b", "b ~ a"},
		{"a b > c + d ~ e", "e ~ d + c > b _ a"},
		{"a, b", "a, b"},
		{"a ,b , c>d", "a, b, d > c"},
		{"a/**/ b", "b _ a"},
		{"a /**/b", "b _ a"},
		{"a/**/>/**/b", "b > a"},
		{"a/**/b", "!5 a tag comes first, before classes and the like"},
		{"> a",
		 "!0 a selector cannot begin with >: write :scope before "
		 "it for the element that is searched"},
		{"+ a",
		 "!0 a selector cannot begin with +: write :scope before "
		 "it for the element that is searched"},
		{", a", "!0 a selector is missing here"},
		{"a,", "!2 a selector is missing here"},
		{"a,,b", "!2 a selector is missing here"},
		{"a >", "!3 a selector is missing here"},
		{"a > , b", "!4 a selector is missing here"},
		{"a > > b", "!4 two combinators with nothing between them"},
		{"a >> b", "!3 two combinators with nothing between them"},
		{"a + ~ b", "!4 two combinators with nothing between them"},
		{"a b)", "!3 unmatched )"},
		{"a )", "!2 unmatched )"},
		{"(a)", "!0 ( belongs to a pseudo-class, as in :not(...)"},
		{"a && b", "!2 & is for nested rules: here it is :scope"},
		{"a || b", "!2 a name or * should be around the |"},
		{"a ! b", "!2 unexpected !"},
		{"a, > b",
		 "!3 a selector cannot begin with >: write :scope before "
		 "it for the element that is searched"},
		{"", "!0 a selector is missing here"},
		{"   ", "!3 a selector is missing here"},
		{"a\\20\nb", "a b"},
	};

	(void)state;
	CHECK(rows);
}

static void lists_of_selectors_can_be_in_parentheses(void **state)
{
	static const struct row rows[] = {
		{":not(a)", ":not(a)"},
		{":NOT( a , .b > c )", ":not(a, c > .b)"},
		{":is(a, b) c", "c _ :is(a, b)"},
		{":where(a b)", ":is(b _ a)"},
		{":Where(.x)", ":is(.x)"},
		{":is()", ":is()"},
		{":is( )", ":is()"},
		{":where()", ":is()"},
		{":is(:where(:not(a)))", ":is(:is(:not(a)))"},
		{"a:not(.b):not(#c, [d])", "a:not(.b):not(#c, [d])"},
		{":not(*|*)", ":not(*)"},
		{":not(|a)", ":not(|a)"},
		{":is(::text)",
		 "!4 ::text is for the end of the whole selector"},
		{":not(a::text)",
		 "!6 ::text is for the end of the whole selector"},
		{":not()", "!5 a selector is missing here"},
		{":not( )", "!6 a selector is missing here"},
		{":not(a,)", "!7 a selector is missing here"},
		{":not(,a)", "!5 a selector is missing here"},
		{":is(a,,b)", "!6 a selector is missing here"},
		{":is(a, :foo)", "!7 unknown pseudo-class :foo"},
		{":where(1)", "!7 a name does not begin with a digit"},
		{":not",
		 "!0 an argument is missing: :not(...), without a space"},
		{":not a",
		 "!0 an argument is missing: :not(...), without a space"},
		{":not (a)",
		 "!0 an argument is missing: :not(...), without a space"},
		{":not(a", "!4 no ) closes it"},
		{":not(", "!5 a selector is missing here"},
		{":not(a))", "!7 unmatched )"},
		{":is(> a)",
		 "!4 a selector cannot begin with >: write :scope before "
		 "it for the element that is searched"},
		{":is(a:is(b)", "!3 no ) closes it"},
		{":not(a}", "!6 unexpected }"},
		{":root(a)", "!5 :root has no argument"},
	};

	(void)state;
	CHECK(rows);
}

static void has_takes_relative_selectors(void **state)
{
	static const struct row rows[] = {
		{":has(a)", ":has(a _)"},
		{"a:has(> b)", "a:has(b >)"},
		{":has(+ a, ~ b c)", ":has(a +, c _ b ~)"},
		{":has( >a>b )", ":has(b > a >)"},
		{":has(:not(> a))",
		 "!10 a selector cannot begin with >: write :scope before "
		 "it for the element that is searched"},
		{":has(:is(a b))", ":has(:is(b _ a) _)"},
		{":not(:has(> a))", ":not(:has(a >))"},
		{":has(a):has(b)", ":has(a _):has(b _)"},
		{":has(a, :not(b)) :has(c)",
		 ":has(c _) _ :has(a _, :not(b) _)"},
		{":has()", "!5 a selector is missing here"},
		{":has(>)", "!6 a selector is missing here"},
		{":has(> > a)", "!7 two combinators with nothing between them"},
		{":has(:has(a))",
		 "!5 :has() cannot be inside of another :has()"},
		{":has(a :not(:has(b)))",
		 "!12 :has() cannot be inside of another :has()"},
		{":has(:nth-child(1 of :has(a)))",
		 "!21 :has() cannot be inside of another :has()"},
		{":has",
		 "!0 an argument is missing: :has(...), without a space"},
	};

	(void)state;
	CHECK(rows);
}

static void nth_child_accepts_every_form_of_an_plus_b(void **state)
{
	static const struct row rows[] = {
		{":nth-child(odd)", ":nth(2n+1)"},
		{":nth-child(even)", ":nth(2n+0)"},
		{":nth-child(ODD)", ":nth(2n+1)"},
		{":nth-child( Even )", ":nth(2n+0)"},
		{":nth-child(3)", ":nth(0n+3)"},
		{":nth-child(+3)", ":nth(0n+3)"},
		{":nth-child(-3)", ":nth(0n-3)"},
		{":nth-child(0)", ":nth(0n+0)"},
		{":nth-child(n)", ":nth(1n+0)"},
		{":nth-child(N)", ":nth(1n+0)"},
		{":nth-child(+n)", ":nth(1n+0)"},
		{":nth-child(-n)", ":nth(-1n+0)"},
		{":nth-child(2n)", ":nth(2n+0)"},
		{":nth-child(+2n)", ":nth(2n+0)"},
		{":nth-child(-2N)", ":nth(-2n+0)"},
		{":nth-child(2n+1)", ":nth(2n+1)"},
		{":nth-child(2n-1)", ":nth(2n-1)"},
		{":nth-child(2n + 1)", ":nth(2n+1)"},
		{":nth-child( 2n - 1 )", ":nth(2n-1)"},
		{":nth-child(2n +1)", ":nth(2n+1)"},
		{":nth-child(2n -1)", ":nth(2n-1)"},
		{":nth-child(2n+ 1)", ":nth(2n+1)"},
		{":nth-child(2n- 1)", ":nth(2n-1)"},
		{":nth-child(n+3)", ":nth(1n+3)"},
		{":nth-child(+n-3)", ":nth(1n-3)"},
		{":nth-child(+n - 3)", ":nth(1n-3)"},
		{":nth-child(-n+ 2)", ":nth(-1n+2)"},
		{":nth-child(-n-  2)", ":nth(-1n-2)"},
		{":nth-child(n- 2)", ":nth(1n-2)"},
		{":nth-child(0n+0)", ":nth(0n+0)"},
		{":nth-child(007n-002)", ":nth(7n-2)"},
		{":nth-child(\\6e)", ":nth(1n+0)"},
		{":nth-child(2\\6e +1)", ":nth(2n+1)"},
		{":nth-child(2n/**/+/**/1)", ":nth(2n+1)"},
		{":nth-child(+/**/n)", ":nth(1n+0)"},
		{":nth-child(n-/**/1)", ":nth(1n-1)"},
		{":nth-child(n+/**/ 1)", ":nth(1n+1)"},
		{":nth-child(99999999999999999999n+99999999999999999999)",
		 ":nth(1000000000n+1000000000)"},
		{":nth-child(-99999999999999999999n-99999999999999999999)",
		 ":nth(-1000000000n-1000000000)"},
		{":nth-child(n-99999999999999999999)", ":nth(1n-1000000000)"},
		{":nth-child()",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(+ n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(- n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(-/**/n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(+ 1)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(+/**/1)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(--n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(+-n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2 n)",
		 "!13 only \"of\" and selectors can follow the number"},
		{":nth-child(2-n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n 2)", "!13 ) should be here"},
		{":nth-child(n + -2)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+-2)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n - +2)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n-)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2n-1n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2n--1)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n--1)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(1.5)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(1.5n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+1.5)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(.5)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(1e3)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(1e3n)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+1e3)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(5%)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(+odd)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(-even)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(oddly)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(x)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(nn)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2 3)", "!13 ) should be here"},
		{":nth-child(\"2\")",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2,3)", "!12 ) should be here"},
		{":nth-child(*)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+2", "!10 no ) closes it"},
		{":nth-child(",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child",
		 "!0 an argument is missing: :nth-child(...), without a space"},
		{":nth-last-child(2)", ":last(0n+2)"},
		{":nth-of-type(2n)", ":nth-type(2n+0)"},
		{":nth-last-of-type(-n+1)", ":last-type(-1n+1)"},
	};

	(void)state;
	CHECK(rows);
}

static void nth_child_counts_among_selectors(void **state)
{
	static const struct row rows[] = {
		{":nth-child(2 of a)", ":nth(0n+2 of a)"},
		{":nth-child(odd OF .x, [y])", ":nth(2n+1 of .x, [y])"},
		{":nth-child(even of.a)", ":nth(2n+0 of .a)"},
		{":nth-last-child(-n+3 of li:not(.x) > b)",
		 ":last(-1n+3 of b > li:not(.x))"},
		{":nth-child(2n + 1 of :nth-child(2 of c))",
		 ":nth(2n+1 of :nth(0n+2 of c))"},
		{":nth-child(1/**/of/**/a)", ":nth(0n+1 of a)"},
		{":nth-child(n of*)", ":nth(1n+0 of *)"},
		{":nth-child(n of )", "!16 a selector is missing here"},
		{":nth-child(2 of)", "!15 a selector is missing here"},
		{":nth-child(2 of > a)",
		 "!16 a selector cannot begin with >: write :scope before "
		 "it for the element that is searched"},
		{":nth-child(2of a)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(n+1of a)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(oddof a)",
		 "!11 expected a number, \"odd\", \"even\" or a formula "
		 "such as \"2n+1\""},
		{":nth-child(2 off a)",
		 "!13 only \"of\" and selectors can follow the number"},
		{":nth-child(2 of a", "!10 no ) closes it"},
		{":nth-of-type(2 of a)",
		 "!15 \"of\" is for :nth-child() and :nth-last-child()"},
		{":nth-last-of-type(2 of a)",
		 "!20 \"of\" is for :nth-child() and :nth-last-child()"},
	};

	(void)state;
	CHECK(rows);
}

static void plain_pseudo_classes_are_accepted(void **state)
{
	static const struct row rows[] = {
		{":first-child", ":nth(0n+1)"},
		{":last-child", ":last(0n+1)"},
		{":only-child", ":nth(0n+1):last(0n+1)"},
		{":first-of-type", ":nth-type(0n+1)"},
		{":last-of-type", ":last-type(0n+1)"},
		{":only-of-type", ":nth-type(0n+1):last-type(0n+1)"},
		{"a:First-Child.b", "a:nth(0n+1).b"},
		{":empty", ":empty"},
		{":root", ":root"},
		{":ROOT", ":root"},
		{":scope", ":scope"},
		{":scope > a", "a > :scope"},
		{":link", ":link"},
		{":any-link", ":link"},
		{":checked", ":checked"},
		{":disabled", ":disabled"},
		{":enabled", ":enabled"},
		{"a:link:not(:root)", "a:link:not(:root)"},
		{":/**/root", ":root"},
		{":\\72oot", ":root"},
		{":empty()", "!6 :empty has no argument"},
		{":first-child(1)", "!12 :first-child has no argument"},
		{":", "!1 a name should follow the colon"},
		{"a:", "!2 a name should follow the colon"},
		{": root", "!1 a name should follow the colon"},
		{":1", "!1 a name should follow the colon"},
		{":root:", "!6 a name should follow the colon"},
		{":root :", "!7 a name should follow the colon"},
		{":root/**/:empty", ":root:empty"},
	};

	(void)state;
	CHECK(rows);
}

static void languages_are_names_or_strings(void **state)
{
	static const struct row rows[] = {
		{":lang(en)", ":lang(en)"},
		{":lang( EN , \"de-CH\" )", ":lang(EN, de-CH)"},
		{":lang(\"*-Latn\", 'fr')", ":lang(*-Latn, fr)"},
		{":lang(\\*-Latn)", ":lang(*-Latn)"},
		{":lang(\"\")", ":lang()"},
		{":lang(zh-Hans)", ":lang(zh-Hans)"},
		{":lang()",
		 "!6 a language should be here (one with * needs quotes)"},
		{":lang",
		 "!0 an argument is missing: :lang(...), without a space"},
		{":lang(en,)",
		 "!9 a language should be here (one with * needs quotes)"},
		{":lang(en fr)", "!9 ) should be here"},
		{":lang(*-Latn)",
		 "!6 a language should be here (one with * needs quotes)"},
		{":lang(1)",
		 "!6 a language should be here (one with * needs quotes)"},
		{":lang(\"en)", "!6 no \" closes it"},
		{":lang(en", "!5 no ) closes it"},
	};

	(void)state;
	CHECK(rows);
}

static void escapes_are_undone(void **state)
{
	static const struct row rows[] = {
		{"#\\31 23", "#123"},
		{"#\\000031x", "#1x"},
		{".a\\:b", ".a:b"},
		{".\\:x", ".:x"},
		{".sm\\:w-1\\/2", ".sm:w-1/2"},
		{"\\61", "a"},
		{"\\000061b", "ab"},
		{"\\61 b", "ab"},
		{"\\61  b", "b _ a"},
		{"\\61\t.b", "a.b"},
		{"\\\\", "\\"},
		{".\\.", ".."},
		{".\\30", ".0"},
		{".\\0", ".\xef\xbf\xbd"},
		{".\\d800 x", ".\xef\xbf\xbdx"},
		{".\\110000", ".\xef\xbf\xbd"},
		{".\\10ffff", ".\xf4\x8f\xbf\xbf"},
		{".\\e4 B", ".\xc3\xa4" "B/\xc3\xa4" "b"},
		{"\\-", "-"},
		{"[a=\"\\41 b\\\nc\"]", "[a=\"Abc\"]"},
		{"[a=\"\\a\"]", "[a=\"\n\"]"},
		{"[\\@click]", "[@click]"},
		{"[a=\\]]", "[a=\"]\"]"},
		{"[a=\"\\\n\"]", "[a=\"\"]"},
		{".\\\xc3\xa9", ".\xc3\xa9"},
		{"a\\", "!1 nothing follows the backslash"},
		{".x\\", "!2 nothing follows the backslash"},
		{"[a=\"\\", "!4 nothing follows the backslash"},
		{"a\\\nb", "!1 unexpected \\"},
		{"[\"\\", "!1 an attribute's name is missing"},
		{".\\g", ".g"},
		{"::attr(\\@x)", ":scope ::attr(@x)"},
	};

	(void)state;
	CHECK(rows);
}

static void comments_are_ignored(void **state)
{
	static const struct row rows[] = {
		{"/* */a", "a"},
		{"a/* > b */", "a"},
		{"a/*x*//*y*/.b", "a.b"},
		{"a /* */ /* */ > b", "b > a"},
		{"/**/", "!4 a selector is missing here"},
		{"/* a", "!0 no */ ends the comment"},
		{"a /*", "!2 no */ ends the comment"},
		{"[a/*]*/]", "[a]"},
		{":not(/**/)", "!9 a selector is missing here"},
		{":is(/**/)", ":is()"},
		{"a/*/b", "!1 no */ ends the comment"},
		{"a/b", "!1 a slash is XPath's, not CSS"},
	};

	(void)state;
	CHECK(rows);
}

static void ending_selects_text_attribute_or_markup(void **state)
{
	static const struct row rows[] = {
		{"::text", ":scope ::text"},
		{"a::text", "a ::text"},
		{"a::TEXT", "a ::text"},
		{"*::text", "* ::text"},
		{"a ::text", "* _ a ::text"},
		{"a > ::text", "* > a ::text"},
		{"a::attr(href)", "a ::attr(href)"},
		{"a::attr( data-X )", "a ::attr(data-X)"},
		{"::attr(x)", ":scope ::attr(x)"},
		{"a::html", "a ::html"},
		{"::html", ":scope ::html"},
		{" ::html ", ":scope ::html"},
		{"a::text, b::text", "a, b ::text"},
		{"a::attr(x), b::attr(x)", "a, b ::attr(x)"},
		{"::text, a ::text", ":scope, * _ a ::text"},
		{"::html,b::html", ":scope, b ::html"},
		{"a:/**/:text", "a ::text"},
		{"a::attr(/**/x/**/)", "a ::attr(x)"},
		{"a::text b", "!8 ::text, ::attr() and ::html come last"},
		{"a::text > b", "!8 ::text, ::attr() and ::html come last"},
		{"a::text.b", "!7 ::text, ::attr() and ::html come last"},
		{"a::text:root", "!7 ::text, ::attr() and ::html come last"},
		{"a::text::html", "!7 ::text, ::attr() and ::html come last"},
		{"a::text > ::text",
		 "!8 ::text, ::attr() and ::html come last"},
		{"a::text, b",
		 "!10 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a, b::text",
		 "!4 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a::text, b::html",
		 "!10 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a::attr(x), b::attr(y)",
		 "!13 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a::attr(x), b::text",
		 "!13 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a::attr",
		 "!1 an argument is missing: ::attr(name), without a space"},
		{"a::attr()",
		 "!8 an attribute's name should be here, as in ::attr(href)"},
		{"a::attr (x)",
		 "!1 an argument is missing: ::attr(name), without a space"},
		{"a::attr(x", "!7 no ) closes it"},
		{"a::attr(href)::url", "a ::attr(href) ::url"},
		{"a::text::URL ", "a ::text ::url"},
		{"::attr(x)/**/::url", ":scope ::attr(x) ::url"},
		{"a::attr(x)::url, b::attr(x)::url", "a, b ::attr(x) ::url"},
		{"a::attr(x)::url, b::attr(x)",
		 "!18 all selectors of a list must end in the same ::text, "
		 "::attr() or ::html"},
		{"a::attr(x)::url::text",
		 "!15 ::text, ::attr() and ::html come last"},
		{"a::attr(x) ::url", "!11 ::text, ::attr() and ::html come "
				     "last"},
		{"a::html::url", "!7 ::text, ::attr() and ::html come last"},
		{"a::url", "!1 ::url follows ::attr(name) or ::text, as in "
			   "a::attr(href)::url"},
		{"a::url::attr(href)", "!1 ::url follows ::attr(name) or "
				       "::text, as in a::attr(href)::url"},
		{"a::attr(x y)", "!10 ) should be here"},
		{"a::attr(\"x\")",
		 "!8 an attribute's name should be here, as in ::attr(href)"},
		{"a::attr(1)",
		 "!8 an attribute's name should be here, as in ::attr(href)"},
		{"a::attr(x,y)", "!9 ) should be here"},
		{"a::attr(xlink:href)",
		 "!13 a colon of a name is written \\:, as in "
		 "::attr(xlink\\:href)"},
		{"a::attr(xlink\\:href)", "a ::attr(xlink:href)"},
		{"a::text()", "!7 ::text has no argument"},
		{"a::html(x)", "!7 ::html has no argument"},
		{":text", "!0 :text is written with two colons"},
		{":attr(x)", "!0 :attr is written with two colons"},
		{"a::", "!3 a name should follow the colon"},
		{"a:::text", "!3 a name should follow the colon"},
		{"a:: text", "!3 a name should follow the colon"},
		{"a::before",
		 "!1 unknown pseudo-element ::before (there are ::text, "
		 "::attr(name) and ::html)"},
		{"a::first-line",
		 "!1 unknown pseudo-element ::first-line (there are ::text, "
		 "::attr(name) and ::html)"},
		{"a::foo(x)",
		 "!1 unknown pseudo-element ::foo (there are ::text, "
		 "::attr(name) and ::html)"},
		{":is(a, b::html)",
		 "!8 ::html is for the end of the whole selector"},
		{":has(::text)",
		 "!5 ::text is for the end of the whole selector"},
	};

	(void)state;
	CHECK(rows);
}

static void unsupported_selectors_are_explained(void **state)
{
	static const struct row rows[] = {
		{":hover",
		 "!0 :hover is about what a user does: nothing matches it in "
		 "a document"},
		{"a:Hover",
		 "!1 :hover is about what a user does: nothing matches it in "
		 "a document"},
		{":visited",
		 "!0 :visited is about what a user does: nothing matches it "
		 "in a document"},
		{":focus-within",
		 "!0 :focus-within is about what a user does: nothing matches "
		 "it in a document"},
		{":target",
		 "!0 :target is about the state of a browser: nothing matches "
		 "it in a document"},
		{":host",
		 "!0 :host is about shadow trees: nothing matches it in a "
		 "document"},
		{":before",
		 "!0 :before is a pseudo-element: it is not in the document"},
		{":contains(\"x\")",
		 "!0 :contains is not CSS: use XPath's contains(), or a regex"},
		{":first",
		 "!0 :first is jQuery's, not CSS: write :first-child, or "
		 "NAME= and not NAME[]= for one match"},
		{"li:eq(2)",
		 "!2 :eq is jQuery's, not CSS: write :nth-child(), which "
		 "counts from 1"},
		{":gt(1)",
		 "!0 :gt is jQuery's, not CSS: write :nth-child(), which "
		 "counts from 1"},
		{":even",
		 "!0 :even is jQuery's, not CSS: write :nth-child(odd) or "
		 ":nth-child(even)"},
		{":checkbox",
		 "!0 :checkbox is jQuery's, not CSS: write [type=\"...\"]"},
		{":header",
		 "!0 :header is jQuery's, not CSS: write :is(h1, h2, h3, h4, "
		 "h5, h6)"},
		{":required",
		 "!0 :required is not supported: write [required]"},
		{":dir(ltr)", "!0 :dir is not supported: write [dir=\"rtl\"]"},
		{":matches(a)", "!0 :matches is an old name: write :is()"},
		{":-soup-contains(\"x\")",
		 "!0 :-soup-contains is not CSS: use XPath's contains(), or a "
		 "regex"},
		{":selected",
		 "!0 :selected is jQuery's, not CSS: write :checked"},
		{":foo", "!0 unknown pseudo-class :foo"},
		{":foo(bar)", "!0 unknown pseudo-class :foo"},
		{":-moz-thing", "!0 unknown pseudo-class :-moz-thing"},
		{":not-a-very-short-name-of-a-pseudo-class-at-all",
		 "!0 unknown pseudo-class "
		 ":not-a-very-short-name-of-a-pseudo-class-"},
		{":a\\a b", "!0 unknown pseudo-class :a?b"},
		{"//a", "!0 a slash is XPath's, not CSS"},
		{"a/b", "!1 a slash is XPath's, not CSS"},
		{"@a",
		 "!0 @ is XPath's: CSS has attributes in brackets, [name]"},
		{"a @b",
		 "!2 @ is XPath's: CSS has attributes in brackets, [name]"},
		{"a{b}", "!1 only a selector is wanted, no {...} after it"},
		{"a {}", "!2 only a selector is wanted, no {...} after it"},
		{"& a", "!0 & is for nested rules: here it is :scope"},
		{"div(x)", "!3 ( belongs to a pseudo-class, as in :not(...)"},
		{"\"a\"", "!0 quotes can only be in [...] and (...)"},
		{"5", "!0 a name does not begin with a digit"},
		{"a 5", "!2 a name does not begin with a digit"},
		{"=", "!0 unexpected ="},
		{"a=b", "!1 unexpected ="},
		{"a$b", "!1 unexpected $"},
		{"a%", "!1 unexpected %"},
		{"a;b", "!1 unexpected ;"},
		{"`a`", "!0 unexpected `"},
	};

	(void)state;
	CHECK(rows);
}

static void bytes_that_are_not_text_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *expected;
	} rows[] = {
		{"a\0b", 3, "!1 a NUL byte"},
		{"\0", 1, "!0 a NUL byte"},
		{"a, \xff", 4, "!3 this is not UTF-8"},
		{"[a=\"\xc3\"]", 7, "!4 this is not UTF-8"},
		{"a\xc3", 2, "!1 this is not UTF-8"},
		{"\xed\xa0\x80", 3, "!0 this is not UTF-8"},
		{"\0\xff", 2, "!0 a NUL byte"},
		{"\xff\0", 2, "!0 this is not UTF-8"},
		{"abc", 1, "a"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *got = outcome(rows[i].bytes, rows[i].len);

		assert_string_equal(got, rows[i].expected);
		free(got);
	}
}

/* Returns inner within several units, each nested in the next. */
static struct buf nested(const char *unit, size_t times, const char *inner)
{
	struct buf b = {0};

	for (size_t i = 0; i < times; i++)
		buf_addstr(&b, unit);
	buf_addstr(&b, inner);
	for (size_t i = 0; i < times; i++)
		buf_addch(&b, ')');
	return b;
}

static void check_prefix(struct buf *selector, const char *prefix)
{
	char *got = outcome(selector->data, selector->len);

	if (strncmp(got, prefix, strlen(prefix)) != 0)
		fail_msg("%.80s is not %s", got, prefix);
	free(got);
	buf_release(selector);
}

static void depth_of_parentheses_is_limited(void **state)
{
	static const char *const units[] = {":not(", ":is(", ":where(",
		":nth-child(1 of ", "a, b > c:not("};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		const size_t len = strlen(units[i]);
		char *mistake = xasprintf("!%zu more than 32 parentheses",
					  len * (CSS_MAX_DEPTH + 1));

		b = nested(units[i], CSS_MAX_DEPTH, "a");
		check_prefix(&b, i == 4 ? "a, c" : ":");
		b = nested(units[i], CSS_MAX_DEPTH + 1, "a");
		check_prefix(&b, mistake);
		b = nested(units[i], 10000, "a");
		check_prefix(&b, len * 10000 > CSS_MAX_LENGTH ? "!65536 " :
								mistake);
		free(mistake);
	}
	/* Parentheses of :nth-child() do not count towards the limit of nested
	 * selectors. */
	b = nested(":not(", CSS_MAX_DEPTH, ":nth-child(odd):lang(x):is()");
	check_prefix(&b, ":not(");
}

static struct buf repeated(const char *unit, size_t len)
{
	struct buf b = {0};

	while (b.len < len)
		buf_addstr(&b, unit);
	b.len = len;
	return b;
}

static void length_is_limited(void **state)
{
	struct buf b;

	(void)state;
	b = repeated("a", CSS_MAX_LENGTH);
	check_prefix(&b, "aaa");
	b = repeated("a", CSS_MAX_LENGTH + 1);
	check_prefix(&b, "!65536 a selector of more than 65536 bytes");
	b = repeated("a", 1 << 20);
	check_prefix(&b, "!65536 a selector of more than 65536 bytes");
	/* The position of the mistake is not inside of a character. */
	b = repeated("\xe2\x82\xac", CSS_MAX_LENGTH + 2);
	check_prefix(&b, "!65535 a selector of more than 65536 bytes");
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Each selector takes milliseconds; if the time were quadratic, it would be
 * minutes with sanitizers. */
static void longest_selectors_are_quick(void **state)
{
	static const char *const units[] = {
		"a,", "a ", "a>", ".a", "#a", ":not(a)", "[a]", "/**/", "/*",
		"\\61 ", "\\", "::", "\"", "[a=\"", "[a=\"b\"]", ":lang(a,b)",
		":nth-child(9999999999n+9)", "(", ")", "|", "*|*,", " ", "-",
		":is()", ":has(a)", "a::text,", "a::attr(x),", ":hover", "9",
		":lang(aaaaaaaaaaa,", "a/*", "a/* */", "\xc3\xa4", "[", "]",
	};
	const double start = seconds();

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		struct buf b = repeated(units[i], CSS_MAX_LENGTH);

		free(outcome(b.data, b.len));
		buf_release(&b);
	}
	assert_true(seconds() - start < 20);
}

/* Returns a pseudo-random number of xorshift, the same on each machine. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void mutate(struct buf *b, uint32_t *seed)
{
	static const char bytes[] =
		"abn019 \t\n\\\"'()[]{}:;.#,>+~*|=^$/-_@\xc3\xa4\xff";
	static const char *const words[] = {
		":not(", ":is(", ":has(", ":nth-child(", " of ", "/*", "*/",
		"::text", "::attr(x)", "\\31 ", "[a=\"", "\" i]", "2n+1",
		":lang(", "-n- ", "*|", ", ", ")", "odd",
	};
	const size_t at = next_random(seed) % (b->len + 1);
	const size_t cut = next_random(seed) % 6 % (b->len - at + 1);
	const uint32_t kind = next_random(seed) % 4;
	struct buf out = {0};

	buf_add(&out, b->data, at);
	if (kind == 1) {
		buf_addch(&out, bytes[next_random(seed) % sizeof(bytes)]);
	} else if (kind == 2) {
		const size_t count = sizeof(words) / sizeof(*words);

		buf_addstr(&out, words[next_random(seed) % count]);
	}
	buf_add(&out, b->data + at + cut, kind == 3 ? 0 : b->len - at - cut);
	buf_release(b);
	*b = out;
}

static void mutilated_selectors_leave_nothing_behind(void **state)
{
	static const char *const seeds[] = {
		"ul.nav > li:not(.x, :has(> img)) a[href^=\"/\" i]::attr(href)",
		":nth-child(2n + 1 of a, b:lang(\"*-x\", en)) ~ *|c + |d::text",
		"#\\31 23.sm\\:w:is(:where(a), :nth-last-of-type(-n+3)):empty",
		"a/* x */ , b:only-child::html",
	};
	const double start = seconds();
	uint32_t seed = 20240229;

	(void)state;
	for (size_t i = 0; i < 60000 && seconds() - start < 1.5; i++) {
		struct buf b = {0};

		buf_addstr(&b, seeds[i % 4]);
		for (uint32_t n = 1 + next_random(&seed) % 5; n; n--)
			mutate(&b, &seed);
		/* The buffer has no spare bytes, so that sanitizers find reads
		 * beyond it. */
		buf_shrink(&b);
		free(outcome(b.data ? b.data : "", b.len));
		buf_release(&b);
	}
}

static void messages_are_one_short_line(void **state)
{
	struct buf b = {0}, why = {0};
	size_t at;

	(void)state;
	buf_addch(&b, ':');
	for (int i = 0; i < 1000; i++)
		buf_addstr(&b, "\xc3\xa4");
	assert_null(css_compile(b.data, b.len, &why, &at));
	assert_true(why.len < 100);
	/* The message is appended to the existing text. */
	assert_null(css_compile("a >", 3, &why, &at));
	assert_non_null(strstr(buf_cstr(&why), "a selector is missing here"));
	assert_int_equal(strncmp(why.data, "unknown", 7), 0);
	css_free(NULL);
	buf_release(&b);
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_and_namespaces_are_distinguished),
		cmocka_unit_test(ids_and_classes_have_names),
		cmocka_unit_test(attributes_have_operators_values_and_flags),
		cmocka_unit_test(
			combinators_join_compounds_from_right_to_left),
		cmocka_unit_test(
			lists_of_selectors_can_be_in_parentheses),
		cmocka_unit_test(has_takes_relative_selectors),
		cmocka_unit_test(nth_child_accepts_every_form_of_an_plus_b),
		cmocka_unit_test(nth_child_counts_among_selectors),
		cmocka_unit_test(plain_pseudo_classes_are_accepted),
		cmocka_unit_test(languages_are_names_or_strings),
		cmocka_unit_test(escapes_are_undone),
		cmocka_unit_test(comments_are_ignored),
		cmocka_unit_test(ending_selects_text_attribute_or_markup),
		cmocka_unit_test(unsupported_selectors_are_explained),
		cmocka_unit_test(bytes_that_are_not_text_are_refused),
		cmocka_unit_test(depth_of_parentheses_is_limited),
		cmocka_unit_test(length_is_limited),
		cmocka_unit_test(longest_selectors_are_quick),
		cmocka_unit_test(mutilated_selectors_leave_nothing_behind),
		cmocka_unit_test(messages_are_one_short_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
