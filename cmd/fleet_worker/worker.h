/*
 * A worker of a fleet: leases hosts from the hub, gives their URLs to the
 * engine, and hands in what comes back.
 *
 * A host is renewed while it has URLs, and given back when it is idle, paused
 * for long, or held for long. Requests of a host are sent only while the lease
 * is valid (base/job/send_permit.h). If a lease is lost, the results that are
 * not handed in are dropped: another worker makes these requests again.
 *
 * A job of the worker belongs to it by owner_data, until worker_finish() or
 * worker_drop(). Only the loop's thread may use a worker.
 */
#ifndef CMD_FLEET_WORKER_WORKER_H
#define CMD_FLEET_WORKER_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/engine/engine.h"
#include "fetch/config.h"
#include "fleet/hub.h"
#include "pool/loop.h"

struct worker;

struct worker_config {
	struct loop *loop;		/* all borrowed */
	struct hub *hub;
	const struct fetch_config *fetch;
	/* Makes what a crawl knows of a URL from its text; the result belongs
	 * to the worker, which frees it with free_page(). NULL: a list. */
	void *(*read_page)(void *ctx, struct slice text, struct job *job);
	void (*free_page)(void *page);
	/* Appends what read_page() reads. */
	void (*write_page)(const void *page, struct buf *out);
	/* Called when a lease is lost, when the hub's server has restarted, and
	 * when links were not added because its memory is full: links of before
	 * must be sent again. */
	void (*on_lost)(void *ctx);
	/* Called when a reply of the hub says that not all URLs of the job are
	 * loaded. */
	void (*on_unloaded)(void *ctx);
	/* Called when the job was stopped (`scrape fleet stop`) or the hub
	 * cannot go on (worker_error()): the owner stops the engine. */
	void (*on_stop)(void *ctx);
	void *ctx;
};

struct worker *worker_open(const struct worker_config *config);

/* The engine that gets the jobs; to be set before the loop runs. */
void worker_set_engine(struct worker *w, struct engine *e);

/* Asks for a host in this turn of the loop, if there is room for one: URLs were
 * added, or none is left here. */
void worker_lease_soon(struct worker *w);

/* Frees the worker. Leases that it still holds end by themselves. NULL is
 * fine. */
void worker_close(struct worker *w);

/* The hub's on_reset and on_connection; ctx: the worker. */
void worker_on_reset(void *ctx);
void worker_on_connection(void *ctx, bool is_up);

/* Returns the next request, or NULL if there is none now; the worker wakes the
 * engine when there is one. */
struct job *worker_next(struct worker *w);

/* Returns what read_page() has made for the job. Borrowed. */
void *worker_page(const struct job *job);

/* Returns true if no request may be started, because too many results wait for
 * the hub. */
bool worker_is_full(const struct worker *w);

/* Returns true if the job has a result that can be handed in; false: it was
 * cancelled, because its lease ends, or the lease is lost. Then the caller calls
 * worker_drop(). */
bool worker_has_result(const struct job *job);

/* Adds a link that the job's page has led to. The host may be any. Called
 * before worker_finish(). Returns false if the lease is lost: then the link is
 * dropped with the results. */
bool worker_add_link(struct worker *w, const struct job *job,
		     const struct hub_link *link);

/* Hands in the job's record, if it has one, at the next opportunity, and marks
 * its URL as finished. The owner may free the job afterwards. */
void worker_finish(struct worker *w, struct job *job);

/* Takes back a job without a result. If it has begun (a redirect, a failed
 * attempt), its state goes to the hub, so that it goes on from there. */
void worker_drop(struct worker *w, struct job *job);

/* Does what on_again() of struct engine_owner does: a hop on another host goes
 * to the hub. */
bool worker_on_again(struct worker *w, struct job *job);

/* Returns the interface by which robots.txt files travel with their host.
 * Borrowed. */
const struct robots_memory *worker_robots(struct worker *w);

/* Leases no further hosts, and gives back those that it has as soon as their
 * requests in flight have ended. The caller stops the engine. */
void worker_drain(struct worker *w);

/* Returns true if the run ends: no URL waits or is in work on any machine, or
 * the worker has drained. */
bool worker_is_done(const struct worker *w);

/* Returns true if the job of the fleet has come to its end. */
bool worker_is_finished(const struct worker *w);

/* Returns true if the job of the fleet was stopped. */
bool worker_is_stopped(const struct worker *w);

/* Returns why the worker cannot go on, as a whole sentence without a full stop;
 * NULL: it can. */
const char *worker_error(const struct worker *w);

/* Returns the totals of the job, as the hub last told. */
struct hub_counts worker_counts(const struct worker *w);

#endif
