/* The replies to the command lines in tests/behaviour/guesses.txt, which users
 * of other programs type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/commands.h"
#include "cmd/options/hints/hint_rows.h"
#include "cmd/options/options.h"
#include "cmd/options/table.h"

enum { WORDS = 12, GUESSES_LEAST = 300 };

static char folder[] = "/tmp/test_guesses.XXXXXX";

static void put_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int make_folder(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("folder", 0777), 0);
	put_file("list", "# no URLs\n");
	put_file("page", "<!doctype html>");
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink("list");
	unlink("page");
	rmdir("folder");
	return chdir("/") || rmdir(folder);
}

/* Splits a text into arguments at blanks outside of single quotes; changes the
 * text. */
static int split(char *text, char **argv)
{
	int argc = 1;

	argv[0] = (char *)"scrape";
	for (char *end; *text; text = end) {
		const char stop = *text == '\'' ? '\'' : ' ';

		text += *text == '\'';
		end = text + strcspn(text, (char[]){stop, '\0'});
		assert_true(argc <= WORDS);
		argv[argc++] = text;
		if (*end)
			*end++ = '\0';
		end += strspn(end, " ");
	}
	argv[argc] = NULL;
	return argc;
}

/* Returns the messages that the command line causes; *result becomes the result
 * of options_parse(). */
static char *reply_to(char *guess, enum options_result *result)
{
	char *argv[WORDS + 2];
	const int argc = split(guess, argv);
	const int saved = dup(STDERR_FILENO);
	const int memory = memfd_create("reply", 0);
	struct options o = {0};
	const struct command *command;
	char *reply;
	off_t len;
	int words;

	assert_true(saved >= 0 && memory >= 0);
	dup2(memory, STDERR_FILENO);
	command = command_of(commands, argc, argv, &words);
	*result = options_parse(&o, commands, command, argc - words,
				argv + words);
	options_release(&o);
	dup2(saved, STDERR_FILENO);
	close(saved);
	len = lseek(memory, 0, SEEK_END);
	reply = xcalloc((size_t)len + 1, 1);
	assert_int_equal(pread(memory, reply, (size_t)len, 0), len);
	close(memory);
	return reply;
}

/* Returns true if the reply contains one of the parts, which are separated by
 * "|". */
static bool has_part(const char *reply, const char *parts)
{
	for (;;) {
		const size_t len = strcspn(parts, "|");

		if (memmem(reply, strlen(reply), parts, len))
			return true;
		if (!parts[len])
			return false;
		parts += len + 1;
	}
}

static void check_guess(const char *guess, const char *parts)
{
	char *text = xstrdup(guess);
	enum options_result result;
	char *reply = reply_to(text, &result);

	/* The arguments of gather are read later, by the command. */
	if (result == OPTIONS_RUN && strncmp(guess, "gather ", 7) != 0)
		assert_non_null(strstr(reply, "gets lines of JSON"));
	if (result != OPTIONS_RUN && !has_part(reply, parts))
		fail_msg("%s: expected \"%s\" in \"%s\"", guess, parts, reply);
	free(reply);
	free(text);
}

static void wrong_guesses_are_told_the_right_way(void **state)
{
	FILE *f = fopen(SOURCE_ROOT "/tests/behaviour/guesses.txt", "r");
	char line[256], parts[256] = "";
	size_t count = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char *next = line + 4;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || !*line)
			continue;
		if (*line != ' ') {
			memcpy(parts, line, sizeof(parts));
			continue;
		}
		for (char *end; next; next = end, count++) {
			end = strstr(next, " ;; ");
			if (end) {
				*end = '\0';
				end += 4;
			}
			check_guess(next, parts);
		}
	}
	assert_true(count > GUESSES_LEAST);
	fclose(f);
}

/* Checks that the options in a piece of advice exist. */
static void check_advice(const char *advice)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";

	for (const char *at = advice; (at = strstr(at, "--")); at++) {
		const char *name = at + 2;
		size_t len = strspn(name, letters);

		if (!strncmp(name, "no-", 3) && !option_by_name(name, len)) {
			name += 3;
			len -= 3;
		}
		if (!option_by_name(name, len))
			fail_msg("no option --%.*s: %s", (int)len, name,
				 advice);
	}
}

static void hints_are_about_options_that_exist(void **state)
{
	(void)state;
	for (const struct hint_row *r = hint_rows; r->words; r++) {
		const char *needs = r->needs;

		assert_true(*r->words || r->letter);
		if (!needs || option_by_name(needs, strlen(needs)))
			check_advice(r->advice);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_guesses_are_told_the_right_way),
		cmocka_unit_test(hints_are_about_options_that_exist),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
