/*
 * The bytes of an archive as they are in the file. The reader can go back:
 * after damage, the search for the next record begins before the place where
 * the damage was noticed.
 *
 * A part of the file, the window, is in memory: the bytes from the mark on, of
 * which at most RAW_KEPT have been consumed, and bytes that were read ahead.
 * Reads a file from any offset, or a pipe.
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
	RAW_KEPT = 1 << 20,	/* consumed bytes that raw_rewind() can go back
				 * to */
	RAW_READ = 256 << 10,	/* maximum length of a read */
};

/* Set fd, closing, stop, base and end before reading. All other members begin
 * as zero. */
struct raw {
	int fd;			/* borrowed; unless is_file, its position is
				 * `base`, or behind the bytes that are in
				 * `bytes` already */
	bool is_file;		/* read at offsets, and leave the position of fd
				 * unchanged */
	/* Reading ends when *closing becomes true (NULL: never). `stop` becomes
	 * readable at that time, so that a wait for a pipe ends, too; -1: not
	 * needed, for a file. Both are borrowed. */
	const atomic_bool *closing;
	int stop;
	uint64_t base;		/* offset in the file of the first byte in
				 * `bytes` */
	uint64_t end;		/* offset at which reading ends; UINT64_MAX: end
				 * of the file */
	struct buf bytes;
	size_t at;		/* index of the first byte that is not
				 * consumed */
	uint64_t mark;
	bool ended;
	int error;		/* errno of a failed read; 0: none has failed */
};

/* Reads until at least len bytes are in memory that are not consumed. Returns
 * false if the file has fewer, or cannot be read. len is RAW_READ at most. */
bool raw_fill(struct raw *r, size_t len);

/* Reads up to room bytes directly into a buffer, and consumes them;
 * raw_rewind() cannot go back to them. All bytes in memory must have been
 * consumed. Returns their number; 0 at the end. */
size_t raw_read_past(struct raw *r, struct buf *to, size_t room);

/* Returns the bytes in memory that are not consumed. */
static inline struct slice raw_bytes(const struct raw *r)
{
	return (struct slice){bytes_end(r->bytes.data, r->at),
			      r->bytes.len - r->at};
}

static inline void raw_consume(struct raw *r, size_t len)
{
	r->at += len;
}

/* Returns the offset of the next byte to be consumed. */
static inline uint64_t raw_offset(const struct raw *r)
{
	return r->base + r->at;
}

/* Keeps the bytes from the next one on in memory, RAW_KEPT at most. */
static inline void raw_mark(struct raw *r)
{
	r->mark = raw_offset(r);
}

/* Goes back to the offset, or to the first byte after it that is still in
 * memory. Never goes forward. */
void raw_rewind(struct raw *r, uint64_t offset);

void raw_release(struct raw *r);

#endif
