/*
 * A worker of a fleet: leases hosts from the hub, gives their URLs to the
 * engine, and hands in the results.
 *
 * A lease is renewed while its host has URLs. The host is given back when it is
 * idle, paused for long, or held for long. Requests to a host are sent only
 * while the lease is valid (base/job/send_permit.h). If a lease is lost, the
 * results that were not handed in are dropped, and another worker makes these
 * requests again.
 *
 * The member owner_data of a job belongs to the worker, until worker_finish()
 * or worker_drop(). Only the loop's thread may use a worker.
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
	/* Makes the crawl's state of a page from the text of its URL. The
	 * worker owns the result, and frees it with free_page(). NULL: not a
	 * crawl. */
	void *(*read_page)(void *ctx, struct slice text, struct job *job);
	void (*free_page)(void *page);
	/* Appends the state of a page in the form that read_page() reads. */
	void (*write_page)(const void *page, struct buf *out);
	/* Called when links that were sent may be lost, and must be sent again:
	 * after a lease is lost, after the hub's server has restarted, and
	 * after links were not added because its memory is full. */
	void (*on_lost)(void *ctx);
	/* Called when a reply of the hub says that not all URLs of the job are
	 * loaded. */
	void (*on_unloaded)(void *ctx);
	/* Called when the job was stopped (`scrape fleet stop`) or the hub
	 * cannot go on (worker_error()). The owner then stops the engine. */
	void (*on_stop)(void *ctx);
	void *ctx;
};

struct worker *worker_open(const struct worker_config *config);

/* Sets the engine that gets the jobs. Call it before the loop runs. */
void worker_set_engine(struct worker *w, struct engine *e);

/* Asks the hub for a host in this turn of the loop, if there is room for one.
 * Called when URLs were added, or when this worker has no host left. */
void worker_lease_soon(struct worker *w);

/* Frees the worker. Leases that it still holds end by themselves. NULL is
 * fine. */
void worker_close(struct worker *w);

/* Implement on_reset() and on_connection() of the hub. ctx: the worker. */
void worker_on_reset(void *ctx);
void worker_on_connection(void *ctx, bool is_up);

/* Returns the next request, or NULL if there is none now; the worker wakes the
 * engine when there is one. */
struct job *worker_next(struct worker *w);

/* Returns the state of the page that read_page() has made for the job.
 * Borrowed. */
void *worker_page(const struct job *job);

/* Returns true if no request may be started, because too many results wait for
 * the hub. */
bool worker_is_full(const struct worker *w);

/* Returns true if the result of the job can be handed in. False: the job was
 * cancelled, because its lease ends, or the lease is lost; then the caller
 * calls worker_drop(). */
bool worker_has_result(const struct job *job);

/* Adds a link of the job's page, to any host. Called before worker_finish().
 * Returns false if the lease is lost: then the link is dropped with the
 * results. */
bool worker_add_link(struct worker *w, const struct job *job,
		     const struct hub_link *link);

/* Hands in the job's record, if it has one, with the next submission, and marks
 * its URL as finished. The owner may free the job afterwards. */
void worker_finish(struct worker *w, struct job *job);

/* Takes back a job without a result. If the job has got on (a redirect, a
 * failed attempt), its state goes to the hub, and another lease continues it
 * from there. */
void worker_drop(struct worker *w, struct job *job);

/* Implements on_again() of struct engine_owner: if the next hop is on another
 * host, the job goes to the hub. */
bool worker_on_again(struct worker *w, struct job *job);

/* Implements robots_wait() of struct engine_owner. If the request for a
 * robots.txt is redirected to another host, the redirect is followed only after
 * the worker has leased that host, so that the host's limits are observed. */
msec worker_robots_wait(struct worker *w, struct job *job);

/* Returns the interface that keeps robots.txt files in the state of their host.
 * Borrowed. */
const struct robots_memory *worker_robots(struct worker *w);

/* Leases no further hosts, and gives the leased ones back as soon as their
 * requests in flight have ended. The caller stops the engine. */
void worker_drain(struct worker *w);

/* Returns true if the run ends: no URL waits or is in work on any machine, or
 * the worker has drained. */
bool worker_is_done(const struct worker *w);

/* Returns true if the worker has no host, and has asked for none. */
bool worker_is_idle(const struct worker *w);

/* Returns true if the job of the fleet has ended. */
bool worker_is_finished(const struct worker *w);

/* Returns true if the job of the fleet was stopped. */
bool worker_is_stopped(const struct worker *w);

/* Returns why the worker cannot go on, as a whole sentence without a full stop;
 * NULL: it can. */
const char *worker_error(const struct worker *w);

/* Returns the totals of the job, as of the hub's last reply. */
struct hub_counts worker_counts(const struct worker *w);

#endif
