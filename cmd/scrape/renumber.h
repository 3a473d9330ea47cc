/*
 * --resume=url: gives the records of an output file the indexes that their
 * requests have in the present list, before the run continues it.
 *
 * A record belongs to a request with the same URL and id, byte for byte. If
 * several requests of the list have the same, each gets one of their records,
 * first that with its index. Records that belong to no request are moved to
 * FILE.removed. If anything has to be changed, a new file with all other
 * records takes the name of the old one (cmd/scrape/record_copy.h); so the file
 * has the old indexes or the new ones, whenever the program is killed.
 */
#ifndef CMD_SCRAPE_RENUMBER_H
#define CMD_SCRAPE_RENUMBER_H

#include "cmd/options/options.h"
#include "pool/loop.h"

/* Takes about 40 bytes of memory for each record and 16 for each request.
 * Returns 0, or the exit code, with a message logged. */
int renumber_records(struct loop *loop, const struct options *o);

#endif
