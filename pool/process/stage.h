/* The stage whose workers are processes: see pool/process/stage.c. */
#ifndef POOL_PROCESS_STAGE_H
#define POOL_PROCESS_STAGE_H

#include "base/clock.h"
#include "pool/stage.h"

struct zygote;

/*
 * Up to workers processes (1 at least), started as jobs come in, which do the
 * zygote's work. timeout is of each job, MSEC_NEVER for no end. The zygote has
 * to live longer than the stage, and serves one at a time.
 *
 * Of what a process says only that is taken which cannot be false, see struct
 * work_split. A job that comes with an error is run on the loop.
 *
 * A job whose process dies, takes too long, needs too much memory or lies comes
 * back with ERR_PARSE, run on the loop like that (the work makes a record of
 * the error); those that wait behind it are given to another. Cancelled, a
 * queued one comes back at once, a running one within moments. NULL with
 * errno.
 */
struct stage *procs_open(struct loop *loop, struct zygote *zygote,
			 unsigned workers, msec timeout);

/* Starts a worker and ends it: whether it comes into its sandbox. 0; an errno;
 * or SANDBOX_UNSUPPORTED. Blocks, some milliseconds. Before procs_open(),
 * without which the zygote serves nobody. */
int procs_probe_sandbox(struct zygote *zygote);

#endif
