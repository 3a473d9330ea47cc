#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parse/values/value.h"

struct row {
	const char *text;
	const char *json;	/* NULL: no value */
};

static void check_base(enum value_type type, const struct row *row,
		       const struct url *base)
{
	struct buf out = {0};
	bool good;

	buf_addstr(&out, "before");
	good = value_add(&out, type,
			 (struct slice){row->text, strlen(row->text)}, base);
	if (good != !!row->json ||
	    strcmp(buf_cstr(&out) + 6, row->json ? row->json : "") != 0)
		fail_msg("\"%s\": %s, not %s", row->text,
			 good ? buf_cstr(&out) + 6 : "none",
			 row->json ? row->json : "none");
	assert_memory_equal(out.data, "before", 6);
	buf_release(&out);
}

static void check(enum value_type type, const struct row *row)
{
	check_base(type, row, NULL);
}

#define EACH(rows) size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++

static void number_is_the_first_in_the_text(void **state)
{
	static const struct row rows[] = {
		{"5", "5"},
		{"", NULL},
		{"-", NULL},
		{".", NULL},
		{"none", NULL},
		{"1.10", "1.10"},
		{"about 5 or 6", "5"},
		{"5kg", "5"},
		{"mp3", "3"},
		{"H2O", "2"},
		{"50 %", "50"},
		{"12.5%", "12.5"},
		{"(5)", "5"},
		{"1/2", "1"},
		{"10:30", "10"},
		{"10-20", "10"},
		{"2024-01-31", "2024"},
		{"007", "7"},
		{"0", "0"},
		{"000", "0"},
		{"00.50", "0.50"},
		{"5.", "5"},
		{"5,", "5"},
		{"It costs 5. Then", "5"},
		{".5", "0.5"},
		{"$.50", "0.50"},
		{"No.5", "5"},
		{"...5", "5"},
		{"Rs.500", "500"},
		{"\xc3\xa9.5", "5"},
		{"12345678901234567890123", "12345678901234567890123"},
		{"0.10000000000000000000001", "0.10000000000000000000001"},
		{"\xd9\xa3", NULL},
		{",89 \xe2\x82\xac", "0.89"},
		{"\xe2\x82\xac ,89", "0.89"},
		{"\xe2\x82\xac,5", "0.5"},
		{"Preis: ,89", "0.89"},
		{"-,89", "-0.89"},
		{"\xe2\x82\xac.50", "0.50"},
		{"\xc2\xa3.99", "0.99"},
		{"\xef\xbf\xa5.99", "0.99"},
		{"\xe2\x80\x93.95", "0.95"},
		{"\xc2\xa0.95", "0.95"},
		{"a,5", "5"},
		{"one, 5", "5"},
		{",", NULL},
		{",x5", "5"},
		{",,5", "5"},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_NUMBER, &rows[i]);
}

static void sign_of_a_number_stands_alone(void **state)
{
	static const struct row rows[] = {
		{"-5", "-5"},
		{"+5", "5"},
		{"\xe2\x88\x92" "5", "-5"},
		{"a -5", "-5"},
		{"a\xc2\xa0-5", "-5"},
		{"(-5)", "-5"},
		{"-.5", "-0.5"},
		{"-0.0", "-0.0"},
		{"- 5", "5"},
		{"--5", "5"},
		{"ISBN-13", "13"},
		{"3-5", "3"},
		{"(a)-5", "5"},
		{"\xc3\xa9-5", "5"},
		{"-$5", "-5"},
		{"-$ 5", "-5"},
		{"-\xe2\x82\xac" "5", "-5"},
		{"-\xc2\xa3\xc2\xa0" "5", "-5"},
		{"$-5", "-5"},
		{"US$-5", "-5"},
		{"\xe2\x82\xac -5", "-5"},
		{"- $5", "5"},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_NUMBER, &rows[i]);
}

