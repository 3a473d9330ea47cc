/*
 * Lets calls of the system fail: each call in turn fails once, or every second
 * call is interrupted. The linker replaces the calls by wrappers that are made
 * with these macros (wrap_calls() in CMakeLists.txt). To be included by one
 * file of a program.
 */
#ifndef TESTS_FAILING_CALLS_H
#define TESTS_FAILING_CALLS_H

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Only calls of the main thread fail, and only between fail_at() and
 * has_failed(). */
static pthread_t main_thread;
static unsigned fails_at;	/* number of the call that fails; 0: none */
static unsigned calls;
static int failure = ENOMEM;	/* the errno of the failure */
static unsigned interrupted;	/* 0: no; otherwise every second call is
				 * interrupted */

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

/* Ends the run. Returns true if there was an n-th call. */
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

/* Defines a wrapper that returns the first argument on failure. */
#define WRAP_VALUE(wrong, type, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails() ? wrong : __real_##name arguments; \
	}

#define WRAP(type, name, parameters, arguments) \
	WRAP_VALUE(-1, type, name, parameters, arguments)

/* Defines a wrapper that returns the error number on failure. */
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
