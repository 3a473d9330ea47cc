/*
 * --retry-failed: makes the pages that have failed wait again, and removes
 * their records from the output. For pages of roles without records, the store
 * has the failures.
 *
 * The other records are written to a new file, FILE.scrape-retry. A transaction
 * stores the new file's length and which pages wait. Then the new file is
 * renamed to FILE. A crawl that is killed between these steps completes or
 * undoes them when it is resumed, so at any time each page either waits or has
 * one record.
 */
#ifndef CMD_CRAWL_RETRY_H
#define CMD_CRAWL_RETRY_H

#include <stdint.h>

#include "cmd/crawl/state.h"
#include "cmd/options/retry_kinds.h"

/* Completes or undoes the work of a crawl that was killed: renames the new file
 * if the transaction was committed, and removes the file otherwise. Called
 * before the output is checked. Returns 0, or -1 after logging the reason. */
int retry_recover(const struct state *s, const struct store_output *known);

/* Makes the pages that have failed in one of these kinds wait again, and copies
 * the records of all others to the new file. *pages: the number of such pages.
 * If it is not 0, the frontier must be opened again, because it has read which
 * pages wait before they were changed. Returns 0, or -1 after logging the
 * reason. */
int retry_begin(const struct state *s, struct frontier *f,
		const struct retry_kinds *kinds, uint64_t *pages);

#endif
