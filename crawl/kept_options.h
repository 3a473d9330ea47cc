/* Table in the database of a crawl: the options that decide which pages belong
 * to the crawl, as texts. */
#ifndef CRAWL_KEPT_OPTIONS_H
#define CRAWL_KEPT_OPTIONS_H

#include "crawl/database/database.h"

#define KEPT_OPTIONS_TABLE \
	"CREATE TABLE IF NOT EXISTS options (name TEXT PRIMARY KEY," \
	" value TEXT NOT NULL);"

/* Stores the value of an option. Returns 0, or -1 after an error. */
int kept_options_set(struct database *d, const char *name, const char *value);

/* Returns the value of an option, to be freed; NULL if none is stored. */
char *kept_options_get(struct database *d, const char *name);

#endif
