/*
 * Figures of each host, for --summary and --report. Part of
 * cmd/stats/stats.h, which describes the JSON. A job belongs to the host of its
 * last hop.
 *
 * The memory is bounded: the first STATS_HOSTS_MAX hosts have figures of their
 * own, and all others are counted together.
 */
#ifndef CMD_STATS_HOST_TABLE_H
#define CMD_STATS_HOST_TABLE_H

#include <jansson.h>

#include "base/job/job.h"

struct host_table;

struct host_table *host_table_new(void);
void host_table_free(struct host_table *t);	/* NULL is fine */

/* Adds a finished job. */
void host_table_add(struct host_table *t, const struct job *job);

/* Returns the array `hosts`; a new reference. */
json_t *host_table_to_json(const struct host_table *t);

#endif
