/*
 * --resume: the records that an output file has of a run that was stopped, in
 * any way: interrupted, killed, or by a loss of power.
 *
 * A torn last line is cut off, and what a loss of power has left as NUL bytes,
 * with all that comes after. Anything else that is no record ends the program:
 * it may be a file of the user's.
 *
 * A record is of the request with its index when it has its URL and id, too;
 * four bytes are kept of each, so lists that differ are told apart by a chance
 * of one to four billion, at each line.
 *
 * The file is locked (flock), so that two runs do not go on with it.
 */
#ifndef CMD_RESUME_H
#define CMD_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job.h"

enum { RESUME_INDEX_MAX = 1 << 28 };

struct resume;

/* Makes the file when there is none. path is borrowed. NULL: said why. */
struct resume *resume_open(const char *path);
void resume_close(struct resume *r);	/* NULL is fine */

enum resume_answer {
	RESUME_MISSING,		/* is to be requested */
	RESUME_HAS,		/* has a record */
	RESUME_OTHER,		/* another request has its index; said */
};

enum resume_answer resume_has(const struct resume *r, const struct job *job);

uint64_t resume_records(const struct resume *r);
bool resume_has_errors(const struct resume *r);	/* records with one */

/* The list has ended after so many requests. 0; or -1: there are records of
 * more, said. */
int resume_check_end(const struct resume *r, uint64_t requests);

#endif
