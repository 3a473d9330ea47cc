/*
 * Keeps a crawl and its output in step, so that after any kind of stop each
 * page has exactly one record.
 *
 * The records of a batch are written to the disk first. Then one transaction
 * marks their pages as done, adds the pages found on them, and stores the
 * length of the output. A resumed crawl cuts the output to that length.
 */
#ifndef CMD_CRAWL_STATE_H
#define CMD_CRAWL_STATE_H

#include <stdbool.h>

#include "cmd/output/output.h"
#include "crawl/frontier.h"

struct state {
	const char *folder;	/* NULL: nothing is kept */
	const char *output;	/* path */
	int lock;		/* descriptor; -1: none */
	bool is_resumed;
};

/* Makes the folder if it does not exist, and locks it. Returns 0, or an exit
 * code after logging the reason. */
int state_open(struct state *s, const char *folder, const char *output);
void state_close(struct state *s);

/* Checks that the folder has no crawl unless resume is true, and cuts the
 * output of a resumed crawl to what the folder knows of it. Returns 0, or an
 * exit code after logging the reason. */
int state_begin(struct state *s, const struct frontier *f, bool resume);

/* Makes all changes and all records so far permanent. o NULL: the output is
 * closed. Returns 0, or -1 after logging the reason. */
int state_commit(const struct state *s, struct frontier *f, struct output *o);

#endif
