/* cmd/stats/progress_line.c: the text of the progress line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/stats/progress_line.h"

#define LEN(array) (sizeof(array) / sizeof(*(array)))

static void progress_line_has_the_counts_of_the_run(void **state)
{
	static const struct {
		struct progress_line_view view;
		const char *line;
	} rows[] = {
		{{0}, "  0 done  0/s  0 in flight  0 errors"},
		{{.done = 1234, .rate = 456.4, .in_flight = 64, .errors = 2,
		  .total = 6706},
		 "  1,234 of 6,706  [#######"
		 ".................................]"
		 "  456/s  64 in flight  2 errors  ETA 0:12"},
		{{.done = 12, .rate = 12, .in_flight = 3, .bad = 1007,
		  .total = 24, .is_estimate = true},
		 "  12 of ~24  [####################"
		 "....................]"
		 "  12/s  3 in flight  0 errors  1,007 bad status"
		 "  ETA 0:01"},
		{{.done = 1, .before = 7, .rate = 1, .total = 8},
		 "  8 of 8  [########################################]"
		 "  1.0/s  0 in flight  0 errors"},
		{{.done = 1234567, .rate = 9876.5, .in_flight = 20000,
		  .errors = 1},
		 "  1,234,567 done  9,877/s  20000 in flight  1 error"},
		{{.done = 999, .rate = 1.26},
		 "  999 done  1.3/s  0 in flight  0 errors"},
		{{.done = 1000, .rate = 9.96},
		 "  1,000 done  10/s  0 in flight  0 errors"},
		/* More are done than an estimate has said. */
		{{.done = 5, .total = 3, .rate = 1},
		 "  5 done  1.0/s  0 in flight  0 errors"},
		{{.done = UINT64_MAX - 1, .total = UINT64_MAX, .rate = 1e-9},
		 "  18,446,744,073,709,551,614 of "
		 "18,446,744,073,709,551,615"
		 "  [########################################]"
		 "  0.0/s  0 in flight  0 errors"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct buf out = {0};

		progress_line_add(&out, &rows[i].view, 200);
		assert_string_equal(buf_cstr(&out), rows[i].line);
		buf_release(&out);
	}
}

