/* Identifies the sources of a run, so that another machine, or a later run,
 * recognises the same list. */
#ifndef CMD_FLEET_WORKER_SOURCE_DIGEST_H
#define CMD_FLEET_WORKER_SOURCE_DIGEST_H

#include <stdbool.h>

#include "base/buf.h"
#include "fetch/strings.h"

/* Appends a digest of the URLs and of the contents of the files. Standard input
 * gets another digest in each run. Returns 0; or -1 after logging which file
 * cannot be read. */
int source_digest_add(struct buf *out, const struct strings *sources);

/* Returns true if all sources can be read again: URLs, and regular files. */
bool sources_are_lasting(const struct strings *sources);

#endif
