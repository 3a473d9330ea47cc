/*
 * Reads an archive (WARC) among the sources: a thread makes a job of each HTTP
 * response, and the loop takes the jobs one by one. The thread decompresses the
 * archive, or takes the items of other threads that decompress it
 * (cmd/extract/segments.h).
 *
 * The thread waits while ARCHIVE_JOBS jobs, or jobs of ARCHIVE_BYTES, have not
 * been taken. It logs a warning for each damaged place of the archive.
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
	ARCHIVE_NOTES = 20,	/* maximum number of warnings about damage in an
				 * archive */
};

struct archive;

struct archive_config {
	const char *name;	/* borrowed; "-": standard input */
	int fd;			/* borrowed */
	struct buf *start;	/* bytes that were read already; moved to the
				 * archive */
	uint64_t max_body;	/* largest body of a response, in bytes; 0: no
				 * limit */
	struct payloads *payloads;	/* borrowed; used by the thread */
	size_t source;		/* number by which payloads knows the archive */
	unsigned threads;	/* maximum number of threads that decompress; at
				 * least 1 */
	/* Called on the loop's thread when archive_next() may have a job, or
	 * the archive has ended. */
	void (*on_ready)(void *ctx);
	void *ctx;
};

/* Numbers of records of an archive. */
struct archive_counts {
	uint64_t responses;	/* HTTP responses, each of which has a job */
	uint64_t lost_revisits;	/* revisits whose body is not known */
	uint64_t others[WARC_TYPES];	/* numbers of other records by type */
	uint64_t damaged;	/* damaged places */
};

/* Opens the archive and starts its thread. Returns NULL, after logging the
 * reason, if there is no descriptor or no thread left. */
struct archive *archive_open(struct loop *loop,
			     const struct archive_config *config);
/* Stops the thread and frees the jobs that were not taken. NULL is fine. */
void archive_close(struct archive *a);

/* Returns the next job, or NULL if there is none at present. The caller sets
 * its index. */
struct job *archive_next(struct archive *a);

/* Returns true if all jobs were taken; from then on the counts are complete. */
bool archive_ended(struct archive *a);

/* Adds the archive's counts to *to. The archive must have ended. */
void archive_add_counts(const struct archive *a, struct archive_counts *to);

/* Returns the number of records other than HTTP responses. */
uint64_t archive_others(const struct archive_counts *c);

#endif
