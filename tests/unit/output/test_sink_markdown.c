/* cmd/output/sink_markdown.c and cmd/output/markdown/page_file.c, in a folder
 * of their own. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "cmd/output/markdown/page_file.h"
#include "cmd/output/sink.h"

#define URL_LINE "url: \"http://a/\"\n"

static int enter(void **state)
{
	static char folder[64];

	snprintf(folder, sizeof(folder), "/tmp/scrape-markdown-XXXXXX");
	*state = folder;
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	return chdir("/") || system(command);
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void expect_file(const char *name, const char *expected)
{
	struct buf text = {0}, why = {0};

	assert_int_equal(file_read(&text, name, &why), 0);
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
	buf_release(&why);
}

/* --- Files of pages ------------------------------------------------------- */

/* Writes a page and returns the result; the name of the file goes to name. */
static int write_page(struct buf *name, const char *text)
{
	static const char url[] = "http://a/", line[] = URL_LINE;
	struct buf bytes = {0};
	int error;

	buf_addstr(&bytes, text);
	buf_clear(name);
	error = page_file_write(&(struct page_file){
		.folder = ".",
		.url = {url, strlen(url)},
		.url_line = {line, strlen(line)},
		.bytes = &bytes,
	}, name);
	buf_release(&bytes);
	return error;
}

static void only_a_file_of_the_same_page_is_replaced(void **state)
{
	static const char *const others[] = {
		"", "---", "Text.\n" URL_LINE, "---\n", "---\n---\n" URL_LINE,
		"---\n" "url: \"http://b/\"\n" "---\n", "---\nurl:\n",
		/* A front matter that ends in the middle of the line. */
		"---\nurl: \"http://a/\"", "---\ntitle: \"a",
	};
	struct buf first = {0}, name = {0};

	(void)state;
	assert_int_equal(write_page(&first, "---\n" URL_LINE "---\none"), 0);
	assert_int_equal(write_page(&name, "---\n" URL_LINE "---\ntwo"), 0);
	assert_string_equal(buf_cstr(&name), buf_cstr(&first));
	expect_file(first.data, "---\n" URL_LINE "---\ntwo");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		put(first.data, others[i]);
		assert_int_equal(write_page(&name, "---\n" URL_LINE "---\n"),
				 0);
		assert_string_not_equal(buf_cstr(&name), first.data);
		expect_file(first.data, others[i]);
	}
	buf_release(&first);
	buf_release(&name);
}

static void page_whose_names_are_both_taken_is_an_error(void **state)
{
	struct buf first = {0}, second = {0}, name = {0};

	(void)state;
	assert_int_equal(write_page(&first, ""), 0);
	assert_int_equal(write_page(&second, ""), 0);
	assert_string_not_equal(buf_cstr(&first), buf_cstr(&second));
	assert_int_equal(write_page(&name, "new"), EEXIST);
	/* A link or a folder of the name belongs to somebody else, too. */
	unlink(first.data);
	assert_int_equal(symlink("elsewhere", first.data), 0);
	unlink(second.data);
	assert_int_equal(mkdir(second.data, 0777), 0);
	assert_int_equal(write_page(&name, "new"), EEXIST);
	assert_int_not_equal(access("elsewhere", F_OK), 0);
	buf_release(&first);
	buf_release(&second);
	buf_release(&name);
}

static void page_that_does_not_fit_leaves_no_file(void **state)
{
	const struct rlimit before = {RLIM_INFINITY, RLIM_INFINITY};
	const struct rlimit limit = {100, RLIM_INFINITY};
	struct buf name = {0};
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	assert_int_equal(write_page(&name, text), EFBIG);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_not_equal(access(buf_cstr(&name), F_OK), 0);
	/* Neither under its name nor under that of a new file: the folder of
	 * the host is empty. */
	*strrchr(name.data, '/') = '\0';
	assert_int_equal(rmdir(name.data), 0);
	buf_release(&name);
}

static void folders_are_made_as_far_as_they_are_missing(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(page_file_make_folder("one/two/three"), 0);
	assert_int_equal(access("one/two/three", F_OK), 0);
	put("file", "");
	assert_int_equal(page_file_make_folder("file/one"), ENOTDIR);
}

