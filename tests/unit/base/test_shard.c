#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/url/shard.h"

static bool parses(const char *text, uint32_t number, uint32_t count)
{
	struct shard s;

	return !shard_parse(&s, text) && s.number == number && s.count == count;
}

static void shard_is_a_number_and_a_count(void **state)
{
	static const char *const bad[] = {
		"", "/", "1", "1/", "/1", "0/1", "2/1", "1/0", "01/2", "1/02",
		"1/2/3", " 1/2", "1/2 ", "-1/2", "+1/2", "1/1000001", "a/b",
		"1/4294967297", "4294967297/4294967298", "1:2", "1/2\n",
	};
	struct shard s;

	(void)state;
	assert_true(parses("1/1", 1, 1));
	assert_true(parses("2/8", 2, 8));
	assert_true(parses("1000000/1000000", 1000000, 1000000));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (!shard_parse(&s, bad[i]))
			fail_msg("\"%s\" was accepted", bad[i]);
}

/* The values are those of the published test vectors of FNV-1a (64 bits): ""
 * is cbf29ce484222325, "a" af63dc4c8601ec8c, "foobar" 85944171f73967e8. */
static void number_is_the_fnv_1a_hash_modulo_the_count(void **state)
{
	const uint32_t count = 999983;

	(void)state;
	assert_int_equal(shard_of_name("", count),
			 0xcbf29ce484222325 % count + 1);
	assert_int_equal(shard_of_name("a", count),
			 0xaf63dc4c8601ec8c % count + 1);
	assert_int_equal(shard_of_name("foobar", count),
			 0x85944171f73967e8 % count + 1);
}

/* Returns the number of the URL's shard, of 1000. */
static uint32_t number_of(const char *text)
{
	struct shard s = {.count = 1000};
	uint32_t number = 0;
	struct url url;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	for (s.number = 1; s.number <= s.count; s.number++) {
		if (!shard_has(&s, &url))
			continue;
		assert_int_equal(number, 0);
		number = s.number;
	}
	assert_int_not_equal(number, 0);
	url_release(&url);
	return number;
}

static void shard_is_that_of_the_registrable_domain_or_else_of_the_host(
	void **state)
{
	static const struct {
		const char *url, *name;
	} rows[] = {
		{"http://example.com/", "example.com"},
		{"https://www.Example.COM:8080/x?y#z", "example.com"},
		{"https://a.b.example.co.uk/", "example.co.uk"},
		{"https://example.com./", "example.com"},
		{"https://user.github.io/", "user.github.io"},
		{"https://co.uk/", "co.uk"},
		{"http://localhost:1/", "localhost"},
		{"http://a.localhost/", "a.localhost"},
		{"http://192.0.2.1/", "192.0.2.1"},
		{"http://[2001:db8::1]:80/", "2001:db8::1"},
		{"https://www.b\xc3\xbc" "cher.example/",
		 "xn--bcher-kva.example"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (number_of(rows[i].url) !=
		    shard_of_name(rows[i].name, 1000))
			fail_msg("%s is not that of %s", rows[i].url,
				 rows[i].name);
}

static void text_that_is_no_url_belongs_to_one_shard(void **state)
{
	const struct url none = {.href = NULL};
	unsigned count = 0;

	(void)state;
	for (uint32_t i = 1; i <= 8; i++)
		count += shard_has(&(struct shard){i, 8}, &none);
	assert_int_equal(count, 1);
}

static void without_a_count_everything_belongs_to_the_shard(void **state)
{
	const struct shard all = {0};
	struct url url;

	(void)state;
	assert_int_equal(url_parse(&url, "http://a.example/", 17, NULL), 0);
	assert_true(shard_has(&all, &url));
	url_release(&url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shard_is_a_number_and_a_count),
		cmocka_unit_test(number_is_the_fnv_1a_hash_modulo_the_count),
		cmocka_unit_test(
			shard_is_that_of_the_registrable_domain_or_else_of_the_host),
		cmocka_unit_test(text_that_is_no_url_belongs_to_one_shard),
		cmocka_unit_test(
			without_a_count_everything_belongs_to_the_shard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
