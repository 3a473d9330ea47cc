/*
 * --retry-failed: lets the pages whose record has failed wait again, and takes
 * their records out of the output.
 *
 * The other records are written to a new file, FILE.scrape-retry. A transaction
 * notes its length and which pages wait. Then the file takes the name. A crawl
 * that is killed in between finds that file when it is resumed; so at any time
 * each page either waits or has one record.
 */
#ifndef CMD_CRAWL_RETRY_H
#define CMD_CRAWL_RETRY_H

#include <stdint.h>

#include "cmd/crawl/state.h"
#include "cmd/options/retry_kinds.h"

/* Lets the new file take the name if the crawl was killed before that, and
 * removes it if it was killed before the transaction. Call this before the
 * output is checked. Returns 0, or -1 after logging the reason. */
int retry_recover(const struct state *s, const struct store_output *known);

/* Does the same as above for a crawl that is resumed with these kinds. Counts
 * the pages. The frontier has to be opened again afterwards if there are any: it
 * has read before which pages wait. Returns 0, or -1 after logging the
 * reason. */
int retry_begin(const struct state *s, struct frontier *f,
		const struct retry_kinds *kinds, uint64_t *pages);

#endif
