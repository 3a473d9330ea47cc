/*
 * An archive (WARC) among the sources: a thread decompresses it and makes a job
 * of each HTTP response; the loop takes the jobs one by one.
 *
 * The thread stops while ARCHIVE_JOBS jobs or ARCHIVE_BYTES of bodies wait to
 * be taken. It logs a note for each place where the archive is damaged.
 */
#ifndef CMD_EXTRACT_ARCHIVE_H
#define CMD_EXTRACT_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/extract/payloads.h"
#include "cmd/warc/format.h"
#include "pool/loop.h"

enum {
	ARCHIVE_JOBS = 64,
	ARCHIVE_BYTES = 2 << 20,
	ARCHIVE_NOTES = 20,	/* notes of damage for an archive */
};

struct archive;

struct archive_config {
	const char *name;	/* borrowed; "-": standard input */
	int fd;			/* borrowed */
	struct buf *start;	/* bytes that were read already; taken over */
	uint64_t max_body;	/* largest body of a response; 0: any */
	struct payloads *payloads;	/* borrowed; used by the thread */
	size_t source;		/* number of the archive for payloads */
	/* Called on the loop's thread when archive_next() may have a job, or
	 * the archive has ended. */
	void (*on_ready)(void *ctx);
	void *ctx;
};

/* Counts of what an archive had. */
struct archive_counts {
	uint64_t responses;	/* HTTP responses: jobs */
	uint64_t lost_revisits;	/* revisits whose body is not known */
	uint64_t others[WARC_TYPES];	/* other records, by their type */
	uint64_t damaged;	/* places that are damaged */
};

/* Starts to read. Returns NULL after a message if there is no descriptor or no
 * thread. */
struct archive *archive_open(struct loop *loop,
			     const struct archive_config *config);
/* Stops the thread and frees the jobs that were not taken. NULL is fine. */
void archive_close(struct archive *a);

/* Returns the next job, or NULL if there is none now. Its index is not set. */
struct job *archive_next(struct archive *a);

/* Returns true if all jobs were taken; then the counts are complete. */
bool archive_ended(struct archive *a);

/* Adds the archive's counts. The archive must have ended. */
void archive_add_counts(const struct archive *a, struct archive_counts *to);

/* Returns the number of records that are not HTTP responses. */
uint64_t archive_others(const struct archive_counts *c);

#endif
