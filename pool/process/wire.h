/*
 * What the stage and a worker process say to each other, over a socket of
 * which each has an end. A frame is
 *
 *	head     what it is, of which job, and how long the rest is
 *	fields   the small things, in the order wire.c lists them once for both
 *	         the writer and the reader
 *	payload  the large one: the body on its way to the worker, the record
 *	         on its way back; written from where it lies
 *
 * Both ends are the same program on the same machine, so numbers go as they
 * are in memory. But a worker reads what strangers wrote, and may be theirs by
 * now: each length has a limit, memory is taken as bytes come and not as they
 * are announced, and a frame that is wrong in any way is WIRE_BROKEN for good.
 */
#ifndef POOL_PROCESS_WIRE_H
#define POOL_PROCESS_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/job/job.h"

enum wire_kind {
	WIRE_NONE,	/* the frame is not all there yet */
	WIRE_BROKEN,
	WIRE_HELLO,	/* worker: I am ready */
	WIRE_REQUEST,
	WIRE_REPLY,
	WIRE_WANT,	/* worker: the page needs memory; I wait for it */
};

struct wire_head {
	uint32_t magic;
	uint32_t kind;
	uint64_t seq;		/* the stage's number for the job */
	uint64_t fields;
	uint64_t payload;
};

/* The reading end. Set the limits, the rest starts as zero. */
struct wire {
	size_t fields_max, payload_max;
	struct wire_head head;	/* of the frame that wire_next returned */
	struct buf payload;
	struct buf in;		/* what came and is not yet used up */
	size_t at;		/* in there: fields, once there is a head */
	size_t taken;		/* behind them: moved to the payload */
	bool has_head, broken;
	bool returned;		/* the frame, by wire_next */
};

void wire_release(struct wire *w);

/* One read(2) from fd, as it returns. */
ssize_t wire_read(struct wire *w, int fd);

/* The next frame in what was read. Until the next call, its parts are to be
 * had by the function of its kind. */
enum wire_kind wire_next(struct wire *w);

/* Each writer adds head and fields to out; job->res.body or job->record has to
 * be sent behind them. Each reader returns -1, and the job is what it was, if
 * the frame is nonsense. That it is none says nothing of what it says: of a
 * reply, see struct work_split. */
void wire_put_request(struct buf *out, uint64_t seq, const struct job *job);
int wire_get_request(struct wire *w, struct job *job);

void wire_put_reply(struct buf *out, uint64_t seq, const struct job *job);
int wire_get_reply(struct wire *w, struct job *job);

/* bytes: all that the page is to have (base/memory_budget.h). */
void wire_put_want(struct buf *out, uint64_t bytes);
int wire_get_want(struct wire *w, uint64_t *bytes);

/* sandbox: 0, or the errno for which there is none. */
void wire_put_hello(struct buf *out, int sandbox);
int wire_get_hello(struct wire *w, int *sandbox);

#endif
