#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/input/csv.h"

static void add_rows(struct buf *out, struct csv *c, struct lines *l)
{
	while (csv_next(c, l)) {
		buf_addf(out, "%d", (int)c->number);
		if (c->error)
			buf_addf(out, "!%.*s", (int)c->raw.len, c->raw.p);
		for (size_t i = 0; i < c->cells; i++) {
			const struct slice cell = csv_cell(c, i);

			buf_addf(out, "[%.*s]", (int)cell.len, cell.p);
		}
		buf_addch(out, ' ');
	}
}

/* Returns the rows of a text that arrives in pieces of that many bytes. */
static char *rows_of(const char *text, char separator, size_t piece)
{
	struct csv c = {.separator = separator};
	struct lines l = {0};
	struct buf out = {0};
	const size_t len = strlen(text);

	for (size_t at = 0; at < len; at += piece) {
		const size_t n = len - at < piece ? len - at : piece;

		memcpy(lines_reserve(&l, n), text + at, n);
		lines_added(&l, n);
		add_rows(&out, &c, &l);
	}
	lines_end(&l);
	add_rows(&out, &c, &l);
	assert_int_equal(lines_pending(&l), 0);
	csv_release(&c);
	lines_release(&l);
	buf_cstr(&out);
	return buf_detach(&out);
}

static void rows_are_the_same_in_pieces_of_any_size(void **state)
{
	static const struct {
		const char *text, *rows;
		char separator;
	} rows[] = {
		{"", "", ','},
		{"\n\r\n\r", "", ','},
		{"a", "1[a] ", ','},
		{"\xef\xbb\xbf" "a,b\n", "1[a][b] ", ','},
		{"a,,c,\nd", "1[a][][c][] 2[d] ", ','},
		{"a\r\nb\rc\nd\r", "1[a] 2[b] 3[c] 4[d] ", ','},
		{"\"a,\"\"b\"\"\",\"\"\nx", "1[a,\"b\"][] 2[x] ", ','},
		{"\"a\nb\r\nc\rd\",e\r\nf", "1[a\nb\r\nc\rd][e] 5[f] ", ','},
		{"a\"b\", \"c\"\n", "1[a\"b\"][ \"c\"] ", ','},
		{"a\tb,c\t\"d\te\"\n", "1[a][b,c][d\te] ", '\t'},
		{",,\n\"\",\na,\n", "3[a][] ", ','},
		{"\"a\"b,c\nd,e\n", "1!\"a\"b,c 2[d][e] ", ','},
		{"a\n\"b\nc\nd,e", "1[a] 2!\"b 3[c] 4[d][e] ", ','},
		{"\"b\n", "1!\"b ", ','},
		{"\"b\r\n\"\"\r\n", "1!\"b ", ','},
		{"\"", "1!\" ", ','},
		{"x,\"\"\"\n", "1!x,\"\"\" ", ','},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (size_t piece = 1; piece <= 20; piece++) {
			char *got = rows_of(rows[i].text, rows[i].separator,
					    piece);

			assert_string_equal(got, rows[i].rows);
			free(got);
		}
}

static void quote_that_never_closes_costs_one_row(void **state)
{
	struct csv c = {.separator = ','};
	struct lines l = {0};
	const size_t block = 1 << 20;
	size_t rows = 0, errors = 0;

	(void)state;
	memcpy(lines_reserve(&l, 3), "\"x\n", 3);
	lines_added(&l, 3);
	for (int i = 0; i < 20; i++) {
		char *to = lines_reserve(&l, block);

		memset(to, 'y', block);
		to[block - 1] = '\n';
		lines_added(&l, block);
		while (csv_next(&c, &l)) {
			errors += c.error != NULL;
			rows++;
		}
		assert_true(lines_pending(&l) <= CSV_ROW_MAX + block);
	}
	lines_end(&l);
	assert_false(csv_next(&c, &l));
	assert_int_equal(errors, 1);
	assert_int_equal(rows, 21);
	csv_release(&c);
	lines_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_the_same_in_pieces_of_any_size),
		cmocka_unit_test(quote_that_never_closes_costs_one_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
