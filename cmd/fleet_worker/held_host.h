/*
 * A host that this worker has leased: its URLs, and the results that are not
 * handed in yet. Only for the files that implement cmd/fleet_worker/worker.h.
 */
#ifndef CMD_FLEET_WORKER_HELD_HOST_H
#define CMD_FLEET_WORKER_HELD_HOST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "cmd/fleet_worker/batch.h"
#include "cmd/fleet_worker/host_state.h"
#include "cmd/fleet_worker/worker.h"
#include "fleet/hub.h"

/* A URL of a host. Its job points to it (owner_data). */
struct work {
	TAILQ_ENTRY(work) link;		/* in the host's list */
	TAILQ_ENTRY(work) next;		/* in the worker's list of ready URLs,
					 * if !is_begun */
	struct held_host *host;
	struct job *job;
	uint64_t id;			/* number of the URL in the hub */
	bool is_begun;			/* the engine has the job */
	unsigned attempts, redirects;	/* values of the job when it was
					 * leased */
	void *page;			/* state of the page in a crawl; see
					 * worker_page() */
};

TAILQ_HEAD(work_list, work);

struct held_host {
	TAILQ_ENTRY(held_host) link;
	struct worker *worker;
	struct hub_lease *lease;	/* NULL: the lease is lost */
	struct send_permit *permit;
	struct host_state state;
	struct work_list work;
	size_t n_work;
	struct batch batch;
	msec since;		/* when it was leased */
	msec renewed;		/* when hub_renew() was last called */
	msec told_pause;	/* end of the pause that the hub was last told
				 * of */
	msec described;		/* when the text of its state was last sent */
	const struct held_host *visitor;	/* host whose robots.txt is
						 * redirected to this one, or
						 * NULL */
	msec visited_until;	/* the host is held until then, also without
				 * URLs, for the robots.txt of the visitor */
	msec robots_wait;	/* last wait for the lease of the host to which
				 * this host's robots.txt is redirected */
	double load;		/* average number of requests in flight */
	msec load_at;		/* when `load` was last updated */
	bool is_renewing;	/* hub_renew() has not been answered yet */
	bool has_more;		/* the hub may have further URLs of the host */
	bool has_new_robots;	/* has a robots.txt that the hub was not told
				 * of */
	bool is_ending;		/* gets no further URLs; is given back when its
				 * requests in flight have ended */
	bool is_given_back;	/* hub_give_back() was called */
	unsigned submissions;	/* calls of hub_submit() without a reply */
	char name[];
};

TAILQ_HEAD(held_hosts, held_host);

/* Takes over a lease, and its URLs. reply: of hub_lease(). */
struct held_host *held_host_new(struct worker *w,
				const struct hub_reply *reply);

/* Adds the URLs of a reply of hub_lease() or hub_renew(). */
void held_host_take(struct held_host *h, const struct hub_reply *reply);

/* Removes a URL from its host, and frees it, but not its job. */
void held_host_remove(struct work *work);

/* Frees the host, which must have no URLs left, and drops its lease. */
void held_host_free(struct held_host *h);

/* Applies a Crawl-delay to the host at once, counted from the request for
 * robots.txt that has just been answered. Otherwise the schedule would learn of
 * the delay with the host's first page only, and another worker may have leased
 * the host by then. */
void held_host_slow_down(struct held_host *h, msec crawl_delay);

/* Returns the description of the host for the hub. text: the packed state is
 * appended here; NULL: the description has none, and the hub keeps the text
 * that it has. */
struct hub_host held_host_describe(struct held_host *h, struct buf *text);

#endif
