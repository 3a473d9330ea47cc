#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fetch/dns/cache.h"

static struct dns_entry *get(struct dns_cache *cache, const char *text,
			     msec now)
{
	return dns_cache_get(cache, (struct slice){text, strlen(text)}, now);
}

static struct dns_entry *put(struct dns_cache *cache, const char *text,
			     const struct dns_answer *answer, msec now)
{
	struct dns_entry *entry = get(cache, text, now);

	dns_entry_start_lookup(cache, entry);
	dns_entry_set_answer(cache, entry, answer, now);
	return entry;
}

static void new_name_is_not_in_the_cache(void **state)
{
	struct dns_cache cache;
	struct dns_entry *entry;

	(void)state;
	dns_cache_init(&cache);
	entry = get(&cache, "a", 0);
	assert_false(dns_entry_is_usable(entry, false, 0));
	assert_ptr_equal(get(&cache, "a", 0), entry);
	dns_entry_start_lookup(&cache, entry);
	assert_false(dns_entry_is_usable(entry, false, 0));
	dns_cache_release(&cache);
}

static void addresses_are_kept_for_their_ttl(void **state)
{
	static const struct {
		msec ttl, kept;
	} cases[] = {
		{60e3, 60e3}, {0, 1e3}, {-5e3, 1e3}, {10, 1e3}, {1e9, 300e3},
		{MSEC_NEVER, 300e3},
	};
	struct dns_cache cache;

	(void)state;
	dns_cache_init(&cache);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct dns_answer answer = {.addresses = "192.0.2.1",
						  .ttl = cases[i].ttl};
		const msec now = 1e6 * (msec)i;
		struct dns_entry *entry = put(&cache, "a", &answer, now);

		assert_string_equal(entry->addresses, "192.0.2.1");
		assert_true(dns_entry_is_usable(entry, false, now));
		assert_true(dns_entry_is_usable(entry, true,
						now + cases[i].kept - 1));
		assert_false(dns_entry_is_usable(entry, false,
						 now + cases[i].kept));
	}
	dns_cache_release(&cache);
}

static void nonexistent_name_is_kept_longer_than_a_failure(void **state)
{
	const struct dns_answer no = {.error = "not found"};
	const struct dns_answer failed = {.error = "failed", .temporary = true};
	struct dns_cache cache;
	struct dns_entry *entry;

	(void)state;
	dns_cache_init(&cache);
	entry = put(&cache, "no", &no, 0);
	assert_true(dns_entry_is_usable(entry, true, 29e3));
	assert_false(dns_entry_is_usable(entry, false, 31e3));
	entry = put(&cache, "failed", &failed, 0);
	assert_true(dns_entry_is_usable(entry, false, 900));
	assert_false(dns_entry_is_usable(entry, false, 1000));
	assert_true(dns_entry_is_usable(entry, true, 50));
	assert_false(dns_entry_is_usable(entry, true, 150));
	dns_cache_release(&cache);
}

static void a_new_answer_replaces_the_old_one(void **state)
{
	const struct dns_answer no = {.error = "not found"};
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e3};
	struct dns_cache cache;
	struct dns_entry *entry;

	(void)state;
	dns_cache_init(&cache);
	put(&cache, "a", &no, 0);
	entry = put(&cache, "a", &yes, 40e3);
	assert_string_equal(entry->addresses, "192.0.2.1");
	assert_null(entry->error);
	entry = put(&cache, "a", &no, 80e3);
	assert_null(entry->addresses);
	assert_string_equal(entry->error, "not found");
	dns_cache_release(&cache);
}

static void expired_names_are_dropped(void **state)
{
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e3};
	struct dns_cache cache;
	char text[20];

	(void)state;
	dns_cache_init(&cache);
	for (int i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		put(&cache, text, &yes, i);
		assert_true(HASH_COUNT(cache.all) <= 1001);
	}
	dns_cache_release(&cache);
}

static void size_of_the_cache_is_limited(void **state)
{
	const struct dns_answer yes = {.addresses = "192.0.2.1", .ttl = 1e9};
	struct dns_cache cache;
	struct dns_entry *asked;
	char text[20];

	(void)state;
	dns_cache_init(&cache);
	asked = get(&cache, "asked", 0);
	dns_entry_start_lookup(&cache, asked);
	for (int i = 0; i < DNS_CACHE_MAX + 5000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		put(&cache, text, &yes, i * 0.001);
		assert_true(HASH_COUNT(cache.all) <= DNS_CACHE_MAX);
	}
	/* The oldest names were dropped, except names with a query in
	 * flight. */
	assert_ptr_equal(get(&cache, "asked", 200), asked);
	assert_false(dns_entry_is_usable(get(&cache, "name0", 200), false,
					 200));
	assert_true(dns_entry_is_usable(get(&cache, text, 200), false, 200));
	dns_cache_release(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_name_is_not_in_the_cache),
		cmocka_unit_test(addresses_are_kept_for_their_ttl),
		cmocka_unit_test(
			nonexistent_name_is_kept_longer_than_a_failure),
		cmocka_unit_test(a_new_answer_replaces_the_old_one),
		cmocka_unit_test(expired_names_are_dropped),
		cmocka_unit_test(size_of_the_cache_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
