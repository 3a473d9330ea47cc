/*
 * Counts the requests of a list by host, and estimates how long they take with
 * the limits in force (--dry-run).
 *
 * The network is not used: a host counts as public unless its name or address
 * shows otherwise, and each response is assumed to take DRY_RUN_RESPONSE.
 * Redirects, retries and Crawl-delays are not counted.
 */
#ifndef CMD_SCRAPE_DRY_RUN_H
#define CMD_SCRAPE_DRY_RUN_H

#include <stdint.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/engine/config.h"

#define DRY_RUN_RESPONSE 500.0	/* msec, assumed for each response */

struct dry_run;

/* config is borrowed until dry_run_free(). */
struct dry_run *dry_run_new(const struct engine_config *config);

/* NULL is fine. */
void dry_run_free(struct dry_run *d);

/* Counts a request that fetch_prepare() has set up, or an error if job->err is
 * set. */
void dry_run_add(struct dry_run *d, const struct job *job);

/* Append the result, beginning with the host that takes longest: as JSON, a
 * line for each host and a last one with the totals, whose host is null; or as
 * a table for people. */
void dry_run_add_json(struct buf *out, struct dry_run *d);
void dry_run_add_text(struct buf *out, struct dry_run *d);

#endif
