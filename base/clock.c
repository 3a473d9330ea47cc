/* Reads the clock of the program. */
#include "base/clock.h"

msec clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (msec)t.tv_sec * 1e3 + (msec)t.tv_nsec / 1e6;
}

struct timespec clock_timespec(msec at)
{
	const time_t seconds = (time_t)(at / 1e3);

	return (struct timespec){
		.tv_sec = seconds,
		.tv_nsec = (long)((at - (msec)seconds * 1e3) * 1e6),
	};
}
