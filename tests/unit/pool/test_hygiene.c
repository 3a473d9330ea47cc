/* pool/process/hygiene.c. Each test runs in a process of its own, whose exit
 * code is the result. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pool/process/hygiene.h"

enum { GOOD = 33, BAD = 44 };

static bool no_close_range;

extern int __real_close_range(unsigned first, unsigned last, int flags);
extern int __wrap_close_range(unsigned first, unsigned last, int flags);

int __wrap_close_range(unsigned first, unsigned last, int flags)
{
	if (!no_close_range)
		return __real_close_range(first, last, flags);
	errno = ENOSYS;
	return -1;
}

static int run_apart(bool (*is_good)(void))
{
	const pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(is_good() ? GOOD : BAD);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static bool closes_what_is_behind(void)
{
	const int fd = open("/dev/null", O_RDONLY);
	int last, highest;

	if (fd < 0)
		return false;
	last = dup2(fd, fd + 40);
	highest = last + 3;
	if (dup2(fd, highest) < 0)
		return false;
	process_close_from(fd + 1);
	return is_open(fd) && !is_open(last) && !is_open(highest);
}

static void descriptors_above_a_number_are_closed(void **state)
{
	(void)state;
	assert_int_equal(run_apart(closes_what_is_behind), GOOD);
}

/* Tests the case before Linux 5.9, which has no close_range(). The limit of
 * descriptors is low, so that the test is quick. */
static bool closes_one_by_one(void)
{
	const struct rlimit few = {256, 256};

	no_close_range = true;
	return !setrlimit(RLIMIT_NOFILE, &few) && closes_what_is_behind();
}

static void descriptors_are_closed_on_an_old_kernel(void **state)
{
	(void)state;
	assert_int_equal(run_apart(closes_one_by_one), GOOD);
}

static bool outlives_signals(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT,
				      SIGPIPE};
	sigset_t all, blocked;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	/* The signal arrives while signals are blocked. */
	raise(SIGINT);
	process_ignore_signals();
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		raise(signals[i]);
	sigprocmask(SIG_SETMASK, NULL, &blocked);
	return sigisemptyset(&blocked);
}

static void signals_of_a_terminal_are_ignored(void **state)
{
	(void)state;
	assert_int_equal(run_apart(outlives_signals), GOOD);
}

static bool dies_with_its_parent(void)
{
	int signal = 0;

	process_die_with(getppid());
	return !prctl(PR_GET_PDEATHSIG, &signal) && signal == SIGKILL;
}

static bool ends_without_its_parent(void)
{
	process_die_with(getpid());
	return true;
}

static void child_ends_with_its_parent(void **state)
{
	(void)state;
	assert_int_equal(run_apart(dies_with_its_parent), GOOD);
	/* The process ends at once if its parent has ended already. */
	assert_int_equal(run_apart(ends_without_its_parent), 0);
}

static bool keeps_what_libraries_need(void)
{
	char *list[8];

	clearenv();
	setenv("LD_LIBRARY_PATH", "a", 1);
	setenv("TZ", "b", 1);
	setenv("TZX", "c", 1);
	setenv("API_TOKEN", "d", 1);
	setenv("HOME", "e", 1);
	process_filter_environment(list);
	return list[0] && !strcmp(list[0], "LD_LIBRARY_PATH=a") && list[1] &&
	       !strcmp(list[1], "TZ=b") && !list[2];
}

static void environment_has_what_libraries_need(void **state)
{
	(void)state;
	assert_int_equal(run_apart(keeps_what_libraries_need), GOOD);
}

static bool is_blank(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i])
			return false;
	return true;
}

static bool forgets(void)
{
	char name[] = "scrape", secret[] = "-u me:secret";
	char kept[] = "TZ=UTC", token[] = "TOKEN=secret";
	char *argv[] = {name, secret, NULL};
	char *variables[] = {token, kept, NULL};

	environ = variables;
	process_wipe_secrets(argv);
	return !strcmp(name, "scrape") && is_blank(secret, sizeof(secret)) &&
	       is_blank(token, sizeof(token)) && environ[0] == kept &&
	       !environ[1] && !strcmp(kept, "TZ=UTC");
}

static bool forgets_nothing(void)
{
	char *argv[] = {NULL};

	clearenv();
	environ = (char *[]){NULL};
	process_wipe_secrets(argv);
	return !argv[0];
}

static void arguments_and_environment_are_wiped(void **state)
{
	(void)state;
	assert_int_equal(run_apart(forgets), GOOD);
	/* execve(2) allows an empty list of arguments. */
	assert_int_equal(run_apart(forgets_nothing), GOOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(descriptors_above_a_number_are_closed),
		cmocka_unit_test(descriptors_are_closed_on_an_old_kernel),
		cmocka_unit_test(signals_of_a_terminal_are_ignored),
		cmocka_unit_test(child_ends_with_its_parent),
		cmocka_unit_test(environment_has_what_libraries_need),
		cmocka_unit_test(arguments_and_environment_are_wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
