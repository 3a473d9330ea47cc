/* What tells the requests of a list apart when their records are read again: a
 * digest of id and URL, as the record has them. */
#ifndef CMD_SCRAPE_REQUEST_KEY_H
#define CMD_SCRAPE_REQUEST_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/session/record_head.h"

/* with_input: `input` (the other columns of a list that is a table) tells them
 * apart, too. */
uint64_t request_key_of_record(const struct record_head *head, bool with_input);
uint64_t request_key_of_job(const struct job *job, bool with_input);

/* Returns a digest of the URL alone; NULL is as "". */
uint64_t request_key_of_url(const char *url);

/* The key that a row of a table has (cmd/scrape/table_rows.h), where texts are
 * not JSON. */
uint64_t request_key_in_table(const struct job *job, bool with_id);

/* Returns a digest of what the record does not have: method, body, headers and
 * params of the line. */
uint32_t request_rest_of_job(const struct job *job);

#endif
