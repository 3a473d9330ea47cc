/* cmd/meter.c: what the progress line says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cmd/meter.h"

#define LEN(array) (sizeof(array) / sizeof(*(array)))

static void the_line_says_what_there_is(void **state)
{
	static const struct {
		struct meter_view view;
		const char *line;
	} rows[] = {
		{{0}, "  0 done  0/s  0 in flight  0 errors"},
		{{.done = 1234, .rate = 456.4, .in_flight = 64, .errors = 2,
		  .total = 6706},
		 "  1,234 done  456/s  64 in flight  2 errors  ETA 0:12"},
		{{.done = 1234567, .rate = 9876.5, .in_flight = 20000,
		  .errors = 1},
		 "  1,234,567 done  9,877/s  20000 in flight  1 error"},
		{{.done = 999, .rate = 1.26},
		 "  999 done  1.3/s  0 in flight  0 errors"},
		{{.done = 1000, .rate = 9.96},
		 "  1,000 done  10/s  0 in flight  0 errors"},
		{{.done = 5, .total = 5, .rate = 1},
		 "  5 done  1.0/s  0 in flight  0 errors"},
		{{.done = 5, .total = 3, .rate = 1},
		 "  5 done  1.0/s  0 in flight  0 errors"},
		{{.total = 100},
		 "  0 done  0/s  0 in flight  0 errors"},
		{{.total = 3599, .rate = 1},
		 "  0 done  1.0/s  0 in flight  0 errors  ETA 59:59"},
		{{.total = 3661, .rate = 1},
		 "  0 done  1.0/s  0 in flight  0 errors  ETA 1:01:01"},
		{{.total = 90000, .rate = 1},
		 "  0 done  1.0/s  0 in flight  0 errors  ETA 1d 1h"},
		{{.total = UINT64_MAX, .rate = 1e-9},
		 "  0 done  0.0/s  0 in flight  0 errors"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct buf out = {0};

		meter_line(&out, &rows[i].view, 200);
		assert_string_equal(buf_cstr(&out), rows[i].line);
		buf_release(&out);
	}
}

static void the_line_never_fills_the_terminal(void **state)
{
	const struct meter_view view = {.done = UINT64_MAX, .errors = 12345,
					.rate = 1e12, .in_flight = 20000};

	(void)state;
	for (unsigned columns = 0; columns < 100; columns++) {
		struct buf out = {0};

		buf_addch(&out, '\r');
		meter_line(&out, &view, columns);
		assert_true(out.len == 1 || out.len - 1 < columns);
		buf_release(&out);
	}
}

static void no_time_is_no_rate(void **state)
{
	struct meter_rate r = {0};

	(void)state;
	assert_true(meter_rate_get(&r) == 0);
	meter_rate_add(&r, 1000, 0);
	assert_true(meter_rate_get(&r) == 0);
	meter_rate_add(&r, 1000, 10);
	assert_true(meter_rate_get(&r) == 0);
	meter_rate_add(&r, 1500, 10);
	assert_true(meter_rate_get(&r) == 20);
}

static void the_rate_is_that_of_the_last_five_seconds(void **state)
{
	struct meter_rate r = {0};
	uint64_t done = 0;

	(void)state;
	for (int i = 0; i <= 40; i++) {
		meter_rate_add(&r, i * 500.0, done);
		done += i < 20 ? 1000 : 5;
		if (i == 20)
			assert_true(meter_rate_get(&r) == 2000);
	}
	assert_true(meter_rate_get(&r) == 10);
	/* Irregular drawings are weighed by their time. */
	meter_rate_add(&r, 35500, done - 5 + 195);
	assert_true(meter_rate_get(&r) > 11 && meter_rate_get(&r) < 13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_says_what_there_is),
		cmocka_unit_test(the_line_never_fills_the_terminal),
		cmocka_unit_test(no_time_is_no_rate),
		cmocka_unit_test(the_rate_is_that_of_the_last_five_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
