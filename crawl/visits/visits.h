/*
 * The table of visits in the database of a crawl. Links are packed, because
 * they are most of the stored data: a page with 60 links takes about 1 KB.
 */
#ifndef CRAWL_VISITS_VISITS_H
#define CRAWL_VISITS_VISITS_H

#include "crawl/database/database.h"
#include "crawl/visits/visit.h"

struct visits;

/* Creates the table if there is none. Returns NULL after an error of the
 * database, which is borrowed. */
struct visits *visits_open(struct database *d);
void visits_close(struct visits *v);	/* NULL is fine */

/* Adds a visit, or replaces that of the same page. Returns 0, or -1 after an
 * error of the database. */
int visits_add(struct visits *v, const struct visit *visit);

#endif
