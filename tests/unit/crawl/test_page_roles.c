/* cmd/crawl/page_roles.c: which links of a worker process are accepted. A page
 * may have taken over the process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "cmd/crawl/page_roles.h"

static struct roles *two_roles(void)
{
	struct roles *roles = roles_new();

	roles_add(roles, "list");
	roles_add(roles, "detail");
	return roles;
}

/* Returns true if the link is accepted and gives a page. */
static bool accepts(const struct roles *roles, unsigned role,
		    const char *carried, size_t len)
{
	struct frontier_page page = {0};
	const bool is_accepted = page_roles_set(&page, roles,
						&(struct page_link){
		.role = role, .carried = {carried, len},
	});

	if (is_accepted) {
		assert_int_equal(page.role, role);
		assert_int_equal(page.carried != NULL, len > 0);
		if (len)
			assert_memory_equal(page.carried, carried, len + 1);
	} else {
		assert_null(page.carried);
	}
	free(page.carried);
	return is_accepted;
}

static void page_gets_what_its_link_has(void **state)
{
	static const char carried[] = "{\"a\":[1,\"\xc3\xa9\"]}";
	struct roles *roles = two_roles();

	(void)state;
	assert_true(accepts(NULL, 0, "", 0));
	assert_true(accepts(roles, 0, "", 0));
	assert_true(accepts(roles, 1, carried, strlen(carried)));
	roles_free(roles);
}

static void impossible_links_are_refused(void **state)
{
	static const char *const texts[] = {
		"{", "[]", "1", "{}{}", "{\"a\":1}x", "{\"a\":\"\xff\"}",
		"{\"a\":\"\n\"}", "{a:1}", " {}x",
	};
	struct roles *roles = two_roles();
	char *large = xcalloc(1, CARRIED_MAX + 2);

	(void)state;
	assert_false(accepts(roles, 2, "", 0));
	assert_false(accepts(roles, UINT32_MAX, "", 0));
	assert_false(accepts(NULL, 1, "", 0));
	assert_false(accepts(NULL, 0, "{}", 2));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (accepts(roles, 0, texts[i], strlen(texts[i])))
			fail_msg("accepted: %s", texts[i]);
	assert_false(accepts(roles, 0, "{}\0x", 4));
	memset(large, ' ', CARRIED_MAX + 1);
	memcpy(large, "{}", 2);
	assert_false(accepts(roles, 0, large, CARRIED_MAX + 1));
	free(large);
	roles_free(roles);
}

static void rows_are_those_of_the_chosen_roles(void **state)
{
	struct roles *roles = two_roles();

	(void)state;
	roles->list[0].has_rows = false;
	assert_false(page_roles_have_row(roles, &(struct frontier_page){0}));
	assert_true(page_roles_have_row(roles,
					&(struct frontier_page){.role = 1}));
	assert_true(page_roles_have_row(NULL, &(struct frontier_page){0}));
	roles_free(roles);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_gets_what_its_link_has),
		cmocka_unit_test(impossible_links_are_refused),
		cmocka_unit_test(rows_are_those_of_the_chosen_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
