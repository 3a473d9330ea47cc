/* Decides which requests of a list this machine makes (--shard). */
#ifndef CMD_SCRAPE_LIST_SHARD_H
#define CMD_SCRAPE_LIST_SHARD_H

#include <stdbool.h>

#include "base/job/job.h"
#include "cmd/options/options.h"

/* Returns true if the request belongs to the shard of the options. Lines that
 * are not requests belong to the same shard. May set up the job's first hop
 * (fetch_prepare()). */
bool list_shard_has(const struct options *o, struct job *job);

#endif
