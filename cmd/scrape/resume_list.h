/* Whether a list is the one that the records are of, before anything is changed
 * or fetched. */
#ifndef CMD_SCRAPE_RESUME_LIST_H
#define CMD_SCRAPE_RESUME_LIST_H

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"
#include "pool/loop.h"

/* Reads the list to its end; what can be read once only (a named pipe) is left
 * to be checked while it is. 0; or the exit code: said why. */
int resume_check_list(const struct resume *r, struct loop *loop,
		      const struct options *o);

#endif
