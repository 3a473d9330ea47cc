#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parse/article/metadata/people.h"

/* Checks the names in a text, joined by "+". */
static void check_with(void (*add)(struct people *, struct slice),
		       const char *text, const char *names)
{
	struct people people = {0};
	struct buf joined = {0};

	add(&people, (struct slice){text, strlen(text)});
	for (size_t i = 0; i < people.count; i++)
		buf_addf(&joined, "%s%s", i ? "+" : "", people.names[i]);
	if (strcmp(buf_cstr(&joined), names))
		fail_msg("%s: %s", text, buf_cstr(&joined));
	buf_release(&joined);
	people_release(&people);
}

static void check(const char *text, const char *names)
{
	check_with(people_add, text, names);
}

static void names_are_split_in_ten_languages(void **state)
{
	static const struct {
		const char *text, *names;
	} rows[] = {
		{"Jane Doe", "Jane Doe"},
		{"Jane Doe and John Roe", "Jane Doe+John Roe"},
		{"Jane Doe, John Roe & Max Li", "Jane Doe+John Roe+Max Li"},
		{"Jane Doe; John Roe", "Jane Doe+John Roe"},
		{"Jane Doe und John Roe", "Jane Doe+John Roe"},
		{"Jane Doe et John Roe", "Jane Doe+John Roe"},
		{"Jane Doe y John Roe", "Jane Doe+John Roe"},
		{"Jane Doe e John Roe", "Jane Doe+John Roe"},
		{"Jane Doe en John Roe", "Jane Doe+John Roe"},
		{"Jane Doe i John Roe", "Jane Doe+John Roe"},
		{"Анна Ли и Иван Ли", "Анна Ли+Иван Ли"},
		{"Jane Doe och John Roe", "Jane Doe+John Roe"},
		{"Andrew Sandberg", "Andrew Sandberg"},
		{"Jane Doe, jane doe", "Jane Doe"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i].text, rows[i].names);
}

static void words_before_a_name_are_left_out_in_ten_languages(void **state)
{
	static const struct {
		const char *text, *names;
	} rows[] = {
		{"By Jane Doe", "Jane Doe"},
		{"BY: Jane Doe", "Jane Doe"},
		{"Written by Jane Doe", "Jane Doe"},
		{"Posted by: Jane Doe", "Jane Doe"},
		{"Von Jane Doe", "Jane Doe"},
		{"Veröffentlicht von Jane Doe", "Jane Doe"},
		{"Écrit par Jane Doe", "Jane Doe"},
		{"Por Jane Doe", "Jane Doe"},
		{"Di Jane Doe", "Jane Doe"},
		{"A cura di Jane Doe", "Jane Doe"},
		{"Geschreven door Jane Doe", "Jane Doe"},
		{"Autor: Jane Doe", "Jane Doe"},
		{"АВТОР: Анна Ли", "Анна Ли"},
		{"Text av Jane Doe", "Jane Doe"},
		{"Byron Doe", "Byron Doe"},
		{"Diane Parsons", "Diane Parsons"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i].text, rows[i].names);
}

static void what_is_no_name_is_left_out(void **state)
{
	static const struct {
		const char *text, *names;
	} rows[] = {
		{"", ""}, {"By", ""}, {"Admin", ""}, {"by ADMIN", ""},
		{"https://a.example/jane", ""}, {"www.a.example", ""},
		{"jane@a.example", ""}, {"Jane Doe jane@a.example", "Jane Doe"},
		{"@jane", "jane"}, {"{{author}}", ""}, {"page.head.author", ""},
		{"12345", ""}, {"Contributing Writer", ""},
		{"Jane Doe, MD, PhD", "Jane Doe"},
		{"Jane Doe, Senior Editor", "Jane Doe"},
		{"Jane Doe (Acme)", "Jane Doe"}, {"Username", ""},
		{"Jane Doe (Acme) editor", "Jane Doe"},
		{"Jane Doe | March 3, 2024", "Jane Doe"},
		{"By Jane Doe March 3, 2024", "Jane Doe"},
		{"March 3, 2024 | By Jane Doe", "Jane Doe"},
		{"Jane Doe on 3 May 2024 in News", "Jane Doe"},
		{"This sentence has many more words than any name has", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(rows[i].text, rows[i].names);
}

static void name_is_not_cut_at_its_parts(void **state)
{
	(void)state;
	check("Robert (Bob) Doe", "Robert (Bob) Doe");
	check("Max von Berg", "Max von Berg");
	check("Von Max von Berg und Jan van Dam",
	      "Max von Berg+Jan van Dam");
}

static void credits_name_who_wrote_the_text(void **state)
{
	(void)state;
	check("Words: Jane Doe. Photos: John Roe", "Jane Doe");
	check("Text: Jane Doe, Fotos: John Roe", "Jane Doe");
	check("Photography: John Roe", "");
	check("Jane B. Doe", "Jane B. Doe");
}

static void family_name_before_a_comma_is_put_last(void **state)
{
	(void)state;
	check_with(people_add_inverted, "Doe, Jane B.", "Jane B. Doe");
	check_with(people_add_inverted, "van der Berg, Jan",
		   "Jan van der Berg");
	check_with(people_add_inverted, "Jane Doe", "Jane Doe");
	check_with(people_add_inverted, "Jane Doe, PhD", "Jane Doe");
	check_with(people_add_inverted, "Ann Li, Bob Li, Cy Li",
		   "Ann Li+Bob Li+Cy Li");
}

static void list_of_names_is_limited(void **state)
{
	struct people people = {0};

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char name[32];

		snprintf(name, sizeof(name), "Jane Number%d", i);
		people_add(&people, (struct slice){name, strlen(name)});
	}
	assert_int_equal(people.count, PEOPLE_MAX);
	people_release(&people);
	assert_int_equal(people.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_split_in_ten_languages),
		cmocka_unit_test(
			words_before_a_name_are_left_out_in_ten_languages),
		cmocka_unit_test(what_is_no_name_is_left_out),
		cmocka_unit_test(name_is_not_cut_at_its_parts),
		cmocka_unit_test(credits_name_who_wrote_the_text),
		cmocka_unit_test(family_name_before_a_comma_is_put_last),
		cmocka_unit_test(list_of_names_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
