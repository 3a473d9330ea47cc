#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fetch/dns/cache.h"

static struct name *get(struct dns_cache *names, const char *text, msec now)
{
	return dns_cache_get(names, (struct slice){text, strlen(text)}, now);
}

static struct name *put(struct dns_cache *names, const char *text,
			const struct dns_answer *answer, msec now)
{
	struct name *name = get(names, text, now);

	name_ask(names, name);
	name_answer(names, name, answer, now);
	return name;
}

static void nothing_is_known_of_a_new_name(void **state)
{
	struct dns_cache names;
	struct name *name;

	(void)state;
	dns_cache_init(&names);
	name = get(&names, "a", 0);
	assert_false(name_is_known(name, false, 0));
	assert_ptr_equal(get(&names, "a", 0), name);
	name_ask(&names, name);
	assert_false(name_is_known(name, false, 0));
	dns_cache_release(&names);
}

static void addresses_are_kept_for_their_ttl(void **state)
{
	static const struct {
		msec ttl, kept;
	} cases[] = {
		{60e3, 60e3}, {0, 1e3}, {-5e3, 1e3}, {10, 1e3}, {1e9, 300e3},
		{MSEC_NEVER, 300e3},
	};
	struct dns_cache names;

	(void)state;
	dns_cache_init(&names);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct dns_answer answer = {.addresses = "192.0.2.1",
						  .ttl = cases[i].ttl};
		const msec now = 1e6 * (msec)i;
		struct name *name = put(&names, "a", &answer, now);

		assert_string_equal(name->addresses, "192.0.2.1");
		assert_true(name_is_known(name, false, now));
		assert_true(name_is_known(name, true,
					  now + cases[i].kept - 1));
		assert_false(name_is_known(name, false, now + cases[i].kept));
	}
	dns_cache_release(&names);
}

static void no_such_name_is_kept_longer_than_a_failure(void **state)
{
	const struct dns_answer no = {.why = "not found"};
	const struct dns_answer failed = {.why = "failed", .temporary = true};
	struct dns_cache names;
	struct name *name;

	(void)state;
	dns_cache_init(&names);
	name = put(&names, "no", &no, 0);
	assert_true(name_is_known(name, true, 29e3));
	assert_false(name_is_known(name, false, 31e3));
	name = put(&names, "failed", &failed, 0);
	assert_true(name_is_known(name, false, 900));
	assert_false(name_is_known(name, false, 1000));
	assert_true(name_is_known(name, true, 50));
	assert_false(name_is_known(name, true, 150));
	dns_cache_release(&names);
}

static void a_new_answer_replaces_the_old_one(void **state)
{
	const struct dns_answer no = {.why = "not found"};
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e3};
	struct dns_cache names;
	struct name *name;

	(void)state;
	dns_cache_init(&names);
	put(&names, "a", &no, 0);
	name = put(&names, "a", &yes, 40e3);
	assert_string_equal(name->addresses, "192.0.2.1");
	assert_null(name->why);
	name = put(&names, "a", &no, 80e3);
	assert_null(name->addresses);
	assert_string_equal(name->why, "not found");
	dns_cache_release(&names);
}

static void expired_names_are_dropped(void **state)
{
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e3};
	struct dns_cache names;
	char text[20];

	(void)state;
	dns_cache_init(&names);
	for (int i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		put(&names, text, &yes, i);
		assert_true(HASH_COUNT(names.all) <= 1001);
	}
	dns_cache_release(&names);
}

static void there_are_never_too_many(void **state)
{
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e9};
	struct dns_cache names;
	struct name *asked;
	char text[20];

	(void)state;
	dns_cache_init(&names);
	asked = get(&names, "asked", 0);
	name_ask(&names, asked);
	for (int i = 0; i < NAMES_MAX + 5000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		put(&names, text, &yes, i * 0.001);
		assert_true(HASH_COUNT(names.all) <= NAMES_MAX);
	}
	/* The oldest have gone; who is being asked about has not. */
	assert_ptr_equal(get(&names, "asked", 200), asked);
	assert_false(name_is_known(get(&names, "name0", 200), false, 200));
	assert_true(name_is_known(get(&names, text, 200), false, 200));
	dns_cache_release(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_of_a_new_name),
		cmocka_unit_test(addresses_are_kept_for_their_ttl),
		cmocka_unit_test(no_such_name_is_kept_longer_than_a_failure),
		cmocka_unit_test(a_new_answer_replaces_the_old_one),
		cmocka_unit_test(expired_names_are_dropped),
		cmocka_unit_test(there_are_never_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
