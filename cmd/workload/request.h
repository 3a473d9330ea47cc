/*
 * Parses a request to the workload server. Pure: bytes in, a description of the
 * answer out. It understands GET and HEAD, HTTP/1.0 and 1.1, of these paths:
 *
 *	/KIND/N			answer N of that kind (cmd/workload/pages.h)
 *	/delay/MS/KIND/N	the same answer after MS milliseconds
 */
#ifndef CMD_WORKLOAD_REQUEST_H
#define CMD_WORKLOAD_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "cmd/workload/pages.h"

enum {
	/* A request whose head does not end within this many bytes is
	 * refused. */
	WORKLOAD_HEAD_MAX = 8192,
	WORKLOAD_DELAY_MAX = 60000,	/* milliseconds */
};

struct workload_request {
	unsigned status;	/* status of the answer */
	bool head_only;		/* HEAD: the answer has no body */
	bool keep;		/* keep the connection for another request */
	size_t len;		/* length of the request in bytes; if it is
				 * refused, of all bytes received */
	/* Only if status is 200: */
	const struct workload_kind *kind;
	unsigned n;		/* number of the answer, less than the kind's
				 * count */
	msec delay;
};

/* Returns false if the head is not complete yet. */
bool workload_request_read(struct workload_request *r, const char *data,
			   size_t len);

#endif
