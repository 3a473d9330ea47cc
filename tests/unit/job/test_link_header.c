#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/job/link_header.h"
#include "tests/unit/exact_copy.h"

/* target NULL: no link is found. */
static const struct {
	const char *fields, *rel, *target;
} rows[] = {
	{"<https://a/?page=2>; rel=\"next\"", "next", "https://a/?page=2"},
	{"<b>; rel=next", "next", "b"},
	{"<b>;rel=next", "next", "b"},
	{"<b> ; rel = \"next\" ", "next", "b"},
	{"<b>; REL=\"NeXt\"", "nExT", "b"},
	{"<b>; title=\"x\"; rel=\"next\"; type=t", "next", "b"},
	{"<b>; title=\"a, <c>; rel=next\"; rel=prev, <d>; rel=next", "next",
	 "d"},
	{"<b>; title=\"\\\"; rel=next\"; rel=prev", "next", NULL},
	{"<b>; title=\"\\\"; rel=next; \\\"\"; rel=prev", "next", NULL},
	{"<b>; rel=\"prev next\"", "next", "b"},
	{"<b>; rel=\" prev\t next \"", "next", "b"},
	{"<b>; rel=prev next", "next", "b"},
	{"<b>; rel=\"ne\\xt\"", "next", "b"},
	{"<b>; rel=\"nextt\"", "next", NULL},
	{"<b>; rel=\"nex\"", "next", NULL},
	{"<b>; rel=\"\"", "next", NULL},
	{"<b>; rel", "next", NULL},
	{"<b>; rel=", "next", NULL},
	{"<b>", "next", NULL},
	{"<>; rel=next", "next", ""},
	{"<a,b;c>; rel=next", "next", "a,b;c"},
	{"<p>; rel=prev, <n>; rel=next, <l>; rel=last", "next", "n"},
	{"<n>; rel=next, <m>; rel=next", "next", "n"},
	{"<n>; rel=prev; rel=next", "next", NULL},
	{"<n>; rel=next; rel=prev", "next", "n"},
	{"<n>; rev=next", "next", NULL},
	{"<n>; rel=next; anchor=\"#x\", <m>; rel=next", "next", "m"},
	{"<n>; rel*=UTF-8''next", "next", NULL},
	{"<n>; rel=\"https://x/rel/Next\"", "https://x/rel/next", "n"},
	{", ,, <n>; rel=next,", "next", "n"},
	{"<n>;;; rel=next", "next", "n"},
	{"<n>; ; rel=next ;", "next", "n"},
	{"nonsense; rel=next, <n>; rel=next", "next", "n"},
	{"\"<m>; rel=next, \", <n>; rel=next", "next", "n"},
	{"<n>; rel=\"next", "next", "n"},
	{"<n>; rel=\"next\\", "next", "n"},
	{"<n>; rel=\"next\"junk; x=1", "next", "n"},
	{"<n>junk; rel=next", "next", "n"},
	{"<n; rel=next", "next", NULL},
	{"n>; rel=next", "next", NULL},
	{"<", "next", NULL},
	{"", "next", NULL},
	{",", "next", NULL},
	{"<n>;", "next", NULL},
	{"<n>; =next", "next", NULL},
};

static void links_are_found_as_rfc_8288_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *f = rows[i].fields, *expected = rows[i].target;
		struct slice target = {"?", 1};
		const bool found = link_header_find(
			(struct slice){f, strlen(f)}, rows[i].rel, &target);

		if (found != (expected != NULL))
			fail_msg("%s: %sfound", f, found ? "" : "not ");
		if (!found)
			continue;
		if (target.len != strlen(expected) ||
		    memcmp(target.p, expected, target.len))
			fail_msg("%s: %.*s", f, (int)target.len, target.p);
	}
}

static void no_prefix_of_a_field_reads_past_its_end(void **state)
{
	static const char whole[] =
		"<a>; t=\"x\\\"y\"; rel=\"prev\", <b> ; rel = \"n\\ext\"; q";
	/* The closing quote may be missing. */
	const size_t complete = strlen(whole) - strlen("\"; q");

	(void)state;
	for (size_t len = 0; len < sizeof(whole); len++) {
		char *copy = exact_copy(whole, len);
		struct slice target;
		const bool found = link_header_find(
			(struct slice){copy, len}, "next", &target);

		assert_int_equal(found, len >= complete);
		if (found)
			assert_memory_equal(target.p, "b", target.len);
		exact_free(copy);
	}
}

static void long_fields_take_one_pass(void **state)
{
	static const char *const pieces[] = {
		"<", "<;", "<>", "<a>; rel=prev, ", "\"", "\\", "<a>;", ",",
		"<a>; rel=\"", "<a>; rel=\"x ", ";", "=", " ", "<a>;rel=\"\\",
	};
	enum { LONG = 300 << 10 };
	struct slice target;

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct buf b = {0};

		while (b.len < LONG)
			buf_addstr(&b, pieces[i]);
		assert_false(link_header_find((struct slice){b.data, b.len},
					      "next", &target));
		buf_release(&b);
	}
}

static void a_link_behind_300_kb_of_others_is_found(void **state)
{
	struct buf b = {0};
	struct slice target;

	(void)state;
	while (b.len < 300 << 10)
		buf_addstr(&b, "<https://a/b>; rel=\"alternate\", ");
	buf_addstr(&b, "<n>; rel=\"next\"");
	assert_true(link_header_find((struct slice){b.data, b.len}, "next",
				     &target));
	assert_int_equal(target.len, 1);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_are_found_as_rfc_8288_says),
		cmocka_unit_test(no_prefix_of_a_field_reads_past_its_end),
		cmocka_unit_test(long_fields_take_one_pass),
		cmocka_unit_test(a_link_behind_300_kb_of_others_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
