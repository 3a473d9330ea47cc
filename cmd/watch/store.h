/*
 * The state of a watch: watch.db in its folder (SQLite), with the requests of
 * the list, the time at which each was made last, and the known state of its
 * page.
 *
 * All changes belong to one transaction until watch_store_commit(), which also
 * stores the length of the output. Changes run in the database's thread, and
 * functions that read wait for them (crawl/database/database.h). Functions
 * return 0, or -1 after an error of the database, which may be noticed some
 * time later (watch_store_error()).
 */
#ifndef CMD_WATCH_STORE_H
#define CMD_WATCH_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/session/output_mark.h"
#include "cmd/watch/known.h"

struct watch_store;

/* Version of the tables, and of the digests that they contain. */
enum { WATCH_STORE_VERSION = 1 };
#define WATCH_STORE_FILE "watch.db"

/* Slot of a request that was not made yet. */
#define WATCH_NEVER INT64_MIN

/* Opens the database in the folder, and begins a run. Returns NULL, and appends
 * the reason to why, on failure. */
struct watch_store *watch_store_open(const char *folder, struct buf *why);
void watch_store_close(struct watch_store *s);	/* NULL is fine */

/* Returns the first error, as the end of a sentence; NULL if there is none. */
const char *watch_store_error(const struct watch_store *s);

/* Reads the end of the output at the last commit, and the path of its file,
 * which the caller frees; NULL: it was not a file. Returns false if there was
 * no commit. */
bool watch_store_output(struct watch_store *s, struct output_mark *mark,
			char **path);

/* A request of the list, as it is stored. */
struct watch_request {
	uint64_t number;
	int64_t last;		/* slot at which it was made last, in msec since
				 * 1970, or WATCH_NEVER */
	bool is_double;		/* this run has added the same request before */
};

/* Adds the request of a line, or replaces the same request of an earlier run.
 * Requests are the same if they have the same id, method, URL, params and body.
 * job->req.timetable is stored, too. */
int watch_store_add(struct watch_store *s, const struct job *job,
		    struct watch_request *request);

/* Returns a new job for the request. Fills in the known state of its page,
 * which the caller releases. Returns NULL after an error. */
struct job *watch_store_take(struct watch_store *s, uint64_t number,
			     struct known *known);

/* Stores that the request was made: slot is the slot for which, and `at` the
 * time at which it was made. */
int watch_store_made(struct watch_store *s, uint64_t number, int64_t slot,
		     int64_t at);
int watch_store_keep(struct watch_store *s, uint64_t number,
		     const struct known *known);

/* A function that makes the output permanent and sets *mark to its end. Called
 * in the database's thread. Returns 0, or -1 after logging the reason. */
typedef int watch_sync(void *ctx, struct output_mark *mark);

/* Makes the output permanent, and then all changes so far, in the database's
 * thread. path: path of the output; NULL: it is not a file. */
void watch_store_commit(struct watch_store *s, const char *path,
			watch_sync *sync, void *ctx);
bool watch_store_is_committing(const struct watch_store *s);

/* Returns true if a commit has failed; watch_store_error() may be NULL then,
 * because sync() has logged the reason. */
bool watch_store_has_failed(const struct watch_store *s);

/* Returns a descriptor that is readable when watch_store_receive() is to be
 * called. */
int watch_store_fd(const struct watch_store *s);
void watch_store_receive(struct watch_store *s);
void watch_store_wait(struct watch_store *s);

#endif
