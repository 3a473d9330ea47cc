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
	double load;		/* sum of those of the hosts */
	struct loop_timer tick;
	struct robots_memory robots;
	struct hub_counts counts;
	msec lease_at;		/* when to ask for a host again */
	bool is_leasing;	/* hub_lease() has no reply */
	enum hub_idle idle;	/* why the last call had no lease */
	enum hub_idle last_idle;	/* the reason before */
	msec idle_since;	/* since when it is the same */
	enum hub_idle reported;	/* the last reason that was logged */
	bool is_draining, is_stopped, is_down;
	msec drain_until;	/* the end of waiting for the hub, if the
				 * worker is draining */
	char *error;
};

/* Logs once why there is nothing to do; that URLs are being loaded, only if
 * that takes long. */
void worker_report_idle(struct worker *w, msec now);

/* Lets the hosts be checked in this turn of the loop. */
void worker_check_soon(struct worker *w);

/* Takes note of what each reply says about the job of the fleet. Returns true
 * if the call has taken effect; false: the lease is lost, or the worker cannot
 * go on. */
bool worker_note_reply(struct worker *w, const struct hub_reply *reply);

/* Does what is due for a host at this time: hands in, renews, gives back,
 * forgets. The host may be freed. */
void host_turn_check(struct held_host *h, msec now);

/* The host gets no further URLs, and those that are not being requested wait in
 * the hub again. */
void host_turn_end(struct held_host *h);

/* Forgets the lease, and drops the results that are not handed in. The host is
 * freed when its requests have come back. */
void host_turn_lose(struct held_host *h);

#endif
