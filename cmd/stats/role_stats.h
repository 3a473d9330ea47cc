/* Counts the pages of a crawl by role, and in how many of them each field of
 * the role was found. */
#ifndef CMD_STATS_ROLE_STATS_H
#define CMD_STATS_ROLE_STATS_H

#include <jansson.h>

#include "base/job/job.h"
#include "parse/extract/roles.h"

struct role_stats;

/* roles is borrowed. */
struct role_stats *role_stats_new(const struct roles *roles);
void role_stats_free(struct role_stats *s);	/* NULL is fine */

void role_stats_add(struct role_stats *s, const struct job *job);

/* Warns about the fields that were found in no page. */
void role_stats_warn(struct role_stats *s);

/* Adds "roles" to a summary (cmd/stats/stats.h), and "rows" if not all roles
 * have records. */
void role_stats_to_json(const struct role_stats *s, json_t *summary);

#endif
