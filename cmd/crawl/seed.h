/* The seeds of a crawl: the requests of its list. */
#ifndef CMD_CRAWL_SEED_H
#define CMD_CRAWL_SEED_H

#include "base/job/job.h"
#include "cmd/crawl/follow.h"
#include "cmd/crawl/sitemaps.h"
#include "fetch/config.h"

/* Adds a seed, a request of the list, to the scope, to the frontier (unless
 * only sitemaps are read), and to the sitemaps. Returns 1; 0 after logging why
 * it is not a seed; -1 after an error of the frontier. */
int seed_add(const struct follow *f, struct sitemaps *sitemaps,
	     struct job *job, const struct fetch_config *config);

#endif
