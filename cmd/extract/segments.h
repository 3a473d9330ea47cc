/*
 * Reads an archive of gzip members in several threads, and gives what they find
 * in the order of the file: exactly what one reader would find.
 *
 * DESIGN: the file is divided into segments of SEGMENT_BYTES. The reader of a
 * segment begins with the first member in it that begins a record, and stops at
 * the first one beyond it. It may begin at a wrong place, because the body of a
 * response may be an archive, so what it finds counts only if the reader of the
 * segment before has stopped exactly there. Otherwise it is forgotten, and that
 * reader reads this segment, too. After damage, one reader reads the rest of the
 * file, because what is read after damage depends on what was read before. So an
 * index of the archive is not needed, and none can be wrong.
 */
#ifndef CMD_EXTRACT_SEGMENTS_H
#define CMD_EXTRACT_SEGMENTS_H

#include <stdatomic.h>
#include <stdint.h>

#include "cmd/extract/archive_item.h"

enum {
	SEGMENT_BYTES = 512 << 10,	/* compressed */
	SEGMENT_ITEM_BYTES = 4 << 20,	/* a reader waits while so much that it
					 * has found was not taken */
	SEGMENT_THREADS = 16,		/* at most */
};

struct segments;

struct segments_config {
	const char *name;	/* of the archive; borrowed */
	int fd;			/* of a file; borrowed. Its position stays */
	const atomic_bool *closing;	/* ends reading; borrowed */
	uint64_t from, size;	/* offset of the first byte, size of the file */
	uint64_t max_body;	/* as for response_job() */
	unsigned threads;
};

/* Starts to read. Returns NULL if there is only one segment or one thread. */
struct segments *segments_open(const struct segments_config *config);

/* Waits for the next item. Returns NULL at the end of the archive, and after
 * segments_stop(). The item is valid until the next call; its job may be
 * taken. */
struct archive_item *segments_next(struct segments *s);

/* Returns the errno of a read that failed; 0: none. After the end. */
int segments_error(const struct segments *s);

/* Ends a segments_next() that waits. Any thread. */
void segments_stop(struct segments *s);

/* Ends the threads. NULL is fine. */
void segments_close(struct segments *s);

#endif
