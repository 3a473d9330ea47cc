/*
 * Makes a job of the response that a WARC record has, as if it had been
 * fetched.
 *
 * Programs that write archives differ in what they do to a body, and do not
 * always change its header: a transfer coding or a content coding that the
 * header declares may have been undone. So the bytes decide. A body is decoded
 * as chunked only if it consists of chunks, and by its content coding only if
 * it looks like that coding.
 */
#ifndef CMD_WARC_READER_RESPONSE_H
#define CMD_WARC_READER_RESPONSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/warc/reader/records.h"

/* Bytes that the header of a response may have in addition to the largest
 * body. */
enum { RESPONSE_HEAD_MAX = 1 << 20 };

/* Returns the job for a record, without an index; NULL if the record has no HTTP
 * response. The job of a revisit has no body. max: the largest body in bytes; 0:
 * any. file: name of the archive, for the member "warc". */
struct job *response_job(const struct record *record, const char *file,
			 uint64_t max);

#endif
