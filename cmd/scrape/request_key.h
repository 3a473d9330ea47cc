/* Keys that tell the requests of a list apart when their records are read
 * again: a digest of id and URL, as they are in the record. */
#ifndef CMD_SCRAPE_REQUEST_KEY_H
#define CMD_SCRAPE_REQUEST_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/session/record_head.h"

/* Returns the key of a record's request. with_input: the member `input` (the
 * other columns of a list that is a table) is part of the key. */
uint64_t request_key_of_record(const struct record_head *head, bool with_input);
uint64_t request_key_of_job(const struct job *job, bool with_input);

/* Returns a digest of the URL alone; NULL counts as "". */
uint64_t request_key_of_url(const char *url);

/* Returns the key that the row of a job has in a table
 * (cmd/scrape/table_rows.h), whose texts are not JSON. */
uint64_t request_key_in_table(const struct job *job, bool with_id);

/* Returns a digest of the parts of a request that its record does not show:
 * method, body, headers and params. */
uint32_t request_rest_of_job(const struct job *job);

#endif
