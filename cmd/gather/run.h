/*
 * The state of a running gather, shared by the files of this folder. All of it
 * belongs to the loop's thread.
 *
 * Each endpoint of the spec has a run. A run works through its values: the
 * elements of `each`, or a single value if the endpoint has no `each`. A value
 * is created only when its first request may be made, so that a million values
 * do not take memory at once. A call is one request of a value: one page, or
 * its only request.
 *
 * The state of an object is the list that it is in: values that have not begun
 * are in `waiting` (or still in the spec), calls that may be made are in
 * `ready`, calls that the engine has are in `active`, finished values are in
 * `slots`.
 */
#ifndef CMD_GATHER_RUN_H
#define CMD_GATHER_RUN_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/gather/filter_cache.h"
#include "cmd/gather/paging/paging.h"
#include "cmd/gather/spec/spec.h"
#include "cmd/options/options.h"
#include "cmd/session/session.h"
#include "pool/loop.h"
#include "ratelimit/limiter.h"

struct engine;
struct gather;
struct gather_tokens;
struct output;
struct progress;
struct stats;
struct token;

/* An entry of the document's "errors". */
struct gather_error {
	char *kind, *message;
	char *url;		/* NULL: no request was made */
	int status;		/* 0: no response */
};

/* Creates an error with copies of message and url in which secrets are masked.
 * url may be NULL. */
struct gather_error *gather_error_new(const char *kind, const char *message,
				      int status, const char *url);
void gather_error_free(struct gather_error *error);	/* NULL is fine */

/* A finished value: its result, or its error. */
struct slot {
	uint64_t *key;
	struct buf json;
	struct gather_error *error;
};

/* A value from the result of another endpoint, for which no request has been
 * made yet. */
struct waiting {
	STAILQ_ENTRY(waiting) link;
	uint64_t *key;
	struct buf json;
};

/* Callbacks of the part of gather that has made a request (job->owner_data). */
struct requester {
	/* The request has ended. Its record is in the job, which is freed
	 * after the call. */
	void (*on_done)(struct requester *requester, struct job *job);
	/* The request was dropped before it was started: it has no record, and
	 * the engine takes no more requests. */
	void (*on_dropped)(struct requester *requester);
};

struct gather_run;

struct gather_value {
	LIST_ENTRY(gather_value) link;	/* link in run->values */
	struct gather_run *run;
	json_t *value;			/* NULL: the endpoint has no `each` */
	uint64_t number;		/* index in the order of beginning */
	uint64_t *key;			/* sort key; moved to the slot when the
					 * value is finished */
	size_t calls;			/* calls in ready or active */
	struct gather_error *error;	/* set when the value has failed */

	struct buf result;		/* the result, or the items of it,
					 * joined by commas */
	struct gather_pages_state *pages;	/* NULL: a single request, no
						 * paging */
	struct buf *early;		/* arrays of pages that arrived before
					 * an earlier page, by page number */
	size_t early_len;
	unsigned long joined;		/* number of pages that are in result */
};

TAILQ_HEAD(call_list, call);

struct call {
	struct requester requester;	/* must be the first member: callbacks
					 * cast it to call */
	TAILQ_ENTRY(call) link;		/* link in run->ready or run->active */
	struct gather_value *value;
	struct page_request page;
	struct job *job;		/* owned by the engine while the call is
					 * active */
	uint64_t token;			/* number of the access token that the
					 * request has */
	unsigned token_retries;		/* retries with a new token */
	bool recalled;			/* cancelled, to be made again with a
					 * new token */
};

struct gather_run {
	struct gather *g;
	const struct gather_endpoint *e;
	struct gather_run *from;	/* run that its values come from, or
					 * NULL */
	struct gather_run **dependents;	/* runs whose `from` is this one */
	size_t dependents_len;
	size_t key_len;			/* number of integers in a value's sort
					 * key */
	bool itemwise;			/* the run takes values from each part
					 * of the result of `from` as soon as
					 * the part arrives */
	bool keeps;			/* results are kept in slots */
	bool feeds;			/* a dependent run is itemwise */
	bool joins;			/* the pages of a value are joined */
	struct token *token;		/* OAuth token that its requests need;
					 * NULL if there is none */
	struct gather_filters *filters;	/* filters of its paging; NULL if there
					 * is none */

