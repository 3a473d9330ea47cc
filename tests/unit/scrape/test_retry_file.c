/* The file of --retry-failed when system calls fail: each call in turn fails
 * once. Whichever call fails, FILE has the old or the new records, all of them,
 * and the next run brings the new ones into FILE. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/exit_code.h"
#include "base/file.h"
#include "cmd/options/options.h"
#include "cmd/scrape/retry_file.h"
#include "tests/unit/failing_calls.h"

/* --- The calls ------------------------------------------------------------ */

WRAP(int, fstat, (int fd, struct stat *st), (fd, st))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, access, (const char *path, int how), (path, how))
WRAP(int, rename, (const char *from, const char *to), (from, to))
WRAP(int, fseeko, (FILE *file, off_t at, int whence), (file, at, whence))
WRAP(int, fflush, (FILE *file), (file))
WRAP(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len))
WRAP(ssize_t, getline, (char **line, size_t *room, FILE *file),
     (line, room, file))
WRAP_VALUE(0, size_t, fwrite,
	   (const void *from, size_t size, size_t count, FILE *file),
	   (from, size, count, file))
WRAP_VALUE(NULL, FILE *, fdopen, (int fd, const char *mode), (fd, mode))
WRAP_VALUE(NULL, FILE *, fopen, (const char *path, const char *mode),
	   (path, mode))
WRAP_VALUE(NULL, char *, realpath, (const char *path, char *to), (path, to))

extern int __real_open(const char *path, int flags, ...);
extern int __wrap_open(const char *path, int flags, ...);
extern int __real_close(int fd);
extern int __wrap_close(int fd);
extern void __wrap_log_fatal(const char *format, ...);

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode = 0;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return fails() ? -1 : __real_open(path, flags, mode);
}

/* The descriptor is closed even if close() fails (close(2)). */
int __wrap_close(int fd)
{
	const bool fail = fails();
	const int result = __real_close(fd);

	if (!fail)
		return result;
	errno = failure;
	return -1;
}

static unsigned messages;

void __wrap_log_fatal(const char *format, ...)
{
	(void)format;
	messages++;
}

/* --- A folder for each test ----------------------------------------------- */

#define RECORD(index, status) \
	"{\"index\":" index ",\"url\":\"http://a/" index "\",\"final_url\":" \
	"null,\"status\":" status ",\"ok\":false,\"error\":null," \
	"\"attempts\":1}\n"
#define LEFT "a.scrape-retry"

static const char old[] = RECORD("0", "200") RECORD("1", "500")
			  RECORD("2", "404");
static const char retried[] = RECORD("2", "201") RECORD("1", "202");
static const char new[] = RECORD("0", "200") RECORD("1", "202")
			  RECORD("2", "201");

static const struct options options = {.output = (char[]){"a"}};

