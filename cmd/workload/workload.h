/*
 * Built-in workloads for `scrape compare`: each is a list of URLs and the
 * options to fetch it with. A server on loopback, in a process of its own,
 * answers them, so no network is needed.
 *
 *	sqlite8	eight calls of 0.05 to 0.3 s: the guides' benchmark
 *	delays	100 pages of 0.05 to 0.3 s, with the usual limits
 *	io	3,000 pages of 1 s, 1,000 at once
 *	cpu	heavy pages, read for links, metadata and fields: parsing takes
 *		the time
 *	mixed	heavy pages with a delay
 *	api	ten APIs of JSON, each with its own delay
 *
 * Opening a thousand connections takes a tenth of a second in any case. io
 * takes so long that this does not hide the property that it measures: whether
 * all requests wait at the same time.
 */
#ifndef CMD_WORKLOAD_WORKLOAD_H
#define CMD_WORKLOAD_WORKLOAD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/clock.h"

struct workload;
struct workload_row {
	const char *name;
	const char *help;
	/* Options of the workload ("--parallel-max", "1000", ...), ended by
	 * NULL; the user's own options come after them. Valid only after
	 * workload_start(), because some depend on the machine. */
	const char *const *options;
};

/* The table ends with a NULL name. */
extern const struct workload_row workloads[];

/* Starts the server, and writes the list of URLs into a file that disappears
 * with this process, however that ends. The process must have no threads yet.
 * Returns NULL on failure and appends the reason to why. */
struct workload *workload_start(const char *name, struct buf *why);

/* Return the path of the list of URLs, and the row in the table; borrowed from
 * w. */
const char *workload_list(const struct workload *w);
const struct workload_row *workload_row(const struct workload *w);

/* Returns the time in msec that the delays of the answers take with that many
 * requests at once; no mode can be faster. With one request at a time, io takes
 * 50 minutes. */
msec workload_minimum_time(const struct workload_row *row, unsigned parallel);

/* Stops the server and removes the list. NULL is fine. */
void workload_stop(struct workload *w);

#endif
