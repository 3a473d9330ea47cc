/*
 * The files of an output when system calls fail: files of --resume, and files
 * that are sorted, replaced or written as a new file. Each call in turn fails
 * once. Whichever call fails, no record is lost, no step stays incomplete
 * without a message, and no descriptor and no temporary file is left behind.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file_lock.h"
#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/options/options.h"
#include "cmd/output/format.h"
#include "cmd/output/output.h"
#include "cmd/scrape/record_order.h"
#include "cmd/scrape/renumber.h"
#include "cmd/scrape/resume.h"
#include "cmd/scrape/table_rows.h"
#include "pool/loop.h"
#include "tests/unit/failing_calls.h"

/* --- The calls ------------------------------------------------------------ */

static bool names_change;	/* stat() finds another file than open() */
static bool names_come_back;	/* another program creates the renamed file
				 * again */
static unsigned signal_at;	/* number of the call that the signal
				 * interrupts; 0: none */
static unsigned questions;

WRAP(int, fstat, (int fd, struct stat *st), (fd, st))
WRAP(int, ftruncate, (int fd, off_t length), (fd, length))
WRAP(int, fsync, (int fd), (fd))
WRAP(int, dup, (int fd), (fd))
WRAP(int, fseeko, (FILE *file, off_t at, int whence), (file, at, whence))
WRAP(int, fflush, (FILE *file), (file))
WRAP(ssize_t, pwrite, (int fd, const void *from, size_t len, off_t at),
     (fd, from, len, at))
WRAP(ssize_t, getline, (char **line, size_t *room, FILE *file),
     (line, room, file))
WRAP_VALUE(0, size_t, fwrite,
	   (const void *from, size_t size, size_t count, FILE *file),
	   (from, size, count, file))
WRAP_VALUE(0, size_t, fread, (void *to, size_t size, size_t count, FILE *file),
	   (to, size, count, file))
WRAP_VALUE(NULL, FILE *, fdopen, (int fd, const char *mode), (fd, mode))
WRAP_VALUE(NULL, FILE *, fopen, (const char *path, const char *mode),
	   (path, mode))
WRAP_VALUE(NULL, char *, realpath, (const char *path, char *to), (path, to))

extern int __real_rename(const char *from, const char *to);
extern int __wrap_rename(const char *from, const char *to);
extern int __real_open(const char *path, int flags, ...);
extern int __wrap_open(const char *path, int flags, ...);
extern int __real_close(int fd);
extern int __wrap_close(int fd);
extern int __real_stat(const char *path, struct stat *st);
extern int __wrap_stat(const char *path, struct stat *st);
extern int __real_signals_caught(void);
extern int __wrap_signals_caught(void);

int __wrap_rename(const char *from, const char *to)
{
	const int result = fails() ? -1 : __real_rename(from, to);

	if (names_come_back)
		__real_close(__real_open(from, O_WRONLY | O_CREAT, 0644));
	return result;
}

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

int __wrap_stat(const char *path, struct stat *st)
{
	const int result = fails() ? -1 : __real_stat(path, st);

	if (names_change)
		st->st_ino++;
	return result;
}

int __wrap_signals_caught(void)
{
	return signal_at && ++questions == signal_at ? SIGINT
						     : __real_signals_caught();
}

/* --- A folder for each test ----------------------------------------------- */

#define RECORD(index) "{\"index\":" index ",\"url\":\"http://a/" index "\"," \
		      "\"final_url\":null,\"status\":200,\"ok\":true," \
		      "\"error\":null,\"attempts\":1}"

static const char jumbled[] = RECORD("2") "\n" RECORD("0") "\n" RECORD("3")
			      "\n" RECORD("1") "\n";
static const char in_order[] = RECORD("0") "\n" RECORD("1") "\n" RECORD("2")
			       "\n" RECORD("3") "\n";

