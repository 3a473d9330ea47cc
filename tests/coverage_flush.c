/*
 * Linked into every program of build/coverage: gcov writes its counters in
 * exit(), and a process that ends in another way loses them. This file also
 * writes them before _exit() (zygotes and workers), before raise() (a closed
 * pipe), and when a worker is about to set its limit of open files to 0: code
 * that runs after that is not counted here. test_worker runs that code once
 * more, without a sandbox.
 *
 * A test may limit the size of files (its soft limit); the limit is lifted
 * before counters are written.
 *
 * The linker gives the calls to the wrappers here (--wrap). They are weak: a
 * test may have its own.
 */
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

extern void __gcov_dump(void);
extern void __gcov_reset(void);

extern _Noreturn void __real__exit(int code);
extern _Noreturn void __wrap__exit(int code);
extern int __real_raise(int signal);
extern int __wrap_raise(int signal);
extern int __real_setrlimit(int resource, const struct rlimit *limit);
extern int __wrap_setrlimit(int resource, const struct rlimit *limit);

static bool has_no_files;

/* Runs before exit() writes the counters, too: destructors without a priority
 * come before that of gcov. */
__attribute__((destructor)) static void lift_limit(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_FSIZE, &limit)) {
		limit.rlim_cur = limit.rlim_max;
		(void)!__real_setrlimit(RLIMIT_FSIZE, &limit);
	}
}

static void write_counters(void)
{
	if (has_no_files)
		return;
	lift_limit();
	__gcov_dump();
	__gcov_reset();
}

__attribute__((weak)) _Noreturn void __wrap__exit(int code)
{
	write_counters();
	__real__exit(code);
}

__attribute__((weak)) int __wrap_raise(int signal)
{
	write_counters();
	return __real_raise(signal);
}

__attribute__((weak)) int __wrap_setrlimit(int resource,
					   const struct rlimit *limit)
{
	if (resource == RLIMIT_NOFILE && !limit->rlim_cur) {
		write_counters();
		has_no_files = true;
	}
	return __real_setrlimit(resource, limit);
}
