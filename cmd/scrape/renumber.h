/*
 * --resume=url: gives the records of an output file the indexes that their
 * requests have in the present list, before the run continues it.
 *
 * A record belongs to a request with the same URL and id, byte for byte. If
 * several requests of the list have the same URL and id, each gets one of their
 * records, the one with its own index first. Records that belong to no request
 * are moved to FILE.removed. If anything has to be changed, a new file with all
 * other records replaces the old one (cmd/scrape/record_copy.h); so at any time
 * the file has either all old indexes or all new ones.
 */
#ifndef CMD_SCRAPE_RENUMBER_H
#define CMD_SCRAPE_RENUMBER_H

#include "cmd/options/options.h"
#include "pool/loop.h"

/* Renumbers the records of the output file. Takes about 40 bytes of memory for
 * each record and 16 for each request. Returns 0, or the exit code, with a
 * message logged. */
int renumber_records(struct loop *loop, const struct options *o);

#endif
