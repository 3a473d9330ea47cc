/*
 * What is known of a body before it has arrived as a whole: whether it is
 * larger than allowed when it is decoded.
 *
 * fetch/ asks, parse/ knows the codings, and neither sees the other: this is
 * the interface, and cmd/ brings them together.
 */
#ifndef BASE_JOB_BODY_CHECK_H
#define BASE_JOB_BODY_CHECK_H

#include <stddef.h>

#include "base/job/job.h"

enum body_state {
	BODY_FINE,	/* so far, up to its last byte */
	BODY_BUSY,	/* so far; not all of it was looked at */
	BODY_TOO_LARGE,
};

/* Any thread, one at a time for each that was opened. */
struct body_check {
	/* Of a job whose headers are there, and the first bytes of its body
	 * (three or more). NULL: the body can stay as it is. */
	void *(*open)(const void *config, const struct job *job);
	/* body: all that has come of it. Does no more at once than decoding to
	 * about a megabyte. *message, of one that is too large, is to be
	 * freed. */
	enum body_state (*scan)(void *own, struct slice body, char **message);
	/* The memory that it takes now. */
	size_t (*bytes)(const void *own);
	void (*close)(void *own);
};

#endif
