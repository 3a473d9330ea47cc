/*
 * --resume: the records that an output file has of a run that was stopped, in
 * any way: interrupted, killed, or by a loss of power.
 *
 * A torn last line is cut off, and so are NUL bytes at the end, which a loss of
 * power leaves of what had not reached the disk; where whole records come
 * behind them, that line is taken out at the end of the run (cmd/scrape/record_order).
 * What else is no record ends the program: it may be a file of the user's.
 *
 * A record is of the request with its index when it has its URL and id, too,
 * byte for byte. Four bytes stand for them, so another list is taken for the
 * same with a chance of one to four billion for each record.
 *
 * The file is locked, so that two runs do not go on with it.
 */
#ifndef CMD_SCRAPE_RESUME_H
#define CMD_SCRAPE_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"

enum { RESUME_INDEX_MAX = 1 << 28 };

struct resume;

/* Reads the file, and makes it when there is none; nothing in it is changed
 * yet. path is borrowed. NULL: said why. */
struct resume *resume_open(const char *path);
void resume_close(struct resume *r);	/* NULL is fine */

/* Cuts off what is torn. 0; or -1: said why. */
int resume_cut(struct resume *r);

enum resume_answer {
	RESUME_MISSING,		/* is to be requested */
	RESUME_HAS,		/* has a record */
	RESUME_OTHER,		/* another request has its index; said */
};

enum resume_answer resume_has(const struct resume *r, const struct job *job);

uint64_t resume_records(const struct resume *r);
bool resume_has_errors(const struct resume *r);	/* records with one */
bool resume_has_damage(const struct resume *r);	/* between records */

/* The list has ended after so many requests. 0; or -1: there are records of
 * more, said. */
int resume_check_end(const struct resume *r, uint64_t requests);

#endif
