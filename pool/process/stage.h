/* The stage that runs work in processes; its design is in
 * pool/process/stage.c. */
#ifndef POOL_PROCESS_STAGE_H
#define POOL_PROCESS_STAGE_H

#include "base/clock.h"
#include "pool/stage.h"

struct zygote;

/*
 * Opens a stage with up to `workers` processes (at least 1), which do the
 * zygote's work and are started as jobs arrive. timeout: time limit of each
 * job; MSEC_NEVER: none. The zygote must outlive the stage, and serves one
 * stage at a time. Returns NULL with errno on failure.
 *
 * Replies of processes are not trusted (see struct work_split). A job that
 * already has an error when it is submitted runs on the loop.
 *
 * If a process dies, takes too long, needs too much memory or sends an invalid
 * reply, its current job gets ERR_PARSE and runs on the loop, where the work
 * makes a record of the error; the jobs behind it go to another process. After
 * stage_cancel(), a queued job is given back at once, a running one within
 * milliseconds.
 */
struct stage *procs_open(struct loop *loop, struct zygote *zygote,
			 unsigned workers, msec timeout);

/* Starts a worker and ends it, to check whether it can enter its sandbox.
 * Returns 0, an errno, or SANDBOX_UNSUPPORTED. Blocks for some milliseconds.
 * Must be called before procs_open(), because the zygote serves one user at a
 * time. */
int procs_probe_sandbox(struct zygote *zygote);

#endif
