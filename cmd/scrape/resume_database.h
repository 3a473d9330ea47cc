/* --resume with a PostgreSQL database: which requests have their rows. */
#ifndef CMD_SCRAPE_RESUME_DATABASE_H
#define CMD_SCRAPE_RESUME_DATABASE_H

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"

/* Reads the rows of the run that is continued. The result borrows only from the
 * options. Returns NULL, with a message logged, on failure. */
struct resume *resume_database_open(const struct options *o);

#endif
