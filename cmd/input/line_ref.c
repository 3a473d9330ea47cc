#include "cmd/input/line_ref.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void line_ref_fail(struct job *job, struct line_ref place, const char *fmt, ...)
{
	va_list args;
	char what[512];

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	/* A path has up to 4,096 bytes, a message fewer. */
	if (place.number)
		job_fail(job, ERR_INPUT, "line %" PRIu64 " of %.256s: %s",
			 place.number, place.source, what);
	else
		job_fail(job, ERR_INPUT, "%.256s: %s", place.source, what);
}
