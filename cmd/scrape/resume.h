/*
 * --resume: reads the records of an output file whose run was stopped, in any
 * way: interrupted, killed, or by a loss of power.
 *
 * A torn last line is removed, and so are NUL bytes at the end, which a loss of
 * power leaves for data that had not reached the disk. If complete records
 * follow the NUL bytes, the damaged line is removed at the end of the run
 * (cmd/scrape/record_order). Any other line that is not a record ends the
 * program, because the file may be the user's.
 *
 * A record belongs to the request with its index if URL and id are the same,
 * too, byte for byte. Both are compared by a fingerprint of four bytes, so a
 * record of another list is accepted with a probability of one in four billion.
 *
 * The file is locked, so that two runs cannot continue it at once.
 */
#ifndef CMD_SCRAPE_RESUME_H
#define CMD_SCRAPE_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"

enum { RESUME_INDEX_MAX = 1 << 28 };

struct resume;
struct retry_kinds;
struct table_rows;

struct resume_config {
	const struct retry_kinds *retry;	/* NULL: no --retry-failed */
	bool has_items;		/* a request may have several records, which
				 * follow each other */
	bool wants_places;	/* keep the positions of records, for
				 * resume_place() */
	const struct table_rows *table;	/* NULL: lines of JSON */
};

/* Reads the file, creating it if needed; nothing in it is changed yet. path,
 * and what config points to, are borrowed. config NULL: all members are zero.
 * Returns NULL, with a message logged, on failure. */
struct resume *resume_open(const char *path,
			   const struct resume_config *config);
void resume_close(struct resume *r);	/* NULL is fine */

/* For records in a database: resume_new() returns an object without records,
 * resume_add() adds a record (url "": null). Ids are not compared, because a
 * database stores them in a form of its own. name is for messages, and
 * borrowed. resume_add() returns 0; or -1, with a message logged. */
struct resume *resume_new(const char *name);
int resume_add(struct resume *r, uint64_t index, const char *url, bool failed);

/* Removes the torn end. Returns 0, or -1 with a message logged. */
int resume_cut(struct resume *r);

enum resume_answer {
	RESUME_MISSING,		/* to be requested: the request has no record,
				 * or one that --retry-failed replaces */
	RESUME_HAS,		/* the request has a record, which stays */
	RESUME_NOT_OURS,	/* another machine makes the request
				 * (--shard) */
	RESUME_OTHER,		/* the record with its index is that of another
				 * request; logged */
};

/* is_ours: the request belongs to this machine. If not, the file must not have
 * its record. */
enum resume_answer resume_has(const struct resume *r, const struct job *job,
			      bool is_ours);

/* Returns true if the output has all records of the request with that index,
 * even if --retry-failed is going to replace them. Used by the repair of an
 * archive. */
bool resume_is_recorded(const struct resume *r, uint64_t index);

/* Notes the length of the list, once it is known. */
void resume_note_requests(struct resume *r, uint64_t requests);

/* If the last record is an item, marks its request to be repeated, because a
 * killed run may have written only some of the request's items. Does nothing if
 * the last line is complete and each request has a record. Called before
 * resume_cut(). */
void resume_repeat_last(struct resume *r);

/* Returns the number of records that stay; resume_repeated() returns the number
 * of those to be replaced. Failures are counted in the records that stay. */
uint64_t resume_records(const struct resume *r);

/* Finds the records of a request that has some: len bytes at an offset of the
 * descriptor fd. */
void resume_place(const struct resume *r, uint64_t index, int *fd,
		  uint64_t *at, uint64_t *len);
uint64_t resume_repeated(const struct resume *r);
bool resume_has_errors(const struct resume *r);	/* there are failed records */
uint64_t resume_failed(const struct resume *r);	/* records that are not ok */
bool resume_has_damage(const struct resume *r);	/* there are damaged lines */

/* Checks that no record has an index beyond the end of the list, whose length
 * is now known. Returns 0; or -1, with a message logged. */
int resume_check_end(const struct resume *r, uint64_t requests);

#endif
