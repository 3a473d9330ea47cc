/*
 * Stores in the state of a crawl the options that decide which pages belong to
 * the crawl and what they are called. A crawl may be continued with other
 * values, but then its pages follow two sets of rules, so the user is told.
 */
#ifndef CMD_CRAWL_MEANING_H
#define CMD_CRAWL_MEANING_H

#include <stdbool.h>

#include "cmd/options/options.h"
#include "crawl/frontier.h"

/* Logs each option whose value differs from that of the previous run, and
 * stores the values of this run. Sets *differs to true if an option differs.
 * Returns 0, or -1 after an error of the frontier. */
int meaning_update(struct frontier *f, const struct options *o, bool *differs);

/* Checks that a crawl is continued with the --shard that it was begun with.
 * With another --shard, the machine would request pages of other machines and
 * miss its own ones. Returns true, after logging a message, if --shard
 * differs. */
bool meaning_has_other_shard(struct frontier *f, const struct options *o);

#endif
