/* The name by which a run's list of requests is known in a database: a run that
 * is continued is found by it. */
#ifndef CMD_SESSION_LIST_NAME_H
#define CMD_SESSION_LIST_NAME_H

#include "cmd/options/options.h"

/* Appends the sources, without secrets, and a digest of them. */
void list_name_add(struct buf *name, const struct options *o);

#endif
