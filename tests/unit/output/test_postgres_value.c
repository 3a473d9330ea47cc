#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/output/postgres_target.h"
#include "cmd/output/postgres_value.h"

static struct slice text(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Returns the type that a column needs for the values, one after another. */
static enum postgres_type type_for(const char *const *values)
{
	enum postgres_type type = POSTGRES_NONE;

	for (; *values; values++)
		type = postgres_type_for(type, text(*values));
	return type;
}

static void columns_have_the_type_of_all_their_values(void **state)
{
	static const struct {
		const char *values[4];
		enum postgres_type type;
	} cases[] = {
		{{NULL}, POSTGRES_NONE},
		{{"null", ""}, POSTGRES_NONE},
		{{"true", "null", "false"}, POSTGRES_BOOLEAN},
		{{"true", "1"}, POSTGRES_JSONB},
		{{"1", "true"}, POSTGRES_JSONB},
		{{"1", "[1]"}, POSTGRES_JSONB},
		{{"{}"}, POSTGRES_JSONB},
		{{"{}", "\"a\""}, POSTGRES_JSONB},
		{{"\"a\"", "{}"}, POSTGRES_TEXT},
		{{"1", "\"a\""}, POSTGRES_JSONB},
		{{"1", "-2", "9223372036854775807"}, POSTGRES_BIGINT},
		{{"9223372036854775808"}, POSTGRES_NUMERIC},
		{{"-9223372036854775809", "1"}, POSTGRES_NUMERIC},
		{{"1", "1.5"}, POSTGRES_DOUBLE},
		{{"1.5", "1"}, POSTGRES_DOUBLE},
		{{"1.5", "9223372036854775808"}, POSTGRES_NUMERIC},
		{{"1e5"}, POSTGRES_DOUBLE},
		/* Outside the range of a double, inside that of numeric. */
		{{"1e400"}, POSTGRES_NUMERIC},
		{{"1E+0400"}, POSTGRES_NUMERIC},
		{{"1e-400"}, POSTGRES_NUMERIC},
		/* Subnormal numbers are doubles, although strtod() sets
		 * ERANGE. */
		{{"1e-320"}, POSTGRES_DOUBLE},
		/* Numbers outside the range of numeric. */
		{{"1e8001"}, POSTGRES_TEXT},
		{{"1e-99999"}, POSTGRES_TEXT},
		{{"1e8000"}, POSTGRES_NUMERIC},
		{{"1e0"}, POSTGRES_DOUBLE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(type_for(cases[i].values), cases[i].type);
	/* A column that the user has made keeps its type. */
	assert_int_equal(postgres_type_for(POSTGRES_OTHER, text("1")),
			 POSTGRES_OTHER);
}

static void number_with_very_many_digits_is_text(void **state)
{
	char digits[8002];

	(void)state;
	memset(digits, '7', sizeof(digits) - 1);
	digits[8001] = '\0';
	assert_int_equal(postgres_type_for(POSTGRES_NONE, text(digits)),
			 POSTGRES_TEXT);
	assert_int_equal(postgres_type_for(POSTGRES_NONE, text(digits + 1)),
			 POSTGRES_NUMERIC);
}

static void expect(enum postgres_type type, const char *value,
		   const char *expected)
{
	struct buf out = {0}, scratch = {0};

	postgres_add_value(&out, type, text(value), &scratch);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
	buf_release(&scratch);
}

#define R "\xef\xbf\xbd"

static void values_are_fields_of_copy(void **state)
{
	(void)state;
	expect(POSTGRES_TEXT, "", "\\N");
	expect(POSTGRES_JSONB, "null", "\\N");
	expect(POSTGRES_BIGINT, "-12", "-12");
	expect(POSTGRES_TEXT, "\"a\\t\\n\\r\\\\b\\\"\"",
	       "a\\t\\n\\r\\\\b\"");
	expect(POSTGRES_TEXT, "\"a\\u0000b\"", "a" R "b");
	expect(POSTGRES_TEXT, "{\"a\": [1, 1e9999]}",
	       "{\"a\": [1, \"1e9999\"]}");
	/* In JSON an escape stays one, unless the server cannot store its
	 * character. */
	expect(POSTGRES_JSONB, "\"\\u0001\\u000A\\n\"",
	       "\"\\\\u0001\\\\u000A\\\\n\"");
	expect(POSTGRES_JSONB, "\"\\u00e9\\u20ac\"",
	       "\"\xc3\xa9\xe2\x82\xac\"");
	expect(POSTGRES_JSONB, "\"\\uD83D\\uDE00\"", "\"\xf0\x9f\x98\x80\"");
	expect(POSTGRES_JSONB, "[\"\\u0000\", -1, true]",
	       "[\"" R "\", -1, true]");
}

static void halves_of_surrogate_pairs_are_replaced(void **state)
{
	static const char *const halves[] = {
		"\"\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
		"\"\\ud800\\u0041\"", "\"\\ud800\\ue000\"", "\"\\udc00\"",
		"\"\\udfffxxxxxx\"", "\"\\ud800xxxxxx\"",
	};
	static const char *const texts[] = {
		"\"" R "\"", "\"" R "x\"", "\"" R "\\\\n\"",
		"\"" R "\\\\u0041\"", "\"" R "\xee\x80\x80\"", "\"" R "\"",
		"\"" R "xxxxxx\"", "\"" R "xxxxxx\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(halves) / sizeof(*halves); i++)
		expect(POSTGRES_JSONB, halves[i], texts[i]);
}

static void passwords_in_targets_are_found(void **state)
{
	static const char *const with[] = {
		"postgresql://u:secret@h/d",
		"postgresql://u:sec:ret@h:5432/d",
		"postgresql://u:12@h/d",
		"postgresql://u:1@34@h/d",
		"Postgres://u:secret@[::1]:5432/d",
		"postgresql://h/d?password=x",
		"postgresql://h/d?%70assword=x",
		"host=h password = x",
		"host=h sslpassword=x",
		"password_of_mine password=x",
		/* For libpq, the user is h and the password 5432?user=a. */
		"postgresql://h:5432?user=a@b",
	};
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(with) / sizeof(*with); i++) {
		buf_clear(&why);
		assert_int_equal(postgres_target_check(with[i], &why), -1);
		assert_non_null(strstr(buf_cstr(&why), ".pgpass"));
	}
	buf_release(&why);
}

static void targets_without_a_password_are_accepted(void **state)
{
	static const char *const without[] = {
		"postgresql://h/d",
		"postgres://u@h:5432/d",
		"postgresql://u@h:5432,i:5433/d?options=-cx%3Da%40b",
		"postgresql://u@[::1]:5432/d",
		"postgresql://[::1]/d",
		"host=h user=u",
		"name_of_a_database",
		"password",
	};
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(without) / sizeof(*without); i++) {
		assert_int_equal(postgres_target_check(without[i], &why), 0);
		assert_int_equal(why.len, 0);
	}
	/* libpq would take this for the name of a database. */
	assert_int_equal(postgres_target_check("PostgreSQL://h/d", &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "lower case"));
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_have_the_type_of_all_their_values),
		cmocka_unit_test(number_with_very_many_digits_is_text),
		cmocka_unit_test(values_are_fields_of_copy),
		cmocka_unit_test(halves_of_surrogate_pairs_are_replaced),
		cmocka_unit_test(passwords_in_targets_are_found),
		cmocka_unit_test(targets_without_a_password_are_accepted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
