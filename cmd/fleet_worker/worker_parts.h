/* The parts of a worker, for the files that implement
 * cmd/fleet_worker/worker.h. */
#ifndef CMD_FLEET_WORKER_WORKER_PARTS_H
#define CMD_FLEET_WORKER_WORKER_PARTS_H

#include "cmd/fleet_worker/held_host.h"
#include "cmd/fleet_worker/worker.h"

struct worker {
	struct worker_config config;
	struct engine *engine;
	struct held_hosts hosts;
	size_t n_hosts;
	struct work_list ready;	/* URLs that the engine does not have yet */
	size_t n_ready;
	double load;		/* sum of the loads of the hosts */
	struct loop_timer tick;
	struct robots_memory robots;
	char *wanted;		/* host to be leased next; NULL: any */
	const struct held_host *visitor;	/* host whose robots.txt is
						 * redirected to the wanted
						 * one, or NULL */
	msec visit;		/* how long the wanted host is held */
	struct hub_counts counts;
	msec lease_at;		/* when hub_lease() is to be called next */
	msec leaves_until;	/* other workers can lease the host that was
				 * given back: this one leases only a wanted
				 * host before that time */
	bool is_leasing;	/* hub_lease() has not been answered yet */
	enum hub_idle idle;	/* why the last hub_lease() has returned no
				 * lease */
	enum hub_idle last_idle;	/* the reason before */
	msec idle_since;	/* time since which `idle` has not changed */
	enum hub_idle reported;	/* the reason that was last logged */
	bool is_draining, is_stopped, is_down;
	msec drain_until;	/* if the worker is draining: time until which
				 * it waits for the hub */
	char *error;
};

/* Logs once the reason why there is nothing to do. If the reason is that URLs
 * are being loaded, logs it only if the loading takes long. */
void worker_report_idle(struct worker *w, msec now);

/* Takes the reply of hub_lease(). */
void worker_on_leased(void *ctx, const struct hub_reply *reply);

/* robots.c: asks the hub for w->wanted; sets w->robots. */
void worker_lease_wanted(struct worker *w);
void worker_init_robots(struct worker *w);

/* robots.c: returns true if a host is held for a robots.txt: its own, which is
 * redirected to another leased host, or that of another host. */
bool worker_is_visit(const struct held_host *h, msec now);

/* robots.c: hosts that were leased for the robots.txt of this host are not held
 * for it any longer. */
void worker_end_visits(const struct held_host *h);

/* Lets the loop check all hosts in this turn. */
void worker_check_soon(struct worker *w);

/* Evaluates the state of the job that each reply contains. Returns true if the
 * call has taken effect; false: the lease is lost, or the worker cannot go
 * on. */
bool worker_note_reply(struct worker *w, const struct hub_reply *reply);

/* Does everything that is due for a host at this time: submits results, renews
 * the lease, gives the host back, frees it. The host may be freed. */
void host_turn_check(struct held_host *h, msec now);

/* Ends the turn of a host: it gets no further URLs, and URLs that are not being
 * requested return to the hub's queue. */
void host_turn_end(struct held_host *h);

/* Handles the loss of a lease: drops it, and the results that were not handed
 * in. The host is freed when all its requests have ended. */
void host_turn_lose(struct held_host *h);

#endif
