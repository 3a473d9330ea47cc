/*
 * pool/process/sandbox.c with wrappers in place of the system's calls (--wrap):
 * which limits and rules it sets, and what it returns if they are refused.
 * test_sandbox.c tests the real filter.
 */
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "pool/process/sandbox.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { IN_USE = 0 };
#else
enum { IN_USE = 1 };
#endif

enum { MEMORY = 64 << 20 };

/* --- Wrappers ------------------------------------------------------------- */

static struct {
	bool no_file, no_limit, no_filter;
	const char *statm;		/* contents of /proc/self/statm; NULL:
					 * the real ones */
	rlim_t most;			/* limit RLIMIT_AS before the test */
	unsigned rule_fails_at;		/* number of the rule that fails; 0:
					 * none */
	int load_error;			/* error that loading the filter
					 * returns, as libseccomp does */
} fault;

/* The limits that were set; 99 marks a limit that was not set. */
static struct rlimit limits[RLIM_NLIMITS];
static unsigned rules, loads, releases;

extern int __real_open(const char *path, int flags, ...);
extern int __wrap_open(const char *path, int flags, ...);
extern ssize_t __real_read(int fd, void *to, size_t len);
extern ssize_t __wrap_read(int fd, void *to, size_t len);
extern int __wrap_getrlimit(int resource, struct rlimit *limit);
extern int __wrap_setrlimit(int resource, const struct rlimit *limit);
extern scmp_filter_ctx __real_seccomp_init(uint32_t action);
extern scmp_filter_ctx __wrap_seccomp_init(uint32_t action);
extern int __wrap_seccomp_rule_add(scmp_filter_ctx filter, uint32_t action,
				   int call, unsigned count, ...);
extern int __wrap_seccomp_load(const scmp_filter_ctx filter);
extern void __real_seccomp_release(scmp_filter_ctx filter);
extern void __wrap_seccomp_release(scmp_filter_ctx filter);

int __wrap_open(const char *path, int flags, ...)
{
	if (!fault.no_file)
		return __real_open(path, flags, 0);
	errno = EMFILE;
	return -1;
}

ssize_t __wrap_read(int fd, void *to, size_t len)
{
	size_t given;

	if (!fault.statm)
		return __real_read(fd, to, len);
	given = strlen(fault.statm);
	assert_true(given <= len);
	memcpy(to, fault.statm, given);
	return (ssize_t)given;
}

int __wrap_getrlimit(int resource, struct rlimit *limit)
{
	assert_int_equal(resource, RLIMIT_AS);
	*limit = (struct rlimit){fault.most, fault.most};
	return fault.no_limit ? -1 : 0;
}

int __wrap_setrlimit(int resource, const struct rlimit *limit)
{
	limits[resource] = *limit;
	return 0;
}

scmp_filter_ctx __wrap_seccomp_init(uint32_t action)
{
	assert_int_equal(action, SCMP_ACT_KILL_PROCESS);
	return fault.no_filter ? NULL : __real_seccomp_init(action);
}

int __wrap_seccomp_rule_add(scmp_filter_ctx filter, uint32_t action, int call,
			    unsigned count, ...)
{
	(void)call;
	(void)count;
	assert_non_null(filter);
	assert_int_equal(action, SCMP_ACT_ALLOW);
	return ++rules == fault.rule_fails_at ? -EDOM : 0;
}

int __wrap_seccomp_load(const scmp_filter_ctx filter)
{
	assert_non_null(filter);
	loads++;
	return fault.load_error;
}

void __wrap_seccomp_release(scmp_filter_ctx filter)
{
	releases++;
	__real_seccomp_release(filter);
}

/* --- Tests ---------------------------------------------------------------- */

static int enter(uint64_t memory)
{
	for (size_t i = 0; i < RLIM_NLIMITS; i++)
		limits[i] = (struct rlimit){99, 99};
	rules = loads = releases = 0;
	return sandbox_enter(memory);
}

static int reset(void **state)
{
	(void)state;
	memset(&fault, 0, sizeof(fault));
	fault.most = RLIM_INFINITY;
	unsetenv("LD_PRELOAD");
	return 0;
}

static bool is_set(int resource)
{
	return limits[resource].rlim_max != 99;
}

