/* Reads responses: a body's bytes to what a record says of it. */
#ifndef PARSE_READER_H
#define PARSE_READER_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/record.h"

/* How the message of a body begins that should be JSON and is none. */
#define PARSE_INVALID_JSON "invalid JSON"

struct reader;

/* For the thread that calls it only; config is borrowed. */
struct reader *reader_new(const struct parse_config *config);
void reader_free(struct reader *r);

/* Takes the body out of job->res and fills in page, job->bytes and perhaps the
 * error. Of the job, nothing else is looked at but res. */
void reader_read(struct reader *r, struct job *job, struct page *page);

/* From another thread: reader_read() should come back soon. */
void reader_stop(struct reader *r);

#endif
