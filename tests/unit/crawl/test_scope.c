#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crawl/scope.h"

static struct url parse(const char *text)
{
	struct url url;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	return url;
}

static void add_seed(struct scope *s, const char *text)
{
	struct url url = parse(text);

	scope_add_seed(s, &url);
	url_release(&url);
}

static void check(const struct scope *s, const char *text,
		  enum scope_verdict expected)
{
	struct url url = parse(text);

	if (scope_check(s, &url) != expected)
		fail_msg("%s should be %d", text, (int)expected);
	url_release(&url);
}

static void host_scope_is_the_hosts_of_all_seeds(void **state)
{
	struct scope *s = scope_new(SCOPE_HOST);

	(void)state;
	add_seed(s, "https://a.example/docs/x");
	add_seed(s, "http://b.example:8080/");
	check(s, "https://a.example/", SCOPE_IN);
	check(s, "http://A.example./other", SCOPE_IN);
	check(s, "http://www.a.example/", SCOPE_OUT);
	check(s, "http://a.example:8080/", SCOPE_OUT);
	check(s, "http://b.example:8080/x", SCOPE_IN);
	check(s, "http://b.example/x", SCOPE_OUT);
	check(s, "http://a.example.evil/", SCOPE_OUT);
	scope_free(s);
}

static void prefix_scope_ends_at_the_last_slash(void **state)
{
	struct scope *s = scope_new(SCOPE_PREFIX);

	(void)state;
	add_seed(s, "https://a.example/docs/index.html");
	add_seed(s, "https://a.example/blog/");
	check(s, "https://a.example/docs/", SCOPE_IN);
	check(s, "https://a.example/docs/a/b?c", SCOPE_IN);
	check(s, "https://a.example/blog/1", SCOPE_IN);
	check(s, "https://a.example/docs", SCOPE_OUT);
	check(s, "https://a.example/docsx/", SCOPE_OUT);
	check(s, "https://b.example/docs/", SCOPE_OUT);
	scope_free(s);
}

static void domain_scope_is_the_registrable_domain(void **state)
{
	struct scope *s = scope_new(SCOPE_DOMAIN);

	(void)state;
	add_seed(s, "https://www.a.co.uk/");
	add_seed(s, "http://127.0.0.1:81/");
	check(s, "https://a.co.uk/", SCOPE_IN);
	check(s, "http://x.y.a.co.uk:8080/", SCOPE_IN);
	check(s, "https://b.co.uk/", SCOPE_OUT);
	check(s, "http://127.0.0.1/", SCOPE_IN);
	check(s, "http://127.0.0.2/", SCOPE_OUT);
	scope_free(s);
}

static void page_scope_follows_nothing(void **state)
{
	struct scope *s = scope_new(SCOPE_PAGE);

	(void)state;
	add_seed(s, "https://a.example/");
	check(s, "https://a.example/x", SCOPE_OUT);
	scope_free(s);
}

static void domains_extend_a_scope_and_restrict_any(void **state)
{
	struct scope *host = scope_new(SCOPE_HOST), *any = scope_new(SCOPE_ANY);

	(void)state;
	add_seed(host, "https://a.example/");
	scope_add_domain(host, "b.example");
	scope_exclude_domain(host, "x.b.example");
	check(host, "https://a.example/", SCOPE_IN);
	check(host, "https://b.example/", SCOPE_IN);
	check(host, "https://y.b.example/", SCOPE_IN);
	check(host, "https://x.b.example/", SCOPE_OUT);
	check(host, "https://c.example/", SCOPE_OUT);
	check(any, "https://c.example/", SCOPE_IN);
	scope_add_domain(any, "b.example");
	check(any, "https://c.example/", SCOPE_OUT);
	check(any, "https://z.b.example/", SCOPE_IN);
	scope_free(host);
	scope_free(any);
}

static void regular_expressions_see_the_whole_url(void **state)
{
	struct scope *s = scope_new(SCOPE_ANY);
	struct buf why = {0};

	(void)state;
	assert_int_equal(scope_add_regex(s, "^https://.*/p/\\d+", true, &why),
			 0);
	assert_int_equal(scope_add_regex(s, "[?&]print=", false, &why), 0);
	assert_int_equal(scope_add_regex(s, "(", false, &why), -1);
	assert_true(why.len > 0);
	check(s, "https://a.example/p/1", SCOPE_IN);
	check(s, "https://a.example/p/x", SCOPE_REJECTED);
	check(s, "https://a.example/p/1?a&print=1", SCOPE_REJECTED);
	buf_release(&why);
	scope_free(s);
}

static void expressions_that_take_too_much_work_leave_the_url_out(void **state)
{
	static const char costly[] = "([a-z]+)*[0-9]$";
	static const char url[] = "https://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaa"
				  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				  "#";
	struct scope *rejects = scope_new(SCOPE_ANY);
	struct scope *accepts = scope_new(SCOPE_ANY);
	struct buf why = {0};

	(void)state;
	assert_int_equal(scope_add_regex(rejects, costly, false, &why), 0);
	assert_int_equal(scope_add_regex(accepts, costly, true, &why), 0);
	check(rejects, url, SCOPE_REJECTED);
	check(accepts, url, SCOPE_REJECTED);
	check(rejects, "https://a.example/", SCOPE_IN);
	scope_free(rejects);
	scope_free(accepts);
}

static bool moves(const char *from, const char *to)
{
	struct url a = parse(from), b = parse(to);
	const bool yes = scope_moves(&a, &b);

	url_release(&a);
	url_release(&b);
	return yes;
}

static void seeds_move_to_their_www_and_https_forms(void **state)
{
	(void)state;
	assert_true(moves("http://a.example/", "https://www.a.example/x"));
	assert_true(moves("https://www.a.example/", "https://a.example/"));
	assert_true(moves("http://a.example/", "https://a.example/"));
	assert_false(moves("http://a.example/", "https://b.example/"));
	assert_false(moves("http://a.example/", "https://x.a.example/"));
	assert_false(moves("http://a.example/", "http://a.example:81/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host_scope_is_the_hosts_of_all_seeds),
		cmocka_unit_test(prefix_scope_ends_at_the_last_slash),
		cmocka_unit_test(domain_scope_is_the_registrable_domain),
		cmocka_unit_test(page_scope_follows_nothing),
		cmocka_unit_test(domains_extend_a_scope_and_restrict_any),
		cmocka_unit_test(regular_expressions_see_the_whole_url),
		cmocka_unit_test(
			expressions_that_take_too_much_work_leave_the_url_out),
		cmocka_unit_test(seeds_move_to_their_www_and_https_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
