/*
 * Makes a job from the response in a WARC record, as if it had been fetched.
 *
 * Programs that write archives may undo the transfer coding or the content
 * coding of a body without changing the header. So the bytes decide: a body is
 * decoded as chunked only if it consists of chunks, and by its content coding
 * only if it looks like that coding.
 */
#ifndef CMD_WARC_READER_RESPONSE_H
#define CMD_WARC_READER_RESPONSE_H

#include <stdint.h>

#include "base/job/job.h"
#include "cmd/warc/reader/records.h"

/* Maximum length of the head of a response, in addition to the largest body. */
enum { RESPONSE_HEAD_MAX = 1 << 20 };

/* Returns the job of a record, without an index; NULL if the record has no HTTP
 * response. The job of a revisit has no body. max: length of the largest body;
 * 0: no limit. file: name of the archive, for the member "warc". */
struct job *response_job(const struct record *record, const char *file,
			 uint64_t max);

#endif