	STAILQ_HEAD(, waiting) waiting;
	size_t waiting_len;
	size_t spec_values;		/* number of values in the spec; 1
					 * without `each` */
	size_t next_value;		/* index of the next value in the
					 * spec */
	bool values_end;		/* no more values will be added to
					 * waiting */
	uint64_t begun;			/* number of values begun so far */

	LIST_HEAD(, gather_value) values;	/* values that have begun and
						 * have not finished */
	struct call_list ready, active;
	struct limiter limiter;
	struct loop_timer timer;	/* set for the interval of the
					 * limiter */

	struct slot *slots;
	size_t slots_len, slots_cap;
	bool token_accepted;		/* a response had a status other than
					 * 401 */
	bool from_public;		/* responses came from a public
					 * address */
	bool filter_warned;		/* the warning about "jq" is logged */
	bool end_noted;			/* the reason for the end of paging is
					 * logged */
	bool done;
	struct gather_error *error;	/* set when the whole run has failed */
};

struct gather {
	const struct options *options;
	const struct gather_spec *spec;
	struct session session;
	struct engine *engine;
	struct filter_cache *filters;
	struct gather_tokens *tokens;
	struct gather_run *runs;	/* one per endpoint of the spec */
	size_t next_run;		/* index of the run to try first */
	size_t open;			/* number of runs that are not done */
	uint64_t lines;			/* number of lines written so far */
	uint64_t failed;		/* number of values and runs that have
					 * failed */
	uint64_t succeeded;		/* number of values that have
					 * succeeded */
	bool cancelled;			/* --fail-early has cancelled the
					 * rest */
};

/* --- cmd/gather/graph.c --------------------------------------------------- */

/* Creates the runs of the spec and connects each run to the run that its values
 * come from. Returns 0, or -1 after logging the reason. */
int gather_graph_open(struct gather *g);
void gather_graph_close(struct gather *g);

/* Finishes the runs that have no values, before the first request. */
void gather_graph_begin(struct gather *g);

/* Passes a part of the run's result on to its itemwise dependent runs, as
 * values. The part is an array: the items of a page or value. key, of len
 * numbers, identifies that page or value. */
void gather_graph_feed(struct gather_run *run, struct slice array,
		       const uint64_t *key, size_t len);

/* Finishes the run if it has nothing left to do. Runs that depend on it may
 * then finish, too. */
void gather_run_finish_if_idle(struct gather_run *run);

/* Fails the whole run, and all runs that depend on it. Takes ownership of the
 * error. */
void gather_graph_fail(struct gather_run *run, struct gather_error *error);

/* With --fail-early, cancels all runs that are not done. To be called after a
 * failure. */
void gather_graph_cancel(struct gather *g);

/* --- cmd/gather/values.c -------------------------------------------------- */

/* Begins the run's next value and puts its first call into ready. Returns the
 * call, or NULL if no value is available now. */
struct call *gather_values_begin(struct gather_run *run);

/* Fails the value and cancels its calls. If the endpoint has no `each`, the
 * whole run fails. Takes ownership of the error. The value is freed with its
 * last call. */
void gather_value_fail(struct gather_value *v, struct gather_error *error);

/* Counts a call of the value as ended. After the last one the value's result is
 * passed on, and the value is freed. */
void gather_value_call_done(struct gather_value *v);
void gather_value_free(struct gather_value *v);

/* Adds a call for a page of the value to ready. Takes ownership of page. */
struct call *gather_request_new(struct gather_value *v,
				struct page_request page);

/* Frees a call that is in no list. The value's count of calls is not
 * changed. */
void gather_request_free(struct call *call);

/* Returns true if the run has a value that has not begun. */
bool gather_run_has_values(const struct gather_run *run);

/* --- cmd/gather/dispatch.c ------------------------------------------------ */

/* The engine's callbacks next(), on_record() and on_dropped(); ctx is a struct
 * gather. */
struct job *gather_dispatch_next(void *ctx);
void gather_dispatch_progress(void *ctx, struct progress_line_view *view,
			      struct buf *hold);
void gather_dispatch_on_record(void *ctx, struct job *job);
void gather_dispatch_on_dropped(void *ctx, struct job *job);

/* --- cmd/gather/request.c ------------------------------------------------- */

/* Returns a new job with the request of a call; NULL after adding the reason to
 * why. */
struct job *gather_request_make(struct call *call, struct buf *why);

/* --- cmd/gather/response.c ------------------------------------------------ */

/* Processes the response to a call, whose record is in the job. The call is
 * freed or queued again. */
void gather_on_response(struct call *call, struct job *job);

#endif
