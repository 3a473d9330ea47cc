/*
 * The options of a job that several machines work on. The first machine's
 * options are kept in the hub, and the other machines use them.
 *
 * A table lists the options that are shared in this way. None of them reads or
 * writes a file, or weakens the protection of a machine (--allow-private; or
 * --proxy, because a proxy may be at a private address), because everybody who
 * can write to the hub could set them. Each machine sets the options that
 * concern only itself.
 */
#ifndef CMD_FLEET_WORKER_SHARED_OPTIONS_H
#define CMD_FLEET_WORKER_SHARED_OPTIONS_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/options/options.h"

/* Checks the options of this machine. Returns 0; or -1 after logging which
 * option is not allowed in a fleet, and why. */
int shared_options_check(const struct options *o);

/* Packs the options of this machine that are shared, and appends them. */
void shared_options_pack(struct buf *out, const struct options *o);

/* Makes an argument list: the packed options, then the options that this
 * machine sets for itself, then its sources. The list ends with NULL. The
 * caller frees each word and the list. Returns NULL if the packed options are
 * damaged, or have an option that may not be shared. */
char **shared_options_unpack(struct slice packed, const struct options *o,
			     int *argc);

#endif
