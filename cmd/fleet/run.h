/* The data of one action of `scrape fleet`. */
#ifndef CMD_FLEET_RUN_H
#define CMD_FLEET_RUN_H

#include <stdbool.h>

#include "fleet/hub.h"
#include "pool/loop.h"

struct fleet_run {
	struct hub_address address;
	struct loop *loop;
	struct hub *hub;
	const char *output;	/* file for the rows; borrowed */
	bool was_reset;		/* the server has restarted */
};

#endif
