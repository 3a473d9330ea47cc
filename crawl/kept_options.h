/* The table of a crawl's database with the options that change what the crawl
 * means, as texts. */
#ifndef CRAWL_KEPT_OPTIONS_H
#define CRAWL_KEPT_OPTIONS_H

#include "crawl/database/database.h"

#define KEPT_OPTIONS_TABLE \
	"CREATE TABLE IF NOT EXISTS options (name TEXT PRIMARY KEY," \
	" value TEXT NOT NULL);"

/* Returns 0, or -1 after an error. */
int kept_options_set(struct database *d, const char *name, const char *value);

/* Returns the value, to be freed; NULL: there is none. */
char *kept_options_get(struct database *d, const char *name);

#endif
