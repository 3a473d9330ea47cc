/*
 * The places of bodies in the archives that are read, by the digests of the
 * bodies.
 *
 * A program that has stored a body before may store a revisit record instead:
 * the head of the new response, and the digest of its body
 * (WARC-Payload-Digest). The body is then read again from its place. A place
 * takes 24 bytes of memory plus free slots. After PAYLOADS_MAX places no more
 * are kept.
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

/* A zeroed struct with sources set is valid and empty. Used by one thread at a
 * time. */
struct payloads {
	const struct strings *sources;	/* names of the archives; borrowed */
	struct digest_set places;
};

/* Stores the place of a response, if the response has a digest. source: number
 * of its archive, which must be a file that can be opened again. */
void payloads_note(struct payloads *p, const struct record *response,
		   size_t source);

/* Gives the job the body that the revisit refers to. Returns false if the
 * body's place is not known, or the body cannot be read. max: as for
 * response_job(). */
bool payloads_restore(struct payloads *p, const struct record *revisit,
		      uint64_t max, struct job *job);

void payloads_release(struct payloads *p);

#endif