static int enter(void **state)
{
	static char folder[64];

	snprintf(folder, sizeof(folder), "/tmp/scrape-files-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static void clear_folder(void)
{
	DIR *dir = opendir(".");
	const struct dirent *e;

	assert_non_null(dir);
	while ((e = readdir(dir)))
		if (e->d_name[0] != '.')
			unlink(e->d_name);
	closedir(dir);
}

static int leave(void **state)
{
	fails_at = signal_at = 0;
	names_change = false;
	clear_folder();
	return chdir("/") || rmdir(*state) ? -1 : 0;
}

static size_t count_files(void)
{
	DIR *dir = opendir(".");
	const struct dirent *e;
	size_t count = 0;

	assert_non_null(dir);
	while ((e = readdir(dir)))
		count += e->d_name[0] != '.';
	closedir(dir);
	return count;
}

static void put_bytes(const char *name, const char *bytes, size_t len)
{
	const int fd = __real_open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	__real_close(fd);
}

static void put(const char *name, const char *text)
{
	put_bytes(name, text, strlen(text));
}

static struct buf get(const char *name)
{
	const int fd = __real_open(name, O_RDONLY);
	struct buf b = {0};
	ssize_t len;

	if (fd < 0)
		return b;
	while ((len = read(fd, buf_reserve(&b, 4096), 4096)) > 0)
		b.len += (size_t)len;
	__real_close(fd);
	return b;
}

static bool has(const char *name, const char *text)
{
	struct buf b = get(name);
	const bool same = b.len == strlen(text) &&
			  !memcmp(buf_cstr(&b), text, b.len);

	buf_release(&b);
	return same;
}

static void expect(const char *name, const char *text)
{
	struct buf b = get(name);

	assert_string_equal(buf_cstr(&b), text);
	buf_release(&b);
}

/* --- Order ---------------------------------------------------------------- */

static int order(const char *name, uint64_t records, struct buf *why)
{
	buf_clear(why);
	return record_order(name, true, false, NULL, records, why);
}

static void sorted_output_is_complete_or_absent(void **state)
{
	const size_t before = count_descriptors();
	struct buf why = {0};
	unsigned n = 1, failures = 0, leftovers = 0;
	bool failed = true;

	(void)state;
	for (; failed; n++) {
		int result;

		put("a", jumbled);
		fail_at(n);
		result = order("a", 4, &why);
		failed = has_failed();
		assert_true(failed || !result);
		assert_int_equal(result != 0, why.len != 0);
		expect("a", result ? jumbled : in_order);
		leftovers += count_files() > 1;
		assert_int_equal(count_descriptors(), before);
		failures += result != 0;
	}
	/* If the owner of the new file cannot be determined, the file stays
	 * until the next run. */
	assert_int_equal(leftovers, 1);
	assert_int_equal(count_files(), 1);
	/* Failing to set the owner or the mode is not an error. */
	assert_true(failures > 10 && failures < n);
	buf_release(&why);
}

/* The line of column names stays in front. */
static void sorted_table_is_complete_or_absent(void **state)
{
	static const char rows[] = "index,url\r\n1,http://a/1\r\n"
				   "0,\"http://a/\n0\"\r\n",
			  sorted[] = "index,url\r\n0,\"http://a/\n0\"\r\n"
				     "1,http://a/1\r\n";
	const struct options o = {.format = format_find("csv"),
				  .columns = (char[]){"index,url"}};
	struct table_rows *table = table_rows_new(&o);
	struct buf why = {0};
	unsigned failures = 0;
	bool failed = true;

	(void)state;
	assert_non_null(table);
	for (unsigned n = 1; failed; n++) {
		int result;

		put("a", rows);
		fail_at(n);
		buf_clear(&why);
		result = record_order("a", true, false, table, 2, &why);
		failed = has_failed();
		assert_true(failed || !result);
		assert_int_equal(result != 0, why.len != 0);
		expect("a", result ? rows : sorted);
		failures += result != 0;
	}
	assert_true(failures > 10);
	table_rows_free(table);
	buf_release(&why);
}

/* The list has changed: its first request is new, the second had another index,
 * and the others are gone. */
static void renumbered_output_is_complete_or_unchanged(void **state)
{
	static const char moved[] = "{\"index\":1,\"url\":\"http://a/2\","
				    "\"final_url\":null,\"status\":200,"
				    "\"ok\":true,\"error\":null,"
				    "\"attempts\":1}\n",
			  gone[] = RECORD("0") "\n" RECORD("3") "\n"
				   RECORD("1") "\n";
	const char *urls[] = {"http://a/4", "http://a/2"};
	struct options o = {.output = (char[]){"a"}, .resume = RESUME_BY_URL};
	struct loop *loop = loop_open(LOOP_EPOLL);
	unsigned failures = 0;
	bool failed = true;

	(void)state;
	o.sources.items = urls;
	o.sources.len = 2;
	for (unsigned n = 1; failed; n++) {
		int code;

		clear_folder();
		put("a", jumbled);
		fail_at(n);
		code = renumber_records(loop, &o);
		failed = has_failed();
		assert_true(failed || !code);
		expect("a", code ? jumbled : moved);
		failures += code != 0;
		/* The next run moves them; a record may be moved twice, but
		 * none is lost. */
		if (code)
			unlink("a.removed");
		assert_int_equal(renumber_records(loop, &o), 0);
		expect("a", moved);
		expect("a.removed", gone);
	}
	assert_true(failures > 20);
	loop_close(loop);
}

static void signal_while_sorting_leaves_the_file_unchanged(void **state)
{
	struct buf why = {0};
	unsigned n = 1;

	(void)state;
	for (;; n++) {
		int result;

		put("a", jumbled);
		questions = 0;
		signal_at = n;
		result = order("a", 4, &why);
		signal_at = 0;
		if (questions < n)
			break;
		assert_int_equal(result, -1);
		assert_string_equal(buf_cstr(&why), strerror(EINTR));
		expect("a", jumbled);
		assert_int_equal(count_files(), 1);
	}
	/* The signal is checked twice for each record. */
	assert_int_equal(n, 9);
	expect("a", in_order);
	buf_release(&why);
}

/* Limits the size of files, so that there is no space for the sorted one. */
static void sorting_without_space_leaves_the_file_unchanged(void **state)
{
	const struct rlimit before = {RLIM_INFINITY, RLIM_INFINITY};
	struct rlimit limit = {.rlim_max = RLIM_INFINITY};
	struct buf why = {0}, many = {0}, there;

	(void)state;
	/* More than the buffer of the C library holds. */
	for (int i = 400; i--;)
		buf_addf(&many, "{\"index\":%d,\"url\":\"http://a/%d\","
			 "\"final_url\":null,\"status\":200,\"ok\":true,"
			 "\"error\":null,\"attempts\":1}\n", i, i);
	put("a", buf_cstr(&many));
	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t size = 1; size <= 20001; size += 10000) {
		limit.rlim_cur = size;
		setrlimit(RLIMIT_FSIZE, &limit);
		assert_int_equal(order("a", 400, &why), -1);
		setrlimit(RLIMIT_FSIZE, &before);
		assert_string_equal(buf_cstr(&why), strerror(EFBIG));
		there = get("a");
		assert_string_equal(buf_cstr(&there), many.data);
		buf_release(&there);
		assert_int_equal(count_files(), 1);
	}
	buf_release(&many);
	buf_release(&why);
}

static void file_that_has_changed_is_left_alone(void **state)
{
	static const char nuls[] = RECORD("0") "\n\0\0\n" RECORD("1") "\n";
	struct buf why = {0}, there;

	(void)state;
	put("a", jumbled);
	assert_int_equal(order("a", 5, &why), -1);
	assert_string_equal(buf_cstr(&why), "it has 4 records, not 5");
	expect("a", jumbled);
	/* A last record without the end of its line gets one. */
	put_bytes("a", jumbled, sizeof(jumbled) - 2);
	assert_int_equal(order("a", 4, &why), 0);
	expect("a", in_order);
	put("a", "words\n");
	assert_int_equal(order("a", 1, &why), -1);
	expect("a", "words\n");
	put("a", "");
	assert_int_equal(order("a", 0, &why), 0);
	put("a", "\n");
	assert_int_equal(order("a", 0, &why), -1);
	assert_int_equal(order("missing", 0, &why), -1);
	assert_string_equal(buf_cstr(&why), strerror(ENOENT));
	/* Sorting also removes the damaged lines. */
	put_bytes("a", nuls, sizeof(nuls) - 1);
	assert_int_equal(order("a", 2, &why), 0);
	there = get("a");
	assert_string_equal(buf_cstr(&there), RECORD("0") "\n" RECORD("1")
			    "\n");
	assert_int_equal(there.len, strlen(there.data));
	buf_release(&there);
	buf_release(&why);
}

static void file_by_another_name_is_not_replaced(void **state)
{
	struct buf why = {0};
	char path[64];
	int fd;

	(void)state;
	put("a", jumbled);
	assert_int_equal(link("a", "b"), 0);
	assert_int_equal(order("a", 4, &why), -1);
	assert_string_equal(buf_cstr(&why), "it has more than one name");
	unlink("b");
	fd = __real_open("a", O_RDWR);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path),
			 i ? "/proc/self/fd/%d" : "/dev/fd/%d", fd);
		assert_int_equal(order(path, 4, &why), -1);
		expect("a", jumbled);
	}
	__real_close(fd);
	/* A symbolic link is kept, and its target is sorted. */
	assert_int_equal(symlink("a", "l"), 0);
	assert_int_equal(order("l", 4, &why), 0);
	expect("a", in_order);
	assert_int_equal(count_files(), 2);
	buf_release(&why);
}

