/*
 * Checks a body while it arrives: detects that it is larger than allowed when
 * decoded.
 *
 * fetch/ calls the check, parse/ implements it because it has the decoders, and
 * neither includes the other: this is the interface, and cmd/ connects them.
 */
#ifndef BASE_JOB_BODY_CHECK_H
#define BASE_JOB_BODY_CHECK_H

#include <stddef.h>

#include "base/job/job.h"

enum body_state {
	BODY_FINE,	/* all bytes so far are checked, and there is no
			 * problem */
	BODY_BUSY,	/* no problem so far; some bytes are not checked yet */
	BODY_TOO_LARGE,
};

/* May be called in any thread, by one thread at a time for each open check. */
struct body_check {
	/* Opens a check for a job that has its headers and the first bytes of
	 * its body (three or more). Returns NULL if no check is needed. */
	void *(*open)(const void *config, const struct job *job);
	/* Checks the next part. body: everything received so far. A call
	 * decodes at most about a megabyte. If the body is too large, sets
	 * *message, which the caller frees. */
	enum body_state (*scan)(void *own, struct slice body, char **message);
	/* Returns the memory that the check uses now, in bytes. */
	size_t (*bytes)(const void *own);
	void (*close)(void *own);
};

#endif
