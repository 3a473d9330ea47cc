/* Tests cmd/watch/agenda.c: the order in which requests of a watch are due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/watch/agenda.h"
#include "cmd/watch/store.h"

enum { HOUR = 3600000, MINUTE = 60000 };

/* Any time. All other times of the tests are later. */
static const int64_t start = 1800000000000;

static void add(struct agenda *a, uint64_t number, struct timetable t,
		int64_t last, int64_t now)
{
	struct entry *e = xcalloc(1, sizeof(*e));

	*e = (struct entry){.number = number, .timetable = t, .last = last};
	agenda_add(a, e, now);
}

/* Makes the next request that is due at that time. Returns its number; 0: no
 * request is due. */
static uint64_t make(struct agenda *a, int64_t now)
{
	struct entry *e = agenda_take(a, now);
	const uint64_t number = e ? e->number : 0;

	if (!e)
		return 0;
	e->last = e->slot;
	if (a->once)
		free(e);
	else
		agenda_add(a, e, now);
	return number;
}

static void new_request_is_due_at_once_and_then_after_its_interval(void **state)
{
	const struct timetable hourly = {.every = HOUR};
	const int64_t jitter = HOUR * 3 / 100;
	struct agenda a;

	(void)state;
	agenda_init(&a, false, start);
	assert_int_equal(agenda_due(&a), INT64_MAX);
	add(&a, 1, hourly, WATCH_NEVER, start);
	assert_int_equal(make(&a, start), 1);
	assert_int_equal(make(&a, start + HOUR - 1), 0);
	assert_in_range(agenda_due(&a), start + HOUR, start + HOUR + jitter);
	assert_int_equal(make(&a, start + HOUR + jitter), 1);
	/* The delays by jitter do not add up. */
	for (int64_t i = 2; i < 50; i++) {
		assert_in_range(agenda_due(&a), start + i * HOUR,
				start + i * HOUR + MINUTE);
		assert_int_equal(make(&a, start + i * HOUR + MINUTE), 1);
	}
	agenda_release(&a);
}

static void missed_request_is_made_once(void **state)
{
	const struct timetable hourly = {.every = HOUR};
	const int64_t late = start + 1000 * (int64_t)HOUR + 5;
	struct agenda a;

	(void)state;
	agenda_init(&a, false, late);
	add(&a, 1, hourly, start, late);
	assert_int_equal(make(&a, late), 1);
	assert_int_equal(make(&a, late), 0);
	/* The slots are the same as before the restart. */
	assert_in_range(agenda_due(&a), start + 1001 * (int64_t)HOUR,
			start + 1001 * (int64_t)HOUR + MINUTE);
	agenda_release(&a);
}

static void requests_are_taken_in_the_order_in_which_they_are_due(void **state)
{
	struct agenda a;
	unsigned made = 0;

	(void)state;
	agenda_init(&a, false, start);
	for (uint64_t i = 1; i <= 100; i++)
		add(&a, i, (struct timetable){.every = HOUR},
		    start - (int64_t)(i * 37 % 101) * MINUTE, start);
	for (int64_t due = 0; agenda_due(&a) <= start; made++) {
		assert_true(agenda_due(&a) >= due);
		due = agenda_due(&a);
		assert_true(make(&a, start) > 0);
	}
	/* Requests were last made 1 to 100 minutes ago. Jitter may delay the
	 * one of an hour ago. */
	assert_in_range(made, 40, 41);
	agenda_release(&a);
}

static void clock_that_was_set_back_does_not_stop_a_watch(void **state)
{
	const int64_t year = 366 * 24 * (int64_t)HOUR;
	struct agenda a;

	(void)state;
	agenda_init(&a, false, start);
	add(&a, 1, (struct timetable){.every = HOUR}, start + year, start);
	assert_in_range(agenda_due(&a), start + HOUR, start + HOUR + MINUTE);
	assert_int_equal(make(&a, start + HOUR + MINUTE), 1);
	assert_true(agenda_due(&a) < start + 3 * HOUR);
	agenda_release(&a);
}

static void round_has_what_is_due_once(void **state)
{
	const struct timetable hourly = {.every = HOUR}, none = {0};
	struct agenda a;

	(void)state;
	agenda_init(&a, true, start);
	add(&a, 1, hourly, start - HOUR, start + 1);
	add(&a, 2, hourly, start - HOUR + MINUTE, start + 1);
	add(&a, 3, hourly, start - HOUR + MINUTE + 1, start + 1);
	add(&a, 4, none, start, start + 1);
	add(&a, 5, hourly, WATCH_NEVER, start + 1);
	for (unsigned made = 0, i = 0; i < 4; i++) {
		const uint64_t number = make(&a, start + 2);

		assert_true(number && number != 3 && !(made >> number & 1));
		made |= 1u << number;
	}
	assert_int_equal(make(&a, start + 2), 0);
	assert_int_equal(agenda_due(&a), INT64_MAX);
	agenda_release(&a);
}

static void early_round_does_not_make_the_next_one_due_at_once(void **state)
{
	const struct timetable hourly = {.every = HOUR};
	const int64_t early = start + HOUR - MINUTE / 2;
	struct entry *e;
	struct agenda a;

	(void)state;
	agenda_init(&a, true, early);
	add(&a, 1, hourly, start, early);
	e = agenda_take(&a, early + 1000);
	assert_non_null(e);
	assert_int_equal(e->slot, early);
	free(e);
	agenda_release(&a);
}

static void jitter_is_a_few_percent_and_never_early(void **state)
{
	static const int64_t intervals[] = {10, 2000, HOUR, 24 * HOUR};
	const struct timetable daily = {.has_at = true};
	int64_t most = 0;

	(void)state;
	for (uint64_t i = 0; i < 4000; i++) {
		const struct timetable t = {.every = intervals[i % 4]};
		const int64_t jitter = agenda_jitter(&t, i, start);

		assert_in_range(jitter, 0, t.every * 3 / 100);
		assert_in_range(agenda_jitter(&daily, i, start), 0, MINUTE);
		if (i % 4 == 1 && jitter > most)
			most = jitter;
	}
	assert_in_range(most, 50, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			new_request_is_due_at_once_and_then_after_its_interval),
		cmocka_unit_test(missed_request_is_made_once),
		cmocka_unit_test(
			requests_are_taken_in_the_order_in_which_they_are_due),
		cmocka_unit_test(clock_that_was_set_back_does_not_stop_a_watch),
		cmocka_unit_test(round_has_what_is_due_once),
		cmocka_unit_test(
			early_round_does_not_make_the_next_one_due_at_once),
		cmocka_unit_test(jitter_is_a_few_percent_and_never_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
