/* Reads responses: turns a body's bytes into the contents of a record. */
#ifndef PARSE_READER_H
#define PARSE_READER_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/record.h"

/* Prefix of the error message for a body that should be JSON and is not. */
#define PARSE_INVALID_JSON "invalid JSON"

struct reader;

/* The reader belongs to the thread that creates it; config is borrowed. */
struct reader *reader_new(const struct parse_config *config);
void reader_free(struct reader *r);

/* Takes the body out of job->res and fills in page, job->bytes and, on error,
 * the job's error. Of the rest of the job, reads only res and, of req, the role
 * and the carried fields. */
void reader_read(struct reader *r, struct job *job, struct page *page);

/* Makes a running reader_read() return soon. Called in another thread. */
void reader_stop(struct reader *r);

#endif
