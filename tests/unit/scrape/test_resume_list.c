/* cmd/scrape/resume_list.c: the list of a run that is continued. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "cmd/scrape/resume_list.h"

#define RECORD(index) "{\"index\":" index ",\"url\":\"http://a/" index "\"," \
		      "\"final_url\":null,\"status\":200,\"ok\":true," \
		      "\"error\":null,\"attempts\":1}\n"

static bool all_are_regular, reads_fail;

extern int __real_stat(const char *path, struct stat *st);
extern int __wrap_stat(const char *path, struct stat *st);
extern ssize_t __real_read(int fd, void *to, size_t len);
extern ssize_t __wrap_read(int fd, void *to, size_t len);

/* Simulates a file that is replaced between stat() and open(). */
int __wrap_stat(const char *path, struct stat *st)
{
	const int result = __real_stat(path, st);

	if (all_are_regular)
		st->st_mode = S_IFREG | 0644;
	return result;
}

ssize_t __wrap_read(int fd, void *to, size_t len)
{
	if (!reads_fail)
		return __real_read(fd, to, len);
	errno = EIO;
	return -1;
}

/* Each test has a folder of its own, and works in it. */
static int enter(void **state)
{
	static char folder[64];

	snprintf(folder, sizeof(folder), "/tmp/scrape-list-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave(void **state)
{
	static const char *const names[] = {"out", "list", "more"};

	all_are_regular = reads_fail = false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(names[i]);
	return chdir("/") || rmdir(*state) ? -1 : 0;
}

static void put(const char *name, const char *text)
{
	const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* Checks the sources a and b as a list. Returns the exit code for an output
 * with the records 0 and 2. */
static int check(const char *a, const char *b)
{
	const char *items[] = {a, b};
	struct options o = {.sources = {items, b ? 2 : 1}};
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct resume *r;
	int code;

	put("out", RECORD("2") RECORD("0"));
	r = resume_open("out", NULL);
	assert_non_null(r);
	code = resume_check_list(r, loop, &o);
	resume_close(r);
	loop_close(loop);
	return code;
}

static void own_list_is_continued(void **state)
{
	(void)state;
	put("list", "http://a/0\nhttp://a/1\nhttp://a/2\nhttp://a/3\n");
	assert_int_equal(check("list", NULL), 0);
	put("list", "http://a/0\nhttp://a/1\n");
	assert_int_equal(check("list", "http://a/2"), 0);
	put("more", "http://a/2\n");
	assert_int_equal(check("list", "more"), 0);
}

static void another_list_is_a_usage_error(void **state)
{
	(void)state;
	put("list", "http://a/0\nhttp://a/1\nhttp://a/x\n");
	assert_int_equal(check("list", NULL), 2);
	/* The list is shorter than the output. */
	put("list", "http://a/0\nhttp://a/1\n");
	assert_int_equal(check("list", NULL), 2);
	assert_int_equal(check("http://a/0", NULL), 2);
}

static void list_that_can_be_read_only_once_is_checked_later(void **state)
{
	(void)state;
	assert_int_equal(check("-", NULL), 0);
	assert_int_equal(mkfifo("list", 0600), 0);
	assert_int_equal(check("list", NULL), 0);
	assert_int_equal(check("http://a/x", "list"), 0);
	assert_int_equal(check("more", NULL), 0);
}

static void output_without_records_is_of_any_list(void **state)
{
	struct options o = {0};
	struct resume *r;

	(void)state;
	put("out", "");
	r = resume_open("out", NULL);
	assert_int_equal(resume_check_list(r, NULL, &o), 0);
	resume_close(r);
}

static void list_that_cannot_be_read_is_an_error(void **state)
{
	struct resume *r;
	struct loop *loop = loop_open(LOOP_EPOLL);
	const char *items[] = {"list"};
	struct options o = {.sources = {items, 1}};

	(void)state;
	put("list", "http://a/0\nhttp://a/1\nhttp://a/2\n");
	put("out", RECORD("2") RECORD("0"));
	r = resume_open("out", NULL);
	reads_fail = true;
	assert_int_equal(resume_check_list(r, loop, &o), 3);
	reads_fail = false;
	resume_close(r);
	loop_close(loop);
}

/* The list has become a named pipe, which is read to its end. */
static void list_that_comes_slowly_is_read_to_its_end(void **state)
{
	static const char *const parts[] = {
		"http://a/0\nhttp:", "//a/1\n", "http://a/x\n",
	};
	pid_t pid;

	(void)state;
	assert_int_equal(mkfifo("list", 0600), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		const int fd = open("list", O_WRONLY);

		for (int i = 0; i < 3; i++) {
			(void)!write(fd, parts[i], strlen(parts[i]));
			usleep(30000);
		}
		_exit(0);
	}
	all_are_regular = true;
	assert_int_equal(check("list", NULL), 2);
	all_are_regular = false;
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(own_list_is_continued),
		TEST(another_list_is_a_usage_error),
		TEST(list_that_can_be_read_only_once_is_checked_later),
		TEST(output_without_records_is_of_any_list),
		TEST(list_that_cannot_be_read_is_an_error),
		TEST(list_that_comes_slowly_is_read_to_its_end),
	};

	log_set_level(LOG_QUIET);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
