/*
 * Records to standard output or a file, by a thread of its own.
 *
 * Whole lines, in batches, by blocking writes (O_NONBLOCK on a descriptor we
 * were given would leak to the shell), so a slow reader slows admission, not
 * the loop. A record waits at most OUTPUT_DELAY for its batch. With ordered
 * set, records go out by index; the caller keeps the distance bounded.
 *
 * A closed pipe ends the program at once and quietly, by SIGPIPE (which the
 * program otherwise ignores), also while nothing is being written: the loop
 * watches the descriptor for POLLERR.
 */
#ifndef CMD_OUTPUT_OUTPUT_H
#define CMD_OUTPUT_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "pool/loop.h"

#define OUTPUT_DELAY 20.0	/* msec */
enum { OUTPUT_MARK = 4 << 20 };	/* bytes queued from which it is full */

struct columns;
struct format;
struct output;

struct output_config {
	const char *path;	/* NULL: standard output */
	const struct format *format;	/* NULL: the default, lines */
	const struct columns *columns;	/* for tables; borrowed */
	bool ordered;
	bool append;		/* to what the file has */
	/* Into a new file, which takes the name of path only when all went
	 * well: output_mark_good(). */
	bool via_new_file;
	/* From the loop: room again, or the output has failed. */
	void (*on_change)(void *ctx);
	/* From the loop, some time later: at that moment so many records had
	 * been written. NULL: nobody wants to know. */
	void (*on_written)(void *ctx, msec at, uint64_t records);
	void *ctx;
};

/*
 * NULL when the file cannot be opened; said why.
 *
 * A regular file that is not empty is never written over: it is what another run
 * has taken its time for, or a mistake. With neither append nor beside it is
 * renamed to PATH~, which is said.
 */
struct output *output_open(struct loop *loop,
			   const struct output_config *config);

/* Takes the record of the request with that index (one line, with its '\n';
 * or lines, or none: of its items). Each index once. */
void output_put(struct output *o, uint64_t index, struct buf *record);

/* No record of that index is to come, as there is one already. */
void output_skip(struct output *o, uint64_t index);

/* Above its mark: start nothing new. */
bool output_full(const struct output *o);

/* The lowest index that has not been put. */
uint64_t output_oldest(const struct output *o);

/* The errno with which a write has failed, which has been said by then; 0: none.
 * Later records are dropped. */
int output_error(struct output *o);

/* With beside: all went well, and what is written is to take the name. */
void output_mark_good(struct output *o);

/* After an error, before the program is ended at once: no half of a new file
 * stays beside the old one. */
void output_abandon(struct output *o);

/* Writes what is left (with gaps in the order, when the run was interrupted),
 * waits for it. Returns 0, or the errno of the first failure.
 *
 * With beside, if all was not good: where there was a file that was not empty, it
 * stays, and what was written is put into PATH.failed, which is said. */
int output_close(struct output *o);

#endif