/* Tests existing files with the name of the temporary file. */
static void existing_temporary_file_is_replaced_only_if_ours(void **state)
{
	static const char temporary[] = "a.scrape-resume";
	struct buf why = {0};
	int fd;

	(void)state;
	/* The temporary file of a killed run. */
	put(temporary, "half of a rec");
	put("a", jumbled);
	assert_int_equal(order("a", 4, &why), 0);
	expect("a", in_order);
	assert_int_equal(count_files(), 1);
	/* The temporary file of a run that is still writing it. */
	put(temporary, "half of a rec");
	put("a", jumbled);
	fd = __real_open(temporary, O_RDWR);
	assert_true(file_lock(fd));
	assert_int_equal(order("a", 4, &why), -1);
	__real_close(fd);
	expect(temporary, "half of a rec");
	/* The temporary file has a second name. */
	assert_int_equal(link(temporary, "b"), 0);
	assert_int_equal(order("a", 4, &why), -1);
	expect("b", "half of a rec");
	unlink(temporary);
	/* A symbolic link by which somebody tries to have another file
	 * overwritten. */
	assert_int_equal(symlink("b", temporary), 0);
	assert_int_equal(order("a", 4, &why), -1);
	expect("b", "half of a rec");
	unlink(temporary);
	assert_int_equal(mkfifo(temporary, 0600), 0);
	assert_int_equal(order("a", 4, &why), -1);
	unlink(temporary);
	/* The temporary file of another user. */
	if (geteuid() == 0) {
		put(temporary, "half of a rec");
		assert_int_equal(chown(temporary, 1, 1), 0);
		assert_int_equal(order("a", 4, &why), -1);
		expect(temporary, "half of a rec");
		unlink(temporary);
	}
	expect("a", jumbled);
	/* The name is given to another file just when the new one is
	 * created. */
	names_change = true;
	assert_int_equal(order("a", 4, &why), -1);
	names_change = false;
	expect("a", jumbled);
	buf_release(&why);
}

