#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/secrets.h"

static const char *hidden(const char *s)
{
	static struct buf out;

	buf_clear(&out);
	secrets_hide(&out, s, strlen(s));
	return buf_cstr(&out);
}

static int forget(void **state)
{
	(void)state;
	secrets_clear();
	return 0;
}

static void secret_is_hidden_wherever_it_stands(void **state)
{
	(void)state;
	secrets_add("s3cr3t", NULL);
	assert_string_equal(hidden("s3cr3t"), "***");
	assert_string_equal(hidden("a s3cr3ts3cr3t b"), "a ****** b");
	assert_string_equal(hidden("s3cr3 t"), "s3cr3 t");
	assert_string_equal(hidden(""), "");
}

static void secret_is_hidden_as_urls_encode_it(void **state)
{
	(void)state;
	secrets_add("p/w d\"\xc3\xa9?", "${PW}");
	assert_string_equal(hidden("?k=p%2Fw+d%22%C3%A9%3F&x"),
			    "?k=${PW}&x");
	assert_string_equal(hidden("/p%2Fw%20d%22%C3%A9%3F/"), "/${PW}/");
	assert_string_equal(hidden("?k=p/w%20d%22%C3%A9?"), "?k=${PW}");
}

static void longer_one_of_two_is_hidden_whole(void **state)
{
	(void)state;
	secrets_add("abcd", "A");
	secrets_add("abcdef", "B");
	secrets_add("abcdef", "C");
	assert_string_equal(hidden("abcdef abcde"), "B Ae");
}

static void short_texts_are_not_hidden(void **state)
{
	(void)state;
	secrets_add("abc", NULL);
	secrets_add("", NULL);
	assert_string_equal(hidden("abc"), "abc");
}

/* Returns the line that is logged for the message, read through a pipe in place
 * of standard error. */
static const char *logged(const char *message)
{
	static char line[8192];
	int fds[2], saved = dup(STDERR_FILENO);
	ssize_t len;

	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	log_warn("%s", message);
	dup2(saved, STDERR_FILENO);
	len = read(fds[0], line, sizeof(line) - 1);
	close(fds[0]);
	close(fds[1]);
	close(saved);
	assert_true(len > 0);
	line[len] = '\0';
	return line;
}

static void log_hides_secrets_in_truncated_lines(void **state)
{
	char message[4096];

	(void)state;
	secrets_add("s3cr3t", NULL);
	assert_string_equal(logged("to s3cr3t/\x01"), "scrape: to ***/?\n");
	for (size_t at = 2030; at < 2046; at++) {
		memset(message, 'x', sizeof(message));
		memcpy(message + at, "s3cr3t", 6);
		message[sizeof(message) - 1] = '\0';
		assert_null(strstr(logged(message), "s3"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(secret_is_hidden_wherever_it_stands,
					  forget),
		cmocka_unit_test_teardown(secret_is_hidden_as_urls_encode_it,
					  forget),
		cmocka_unit_test_teardown(longer_one_of_two_is_hidden_whole,
					  forget),
		cmocka_unit_test_teardown(short_texts_are_not_hidden, forget),
		cmocka_unit_test_teardown(
			log_hides_secrets_in_truncated_lines, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
