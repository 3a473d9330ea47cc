/*
 * Writes records to standard output or a file, in a thread of its own.
 *
 * The thread writes whole lines in batches, by blocking writes (O_NONBLOCK on
 * an inherited descriptor would leak to the shell), so a slow reader slows the
 * admission of requests, not the loop. A record waits at most OUTPUT_DELAY for
 * its batch. With ordered set, records are written by index; the caller limits
 * how far indices may run ahead of output_oldest().
 *
 * A closed pipe ends the program at once and without a message, by SIGPIPE
 * (which the program otherwise ignores), even while nothing is being written:
 * the loop watches the descriptor for POLLERR.
 */
#ifndef CMD_OUTPUT_OUTPUT_H
#define CMD_OUTPUT_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/output/sink.h"
#include "pool/loop.h"

#define OUTPUT_DELAY 20.0	/* msec */
enum { OUTPUT_MARK = 4 << 20 };	/* bytes queued for writing at which the output
				 * counts as full */

struct columns;
struct format;
struct output;

struct output_config {
	const char *path;	/* NULL: standard output */
	const struct format *format;	/* NULL: the default, JSON lines */
	const struct columns *columns;	/* columns of a table; borrowed */
	bool ordered;
	bool append;		/* keep the file's content */
	struct folder folder;	/* for a format that writes to a folder */
	/* Settings for a database (cmd/output/database.h): */
	const char *table;	/* NULL: the default */
	bool upsert;
	const char *list;	/* name of the list of requests; used only while
				 * the database is opened */
	/* Writes a new file, which takes the name of path only after
	 * output_mark_good(). */
	bool via_new_file;
	/* Called by the loop when the output has room again, or has failed.
	 * NULL: not called. */
	void (*on_change)(void *ctx);
	/* Called by the loop some time after a write. `records` is the number
	 * of records that had been written by the time `at`. NULL: not
	 * called. */
	void (*on_written)(void *ctx, msec at, uint64_t records);
	void *ctx;
};

/* Creates the folder of a format that writes to one, unless it exists. To be
 * called before the file in it is opened. Returns 0; or -1 after logging the
 * reason. */
int output_make_folder(const char *path);

/*
 * Opens the output. Returns NULL and logs the reason on failure.
 *
 * A regular file that is not empty is never overwritten: it is the result of
 * another run, or was named by mistake. With neither append nor via_new_file it
 * is renamed to PATH~, and a message says so.
 */
struct output *output_open(struct loop *loop,
			   const struct output_config *config);

/* Takes the record of the request with that index: one line with its '\n'; with
 * items, one line for each item, or nothing. Each index is put or skipped
 * exactly once. */
void output_put(struct output *o, uint64_t index, struct buf *record);

/* Marks an index as done without a record, because the file has one already. */
void output_skip(struct output *o, uint64_t index);

/* Returns true while OUTPUT_MARK bytes or more are queued: no new request
 * should be started. */
bool output_full(const struct output *o);

/* Returns the lowest index that has been neither put nor skipped. */
uint64_t output_oldest(const struct output *o);

/* Returns true if all records put so far are written. If not, begins to write
 * the rest and waits for that, at most 10 msec. */
bool output_is_written(struct output *o);

/* Hands all records put so far to the thread that writes them. Returns the
 * number of their bytes. */
uint64_t output_flush(struct output *o);

/* Waits until that number of bytes is written, and syncs the file. Any thread.
 * Returns 0, or an errno (logged by output_error()). */
int output_sync(struct output *o, uint64_t bytes);

/* Returns by how much the file has grown by that number of bytes, which
 * output_flush() has returned and which are written. For formats with a line
 * for each record. Any thread. */
uint64_t output_growth(struct output *o, uint64_t bytes);

/* Returns the errno of the first failed write, which has been logged by then;
 * 0: none. Records put later are dropped. */
int output_error(struct output *o);

/* With via_new_file: marks the output as complete, so that the new file takes
 * the name of path when it is closed. */
void output_mark_good(struct output *o);

/* Removes an incomplete new file (via_new_file) after an error, for a program
 * that is about to end without output_close(). */
void output_abandon(struct output *o);

/* Writes the remaining records (with gaps in their order if the run was
 * interrupted), waits for the writer, and frees the output. Returns 0, or the
 * errno of the first failure.
 *
 * With via_new_file but without output_mark_good(): an old file that is not
 * empty stays, the records go to PATH.failed, and a message says so. */
int output_close(struct output *o);

#endif
