/*
 * Keeps a crawl and its output in step, so that after any kind of stop each
 * page has exactly one record.
 *
 * The exchanges of an archive and the records of a batch are written to the
 * disk first. Then one transaction marks their pages as done, adds the pages
 * found on them, and stores the length of the output. A resumed crawl cuts the
 * output to that length.
 *
 * Output to a pipe cannot be cut: there each page has at least one record.
 */
#ifndef CMD_CRAWL_STATE_H
#define CMD_CRAWL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/options/options.h"
#include "cmd/output/output.h"
#include "crawl/frontier.h"

struct state {
	const char *folder;	/* NULL: nothing is kept */
	const char *output;	/* path of the output; NULL: not a file */
	const struct options *archive;	/* options whose archive is synced
					 * before each commit; NULL: no
					 * archive */
	int lock;		/* descriptor; -1: none */
	bool is_resumed;
	bool has_synced_name;	/* the name of the output file is permanent
				 * (synced) */
	uint64_t bytes;		/* size of the bodies in all runs, to be
				 * stored */
	uint64_t length;	/* length of the output when this run began */
	/* Values of the current commit: the open output (NULL: it is closed),
	 * the number of bytes that this run has put there, and the size of the
	 * bodies. */
	struct output *open;
	uint64_t put, bytes_then;
};

/* Makes the folder if it does not exist, and locks it. Returns 0, or an exit
 * code after logging the reason. */
int state_open(struct state *s, const char *folder, const char *output);
void state_close(struct state *s);

/* Removes the database of the folder, which no one has open. Returns 0, or -1
 * after logging the reason. */
int state_empty(const struct state *s);

/* Reads the length and the digest of a file. Returns 0, or -1 with errno. */
int state_read_output(const char *path, struct store_output *known);

/* Returns true if the file has exactly the length and the digest in known. */
bool state_has_output(const char *path, const struct store_output *known);

/* Checks that the folder has no crawl, unless resume is true. Truncates the
 * output of a resumed crawl to the length that the folder knows. Returns 0, or
 * an exit code after logging the reason. */
int state_begin(struct state *s, struct frontier *f, bool resume);

/* Returns true if state_commit() does not have to wait for a slow reader of the
 * output. */
bool state_can_commit(const struct state *s, struct output *o);

/* Makes all changes and all records so far permanent, in the frontier's thread;
 * frontier_is_committing() is true until that is done. o: the output; NULL: it
 * is closed. */
void state_commit(struct state *s, struct frontier *f, struct output *o);

/* Makes all changes and all records permanent after the output was closed, and
 * waits for that. Returns 0, or -1 after logging the reason. */
int state_finish(struct state *s, struct frontier *f);

#endif