/* --- --resume ------------------------------------------------------------- */

static const char torn[] = RECORD("0") "\n" RECORD("1") "\n{\"index\":2,\"ur";
static const char no_end[] = RECORD("0") "\n" RECORD("1");
static const char whole[] = RECORD("0") "\n" RECORD("1") "\n";

/* Looks up the record of a request with that index and URL. */
static enum resume_answer ask(const struct resume *r, uint64_t index,
			      const char *url)
{
	struct job *job = job_new();
	enum resume_answer answer;

	job->req.index = index;
	job->req.url = url ? xstrdup(url) : NULL;
	answer = resume_has(r, job, true);
	job_free(job);
	return answer;
}

static bool resume_with_failure(const char *text, unsigned n)
{
	struct resume *r;
	bool failed;

	put("a", text);
	fail_at(n);
	r = resume_open("a", NULL);
	if (r) {
		assert_int_equal(ask(r, 0, "http://a/0"), RESUME_HAS);
		assert_int_equal(ask(r, 1, "http://a/1"), RESUME_HAS);
		if (!resume_cut(r))
			expect("a", whole);
	}
	failed = has_failed();
	assert_true(r || failed);
	/* The file was truncated after its last complete line, or is
	 * unchanged. */
	assert_true(has("a", text) || has("a", whole));
	resume_close(r);
	return failed;
}

