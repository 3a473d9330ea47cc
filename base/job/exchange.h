/*
 * A request and the head of its response, byte for byte, for an archive of what
 * was sent and received. The body is the job's (job->res.body), with its
 * content codings, but without the transfer coding.
 *
 * A job has an exchange only if an archive is written, and only from the end of
 * a hop until the exchange is stored.
 */
#ifndef BASE_JOB_EXCHANGE_H
#define BASE_JOB_EXCHANGE_H

#include <stdint.h>

#include "base/buf.h"

struct job;

/* Reasons why a body is not complete. */
enum exchange_cut {
	CUT_NOT,
	CUT_LENGTH,	/* longer than the part that is kept of a body */
	CUT_TIME,	/* a time limit has ended the transfer */
	CUT_DISCONNECT,	/* the connection was closed too early */
	CUT_OTHER,	/* for any other reason, such as an interrupt */
};

struct exchange {
	struct buf request;	/* as sent: head and body */
	struct buf head;	/* of the final response, as received: the
				 * status line, header lines and the empty
				 * line, with their line ends */
	int64_t began;		/* time at which the request was sent, in msec
				 * since 1970 */
	const char *tls;	/* version of TLS, such as "tls/1.3"; a literal;
				 * NULL: not encrypted */
	enum exchange_cut cut;
};

struct exchange *exchange_new(void);
void exchange_free(struct exchange *x);	/* NULL is fine */

/* Stores the exchanges of a run. */
struct exchange_store {
	/* Stores the exchange of the job's hop, together with the body, and
	 * frees it. May take as long as compressing the body. Any thread. */
	void (*put)(struct exchange_store *store, struct job *job);
};

#endif