static void number_may_have_the_separators_of_any_country(void **state)
{
	static const struct row rows[] = {
		{"$ 1,234.50", "1234.50"},
		{"1.234,50 \xe2\x82\xac", "1234.50"},
		{"1,234", "1234"},
		{"1.234", "1.234"},
		{"12,345", "12345"},
		{"123,456", "123456"},
		{"0,125", "0.125"},
		{"1234,567", "1234.567"},
		{"1,23", "1.23"},
		{"1,2345", "1.2345"},
		{"19,99", "19.99"},
		{"1,234,567", "1234567"},
		{"1.234.567", "1234567"},
		{"1,234,567.89", "1234567.89"},
		{"1.234.567,89", "1234567.89"},
		{"1.234,567", "1234.567"},
		{"1,234.567", "1234.567"},
		{"12,34,567.89", "1234567.89"},
		{"1 234", "1234"},
		{"1 234,50", "1234.50"},
		{"1 234,567", "1234.567"},
		{"1\xc2\xa0" "234\xc2\xa0" "567,8", "1234567.8"},
		{"1\xe2\x80\xaf" "234", "1234"},
		{"1\xe2\x80\x89" "234", "1234"},
		{"1'234.50", "1234.50"},
		{"1\xe2\x80\x99" "234", "1234"},
		{"1 234\xc2\xa0" "567", "1234"},
		{"10 20 30", "10"},
		{"2024 100", "2024"},
		{"1 2345", "1"},
		{"5'10", "5"},
		{"1,2,3", "1"},
		{"1, 2", "1"},
		{"1.2.3", "1"},
		{"192.168.1.1", "192"},
		{"31.12.2024", "31"},
		{"1,234,56", "1234"},
		{"1.234.5", "1"},
		{"1,234, 567", "1234"},
		{"1..2", "1"},
		{"\xe2\x82\xac" "1.299,-", "1299"},
		{"1.299,\xe2\x80\x93", "1299"},
		{"1.299,\xe2\x80\x94 EUR", "1299"},
		{"1.299,--", "1299"},
		{"1.299,- EUR", "1299"},
		{"1.299.-", "1299"},
		{"1'299.-", "1299"},
		{"1\xc2\xb4" "299.50", "1299.50"},
		{"12.345.678,-", "12345678"},
		{"1,299.-", "1299"},
		{"1 299,-", "1299"},
		{"1.299,-5", "1.299"},
		{"1.299 -", "1.299"},
		{"5,-", "5"},
		{"5.\xe2\x80\x93", "5"},
		{"0.299,-", "0.299"},
		{"1 299,00", "1299.00"},
		{"1,299.00", "1299.00"},
		{"(5.00)", "5.00"},
		{"5 %", "5"},
		{"1,00,000", "100000"},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_NUMBER, &rows[i]);
}

static void exponent_belongs_to_a_number_that_a_double_holds(void **state)
{
	char digits[400];
	static const struct row rows[] = {
		{"1e5", "1e5"},
		{"1E5", "1e5"},
		{"1.5e-3", "1.5e-3"},
		{"2e+10 m", "2e10"},
		{"1e0", "1"},
		{"5e", "5"},
		{"5 e5", "5"},
		{"5eggs", "5"},
		{"1e5f", "1"},
		{"1e+", "1"},
		{"1e307", "1e307"},
		{"1e309", NULL},
		{"1e-309", NULL},
		{"1e99999999999999999999", NULL},
		{"1e-99999999999999999999", NULL},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_NUMBER, &rows[i]);
	memset(digits, '7', sizeof(digits));
	digits[308] = '\0';
	check(VALUE_NUMBER, &(struct row){digits, digits});
	digits[308] = '7';
	digits[309] = '\0';
	check(VALUE_NUMBER, &(struct row){digits, NULL});
}

static void integer_is_a_whole_number(void **state)
{
	static const struct row rows[] = {
		{"5", "5"},
		{"1,234", "1234"},
		{"5.00", "5"},
		{"5.10", NULL},
		{"5.01", NULL},
		{"0.0", "0"},
		{"-0", "0"},
		{"-0.00", "0"},
		{"-7.0", "-7"},
		{"1e3", "1000"},
		{"1.5e1", "15"},
		{"1.5e0", NULL},
		{"150e-1", "15"},
		{"150e-2", NULL},
		{"0e-5", "0"},
		{"0.001e3", "1"},
		{"100", "100"},
		{"9007199254740993", "9007199254740993"},
		{"12 reviews", "12"},
		{"none", NULL},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_INTEGER, &rows[i]);
}

