/*
 * Places of the bodies that were read from archives, by their digests.
 *
 * A program that has stored a body before may store a revisit instead: the head
 * of the new response, and the digest of the body (WARC-Payload-Digest). The
 * body is then read again from its place. A place takes 24 bytes of memory plus
 * free slots; after PAYLOADS_MAX no more are kept.
 */
#ifndef CMD_EXTRACT_PAYLOADS_H
#define CMD_EXTRACT_PAYLOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest_set.h"
#include "base/job/job.h"
#include "cmd/options/options.h"
#include "cmd/warc/reader/records.h"

enum { PAYLOADS_MAX = 4 << 20 };

/* Zero, except sources, is a valid empty value. Used by one thread at a time. */
struct payloads {
	const struct strings *sources;	/* names of the archives; borrowed */
	struct digest_set places;
};

/* Keeps the place of a response, if it has a digest. source: the number of its
 * archive, which must be a file that can be opened again. */
void payloads_note(struct payloads *p, const struct record *response,
		   size_t source);

/* Gives the job the body to which the revisit refers. Returns false if that is
 * not known, or cannot be read. max: as for response_job(). */
bool payloads_restore(struct payloads *p, const struct record *revisit,
		      uint64_t max, struct job *job);

void payloads_release(struct payloads *p);

#endif
