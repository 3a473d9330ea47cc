/*
 * A machine's membership in a fleet: its connection to the hub, and the job
 * that it has joined. Made as soon as the options are known, before anything
 * else is opened.
 */
#ifndef CMD_FLEET_WORKER_MEMBER_H
#define CMD_FLEET_WORKER_MEMBER_H

#include <stdbool.h>

#include "base/buf.h"
#include "fleet/hub.h"
#include "pool/loop.h"

struct worker;

struct fleet_member {
	struct loop *loop;		/* owned, until a session takes it */
	struct hub *hub;
	struct hub_address address;
	struct buf options;		/* packed options of the job: see
					 * cmd/fleet_worker/shared_options.h */
	bool must_load;			/* this machine has the job's list or
					 * seeds, and the hub does not have all
					 * of them yet */
	struct worker *worker;		/* gets the hub's events; borrowed.
					 * NULL: no worker yet */
};

/* Closes the connection and frees the member. NULL is fine. */
void fleet_member_free(struct fleet_member *m);

#endif
