/*
 * CPU time, for tests that a function takes linear and not quadratic time. The
 * limits are many times the measured time, and a small part of the time that
 * the mistake would take, so they hold on a slow machine, too.
 */
#ifndef TESTS_CPU_TIME_H
#define TESTS_CPU_TIME_H

#include <time.h>

/* Returns the CPU time of the process so far, in seconds. */
static inline double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
