/*
 * A gather while it goes on, and its parts for each other. All on the loop's
 * thread.
 *
 * A run is an endpoint of the spec. A value is one element of its each, or the
 * only one that it has without; it is made when it is that value's turn, so
 * that a million of them cost no memory at once. A call is one request of a
 * value: a page, or its only one.
 *
 * Who waits for what is seen in where it is: values that have not begun in
 * waiting (or in the spec), calls that may be made in ready, those that the
 * engine has in active, what a value came to in slots.
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

/* errors.NAME of the document. */
struct gather_error {
	char *kind, *message;
	char *url;		/* NULL: nobody was asked */
	int status;		/* 0: none */
};

/* message is printed without its secrets, and url too. NULL url is fine. */
struct gather_error *gather_error_new(const char *kind, const char *message,
				      int status, const char *url);
void gather_error_free(struct gather_error *error);	/* NULL is fine */

/* What a value came to: its result, or why there is none. */
struct slot {
	uint64_t *key;
	struct buf json;
	struct gather_error *error;
};

/* A value that has not begun. */
struct waiting {
	STAILQ_ENTRY(waiting) link;
	uint64_t *key;
	struct buf json;
};

/* Whose job it is: job->owner_data. */
struct requester {
	/* The record is in the job, which is freed afterwards. */
	void (*on_done)(struct requester *requester, struct job *job);
	/* There is none, and no more will be asked. */
	void (*on_dropped)(struct requester *requester);
};

struct gather_run;

struct gather_value {
	LIST_ENTRY(gather_value) link;	/* run->values */
	struct gather_run *run;
	json_t *value;			/* NULL: no each */
	uint64_t number;		/* the how many-th that was begun */
	uint64_t *key;			/* moves to the slot */
	size_t calls;			/* ready, or active */
	struct gather_error *error;	/* it has failed */

	struct buf result;		/* or items, joined by commas */
	struct gather_pages_state *pages;	/* NULL: one request */
	struct buf *late;		/* by number: pages, as arrays, that
					 * came before an earlier one */
	size_t late_len;
	unsigned long joined;		/* pages that are in result */
};

TAILQ_HEAD(call_list, call);

struct call {
	struct requester requester;
	TAILQ_ENTRY(call) link;		/* run->ready, or run->active */
	struct gather_value *value;
	struct page_request page;
	struct job *job;		/* the engine's, while active */
	uint64_t token;			/* its number: that it was made with */
	unsigned token_retries;		/* after a 401, so often */
	bool recalled;			/* to be made again, with a new token */
};

struct gather_run {
	struct gather *g;
	const struct gather_endpoint *e;
	struct gather_run *from;	/* NULL, or whose values it has */
	struct gather_run **dependents;
	size_t dependents_len;
	size_t key_len;			/* numbers in a value's key */
	bool itemwise;			/* values come as from's parts do */
	bool keeps;			/* slots, of their results */
	bool feeds;			/* dependents, itemwise */
	bool joins;			/* pages of a value */
	struct token *token;		/* NULL: none is needed */
	struct gather_filters *filters;	/* of its paging; NULL: none */

	STAILQ_HEAD(, waiting) waiting;
	size_t waiting_len;
	size_t spec_values;		/* values: the spec's, or the one
					 * without a value */
	size_t next_value;		/* of those */
	bool values_end;		/* no more will wait */
	uint64_t begun;			/* values */

	LIST_HEAD(, gather_value) values;
	struct call_list ready, active;
	struct limiter limiter;
	struct loop_timer timer;	/* for the limiter's interval */

	struct slot *slots;
	size_t slots_len, slots_cap;
	bool token_accepted;		/* somebody with its token was not
					 * answered 401 */
	bool from_public;		/* what it gave came from there */
	bool filter_warned;		/* of what its filter gives */
	bool end_noted;			/* why its pages have ended */
	bool done;
	struct gather_error *error;	/* it has failed as a whole */
};

struct gather {
	const struct options *options;
	const struct gather_spec *spec;
	struct session session;
	struct engine *engine;
	struct filter_cache *filters;
	struct gather_tokens *tokens;
	struct gather_run *runs;	/* as many as the spec has endpoints */
	size_t next_run;		/* the next one's */
	size_t open;			/* runs that are not done */
	uint64_t lines;			/* put out */
	bool failed;			/* something has */
	bool cancelled;			/* --fail-early */
};

/* --- cmd/gather/graph.c ------------------------------------------------------ */

/* The runs of a spec, each with whom it waits for. 0, or -1: said why. */
int gather_graph_open(struct gather *g);
void gather_graph_close(struct gather *g);

/* What has no values at all is done before anybody is asked. */
void gather_graph_begin(struct gather *g);

/* A part of the run's result: an array, of a page or value with that key of so
 * many numbers. Its dependents get their values. */
void gather_graph_feed(struct gather_run *run, struct slice array,
		       const uint64_t *key, size_t len);

/* If nothing is left to be done, it is done, and so may be others. */
void gather_run_finish_if_idle(struct gather_run *run);

/* As a whole, and with it those who wait for it. Takes the error. */
void gather_graph_fail(struct gather_run *run, struct gather_error *error);

/* --fail-early: something has failed. */
void gather_graph_cancel(struct gather *g);

/* --- cmd/gather/values.c ----------------------------------------------------- */

/* Begins the next value, its first call is ready; NULL: there is none now. */
struct call *gather_values_begin(struct gather_run *run);

/* Takes the error. The value is freed when its last call is. */
void gather_value_fail(struct gather_value *v, struct gather_error *error);

/* A call of it is over, which may have been the last one. */
void gather_value_call_done(struct gather_value *v);
void gather_value_free(struct gather_value *v);

/* Into ready. Takes page. */
struct call *gather_request_new(struct gather_value *v,
				struct page_request page);

/* It is in no list. Does not tell the value. */
void gather_request_free(struct call *call);

/* Whether there is one that has not begun. */
bool gather_run_has_values(const struct gather_run *run);

/* --- cmd/gather/dispatch.c ------------------------------------------------------- */

/* The engine's next(), on_record() and on_dropped(). */
struct job *gather_dispatch_next(void *ctx);
void gather_dispatch_on_record(void *ctx, struct job *job);
void gather_dispatch_on_dropped(void *ctx, struct job *job);

/* --- cmd/gather/request.c ------------------------------------------------------- */

/* Its request; NULL and why there is none. */
struct job *gather_request_make(struct call *call, struct buf *why);

/* --- cmd/gather/response.c ------------------------------------------------------- */

/* Its record is in the job. */
void gather_on_response(struct call *call, struct job *job);

#endif