static int enter(void **state)
{
	static char folder[64];

	messages = 0;
	snprintf(folder, sizeof(folder), "/tmp/scrape-retry-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave(void **state)
{
	char command[128];

	fails_at = 0;
	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	return chdir("/") || system(command);
}

static void put(const char *name, int flags, const char *text)
{
	const int fd = __real_open(name, O_WRONLY | O_CREAT | flags, 0644);

	assert_true(fd >= 0);
	assert_int_equal(__real_write(fd, text, strlen(text)), strlen(text));
	__real_close(fd);
}

static bool has(const char *name, const char *expected)
{
	struct buf text = {0}, why = {0};
	bool same;

	assert_int_equal(file_read(&text, name, &why), 0);
	same = !strcmp(buf_cstr(&text), expected);
	buf_release(&text);
	buf_release(&why);
	return same;
}

static bool exists(const char *name)
{
	return !__real_access(name, F_OK);
}

/* Makes the file that a killed run leaves. */
static void leave_new_records(void)
{
	char *path;

	put("a", O_TRUNC, old);
	path = retry_file_create(&options);
	assert_non_null(path);
	free(path);
	put(LEFT, O_APPEND, retried);
}

/* --- Tests ---------------------------------------------------------------- */

static void file_is_created_with_its_header_or_not_at_all(void **state)
{
	const size_t before = count_descriptors();

	(void)state;
	put("a", 0, old);
	for (unsigned n = 1, failed = true; failed; n++) {
		char *path;

		messages = 0;
		fail_at(n);
		path = retry_file_create(&options);
		failed = has_failed();
		assert_true(failed || path);
		assert_int_equal(messages, !path);
		assert_int_equal(exists(LEFT), path != NULL);
		if (path)
			assert_true(!unlink(path));
		free(path);
		assert_int_equal(count_descriptors(), before);
		assert_true(has("a", old));
	}
	/* Another file of that name is not overwritten. */
	put(LEFT, 0, "text");
	assert_null(retry_file_create(&options));
	assert_true(has(LEFT, "text"));
	unlink("a");
	assert_null(retry_file_create(&options));
}

static void new_records_replace_the_old_ones_or_stay_beside_them(void **state)
{
	const size_t before = count_descriptors();
	struct buf why = {0};
	unsigned failures = 0;

	(void)state;
	for (unsigned n = 1, failed = true; failed; n++) {
		int err;

		leave_new_records();
		buf_clear(&why);
		fail_at(n);
		err = retry_file_finish(&options, LEFT, &why);
		failed = has_failed();
		assert_true(failed || !err);
		assert_int_equal(err != 0, why.len != 0);
		assert_true(has("a", err ? old : new));
		assert_int_equal(exists(LEFT), err != 0);
		assert_int_equal(count_descriptors(), before);
		failures += err != 0;
		/* The next run puts the new records into the file. */
		assert_int_equal(retry_file_recover(&options), 0);
		assert_true(has("a", new));
		assert_false(exists(LEFT));
	}
	assert_true(failures > 10);
	buf_release(&why);
}

static void records_of_a_killed_run_are_taken_in_or_stay(void **state)
{
	const size_t before = count_descriptors();
	unsigned failures = 0;

	(void)state;
	for (unsigned n = 1, failed = true; failed; n++) {
		int code;

		leave_new_records();
		messages = 0;
		fail_at(n);
		code = retry_file_recover(&options);
		failed = has_failed();
		assert_true(failed || !code);
		assert_int_equal(messages, code != 0);
		assert_int_equal(count_descriptors(), before);
		failures += code != 0;
		if (code)
			assert_true(has("a", old) && exists(LEFT));
		assert_int_equal(retry_file_recover(&options), 0);
		assert_true(has("a", new));
		unlink(LEFT);
		unlink(LEFT "~");
	}
	assert_true(failures > 10);
}

static void file_of_other_contents_is_set_aside(void **state)
{
	(void)state;
	leave_new_records();
	put("a", O_APPEND, RECORD("3", "200"));
	assert_int_equal(retry_file_recover(&options), 0);
	assert_false(exists(LEFT));
	assert_true(exists(LEFT "~"));
	/* Half of its first line: the run was killed when it wrote it. */
	put(LEFT, 0, "{\"");
	assert_int_equal(retry_file_recover(&options), 0);
	assert_true(has(LEFT "~", "{\""));
	assert_false(exists(LEFT));
	/* The file cannot be renamed. */
	put(LEFT, 0, "{\"");
	unlink(LEFT "~");
	assert_int_equal(mkdir(LEFT "~", 0777), 0);
	assert_int_equal(retry_file_recover(&options), EXIT_NOT_COMPLETED);
	assert_true(has(LEFT, "{\""));
}

static void what_is_not_a_file_of_the_user_is_in_the_way(void **state)
{
	(void)state;
	leave_new_records();
	assert_int_equal(link(LEFT, "b"), 0);
	assert_int_equal(retry_file_recover(&options), EXIT_NOT_COMPLETED);
	unlink(LEFT);
	assert_int_equal(symlink("b", LEFT), 0);
	assert_int_equal(retry_file_recover(&options), EXIT_NOT_COMPLETED);
	unlink(LEFT);
	assert_int_equal(mkfifo(LEFT, 0600), 0);
	assert_int_equal(retry_file_recover(&options), EXIT_NOT_COMPLETED);
	unlink(LEFT);
	if (geteuid() == 0) {
		assert_int_equal(rename("b", LEFT), 0);
		assert_int_equal(chown(LEFT, 1, 1), 0);
		assert_int_equal(retry_file_recover(&options),
				 EXIT_NOT_COMPLETED);
		/* The owner of FILE may have run the program as another
		 * user. */
		assert_int_equal(chown("a", 1, 1), 0);
		assert_int_equal(retry_file_recover(&options), 0);
		assert_true(has("a", new));
	} else {
		assert_true(has("a", old));
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(file_is_created_with_its_header_or_not_at_all),
		TEST(new_records_replace_the_old_ones_or_stay_beside_them),
		TEST(records_of_a_killed_run_are_taken_in_or_stay),
		TEST(file_of_other_contents_is_set_aside),
		TEST(what_is_not_a_file_of_the_user_is_in_the_way),
	};

	main_thread = pthread_self();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
