#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parse/article/metadata/date_text.h"
#include "parse/article/metadata/date_words.h"
#include "parse/article/metadata/months.h"

static void check(const char *text, const char *iso, enum day_order order)
{
	struct date_text found;

	if (!date_text_find(&found, (struct slice){text, strlen(text)}, 0,
			    order)) {
		if (iso)
			fail_msg("%s: no date found", text);
		return;
	}
	if (!iso)
		fail_msg("%s: %s found", text, found.iso);
	assert_string_equal(found.iso, iso);
}

static void dates_of_ten_languages_are_found_in_text(void **state)
{
	static const struct {
		const char *text, *iso;
	} rows[] = {
		{"Published on October 8th, 2024 by Jane", "2024-10-08"},
		{"8 October 2024", "2024-10-08"},
		{"Sept. 8, 2024", "2024-09-08"},
		{"Veröffentlicht am 8. März 2024", "2024-03-08"},
		{"Publié le 1er août 2024", "2024-08-01"},
		{"8 FÉVRIER 2024", "2024-02-08"},
		{"8 de octubre de 2024", "2024-10-08"},
		{"8 de março de 2024", "2024-03-08"},
		{"8 ottobre 2024", "2024-10-08"},
		{"8 mei 2024", "2024-05-08"},
		{"8 września 2024", "2024-09-08"},
		{"8 ОКТЯБРЯ 2024 г.", "2024-10-08"},
		{"den 8 maj 2024", "2024-05-08"},
		{"2024年10月8日", "2024-10-08"},
		{"2024년 10월 8일", "2024-10-08"},
		{"on 2024-10-08.", "2024-10-08"},
		{"2024/10/8", "2024-10-08"},
		{"2024 Oct 8;15(1):e33", "2024-10-08"},
		{"8.10.2024", "2024-10-08"},
		{"8\xc2\xa0October\xc2\xa0" "2024", "2024-10-08"},
		{"October\xc2\xa0" "8,\xc2\xa0" "2024", "2024-10-08"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i].text, rows[i].iso, DAY_ORDER_UNKNOWN);
}

static void what_is_no_day_is_no_date(void **state)
{
	static const char *const rows[] = {
		"", "2024", "October 2024", "31 April 2024", "8 Foo 2024",
		"iPhone 15 2024", "1.2.3", "20241008", "8 October 3024",
		"May the 4th be with you", "1-800-2024", "(c) 2010-2024",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i], NULL, MONTH_FIRST);
}

static void language_decides_the_order_of_day_and_month(void **state)
{
	(void)state;
	check("3/4/2024", NULL, day_order_of(NULL));
	check("3/4/2024", "2024-03-04", day_order_of("en-US"));
	check("3/4/2024", "2024-04-03", day_order_of("en-GB"));
	check("3/4/2024", "2024-04-03", day_order_of("fr"));
	check("31/4/2024", NULL, day_order_of("en-US"));
	check("25/4/2024", "2024-04-25", day_order_of("en-US"));
	check("4/25/2024", "2024-04-25", day_order_of("fr"));
	check("4/4/2024", "2024-04-04", day_order_of(NULL));
}

static void place_of_a_date_in_the_text_is_told(void **state)
{
	static const char text[] = "By Jane, 8 October 2024, 9 May 2025.";
	const struct slice s = {text, sizeof(text) - 1};
	struct date_text found;

	(void)state;
	assert_true(date_text_find(&found, s, 0, DAY_FIRST));
	assert_int_equal(found.start, strcspn(text, "8"));
	assert_int_equal(found.end, found.start + strlen("8 October 2024"));
	assert_true(date_text_find(&found, s, found.end, DAY_FIRST));
	assert_string_equal(found.iso, "2025-05-09");
	assert_false(date_text_find(&found, s, found.end, DAY_FIRST));
	assert_false(date_text_find(&found, s, s.len + 5, DAY_FIRST));
}

static void words_before_a_date_say_what_it_is(void **state)
{
	static const struct {
		const char *text;
		enum date_label label;
	} rows[] = {
		{"Published on", DATE_LABEL_PUBLISHED},
		{"Veröffentlicht:", DATE_LABEL_PUBLISHED},
		{"Last updated:", DATE_LABEL_MODIFIED},
		{"Mis à jour le", DATE_LABEL_MODIFIED},
		{"Published 2020, updated", DATE_LABEL_MODIFIED},
		{"ОБНОВЛЕНО", DATE_LABEL_MODIFIED},
		{"Copyright", DATE_LABEL_OTHER},
		{"Member since", DATE_LABEL_OTHER},
		{"Basil", DATE_LABEL_NONE},
		{"", DATE_LABEL_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(date_label_of((struct slice){
					 rows[i].text, strlen(rows[i].text)}),
				 rows[i].label);
}

static void two_letters_are_no_month(void **state)
{
	(void)state;
	assert_int_equal(month_by_name((struct slice){"ma", 2}), 0);
	assert_int_equal(month_by_name((struct slice){"mä", 3}), 0);
	assert_int_equal(month_by_name((struct slice){"MAR", 3}), 3);
	assert_int_equal(month_by_name((struct slice){"juil", 4}), 7);
	assert_int_equal(month_by_name((struct slice){"marches", 7}), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_of_ten_languages_are_found_in_text),
		cmocka_unit_test(what_is_no_day_is_no_date),
		cmocka_unit_test(language_decides_the_order_of_day_and_month),
		cmocka_unit_test(place_of_a_date_in_the_text_is_told),
		cmocka_unit_test(words_before_a_date_say_what_it_is),
		cmocka_unit_test(two_letters_are_no_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
