/* Reads a response out of its job and record. Works in the same way in every
 * mode. */
#ifndef CMD_GATHER_REPLY_H
#define CMD_GATHER_REPLY_H

#include "base/job/job.h"
#include "cmd/gather/run.h"

struct gather_reply {
	int status;			/* 0: no response */
	struct slice json;		/* the body, borrowed from the job's
					 * record; not valid with an error */
	struct slice values;		/* the body for filters: if the body has
					 * several values, json is an array of
					 * them, and values has one value a
					 * line */
	struct buf lines;		/* storage of `values`, if they are not
					 * in the job's record */
	struct buf header;		/* values of the wanted header, joined
					 * by ", " */
	bool empty;			/* the response has no body: json is
					 * null */
	char *final_url;		/* NULL: no response */
	struct gather_error *error;	/* NULL: json is valid */
};

/* Fills *r from a finished job, which must outlive it. header is the name of
 * the wanted response header, in lower case, or NULL. */
void gather_reply_read(struct gather_reply *r, const struct job *job,
		       const char *header);
void gather_reply_release(struct gather_reply *r);

#endif
