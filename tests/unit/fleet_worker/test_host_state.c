#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cmd/fleet_worker/host_state.h"

static void keep(struct host_state *s, const char *origin, const char *text,
		 msec lifetime, msec now)
{
	struct robots_kept kept = {.has_file = true, .lifetime = lifetime};

	buf_addstr(&kept.text, text);
	host_state_keep(s, origin, &kept, now);
	buf_release(&kept.text);
}

static void times_of_a_state_get_shorter_while_it_waits_in_the_hub(
	void **state)
{
	struct host_state s = {
		.memory = {
			.ready = 5000, .paused = 4000, .crawl_delay = 2000,
			.learnt = 100, .served_for = 300, .served = 3,
			.backoffs = 1, .careful = true, .is_probed = true,
			.remaining = 9, .resets = 60e3,
		},
	}, arrived = {0};
	struct buf text = {0};

	(void)state;
	host_state_pack(&text, &s, 100);
	assert_int_equal(host_state_unpack(&arrived, slice_of(&text), 4500,
					   9e6), 0);
	assert_true(arrived.memory.ready == 500);
	assert_true(arrived.memory.paused == 0);
	assert_true(arrived.memory.crawl_delay == 2000);
	assert_true(arrived.memory.learnt == 100);
	assert_true(arrived.memory.served_for == 4800);
	assert_int_equal(arrived.memory.served, 3);
	assert_int_equal(arrived.memory.backoffs, 1);
	assert_true(arrived.memory.careful && arrived.memory.is_probed);
	assert_int_equal(arrived.memory.remaining, 9);
	assert_true(arrived.memory.resets == 55500);
	buf_release(&text);
	host_state_release(&s);
	host_state_release(&arrived);
}

/* A host that nobody could lease for a while is not slow for that reason. */
static void time_in_the_hub_counts_as_time_of_service_until_the_host_is_ready(
	void **state)
{
	static const struct {
		msec ready, age, served_for;
	} rows[] = {
		{0, 35e3, 300}, {2000, 35e3, 2300}, {2000, 500, 800},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct host_state s = {.memory = {
			.ready = rows[i].ready, .served_for = 300, .served = 3,
		}}, arrived = {0};
		struct buf text = {0};

		host_state_pack(&text, &s, 100);
		assert_int_equal(host_state_unpack(&arrived, slice_of(&text),
						   rows[i].age, 9e6), 0);
		assert_true(arrived.memory.served_for == rows[i].served_for);
		buf_release(&text);
		host_state_release(&s);
		host_state_release(&arrived);
	}
}

static void robots_files_travel_until_they_expire(void **state)
{
	struct host_state s = {0}, arrived = {0};
	struct robots_kept kept = {0};
	struct buf text = {0};

	(void)state;
	keep(&s, "http://a.example:80", "old", 1000, 0);
	keep(&s, "http://a.example:80", "User-agent: *\n", 9000, 0);
	keep(&s, "https://a.example:443", "other", 2000, 0);
	host_state_pack(&text, &s, 1000);
	assert_int_equal(host_state_unpack(&arrived, slice_of(&text), 3000,
					   50e3), 0);
	assert_true(host_state_recall(&arrived, "http://a.example:80", &kept,
				      50e3));
	assert_string_equal(buf_cstr(&kept.text), "User-agent: *\n");
	assert_true(kept.has_file);
	assert_true(kept.lifetime == 5000);
	buf_release(&kept.text);
	assert_false(host_state_recall(&arrived, "https://a.example:443", &kept,
				       50e3));
	assert_false(host_state_recall(&arrived, "http://a.example:80", &kept,
				       55e3));
	buf_release(&text);
	host_state_release(&s);
	host_state_release(&arrived);
}

static void damaged_states_are_refused(void **state)
{
	static const char *const texts[] = {"M", "M9:x", "M3:r1:", "M4:r1:x",
					    "R0:", "M4:r1:1x"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct host_state s = {0};

		assert_int_equal(host_state_unpack(&s, (struct slice){
			texts[i], strlen(texts[i])}, 0, 0), -1);
		host_state_release(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			times_of_a_state_get_shorter_while_it_waits_in_the_hub),
		cmocka_unit_test(
			time_in_the_hub_counts_as_time_of_service_until_the_host_is_ready),
		cmocka_unit_test(robots_files_travel_until_they_expire),
		cmocka_unit_test(damaged_states_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
