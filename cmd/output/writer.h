/*
 * A thread that writes batches of whole lines to a sink, in the order in which
 * they are put, by blocking writes.
 *
 * DESIGN: writes block, because O_NONBLOCK belongs to the open file and would
 * leak to every process that shares it (the shell, the next program in the
 * pipe). The two threads share two lists of batches and two counters. The loop
 * is woken only if it waits for room and there is room again, or if a write has
 * failed: a wake-up costs more than a batch.
 *
 * A closed pipe is not reported as an error: it ends the program by SIGPIPE, as
 * it ends programs that do not handle that signal.
 */
#ifndef CMD_OUTPUT_WRITER_H
#define CMD_OUTPUT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "pool/loop.h"

struct sink;
struct writer;

/* Callbacks for the owner, called on the loop's thread. */
struct writer_owner {
	/* Called when there is room again after writer_full() returned true, or
	 * when a write has failed (writer_error()). */
	void (*on_change)(void *ctx);
	/* Called when a batch of `records` records was written, at the time
	 * `at`: by the next writer_put(), or by writer_close(). */
	void (*on_written)(void *ctx, msec at, uint64_t records);
	void *ctx;
};

/* Starts the thread, which alone uses the sink from then on; the sink is
 * borrowed. Returns NULL with errno on failure. */
struct writer *writer_open(struct loop *loop, struct sink *sink,
			   const struct writer_owner *owner);

/* Takes ownership of the batch, which holds that many records. */
void writer_put(struct writer *w, struct buf *batch, uint64_t records);

/* Returns true if at least `mark` bytes wait to be written; on_change() is then
 * called when fewer bytes wait. */
bool writer_full(struct writer *w, size_t mark);

/* Waits until nothing waits to be written, but not longer than `most` msec.
 * Returns true if nothing waits. */
bool writer_wait_idle(struct writer *w, msec most);

/* Waits until that number of bytes, counted from the first batch, is written,
 * or until writing has failed. Any thread. */
void writer_wait(struct writer *w, uint64_t bytes);

/* Returns the errno of the first failed write; 0: none. */
int writer_error(const struct writer *w);

/* Waits until all batches are written, then ends the thread. Returns
 * writer_error(). */
int writer_close(struct writer *w);

/* Ends the program by SIGPIPE, as writing to a closed pipe does by default. */
_Noreturn void writer_end_by_sigpipe(void);

#endif