/* --- Records -------------------------------------------------------------- */

/* Records with the text, without a member markdown (a copy of an earlier
 * record), and without Markdown. */
#define PAGE(n) "{\"index\":" n ",\"url\":\"http://a/" n "\",\"final_url\":" \
		"null,\"ok\":true,\"title\":\"T\""
#define WITH(n) PAGE(n) ",\"article\":{\"title\":null,\"authors\":[]," \
		"\"date\":null},\"markdown\":\"Text.\\n\"}\n"
#define COPY(n) PAGE(n) "}\n"
#define WITHOUT(n) PAGE(n) ",\"article\":null,\"markdown\":null}\n"

static struct sink *open_sink(int *fd, bool keeps_article)
{
	const struct folder to = {".", keeps_article};

	*fd = open("records.jsonl", O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(*fd >= 0);
	return sink_markdown_open(*fd, &to);
}

static int write_lines(struct sink *s, const char *lines)
{
	return s->ops->write(s, lines, strlen(lines));
}

static void close_sink(struct sink *s, int fd)
{
	assert_int_equal(s->ops->finish(s), 0);
	free(s->why);
	s->ops->free(s);
	close(fd);
}

static void records_name_the_files_of_their_pages(void **state)
{
	int fd;
	struct sink *s = open_sink(&fd, false);

	(void)state;
	assert_int_equal(write_lines(s, WITH("0") COPY("1") WITHOUT("2")), 0);
	assert_int_equal(s->ops->sync(s), 0);
	close_sink(s, fd);
	expect_file("records.jsonl",
		    PAGE("0") ",\"file\":\"a/0.md\"}\n" COPY("1")
		    PAGE("2") ",\"file\":null}\n");
}

static void records_keep_their_article_if_it_was_asked_for(void **state)
{
	int fd;
	struct sink *s = open_sink(&fd, true);

	(void)state;
	assert_int_equal(write_lines(s, WITHOUT("0")), 0);
	close_sink(s, fd);
	expect_file("records.jsonl", PAGE("0") ",\"article\":null,\"file\":"
		    "null}\n");
}

/* The growth after each of many batches, asked for at once and in steps. */
static void growth_is_that_of_the_file_of_the_records(void **state)
{
	const uint64_t lines = strlen(WITHOUT("1"));
	const uint64_t file = strlen(PAGE("1") ",\"file\":null}\n");
	int fd;
	struct sink *s = open_sink(&fd, false);

	(void)state;
	assert_int_equal(s->ops->growth(s, 0), 0);
	for (uint64_t done = 0; done < 200; done++) {
		assert_int_equal(write_lines(s, WITHOUT("1")), 0);
		if (done % 70 == 69)
			assert_int_equal(s->ops->growth(s, done * lines),
					 done * file);
	}
	assert_int_equal(s->ops->growth(s, 200 * lines), 200 * file);
	assert_int_equal(s->ops->growth(s, 200 * lines), 200 * file);
	close_sink(s, fd);
}

static void failures_are_those_of_the_page_or_of_the_records(void **state)
{
	int fd;
	struct sink *s = open_sink(&fd, false);

	(void)state;
	put("a", "in the way of the folder");
	assert_int_equal(write_lines(s, COPY("0") WITH("1") COPY("2")),
			 ENOTDIR);
	assert_non_null(strstr(s->why, "a/1.md, cannot be written"));
	/* The records before the page are complete. */
	expect_file("records.jsonl", COPY("0"));
	close_sink(s, fd);
	s = open_sink(&fd, false);
	close(fd);
	assert_int_equal(write_lines(s, COPY("0")), EBADF);
	assert_int_equal(s->ops->sync(s), EBADF);
	assert_null(s->why);
	s->ops->free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)
		TEST(only_a_file_of_the_same_page_is_replaced),
		TEST(page_whose_names_are_both_taken_is_an_error),
		TEST(page_that_does_not_fit_leaves_no_file),
		TEST(folders_are_made_as_far_as_they_are_missing),
		TEST(records_name_the_files_of_their_pages),
		TEST(records_keep_their_article_if_it_was_asked_for),
		TEST(growth_is_that_of_the_file_of_the_records),
		TEST(failures_are_those_of_the_page_or_of_the_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