static void sandbox_forbids_opening_files_and_core_dumps(void **state)
{
	(void)state;
	unsetenv("TZ");
	assert_int_equal(enter(MEMORY), 0);
	assert_int_equal(limits[RLIMIT_NOFILE].rlim_max, 0);
	assert_int_equal(limits[RLIMIT_NPROC].rlim_max, 0);
	assert_int_equal(limits[RLIMIT_CORE].rlim_max, 1);
	assert_int_equal(loads, 1);
	assert_int_equal(releases, 1);
	assert_non_null(getenv("TZ"));
	setenv("TZ", "UTC", 1);
	assert_int_equal(enter(MEMORY), 0);
	assert_string_equal(getenv("TZ"), "UTC");
}

static void memory_limit_is_added_to_the_initial_size(void **state)
{
	const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	(void)state;
	fault.statm = "1000 1 1 1 0 1 0\n";
	assert_int_equal(enter(MEMORY), 0);
	assert_true(limits[RLIMIT_AS].rlim_max == 1000 * page + MEMORY);
	assert_true(limits[RLIMIT_AS].rlim_cur == 1000 * page + MEMORY);
}

/* If the memory size is unknown, a lower limit stays, and no wrong limit is
 * set. */
static void unknown_memory_size_sets_no_limit(void **state)
{
	(void)state;
	assert_int_equal(enter(UINT64_MAX), 0);
	assert_false(is_set(RLIMIT_AS));
	fault.most = 1 << 20;
	assert_int_equal(enter(MEMORY), 0);
	assert_false(is_set(RLIMIT_AS));
	fault.most = RLIM_INFINITY;
	fault.no_limit = true;
	assert_int_equal(enter(MEMORY), 0);
	assert_false(is_set(RLIMIT_AS));
	fault.no_limit = false;
	fault.statm = "";
	assert_int_equal(enter(MEMORY), 0);
	assert_false(is_set(RLIMIT_AS));
	fault.statm = "unknown";
	assert_int_equal(enter(MEMORY), 0);
	assert_false(is_set(RLIMIT_AS));
	fault.no_file = true;
	assert_int_equal(enter(MEMORY), 0);
	assert_false(is_set(RLIMIT_AS));
}

static void refused_filter_is_an_error(void **state)
{
	(void)state;
	fault.load_error = -EINVAL;
	assert_int_equal(enter(MEMORY), EINVAL);
	assert_int_equal(releases, 1);
	assert_true(is_set(RLIMIT_AS));
	fault.no_filter = true;
	assert_int_equal(enter(MEMORY), ENOMEM);
	assert_int_equal(loads, 0);
	assert_true(is_set(RLIMIT_NOFILE));
}

/* A filter that lacks a rule must not be used. */
static void rule_that_fails_is_an_error(void **state)
{
	unsigned all;

	(void)state;
	assert_int_equal(enter(MEMORY), 0);
	all = rules;
	assert_true(all > 20);
	for (unsigned n = 1; n <= all; n++) {
		fault.rule_fails_at = n;
		assert_int_equal(enter(MEMORY), EDOM);
		assert_int_equal(rules, n);
		assert_int_equal(loads, 0);
		assert_int_equal(releases, 1);
	}
}

static void under_valgrind_there_is_no_sandbox(void **state)
{
	(void)state;
	setenv("LD_PRELOAD", "/usr/lib/libother.so", 1);
	assert_int_equal(enter(MEMORY), 0);
	setenv("LD_PRELOAD", "/usr/libexec/valgrind/vgpreload_core.so", 1);
	assert_int_equal(enter(MEMORY), SANDBOX_UNSUPPORTED);
	assert_int_equal(loads, 0);
	assert_false(is_set(RLIMIT_CORE));
}

static void under_sanitizers_there_is_no_sandbox(void **state)
{
	(void)state;
	assert_int_equal(enter(MEMORY), SANDBOX_UNSUPPORTED);
	assert_int_equal(loads, 0);
	assert_false(is_set(RLIMIT_CORE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			sandbox_forbids_opening_files_and_core_dumps, reset),
		cmocka_unit_test_setup(
			memory_limit_is_added_to_the_initial_size, reset),
		cmocka_unit_test_setup(
			unknown_memory_size_sets_no_limit, reset),
		cmocka_unit_test_setup(refused_filter_is_an_error, reset),
		cmocka_unit_test_setup(rule_that_fails_is_an_error, reset),
		cmocka_unit_test_setup(
			under_valgrind_there_is_no_sandbox, reset),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test_setup(
			under_sanitizers_there_is_no_sandbox, reset),
	};

	if (!IN_USE)
		return cmocka_run_group_tests(without, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
