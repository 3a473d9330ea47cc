/* Checks, before anything is changed or fetched, that the records belong to
 * this list. */
#ifndef CMD_SCRAPE_RESUME_LIST_H
#define CMD_SCRAPE_RESUME_LIST_H

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"
#include "pool/loop.h"

/* Reads the list to its end. Sources that can be read only once (a named pipe)
 * are checked later, during the run. Returns 0, or the exit code, with a
 * message logged. */
int resume_check_list(struct resume *r, struct loop *loop,
		      const struct options *o);

#endif
