/* Name of a run's list of requests in a database, by which a later run finds
 * the run that it continues. */
#ifndef CMD_SESSION_LIST_NAME_H
#define CMD_SESSION_LIST_NAME_H

#include "cmd/options/options.h"

/* Appends the names of the sources, without secrets, and a digest of the
 * names. Each --shard of a list has a name of its own. */
void list_name_add(struct buf *name, const struct options *o);

#endif