static void no_record_is_lost_if_a_call_fails(void **state)
{
	const size_t before = count_descriptors();
	unsigned n;

	(void)state;
	for (n = 1; resume_with_failure(torn, n); n++)
		continue;
	assert_true(n > 6);
	for (n = 1; resume_with_failure(no_end, n); n++)
		continue;
	assert_true(n > 6);
	assert_int_equal(count_descriptors(), before);
}

static void renamed_file_is_not_continued(void **state)
{
	(void)state;
	put("a", whole);
	names_change = true;
	assert_null(resume_open("a", NULL));
	names_change = false;
	expect("a", whole);
}

/* The record of a line that was not a request has no URL. */
static void records_are_of_their_request_wherever_they_are(void **state)
{
	struct resume *r;

	(void)state;
	put("a", RECORD("5000") "\n" RECORD("3") "\n" RECORD("20000") "\n"
	    "{\"index\":4,\"url\":null,\"final_url\":null,\"status\":null,"
	    "\"ok\":false,\"error\":{\"kind\":\"input\",\"message\":\"m\"},"
	    "\"attempts\":0}\n");
	r = resume_open("a", NULL);
	assert_non_null(r);
	assert_int_equal(resume_records(r), 4);
	assert_true(resume_has_errors(r));
	assert_false(resume_has_damage(r));
	assert_int_equal(ask(r, 5000, "http://a/5000"), RESUME_HAS);
	assert_int_equal(ask(r, 3, "http://a/3"), RESUME_HAS);
	assert_int_equal(ask(r, 20000, "http://a/20000"), RESUME_HAS);
	assert_int_equal(ask(r, 4, NULL), RESUME_HAS);
	assert_int_equal(ask(r, 5, NULL), RESUME_MISSING);
	assert_int_equal(ask(r, 3, NULL), RESUME_OTHER);
	assert_int_equal(ask(r, 3, "http://a/4"), RESUME_OTHER);
	assert_int_equal(ask(r, 30000, "http://a/3"), RESUME_MISSING);
	assert_int_equal(resume_check_end(r, 20001), 0);
	assert_int_equal(resume_check_end(r, 20000), -1);
	resume_close(r);
}

/* --- Outputs -------------------------------------------------------------- */

static const char old[] = "old\n", new[] = "{}\n";

/* Puts a record into the output. Returns true if it was written. */
static bool write_output(struct output *o)
{
	struct buf line = {0};

	buf_addstr(&line, new);
	output_put(o, 0, &line);
	output_mark_good(o);
	return !output_close(o);
}

/* Replaces a file while the n-th call fails. The old contents must be in one of
 * the two files. */
static bool replace_with_failure(unsigned n, bool via_new_file, bool *well)
{
	const struct output_config config = {
		.path = "a", .via_new_file = via_new_file,
	};
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct output *o;

	clear_folder();
	put("a", old);
	fail_at(n);
	o = output_open(loop, &config);
	*well = o && write_output(o);
	loop_close(loop);
	if (*well)
		assert_true(has("a", new));
	return has_failed();
}

static void replaced_output_is_kept_if_a_call_fails(void **state)
{
	const size_t before = count_descriptors();
	bool well = false;
	unsigned n = 1;

	(void)state;
	for (; replace_with_failure(n, false, &well); n++) {
		assert_true(has("a", old) || has("a~", old));
		/* The name is never left without a file. */
		assert_int_equal(access("a", F_OK), 0);
		assert_true(count_files() <= 2);
		assert_int_equal(count_descriptors(), before);
	}
	assert_true(n > 8);
	assert_true(well);
	expect("a~", old);
}

/* The file that another program has created meanwhile. */
static void output_created_meanwhile_is_left_alone(void **state)
{
	const struct output_config config = {.path = "a"};
	struct loop *loop = loop_open(LOOP_EPOLL);

	(void)state;
	put("a", old);
	names_come_back = true;
	assert_null(output_open(loop, &config));
	names_come_back = false;
	expect("a", "");
	expect("a~", old);
	loop_close(loop);
}

