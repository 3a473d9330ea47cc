/* Formats errors of input lines. */
#include "cmd/input/line_ref.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void line_ref_fail(struct job *job, struct line_ref ref, const char *fmt, ...)
{
	va_list args;
	char message[512];

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	/* Cut the path, which may have 4,096 bytes, more than a message may
	 * have. */
	if (ref.number)
		job_fail(job, ERR_INPUT, "line %" PRIu64 " of %.256s: %s",
			 ref.number, ref.source, message);
	else
		job_fail(job, ERR_INPUT, "%.256s: %s", ref.source, message);
}
