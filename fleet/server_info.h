/* Reads the description that a server gives of itself (the command INFO), and
 * decides whether it can be the hub of a fleet. Pure. */
#ifndef FLEET_SERVER_INFO_H
#define FLEET_SERVER_INFO_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum { SERVER_RUN_ID = 40 };	/* length of a run_id */

struct server_info {
	char run_id[SERVER_RUN_ID + 1];	/* differs after each start of the
					 * server */
	unsigned version;		/* major version of Redis; 0: unknown */
	bool is_loading;		/* the server reads its log, and cannot
					 * be used yet */
	bool has_log;			/* appendonly yes */
	bool never_evicts;		/* maxmemory-policy noeviction */
};

/* Reads the reply to INFO. Members that the reply does not have are zero. */
void server_info_read(struct server_info *info, struct slice text);

/* Returns 0; or -1, with the reason appended to why, if the server cannot be
 * used. */
int server_info_check(const struct server_info *info, bool is_volatile,
		      struct buf *why);

#endif