static void eta_counts_requests_that_wait(void **state)
{
	static const struct {
		struct progress_line_view view;
		const char *eta;
	} rows[] = {
		{{.total = 100}, NULL},
		{{.total = 3599, .rate = 1}, "ETA 59:59"},
		{{.total = 3661, .rate = 1}, "ETA 1:01:01"},
		{{.total = 90000, .rate = 1}, "ETA 1d 1h"},
		{{.done = 5, .total = 5, .rate = 1, .least = 9e3}, NULL},
		{{.done = 20, .before = 30, .total = 100, .rate = 5},
		 "ETA 0:10"},
		/* While no recent rate is known, the average rate is used. */
		{{.done = 50, .total = 100, .average = 5}, "ETA 0:10"},
		/* Everything is held back; the rate of late does not last. */
		{{.done = 50, .total = 100, .average = 5, .rate = 0.1,
		  .pause = 20e3}, "ETA 0:30"},
		/* The rest takes at least as long as the pause before the last
		 * retry. */
		{{.done = 99, .total = 100, .rate = 10, .least = 42e3},
		 "ETA 0:42"},
		{{.total = 1, .least = 60e3, .pause = 60e3}, "ETA 1:00"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct buf out = {0};
		const char *eta;

		progress_line_add(&out, &rows[i].view, 200);
		eta = strstr(buf_cstr(&out), "ETA");
		if (rows[i].eta)
			assert_string_equal(eta, rows[i].eta);
		else
			assert_null(eta);
		buf_release(&out);
	}
}

static void line_of_a_crawl_says_what_waits_and_why(void **state)
{
	static const struct {
		struct progress_line_crawl crawl;
		const char *hold, *line;
	} rows[] = {
		{{1234, 5678, 3, ""}, "",
		 "  1,234 done  5,678 waiting  3 hosts  12/s  4 in flight"
		 "  0 errors"},
		{{1, 1, 1, "12 scope, 3 trap"}, "",
		 "  1 done  1 waiting  1 host  12/s  4 in flight  0 errors"
		 "  left out: 12 scope, 3 trap"},
		{{1, 1, 1, "3 trap"}, "a.example: Crawl-delay 10 s",
		 "  1 done  1 waiting  12/s  4 in flight  0 errors"
		 "  a.example: Crawl-delay 10 s  left out: 3 trap"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct progress_line_view view = {
			/* The line of a crawl does not show the time left,
			 * which is not known. */
			.done = 9, .total = 100, .rate = 12, .in_flight = 4,
			.hold = rows[i].hold, .crawl = &rows[i].crawl,
		};
		struct buf out = {0};

		progress_line_add(&out, &view, 200);
		assert_string_equal(buf_cstr(&out), rows[i].line);
		buf_release(&out);
	}
}

static void what_matters_least_is_left_out_of_a_narrow_line(void **state)
{
	static const char hold[] = "shop.example: held back 1.4 s after 429";
	static const struct {
		unsigned columns;
		const char *hold, *line;
	} rows[] = {
		{100, "", "  84 of 300  [###########............................."
			  "]"
			  "  9.1/s  4 in flight  2 errors  ETA 0:24"},
		{80, "", "  84 of 300  [######..................]"
			 "  9.1/s  4 in flight  2 errors  ETA 0:24"},
		{60, "", "  84 of 300  [####.............]  9.1/s  2 errors  "
			 "ETA 0:24"},
		{40, "", "  84 of 300  9.1/s  2 errors  ETA 0:24"},
		{30, "", "  84 of 300  9.1/s  ETA 0:24"},
		{12, "", "  84 of 300"},
		{11, "", "  ETA 0:24"},
		{10, "", "  9.1/s"},
		{7, "", ""},
		{120, hold, "  84 of 300  [######.................]  9.1/s  "
			    "4 in flight  2 errors  ETA 0:24  "
			    "shop.example: held back 1.4 s after 429"},
		{80, hold, "  84 of 300  9.1/s  2 errors  ETA 0:24  "
			   "shop.example: held back 1.4 s after 429"},
		{40, hold, "  84 of 300  held back 1.4 s after 429"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct progress_line_view view = {
			.done = 84, .total = 300, .rate = 9.1, .in_flight = 4,
			.errors = 2, .hold = rows[i].hold,
		};
		struct buf out = {0};

		progress_line_add(&out, &view, rows[i].columns);
		assert_string_equal(buf_cstr(&out), rows[i].line);
		buf_release(&out);
	}
}

static void totals_have_the_counts_of_the_run(void **state)
{
	static const struct {
		struct progress_line_totals totals;
		const char *line;
	} rows[] = {
		{{0}, "  0 done in 0.0 s  0 B  0 errors"},
		{{.done = 6706, .duration = 15000, .bytes = 12345678,
		  .errors = 2, .bad = 3},
		 "  6,706 done in 0:15  447/s  12.3 MB  2 errors  "
		 "3 bad status"},
		{{.done = 1, .duration = 250, .bytes = 999, .errors = 1},
		 "  1 done in 0.2 s  4.0/s  999 B  1 error"},
		{{.done = 1, .duration = 9949, .bytes = 1000},
		 "  1 done in 9.9 s  0.1/s  1.0 kB  0 errors"},
		{{.done = 1, .duration = 9950, .bytes = 999949},
		 "  1 done in 0:10  0.1/s  999.9 kB  0 errors"},
		{{.done = 1, .duration = 3661e3, .bytes = 999950},
		 "  1 done in 1:01:01  0.0/s  1.0 MB  0 errors"},
		{{.done = 1, .duration = -1, .bytes = UINT64_MAX},
		 "  1 done in 0.0 s  18446744.1 TB  0 errors"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct buf out = {0};

		progress_line_totals(&out, &rows[i].totals);
		assert_string_equal(buf_cstr(&out), rows[i].line);
		buf_release(&out);
	}
}

static void the_line_never_fills_the_terminal(void **state)
{
	static const struct progress_line_crawl crawl = {
		.done = 12345, .waiting = 1, .skipped = "12 scope, 3 trap",
	};
	const struct progress_line_view views[] = {
		{.done = UINT64_MAX, .errors = 12345, .rate = 1e12,
		 .in_flight = 20000},
		{.done = 1, .total = 2, .rate = 1e12, .in_flight = 20000,
		 .hold = "a: b"},
		{.crawl = &crawl, .hold = "no reason in this text"},
	};

	(void)state;
	for (unsigned i = 0; i < 3 * 120; i++) {
		const unsigned columns = i / 3;
		struct buf out = {0};

		buf_addch(&out, '\r');
		progress_line_add(&out, &views[i % 3], columns);
		assert_true(out.len == 1 || out.len - 1 < columns);
		buf_release(&out);
	}
}

static void run_without_duration_has_no_rate(void **state)
{
	struct progress_line_rate r = {0};

	(void)state;
	assert_true(progress_line_rate_get(&r) == 0);
	progress_line_rate_add(&r, 1000, 0);
	assert_true(progress_line_rate_get(&r) == 0);
	progress_line_rate_add(&r, 1000, 10);
	assert_true(progress_line_rate_get(&r) == 0);
	progress_line_rate_add(&r, 1500, 10);
	assert_true(progress_line_rate_get(&r) == 20);
}

static void the_rate_is_that_of_the_last_five_seconds(void **state)
{
	struct progress_line_rate r = {0};
	uint64_t done = 0;

	(void)state;
	for (int i = 0; i <= 40; i++) {
		progress_line_rate_add(&r, i * 500.0, done);
		done += i < 20 ? 1000 : 5;
		if (i == 20)
			assert_true(progress_line_rate_get(&r) == 2000);
	}
	assert_true(progress_line_rate_get(&r) == 10);
	/* Each interval between drawings counts by its length. */
	progress_line_rate_add(&r, 35500, done - 5 + 195);
	assert_true(progress_line_rate_get(&r) > 11 &&
		    progress_line_rate_get(&r) < 13);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(progress_line_has_the_counts_of_the_run),
		cmocka_unit_test(eta_counts_requests_that_wait),
		cmocka_unit_test(line_of_a_crawl_says_what_waits_and_why),
		cmocka_unit_test(
			what_matters_least_is_left_out_of_a_narrow_line),
		cmocka_unit_test(totals_have_the_counts_of_the_run),
		cmocka_unit_test(the_line_never_fills_the_terminal),
		cmocka_unit_test(run_without_duration_has_no_rate),
		cmocka_unit_test(the_rate_is_that_of_the_last_five_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