static void date_of_a_standard_is_read(void **state)
{
	static const struct row rows[] = {
		{"2024-01-31", "\"2024-01-31\""},
		{" 2024-01-31\n", "\"2024-01-31\""},
		{"2024/1/5", "\"2024-01-05\""},
		{"2024.01.31", "\"2024-01-31\""},
		{"20240131", "\"2024-01-31\""},
		{"20240131T103000Z", "\"2024-01-31T10:30:00Z\""},
		{"20240131T1030", "\"2024-01-31T10:30:00\""},
		{"2024-01-31T10:30", "\"2024-01-31T10:30:00\""},
		{"2024-01-31t10:30:15z", "\"2024-01-31T10:30:15Z\""},
		{"2024-01-31 10:30:15", "\"2024-01-31T10:30:15\""},
		{"2024-01-31T10:30:15.999Z", "\"2024-01-31T10:30:15Z\""},
		{"2024-01-31T10:30:15,5+01:00",
		 "\"2024-01-31T10:30:15+01:00\""},
		{"2024-01-31T10:30:15-0530", "\"2024-01-31T10:30:15-05:30\""},
		{"2024-01-31T10:30+01", "\"2024-01-31T10:30:00+01:00\""},
		{"2024-01-31 10:30:15 +0200", "\"2024-01-31T10:30:15+02:00\""},
		{"2024-01-31 10:30:15 UTC", "\"2024-01-31T10:30:15Z\""},
		{"2024-01-31T10:30:15-00:00", "\"2024-01-31T10:30:15Z\""},
		{"2016-12-31T23:59:60Z", "\"2016-12-31T23:59:60Z\""},
		{"Wed, 31 Jan 2024 10:30:00 GMT", "\"2024-01-31T10:30:00Z\""},
		{"Wed, 31 Jan 2024 10:30:00 -0800",
		 "\"2024-01-31T10:30:00-08:00\""},
		{"31 Jan 24 10:30 EST", "\"2024-01-31T10:30:00-05:00\""},
		{"31 Jan 2024 10:30:00 +0100 (CET)",
		 "\"2024-01-31T10:30:00+01:00\""},
		{"Sunday, 06-Nov-94 08:49:37 GMT", "\"1994-11-06T08:49:37Z\""},
		{"Sun Nov  6 08:49:37 1994", "\"1994-11-06T08:49:37\""},
		{"Wed Jan 31 10:30:00 UTC 2024", "\"2024-01-31T10:30:00Z\""},
		{"Wed Jan 31 2024 10:30:00 GMT+0100 (Central European Time)",
		 "\"2024-01-31T10:30:00+01:00\""},
		{"31 Jan 2024 10:30 CET", "\"2024-01-31T10:30:00\""},
		{"1706697000", "\"2024-01-31T10:30:00Z\""},
		{"1706697000123", "\"2024-01-31T10:30:00Z\""},
		{"0000000000", "\"1970-01-01T00:00:00Z\""},
		{"0951782400", "\"2000-02-29T00:00:00Z\""},
		{"4107542400", "\"2100-03-01T00:00:00Z\""},
		{"9999999999", "\"2286-11-20T17:46:39Z\""},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_DATE, &rows[i]);
}

static void date_in_english_is_read(void **state)
{
	static const struct row rows[] = {
		{"31 January 2024", "\"2024-01-31\""},
		{"31 Jan 2024", "\"2024-01-31\""},
		{"31 JAN. 2024", "\"2024-01-31\""},
		{"January 31, 2024", "\"2024-01-31\""},
		{"Jan 31 2024", "\"2024-01-31\""},
		{"Jan 31 2024 10:30", "\"2024-01-31T10:30:00\""},
		{"Jan. 31, 2024, 10:30 PM", "\"2024-01-31T22:30:00\""},
		{"January 31st, 2024 at 9:05am", "\"2024-01-31T09:05:00\""},
		{"31st of January, 2024", "\"2024-01-31\""},
		{"the 31st of January", NULL},
		{"2nd Feb 2024", "\"2024-02-02\""},
		{"Sept 3rd, 2023", "\"2023-09-03\""},
		{"4th July 1776", "\"1776-07-04\""},
		{"1-May-2024", "\"2024-05-01\""},
		{"Wednesday, January 31, 2024", "\"2024-01-31\""},
		{"Wed 31 Jan 2024", "\"2024-01-31\""},
		{"31\xc2\xa0January\xc2\xa0" "2024", "\"2024-01-31\""},
		{"Jan 31, 2024 12 a.m.", "\"2024-01-31T00:00:00\""},
		{"Jan 31, 2024 12:15 pm EST", "\"2024-01-31T12:15:00-05:00\""},
		{"Jan 31, 2024, 1:15\xe2\x80\xafPM", "\"2024-01-31T13:15:00\""},
		{"31 Jan 99", "\"1999-01-31\""},
		{"29 February 2024", "\"2024-02-29\""},
		{"29 February 2000", "\"2000-02-29\""},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_DATE, &rows[i]);
}

