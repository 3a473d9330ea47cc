#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/exit_code.h"
#include "base/library/library.h"

/* Two functions of the mathematics library, which the test loads. */
double cos(double x);
double fabs(double x);

static struct {
	__typeof__(cos) *cos_;
	__typeof__(fabs) *fabs_;
} math;

static const char *const math_names[] = {"cos", "fabs", NULL};

static unsigned prepared;

static void prepare(void)
{
	/* The functions of the library can be called in on_load(). */
	assert_true(math.cos_(0) == 1);
	prepared++;
}

static void functions_are_found_and_prepared_once(void **state)
{
	struct library library = {
		.file = "libm.so.6", .names = math_names, .functions = &math,
		.on_load = prepare,
	};
	struct buf why = {0};

	(void)state;
	assert_false(library_is_loaded(&library));
	library_need(&library);
	assert_true(library_is_loaded(&library));
	assert_int_equal(library_load(&library, &why), 0);
	library_need(&library);
	assert_int_equal(prepared, 1);
	assert_true(math.fabs_(-3) == 3);
	assert_int_equal(why.len, 0);
}

static void missing_library_is_an_error_with_its_package(void **state)
{
	struct library library = {
		.file = "libnowhere.so.7", .package = "libnowhere7",
		.names = math_names, .functions = &math,
	};
	struct buf why = {0};

	(void)state;
	assert_int_equal(library_load(&library, &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "libnowhere.so.7"));
	assert_non_null(strstr(buf_cstr(&why), "package libnowhere7"));
	assert_false(library_is_loaded(&library));
	buf_release(&why);
}

static void library_without_a_function_is_an_error(void **state)
{
	static const char *const names[] = {"cos", "no_such_function", NULL};
	struct library library = {
		.file = "libm.so.6", .names = names, .functions = &math,
		.on_load = prepare,
	};
	struct buf why = {0};
	const unsigned before = prepared;

	(void)state;
	assert_int_equal(library_load(&library, &why), -1);
	assert_non_null(strstr(buf_cstr(&why), "no_such_function"));
	assert_false(library_is_loaded(&library));
	assert_int_equal(prepared, before);
	buf_release(&why);
}

static void library_that_is_needed_and_missing_ends_the_program(void **state)
{
	struct library library = {
		.file = "libnowhere.so.7", .package = "libnowhere7",
		.names = math_names, .functions = &math,
	};
	char text[1000] = "";
	int status, ends[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		library_need(&library);
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_NOT_COMPLETED);
	assert_non_null(strstr(text, "scrape: "));
	assert_non_null(strstr(text, "libnowhere7"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_found_and_prepared_once),
		cmocka_unit_test(missing_library_is_an_error_with_its_package),
		cmocka_unit_test(library_without_a_function_is_an_error),
		cmocka_unit_test(
			library_that_is_needed_and_missing_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
