#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/output/formula.h"

static void expect(const char *const *texts, bool is_formula)
{
	for (; *texts; texts++)
		if (formula_is((struct slice){*texts, strlen(*texts)}) !=
		    is_formula)
			fail_msg("%s", *texts);
}

static void formulas_begin_as_spreadsheets_expect(void **state)
{
	static const char *const texts[] = {
		"=1", "  =1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
		"\xef\xbc\x9d" "1", "\xef\xbc\x8b" "1", "\xef\xbc\x8d" "1",
		"\xef\xbc\xa0" "1", "=", NULL,
	};

	(void)state;
	expect(texts, true);
}

static void numbers_with_a_sign_are_no_formulas(void **state)
{
	static const char *const numbers[] = {
		"-1", "+1", " -12.5", "-.5", "+5.", "-1e3", "-1E+3", "+1.5e-30",
		NULL,
	};
	static const char *const formulas[] = {
		"-", "+.", "-.e1", "-1e", "-1e+", "-1E-x", "-1e3x", "-1-1",
		"+1+cmd|' /C calc'!A0", "-1.5.5", "--1", NULL,
	};

	(void)state;
	expect(numbers, false);
	expect(formulas, true);
}

static void other_texts_are_no_formulas(void **state)
{
	static const char *const texts[] = {
		"", "   ", "1", "a=1", "\xef\xbc", "\xef\xbc\xbd" "1", "'=1",
		NULL,
	};

	(void)state;
	expect(texts, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formulas_begin_as_spreadsheets_expect),
		cmocka_unit_test(numbers_with_a_sign_are_no_formulas),
		cmocka_unit_test(other_texts_are_no_formulas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
