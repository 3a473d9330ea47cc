/*
 * The options of a job that several machines work on. The first machine's
 * options are kept in the hub, and the others use them.
 *
 * Only options in a table travel: none that reads or writes a file, and none
 * that lowers the guard of a machine (--allow-private; --proxy, because a proxy
 * may be at a private address), because whoever can write to the hub could set
 * them. Options about the machine itself are its own.
 */
#ifndef CMD_FLEET_WORKER_SHARED_OPTIONS_H
#define CMD_FLEET_WORKER_SHARED_OPTIONS_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/options/options.h"

/* Checks the options of this machine. Returns 0; or -1 after logging which of
 * them is not possible in a fleet, and why. */
int shared_options_check(const struct options *o);

/* Appends the options of this machine that all machines use. */
void shared_options_pack(struct buf *out, const struct options *o);

/* Makes an argument list: the packed options, then those of this machine that
 * are its own, then its sources. Each word is on the heap and belongs to the
 * caller, as does the list, which ends with NULL. Returns NULL if the packed
 * options are damaged, or have an option that may not travel. */
char **shared_options_unpack(struct slice packed, const struct options *o,
			     int *argc);

#endif
