/* Reads the clock of the program. */
#include "base/clock.h"

static msec read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (msec)t.tv_sec * 1e3 + (msec)t.tv_nsec / 1e6;
}

msec clock_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

msec clock_boot_now(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

struct timespec clock_timespec(msec at)
{
	const time_t seconds = (time_t)(at / 1e3);

	return (struct timespec){
		.tv_sec = seconds,
		.tv_nsec = (long)((at - (msec)seconds * 1e3) * 1e6),
	};
}
