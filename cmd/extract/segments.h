/*
 * Reads an archive of gzip members in several threads, and returns the items in
 * the order of the file: the same items that a single reader would find.
 *
 * DESIGN: the file is divided into segments of SEGMENT_BYTES. The reader of a
 * segment begins with the first member in it that begins a record, and stops at
 * the first one beyond the segment. It may begin at a wrong place, because the
 * body of a response may be an archive. So its items are used only if the
 * reader of the previous segment has stopped exactly at its beginning.
 * Otherwise its items are dropped, and the previous reader reads this segment,
 * too. After damage, a single reader reads the rest of the file, because the
 * items after damage depend on the bytes before it. This design needs no index
 * of the archive.
 */
#ifndef CMD_EXTRACT_SEGMENTS_H
#define CMD_EXTRACT_SEGMENTS_H

#include <stdatomic.h>
#include <stdint.h>

#include "cmd/extract/archive_item.h"

enum {
	SEGMENT_BYTES = 512 << 10,	/* length of a segment of the compressed
					 * file */
	SEGMENT_ITEM_BYTES = 4 << 20,	/* a reader waits while its items that
					 * were not taken yet have this length
					 * or more */
	SEGMENT_THREADS = 16,		/* maximum number of threads */
};

struct segments;

struct segments_config {
	const char *name;	/* name of the archive; borrowed */
	int fd;			/* descriptor of a file; borrowed. Its position
				 * does not change */
	const atomic_bool *closing;	/* reading ends when it becomes true;
					 * borrowed */
	uint64_t from, size;	/* offset of the first byte, size of the file */
	uint64_t max_body;	/* see response_job() */
	unsigned threads;
};

/* Starts to read. Returns NULL if there is only one segment or one thread. */
struct segments *segments_open(const struct segments_config *config);

/* Waits for the next item. Returns NULL at the end of the archive, and after
 * segments_stop(). The item is valid until the next call; its job may be
 * taken. */
struct archive_item *segments_next(struct segments *s);

/* Returns the errno of a read that failed; 0: none has failed. Call it after
 * segments_next() has returned NULL. */
int segments_error(const struct segments *s);

/* Makes segments_next() return NULL, even if it is waiting. Any thread. */
void segments_stop(struct segments *s);

/* Ends the threads, and frees everything. NULL is fine. */
void segments_close(struct segments *s);

#endif
