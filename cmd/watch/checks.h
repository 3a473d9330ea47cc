/* The requests of a watch: reads the list, gives the engine what is due, and
 * writes a record for what is new. */
#ifndef CMD_WATCH_CHECKS_H
#define CMD_WATCH_CHECKS_H

#include "cmd/watch/run.h"

/* Returns the callbacks of the engine. */
struct engine_owner checks_owner(struct watch *w);

/* Returns true if nothing is left to do. */
bool checks_are_done(const struct watch *w);

#endif
