/* Reads the clock of the program. */
#include "base/clock.h"

#include <time.h>

msec clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (msec)t.tv_sec * 1e3 + (msec)t.tv_nsec / 1e6;
}
