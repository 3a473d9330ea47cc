/* What came back, out of a record: the same in every mode. */
#ifndef CMD_GATHER_REPLY_H
#define CMD_GATHER_REPLY_H

#include "base/job/job.h"
#include "cmd/gather/run.h"

struct gather_reply {
	int status;			/* 0: none */
	struct slice json;		/* the body, borrowed from the job's
					 * record; without an error */
	struct slice values;		/* the same for filters: a body of
					 * several values is an array in json,
					 * and a line for each here */
	struct buf lines;		/* what values may be in */
	struct buf header;		/* fields of the one that was asked for,
					 * joined by commas */
	bool empty;			/* there was no body: json is null */
	char *final_url;		/* NULL: nothing was reached */
	struct gather_error *error;	/* NULL: there is a body */
};

/* header is the name of the one that is wanted, in lower case; or NULL. */
void gather_reply_read(struct gather_reply *r, const struct job *job,
		       const char *header);
void gather_reply_release(struct gather_reply *r);

#endif
