/*
 * The state of a host that moves from worker to worker with the lease: the
 * limits that the host's responses have set, and the robots.txt files of its
 * origins.
 */
#ifndef CMD_FLEET_WORKER_HOST_STATE_H
#define CMD_FLEET_WORKER_HOST_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "cmd/engine/robots_memory.h"
#include "ratelimit/host_memory.h"

struct robots_shelf;

/* State of a host. A zeroed struct means that nothing is known of the host. */
struct host_state {
	struct host_memory memory;
	struct robots_shelf *robots;	/* the files of the host's origins */
	size_t n_robots;
};

void host_state_release(struct host_state *s);

/* Stores the robots.txt of an origin. */
void host_state_keep(struct host_state *s, const char *origin,
		     const struct robots_kept *kept, msec now);

/* Implements recall() of struct robots_memory. */
bool host_state_recall(const struct host_state *s, const char *origin,
		       struct robots_kept *kept, msec now);

/* Appends the packed state. */
void host_state_pack(struct buf *out, const struct host_state *s, msec now);

/* Unpacks a state that was packed `age` ago. *s must be zero. Returns 0; or -1
 * if the text is damaged: the parts before the damage are kept. */
int host_state_unpack(struct host_state *s, struct slice text, msec age,
		      msec now);

#endif
