/*
 * The way of a request, whoever makes it and whoever wants its record:
 *
 *	next() -> schedule -> resolve -> fetch -> parse -> on_record()
 *	              ^___________________/
 *	           redirect or retry
 *
 * A run reads its requests from a list (cmd/scrape/scrape.c); gather makes them from what
 * came before. All on the loop's thread.
 */
#ifndef CMD_ENGINE_ENGINE_H
#define CMD_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/job/job.h"
#include "pool/loop.h"

struct engine;
struct engine_config;

struct engine_owner {
	/* A request, fetch_prepare() not yet done; or NULL, and engine_wake()
	 * when there is one. */
	struct job *(*next)(void *ctx);
	/* Nothing new is to be started: the records have nowhere to go. */
	bool (*is_full)(void *ctx);
	/* The record is in the job, which is freed afterwards. */
	void (*on_record)(void *ctx, struct job *job);
	/* It will have none: the run was stopped before it was started. Freed
	 * afterwards. NULL is fine. */
	void (*on_dropped)(void *ctx, struct job *job);
	void *ctx;
};

/* NULL: said why. config and loop are borrowed. */
struct engine *engine_open(struct loop *loop,
			   const struct engine_config *config,
			   const struct engine_owner *owner);

/* When there are no more jobs in it. */
void engine_close(struct engine *e);

/* Looks at both doors (next() and the schedule) in this turn of the loop. */
void engine_wake(struct engine *e);

/* Starts nothing new, and drops what waits: requests in flight end, their hops
 * included, their retries do not come. */
void engine_stop(struct engine *e);

/* Asks for the end of a request that has neither been recorded nor dropped. It
 * comes back soon all the same: as ERR_CANCELLED, or with its result. */
void engine_cancel(struct engine *e, struct job *job);

size_t engine_jobs(const struct engine *e);		/* in it */
unsigned engine_in_flight(const struct engine *e);

#endif
