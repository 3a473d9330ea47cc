#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/new_file.h"
#include "cmd/output/formula.h"

/* Each test has a folder of its own, and works in it. */
static int enter(void **state)
{
	static char folder[64];

	snprintf(folder, sizeof(folder), "/tmp/scrape-new-file-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave(void **state)
{
	static const char *const names[] = {"a", "b", "link", "other"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(names[i]);
	/* rmdir() fails if a test has left a file in the folder. */
	return chdir("/") || rmdir(*state) ? -1 : 0;
}

static void put(const char *name, const char *text, mode_t mode)
{
	const int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, mode);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static void expect(const char *name, const char *text)
{
	char found[64] = "";
	const int fd = open(name, O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, found, sizeof(found) - 1) >= 0);
	close(fd);
	assert_string_equal(found, text);
}

static void the_old_file_stays_until_the_new_one_is_kept(void **state)
{
	struct new_file f;
	struct stat st;

	(void)state;
	put("a", "old", 0600);
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(new_file_open(&f, "link"), 0);
	assert_int_equal(write(f.fd, "new", 3), 3);
	expect("a", "old");
	assert_int_equal(new_file_commit(&f, NULL), 0);
	expect("a", "new");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void a_new_file_that_is_dropped_leaves_nothing(void **state)
{
	struct new_file f, none = {.fd = -1};

	(void)state;
	assert_int_equal(new_file_open(&f, "a"), 0);
	new_file_discard(&f);
	assert_int_equal(f.fd, -1);
	new_file_discard(&none);
	assert_int_equal(access("a", F_OK), -1);
	assert_int_equal(new_file_open(&f, "no/such/folder"), ENOENT);
	assert_int_equal(f.fd, -1);
}

static void new_file_may_take_another_name(void **state)
{
	struct new_file f;

	(void)state;
	put("a", "old", 0644);
	assert_int_equal(new_file_open(&f, "a"), 0);
	assert_int_equal(write(f.fd, "new", 3), 3);
	assert_int_equal(new_file_commit(&f, "b"), 0);
	expect("a", "old");
	expect("b", "new");
}

static void file_renamed_before_the_lock_is_stale(void **state)
{
	int fd, again;

	(void)state;
	put("a", "x", 0600);
	fd = open("a", O_WRONLY);
	assert_int_equal(file_lock_by_name(fd, "a"), 0);
	again = open("a", O_WRONLY);
	assert_int_equal(file_lock_by_name(again, "a"), EBUSY);
	close(again);
	assert_int_equal(rename("a", "b"), 0);
	assert_int_equal(file_lock_by_name(fd, "a"), ESTALE);
	put("a", "y", 0600);
	assert_int_equal(file_lock_by_name(fd, "a"), ESTALE);
	assert_int_equal(file_lock_by_name(fd, "b"), 0);
	close(fd);
}

static void names_in_dev_are_special(void **state)
{
	(void)state;
	put("a", "x", 0600);
	assert_true(new_file_is_special("/dev/stdout"));
	assert_true(new_file_is_special("/dev/null"));
	assert_true(new_file_is_special("/proc/self/fd/1"));
	assert_true(new_file_is_special("/tmp"));
	assert_false(new_file_is_special("a"));
	assert_false(new_file_is_special("b"));
}

static void numbers_are_not_formulas(void **state)
{
	static const char *const formulas[] = {
		"=", "=1+1", "+49 30", "-", "--1", "-1-1", "@a", "\t=1", "\r",
		"\n=1", " =1", "-1e", "-.", "+.e1", "\xef\xbc\x9d" "1", "-1 ",
		"+1,5",
	};
	static const char *const others[] = {
		"", " ", "1", "-1", "+1", "-1.5", "-.5", "-5.", "+1e9",
		"-1E-30", "a=1", "'=1", "{\"a\":1}", "\xef\xbc",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(formulas) / sizeof(*formulas); i++)
		if (!formula_is((struct slice){formulas[i],
					       strlen(formulas[i])}))
			fail_msg("no formula: %s", formulas[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (formula_is((struct slice){others[i], strlen(others[i])}))
			fail_msg("a formula: %s", others[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_old_file_stays_until_the_new_one_is_kept, enter,
			leave),
		cmocka_unit_test_setup_teardown(
			a_new_file_that_is_dropped_leaves_nothing, enter,
			leave),
		cmocka_unit_test_setup_teardown(
			new_file_may_take_another_name, enter,
						leave),
		cmocka_unit_test_setup_teardown(
			file_renamed_before_the_lock_is_stale, enter,
			leave),
		cmocka_unit_test_setup_teardown(names_in_dev_are_special, enter,
						leave),
		cmocka_unit_test(numbers_are_not_formulas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