static void uncertain_date_is_not_a_date(void **state)
{
	static const struct row rows[] = {
		{"", NULL},
		{" ", NULL},
		{"today", NULL},
		{"Jan", NULL},
		{"January 2024", NULL},
		{"2024", NULL},
		{"2024-01", NULL},
		{"3/4/2024", NULL},
		{"31/12/2024", NULL},
		{"31.12.2024", NULL},
		{"12-31-2024", NULL},
		{"2024-01/31", NULL},
		{"2024-13-01", NULL},
		{"2024-00-10", NULL},
		{"2024-01-00", NULL},
		{"2024-01-32", NULL},
		{"0000-01-01", NULL},
		{"31 April 2024", NULL},
		{"29 February 2023", NULL},
		{"29 February 1900", NULL},
		{"30 February 2024", NULL},
		{"2024-01-31T24:00", NULL},
		{"2024-01-31T10:60", NULL},
		{"2024-01-31T10:30:61", NULL},
		{"2024-01-31T10:30:60", NULL},
		{"2024-01-31T10", NULL},
		{"2024-01-31T", NULL},
		{"2024-01-31T10:3", NULL},
		{"2024-01-31T10:300", NULL},
		{"2024-01-31T10:30:00.", NULL},
		{"2024-01-31T10:30+24:00", NULL},
		{"2024-01-31T10:30+01:60", NULL},
		{"2024-01-31T10:30+01:000", NULL},
		{"2024-01-31 13:30 PM", NULL},
		{"2024-01-31 0:30 AM", NULL},
		{"2024-01-31x", NULL},
		{"2024-01-31 (approx)", NULL},
		{"Published 2024-01-31", NULL},
		{"31 Januar 2024 x", NULL},
		{"31 Januari 2024", NULL},
		{"31 janvier 2024", NULL},
		{"Ja 31 2024", NULL},
		{"Jan 31 24", NULL},
		{"123456789", NULL},
		{"12345678", NULL},
		{"170669700012", NULL},
		{"31 Jan 2024 10:30 \xe2\x80\x93 11:30", NULL},
		{"1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9"
		 "1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9"
		 "1 2 3 4 5 6 7 8 9 10", NULL},
	};

	(void)state;
	for (EACH(rows))
		check(VALUE_DATE, &rows[i]);
}

static void url_is_resolved_against_the_base(void **state)
{
	static const struct row rows[] = {
		{"../x?y#z", "\"http://example.com/x?y#z\""},
		{"//b.example/", "\"http://b.example/\""},
		{"", "\"http://example.com/dir/\""},
		{"/\xc3\xa9\"", "\"http://example.com/%C3%A9%22\""},
		{"javascript:'\\'", "\"javascript:'\\\\'\""},
		{"mailto:a@b.example", "\"mailto:a@b.example\""},
		{"http://[bad", NULL},
	};
	struct url base;

	(void)state;
	assert_int_equal(url_parse(&base, "http://example.com/dir/", 23, NULL),
			 0);
	for (EACH(rows))
		check_base(VALUE_URL, &rows[i], &base);
	url_release(&base);
	check(VALUE_URL, &(struct row){"http://a.example",
				       "\"http://a.example/\""});
	check(VALUE_URL, &(struct row){"relative", NULL});
}

static void string_is_itself(void **state)
{
	(void)state;
	check(VALUE_STRING, &(struct row){"a \"b\"\n", "\"a \\\"b\\\"\\n\""});
	check(VALUE_STRING, &(struct row){"", "\"\""});
}

static void types_have_names(void **state)
{
	enum value_type type = VALUE_STRING;

	(void)state;
	assert_int_equal(value_type_by_name("date", &type), 0);
	assert_int_equal(type, VALUE_DATE);
	assert_int_equal(value_type_by_name("integer", &type), 0);
	assert_int_equal(type, VALUE_INTEGER);
	assert_int_equal(value_type_by_name("float", &type), -1);
	assert_int_equal(value_type_by_name("", &type), -1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(number_is_the_first_in_the_text),
		cmocka_unit_test(sign_of_a_number_stands_alone),
		cmocka_unit_test(number_may_have_the_separators_of_any_country),
		cmocka_unit_test(
			exponent_belongs_to_a_number_that_a_double_holds),
		cmocka_unit_test(integer_is_a_whole_number),
		cmocka_unit_test(date_of_a_standard_is_read),
		cmocka_unit_test(date_in_english_is_read),
		cmocka_unit_test(uncertain_date_is_not_a_date),
		cmocka_unit_test(url_is_resolved_against_the_base),
		cmocka_unit_test(string_is_itself),
		cmocka_unit_test(types_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
