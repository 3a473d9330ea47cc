/*
 * The options that decide which pages belong to a crawl and what they are
 * called, as the state keeps them. A crawl may be continued with others, but its
 * pages then follow two sets of rules: the user is told.
 */
#ifndef CMD_CRAWL_MEANING_H
#define CMD_CRAWL_MEANING_H

#include "cmd/options/options.h"
#include "crawl/frontier.h"

/* Logs each option that differs from the run before, and stores those of this
 * run. Returns 0, or -1 after an error of the frontier. */
int meaning_update(struct frontier *f, const struct options *o);

#endif
