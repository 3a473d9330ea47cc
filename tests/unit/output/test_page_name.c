/* cmd/output/markdown/page_name.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/output/markdown/page_name.h"

/* Sets `name` to the name for a URL, with the digits replaced by as many
 * '#'. */
static const char *name_of(struct buf *name, const char *url)
{
	char *digits;

	buf_clear(name);
	page_name_add(name, (struct slice){url, strlen(url)}, false);
	digits = strrchr(buf_cstr(name), '~');
	while (digits && *++digits != '.')
		*digits = '#';
	return name->data;
}

struct row {
	const char *url, *name;
};

static void check(const struct row *rows, size_t count)
{
	struct buf name = {0};

	for (size_t i = 0; i < count; i++)
		assert_string_equal(name_of(&name, rows[i].url), rows[i].name);
	buf_release(&name);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(*(rows)))
#define FULL "~################.md"

static void path_of_the_url_is_the_path_of_the_file(void **state)
{
	static const struct row rows[] = {
		{"https://a.example/", "a.example/index.md"},
		{"http://a.example", "a.example/index.md"},
		{"https://a.example/docs/", "a.example/docs/index.md"},
		{"https://a.example/docs/a-b_c.html",
		 "a.example/docs/a-b_c.html.md"},
		{"http://127.0.0.1:8080/a", "127.0.0.1+8080/a.md"},
		{"https://a.example/@user/1,2", "a.example/@user/1,2.md"},
		{"pages/a.html", "pages/a.html.md"},
		{"/tmp/./x/../a.html", "tmp/x/a.html.md"},
		{"../", "index.md"},
	};

	(void)state;
	CHECK(rows);
}

static void what_a_name_lacks_is_in_its_digits(void **state)
{
	static const struct row rows[] = {
		{"https://a.example/About", "a.example/About~######.md"},
		{"https://a.example/Docs/a", "a.example/Docs/a~######.md"},
		{"https://a.example/a?b=1", "a.example/a" FULL},
		{"https://a.example/?", "a.example/index" FULL},
		{"https://a.example/a#b", "a.example/a" FULL},
		{"https://u:p@a.example/a", "a.example/a" FULL},
		{"https://a.example/index", "a.example/index" FULL},
		{"https://a.example/Index", "a.example/Index" FULL},
		{"https://a.example/a%20b", "a.example/a_b" FULL},
		{"https://a.example/%61", "a.example/a" FULL},
		{"https://a.example/~a", "a.example/_a" FULL},
		{"https://a.example//a", "a.example/_/a" FULL},
		{"https://a.example/\xc3\xa9", "a.example/\xc3\xa9" FULL},
	};

	(void)state;
	CHECK(rows);
}

static void parts_that_are_unsafe_are_changed(void **state)
{
	static const struct row rows[] = {
		{"https://a.example/%2e%2e/%2e%2e/x", "a.example/x.md"},
		{"https://a.example/..%2f..%2fx", "a.example/_.._.._x" FULL},
		{"https://a.example/a%5cb:c*d", "a.example/a_b_c_d" FULL},
		{"https://a.example/.git/config", "a.example/_.git/config" FULL},
		{"https://a.example/-rf", "a.example/_-rf" FULL},
		{"https://a.example/a./b", "a.example/a._/b" FULL},
		{"https://a.example/con/nul.txt/com1x",
		 "a.example/con_/nul.txt_/com1x" FULL},
		{"https://a.example/COM1", "a.example/COM1_" FULL},
		{"https://a.example/a.md/b", "a.example/a.md_/b" FULL},
		{"https://a.example/a.md", "a.example/a.md.md"},
		{"https://a.example/%00%0a%1b%e2%80%ae%ff",
		 "a.example/_____" FULL},
		{"https://records.jsonl/a", "records.jsonl_/a" FULL},
		{"https://[::1]/a", "___1_/a" FULL},
	};

	(void)state;
	CHECK(rows);
}

/* A limit for each part, and for all folders together. */
static void names_have_limits(void **state)
{
	struct buf url = {0}, name = {0};
	const char *last;

	(void)state;
	buf_addstr(&url, "https://a.example/");
	for (int i = 0; i < 5000; i++)
		buf_addstr(&url, i % 300 < 299 ? "\xc3\xa9" : "/");
	name_of(&name, buf_cstr(&url));
	assert_true(name.len < 1000);
	last = strrchr(name.data, '/');
	assert_true(strlen(last + 1) <= 143 - strlen(".12345678.tmp"));
	assert_non_null(strstr(last, FULL));
	buf_release(&url);
	buf_release(&name);
}

static void taken_names_get_all_digits(void **state)
{
	static const char url[] = "https://a.example/a";
	struct buf name = {0};

	(void)state;
	page_name_add(&name, (struct slice){url, strlen(url)}, true);
	assert_string_equal(buf_cstr(&name), "a.example/a~0dbb0e5bd1a82827.md");
	buf_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(path_of_the_url_is_the_path_of_the_file),
		cmocka_unit_test(what_a_name_lacks_is_in_its_digits),
		cmocka_unit_test(parts_that_are_unsafe_are_changed),
		cmocka_unit_test(names_have_limits),
		cmocka_unit_test(taken_names_get_all_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
