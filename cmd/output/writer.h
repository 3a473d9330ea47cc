/*
 * A thread that writes batches of whole lines to a sink, in the order they
 * come, by blocking writes.
 *
 * DESIGN: blocking, because O_NONBLOCK belongs to the open file and would leak
 * to whoever shares it (the shell, the next program in the pipe). The two
 * threads share a list of batches and two counters; the loop is woken when it
 * has asked for room and there is some, and when a write has failed, and
 * never else: a wake-up costs more than a batch.
 *
 * A closed pipe is none of our errors: it ends the program by SIGPIPE, as it
 * ends those that never heard of it.
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

/* Called from the loop. */
struct writer_owner {
	/* Room again after writer_full(), or writer_error(). */
	void (*on_change)(void *ctx);
	/* A batch of so many records was written at that moment, which is
	 * told at the next writer_put() or writer_close(). */
	void (*on_written)(void *ctx, msec at, uint64_t records);
	void *ctx;
};

/* sink is borrowed, and used by the thread alone. NULL with errno. */
struct writer *writer_open(struct loop *loop, struct sink *sink,
			   const struct writer_owner *owner);

/* Takes the batch. */
void writer_put(struct writer *w, struct buf *batch, uint64_t records);

/* So many bytes or more wait to be written. Once it was true, on_change will
 * say when it no longer is. */
bool writer_full(struct writer *w, size_t mark);

/* The errno with which a write has failed; 0: none. */
int writer_error(const struct writer *w);

/* Waits until all is written. Returns writer_error(). */
int writer_close(struct writer *w);

/* Ends the program as writing to a closed pipe does. */
_Noreturn void writer_end_by_sigpipe(void);

#endif
