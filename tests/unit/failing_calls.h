/*
 * For tests of what is done where the system refuses: each of its calls in
 * turn fails, once; or each second one is interrupted. The linker gives the
 * calls to wrappers that are made of these (wrap_calls() in CMakeLists.txt).
 * For one file of each program.
 */
#ifndef TESTS_FAILING_CALLS_H
#define TESTS_FAILING_CALLS_H

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Of the main thread alone, and only while it is said so. */
static pthread_t main_thread;
static unsigned fails_at;	/* the how many-th call; 0: none */
static unsigned calls;
static int failure = ENOMEM;	/* the errno */
static unsigned interrupted;	/* 0: not; else each second call is */

static inline bool fails(void)
{
	if (!fails_at || !pthread_equal(pthread_self(), main_thread) ||
	    ++calls != fails_at)
		return false;
	errno = failure;
	return true;
}

static inline bool is_interrupted(void)
{
	if (!interrupted || !pthread_equal(pthread_self(), main_thread) ||
	    ++interrupted % 2)
		return false;
	errno = EINTR;
	return true;
}

/* Begins a run in which the n-th call fails. */
static inline void fail_at(unsigned n)
{
	calls = 0;
	fails_at = n;
}

/* Ends it; whether there was such a call. */
static inline bool has_failed(void)
{
	const bool there_was = fails_at && calls >= fails_at;

	fails_at = 0;
	return there_was;
}

static inline size_t count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count;
}

/* What it returns when it fails is the first argument. */
#define WRAP_VALUE(wrong, type, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails() ? wrong : __real_##name arguments; \
	}

#define WRAP(type, name, parameters, arguments) \
	WRAP_VALUE(-1, type, name, parameters, arguments)

/* Those return the error. */
#define WRAP_ERROR(name, parameters, arguments) \
	WRAP_VALUE(errno, int, name, parameters, arguments)

#define WRAP_INTERRUPTED(type, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		if (is_interrupted() || fails()) \
			return -1; \
		return __real_##name arguments; \
	}

#endif
