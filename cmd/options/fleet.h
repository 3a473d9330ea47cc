/* Options of a run that works with other machines (docs/FLEET.md). */
#ifndef CMD_OPTIONS_FLEET_H
#define CMD_OPTIONS_FLEET_H

#include <stdbool.h>

struct fleet_member;

struct fleet_options {
	const char *url;	/* the hub and the job; NULL: the run works
				 * alone */
	bool is_volatile;	/* accept a hub whose server writes no log
				 * (--fleet-volatile) */
	struct fleet_member *member;	/* the connection, set by
					 * cmd/fleet_worker/join.h; borrowed */
};

#endif
