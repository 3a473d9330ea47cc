/*
 * The protocol between the stage and a worker process, over a socket pair. A
 * frame is
 *
 *	head     the kind, the job's number, and the lengths of the rest
 *	fields   the small values, in the order that wire.c lists once for both
 *	         the writer and the reader
 *	payload  the large value: the body on its way to the worker, the record
 *	         on its way back; sent without being copied
 *
 * Both ends are the same program on the same machine, so numbers are sent as
 * they are in memory. But a worker reads untrusted pages and may have been
 * taken over: each length has a limit, memory is allocated as bytes arrive and
 * not as they are announced, and after an invalid frame the result is always
 * WIRE_BROKEN.
 */
#ifndef POOL_PROCESS_WIRE_H
#define POOL_PROCESS_WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/job/job.h"

enum wire_kind {
	WIRE_NONE,	/* the next frame is incomplete */
	WIRE_BROKEN,	/* the stream is not valid */
	WIRE_HELLO,	/* the worker is ready */
	WIRE_REQUEST,	/* a job for the worker */
	WIRE_REPLY,	/* the result of a job */
	WIRE_WANT,	/* the worker waits for memory for its page */
};

struct wire_head {
	uint32_t magic;
	uint32_t kind;
	uint64_t seq;		/* the stage's number of the job */
	uint64_t fields;
	uint64_t payload;
};

/* The reading end of the connection. Set the limits; the other members start as
 * zero. */
struct wire {
	size_t fields_max, payload_max;
	struct wire_head head;	/* head of the frame that wire_next() returned
				 * last */
	struct buf payload;
	struct buf in;		/* bytes that were read and not used yet */
	size_t at;		/* offset in `in` of the next head or, if
				 * has_head, of the fields */
	size_t taken;		/* number of bytes behind the fields in `in`
				 * that were copied to the payload */
	bool has_head, broken;
	bool returned;		/* wire_next() has returned the frame */
};

void wire_release(struct wire *w);

/* Calls read(2) on fd once and returns its result. */
ssize_t wire_read(struct wire *w, int fd);

/* Returns the kind of the next complete frame. Its contents are available from
 * the wire_get function for this kind until the next call of wire_next(). */
enum wire_kind wire_next(struct wire *w);

/* Each writer appends head and fields to out; the caller must send
 * job->res.body or job->record after them. Each reader returns -1 and leaves
 * the job unchanged if the frame is malformed. A well-formed reply can still be
 * false, see struct work_split. */
void wire_put_request(struct buf *out, uint64_t seq, const struct job *job);
int wire_get_request(struct wire *w, struct job *job);

void wire_put_reply(struct buf *out, uint64_t seq, const struct job *job);
int wire_get_reply(struct wire *w, struct job *job);

/* bytes: total memory for the page (base/memory_budget.h). */
void wire_put_want(struct buf *out, uint64_t bytes);
int wire_get_want(struct wire *w, uint64_t *bytes);

/* sandbox: the result of sandbox_enter(). */
void wire_put_hello(struct buf *out, int sandbox);
int wire_get_hello(struct wire *w, int *sandbox);

#endif
