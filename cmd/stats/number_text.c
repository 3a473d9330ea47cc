/* Formats numbers for people. */
#include "cmd/stats/number_text.h"

#include <inttypes.h>
#include <stdio.h>

void text_add_count(struct buf *out, uint64_t n)
{
	char digits[24];
	const int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addch(out, ',');
		buf_addch(out, digits[i]);
	}
}

void text_add_clock(struct buf *out, double seconds)
{
	const uint64_t s = (uint64_t)(seconds + 0.5);
	const unsigned minutes = (unsigned)(s / 60 % 60);

	if (s < 3600)
		buf_addf(out, "%u:%02u", minutes, (unsigned)(s % 60));
	else if (s < 24 * 3600)
		buf_addf(out, "%u:%02u:%02u", (unsigned)(s / 3600), minutes,
			 (unsigned)(s % 60));
	else
		buf_addf(out, "%" PRIu64 "d %uh", s / (24 * 3600),
			 (unsigned)(s / 3600 % 24));
}

void text_add_bytes(struct buf *out, uint64_t bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	const size_t last = sizeof(units) / sizeof(*units) - 1;
	double n = (double)bytes / 1e3;
	size_t unit = 0;

	if (bytes < 1000) {
		buf_addf(out, "%u B", (unsigned)bytes);
		return;
	}
	for (; n >= 999.95 && unit < last; unit++)
		n /= 1e3;
	buf_addf(out, "%.1f %s", n, units[unit]);
}

void text_add_duration(struct buf *out, msec duration)
{
	if (duration < 9950)
		buf_addf(out, "%.1f s", duration > 0 ? duration / 1e3 : 0);
	else
		text_add_clock(out, duration / 1e3);
}
