/*
 * The seeds of a crawl by several machines. They are part of the job's options,
 * because each machine derives the scope of the crawl from them.
 */
#ifndef CMD_FLEET_WORKER_SEEDS_H
#define CMD_FLEET_WORKER_SEEDS_H

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/options/options.h"
#include "pool/loop.h"

/* Reads the sources, and appends each seed to the packed options. Runs the loop
 * until all are read. Lines that are not seeds are logged. Returns 0; or -1
 * after logging that a source cannot be read, that there is no seed, or that
 * there are too many. */
int seeds_pack(struct buf *out, const struct options *o, struct loop *loop);

/* Appends a random secret of the job, without which nobody can make up URLs
 * that have the same fingerprint. */
void seeds_pack_secret(struct buf *out);

/* Calls each() with a job for each seed in the packed options. The first hop of
 * the job is prepared. Returns the secret. */
uint64_t seeds_each(struct slice options, const struct fetch_config *fetch,
		    void (*each)(void *ctx, struct job *seed), void *ctx);

#endif
