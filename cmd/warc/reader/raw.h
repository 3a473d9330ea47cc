/*
 * The bytes of an archive as they are in the file, with a way back: after
 * damage, the search for the next record begins before the place where the
 * damage was noticed.
 *
 * A window of the file is in memory. It has the bytes from the mark on, at most
 * RAW_KEPT of those that were consumed, and those that were read ahead. Reads a
 * file from any offset, and a pipe.
 */
#ifndef CMD_WARC_READER_RAW_H
#define CMD_WARC_READER_RAW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	RAW_KEPT = 1 << 20,	/* consumed bytes that stay in memory */
	RAW_READ = 256 << 10,	/* bytes of a read */
};

/* Set fd, closing, stop, base and end, then read; the other members start as zero. */
struct raw {
	int fd;			/* borrowed; its position is that of base, or
				 * behind what is in bytes */
	/* Reading ends when *closing becomes true (NULL: never). So that a
	 * pipe cannot keep it waiting, stop is a descriptor that becomes
	 * readable then; -1: none, for a file. Both are borrowed. */
	const atomic_bool *closing;
	int stop;
	uint64_t base;		/* offset in the file of the first of bytes */
	uint64_t end;		/* offset of the end; UINT64_MAX: that of the
				 * file */
	struct buf bytes;
	size_t at;		/* start of the bytes not consumed */
	uint64_t mark;
	bool ended;
	int error;		/* errno of a read that failed; 0: none */
};

/* Reads until len bytes are there that are not consumed. Returns false if the
 * file has fewer, or cannot be read. len is at most RAW_READ. */
bool raw_fill(struct raw *r, size_t len);

/* Reads up to room bytes to the end of a buffer, without a way back, and
 * consumes them. All bytes in memory must have been consumed. Returns 0 at the
 * end. */
size_t raw_read_past(struct raw *r, struct buf *to, size_t room);

/* Returns the bytes that are in memory and not consumed. */
static inline struct slice raw_bytes(const struct raw *r)
{
	return (struct slice){bytes_end(r->bytes.data, r->at),
			      r->bytes.len - r->at};
}

static inline void raw_consume(struct raw *r, size_t len)
{
	r->at += len;
}

/* Returns the offset of the next byte. */
static inline uint64_t raw_offset(const struct raw *r)
{
	return r->base + r->at;
}

/* Keeps the bytes from the next one on, as far as there is room. */
static inline void raw_mark(struct raw *r)
{
	r->mark = raw_offset(r);
}

/* Goes back to the offset, or to the first byte after it that is still in
 * memory. Never goes forward. */
void raw_rewind(struct raw *r, uint64_t offset);

void raw_release(struct raw *r);

#endif
