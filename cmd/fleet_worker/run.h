/* `scrape --fleet URL [SOURCE...]` and `scrape crawl --fleet URL [SEED...]`:
 * loads a list or seeds into the hub, and works on the job. */
#ifndef CMD_FLEET_WORKER_RUN_H
#define CMD_FLEET_WORKER_RUN_H

#include <stdbool.h>

#include "cmd/options/options.h"

/* Return the exit code. fleet_join() must have set o->fleet.member. */
int list_worker_run(struct options *o);
int crawl_worker_run(struct options *o);

#endif
