#include "cmd/warc/writer/past.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static int each_is_not_called(void *ctx, size_t file,
			      const struct warc_line *line)
{
	(void)ctx;
	(void)file;
	(void)line;
	fail();
	return 0;
}

/* The journal is a folder, which can be opened, but not read. */
static void journal_that_cannot_be_read_is_not_a_short_one(void **state)
{
	static char folder[] = "/";
	const struct warc_journal j = {.path = folder, .fd = -1, .end = 100};
	struct warc_past past;

	(void)state;
	assert_int_equal(warc_past_read(&past, &j, "run"), EISDIR);
	past.end = j.end;
	assert_int_equal(warc_past_each(&past, &j, each_is_not_called, NULL),
			 EISDIR);
	warc_past_release(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			journal_that_cannot_be_read_is_not_a_short_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
