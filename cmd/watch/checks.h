/* The requests of a watch: reads the list, gives requests that are due to the
 * engine, and writes a record for each response that is news
 * (cmd/watch/verdict.h). */
#ifndef CMD_WATCH_CHECKS_H
#define CMD_WATCH_CHECKS_H

#include "cmd/watch/run.h"

/* Returns the callbacks of the engine. */
struct engine_owner checks_owner(struct watch *w);

/* Returns true if no request is left to be made in this run. */
bool checks_are_done(const struct watch *w);

#endif
