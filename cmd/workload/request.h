/*
 * What a client of the workloads' server asks for. Pure: bytes in, the answer
 * that is due out. GET and HEAD, HTTP/1.0 and 1.1, of these paths:
 *
 *	/KIND/N			answer N of that kind (cmd/workload/pages.h)
 *	/delay/MS/KIND/N	the same, after that many milliseconds
 */
#ifndef CMD_WORKLOAD_REQUEST_H
#define CMD_WORKLOAD_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "cmd/workload/pages.h"

enum {
	/* A request that has not ended by then is refused. */
	WORKLOAD_HEAD_MAX = 8192,
	WORKLOAD_DELAY_MAX = 60000,
};

struct workload_request {
	unsigned status;	/* to answer with */
	bool head_only;
	bool keep;		/* the connection, for another request */
	size_t len;		/* of the request; all there is if it is bad */
	/* status 200 only: */
	const struct workload_kind *kind;
	unsigned n;		/* below the kind's count */
	msec delay;
};

/* False: the rest has not come yet. */
bool workload_request_read(struct workload_request *r, const char *data,
			   size_t len);

#endif
