/* Checks, before anything is changed or fetched, that the records are of this
 * list. */
#ifndef CMD_SCRAPE_RESUME_LIST_H
#define CMD_SCRAPE_RESUME_LIST_H

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"
#include "pool/loop.h"

/* Reads the list to its end. Sources that can only be read once (a named pipe)
 * are checked later, while they are used. Returns 0, or the exit code, with a
 * message logged. */
int resume_check_list(struct resume *r, struct loop *loop,
		      const struct options *o);

#endif
