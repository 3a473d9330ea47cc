/* Refers to a line of input in messages: "line 3 of urls.txt". */
#ifndef CMD_INPUT_LINE_REF_H
#define CMD_INPUT_LINE_REF_H

#include <stdint.h>

#include "base/job/job.h"

struct line_ref {
	const char *source;	/* borrowed */
	uint64_t number;	/* number of the line, from 1; 0: there is no
				 * line number */
};

/* Fails the job with ERR_INPUT and "line 3 of urls.txt: " before the
 * message. */
void line_ref_fail(struct job *job, struct line_ref ref, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
