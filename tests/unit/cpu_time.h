/*
 * Processor time, for tests that something takes one pass and not a pass for
 * each of its parts. The limits are many times what was measured, and a small
 * part of what the mistake would take: they hold on a slow machine, too.
 */
#ifndef TESTS_CPU_TIME_H
#define TESTS_CPU_TIME_H

#include <time.h>

/* Returns the processor time of the process so far, in seconds. */
static inline double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
