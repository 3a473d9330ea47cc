/*
 * --unique: makes a request once, and copies its record for the other lines of
 * the list that have the same request.
 *
 * Requests are the same if their methods, URLs (as the WHATWG URL Standard
 * serialises them, without fragment), headers and bodies are. Each different
 * request takes about 70 bytes of memory, so a million take 70 MB. The records
 * are kept in a temporary file without a name, because any of them may be
 * needed again. Records of an earlier run (--resume) are read from its output.
 *
 * A line whose request is in flight waits for the record. The number of lines
 * that wait is limited by unique_is_full().
 */
#ifndef CMD_SCRAPE_UNIQUE_H
#define CMD_SCRAPE_UNIQUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "fetch/config.h"

struct unique;

/* Appends the parts of the job's request that --unique compares.
 * fetch_prepare() must have set up the job. */
void unique_add_request(struct buf *out, const struct job *job);

/* Creates the set of requests. config is borrowed. */
struct unique *unique_open(const struct fetch_config *config);
void unique_close(struct unique *u);	/* NULL is fine */

/* Takes ownership of the job and returns true if its request was made before:
 * the record then comes from unique_next(). Otherwise returns false; the job is
 * to be run, and then passed to unique_keep(). */
bool unique_take(struct unique *u, struct job *job);

/* Notes a request that has a record of an earlier run, which is `len` bytes at
 * offset `at` of the file. */
void unique_has(struct unique *u, struct job *job, int fd, uint64_t at,
		uint64_t len);

/* Keeps the record of a job that was run; called before it goes to the
 * output. is_last: no further line will be read. Returns 0; or -1, with a
 * message logged, if it cannot be stored: the run has to end. */
int unique_keep(struct unique *u, const struct job *job, bool is_last);

/* Takes the next record of a line that has waited. Returns 1; 0 if there is
 * none yet; or -1, with a message logged, if a record cannot be read: the run
 * has to end. */
int unique_next(struct unique *u, uint64_t *index, struct buf *record);

/* Returns true if no further line should be read before unique_next() or
 * unique_keep() is called. */
bool unique_is_full(const struct unique *u);

/* Returns the number of lines whose records have not been taken by
 * unique_next(). */
uint64_t unique_waiting(const struct unique *u);

/* Appends the record (one line or several), with its index, id, URL and input
 * replaced by those of another line. id and input: JSON text or NULL. */
void unique_copy(struct buf *out, struct slice record, uint64_t index,
		 const char *id, const char *url, const char *input);

#endif