/* A file with a name in /dev cannot be renamed, so it is truncated. */
static void output_whose_name_stays_is_emptied_or_refused(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	char path[32];
	bool failed = true, well = false;

	(void)state;
	for (unsigned n = 1; failed; n++) {
		const struct output_config config = {.path = path};
		struct output *o;
		int fd;

		put("a", old);
		fd = __real_open("a", O_RDWR);
		snprintf(path, sizeof(path), "/dev/fd/%d", fd);
		fail_at(n);
		o = output_open(loop, &config);
		well = o && write_output(o);
		failed = has_failed();
		assert_true(o || has("a", old) || has("a", ""));
		assert_true(!well || has("a", new));
		__real_close(fd);
	}
	assert_true(well);
	loop_close(loop);
}

static void output_via_a_new_file_is_whole_or_absent(void **state)
{
	const size_t before = count_descriptors();
	bool well = false;
	unsigned n = 1;

	(void)state;
	for (; replace_with_failure(n, true, &well); n++) {
		expect("a", well ? new : old);
		assert_int_equal(count_files(), 1);
		assert_int_equal(count_descriptors(), before);
	}
	assert_true(n > 4);
	assert_true(well);
	expect("a", new);
}

/* Ends an output without output_mark_good(). */
static void abandon(struct loop *loop, const char *record, bool at_once)
{
	const struct output_config config = {.path = "a", .via_new_file = true};
	struct output *o = output_open(loop, &config);
	struct buf line = {0};

	assert_non_null(o);
	buf_addstr(&line, record);
	output_put(o, 0, &line);
	if (at_once)
		output_abandon(o);
	assert_int_equal(output_close(o), at_once ? ENOENT : 0);
}

static void failed_output_does_not_take_the_name(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);

	(void)state;
	put("a", old);
	abandon(loop, new, false);
	expect("a", old);
	expect("a.failed", new);
	assert_int_equal(count_files(), 2);
	/* No data has been written to the output. */
	clear_folder();
	put("a", old);
	abandon(loop, "", false);
	expect("a", old);
	assert_int_equal(count_files(), 1);
	/* The old file was empty, so nothing could be lost. */
	put("a", "");
	abandon(loop, new, false);
	expect("a", new);
	assert_int_equal(count_files(), 1);
	/* The program ends before the output is complete. */
	put("a", old);
	abandon(loop, new, true);
	expect("a", old);
	assert_int_equal(count_files(), 1);
	loop_close(loop);
}

static void output_locked_by_another_is_not_written(void **state)
{
	const struct output_config config = {.path = "a"};
	struct loop *loop = loop_open(LOOP_EPOLL);
	char path[32];
	int fd;

	(void)state;
	put("a", old);
	fd = __real_open("a", O_RDWR);
	assert_true(file_lock(fd));
	assert_null(output_open(loop, &config));
	/* The file is opened by a name that stays. */
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	assert_null(output_open(loop, &(struct output_config){.path = path}));
	__real_close(fd);
	expect("a", old);
	/* A file is also refused if each attempt to open its name finds a
	 * different file. */
	names_change = true;
	assert_null(output_open(loop, &config));
	names_change = false;
	assert_int_equal(count_files(), 1);
	expect("a", old);
	output_close(NULL);
	loop_close(loop);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(sorted_output_is_complete_or_absent),
		TEST(sorted_table_is_complete_or_absent),
		TEST(renumbered_output_is_complete_or_unchanged),
		TEST(signal_while_sorting_leaves_the_file_unchanged),
		TEST(sorting_without_space_leaves_the_file_unchanged),
		TEST(file_that_has_changed_is_left_alone),
		TEST(file_by_another_name_is_not_replaced),
		TEST(existing_temporary_file_is_replaced_only_if_ours),
		TEST(no_record_is_lost_if_a_call_fails),
		TEST(renamed_file_is_not_continued),
		TEST(records_are_of_their_request_wherever_they_are),
		TEST(replaced_output_is_kept_if_a_call_fails),
		TEST(output_created_meanwhile_is_left_alone),
		TEST(output_whose_name_stays_is_emptied_or_refused),
		TEST(output_via_a_new_file_is_whole_or_absent),
		TEST(failed_output_does_not_take_the_name),
		TEST(output_locked_by_another_is_not_written),
	};

	log_set_level(LOG_QUIET);
	main_thread = pthread_self();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
