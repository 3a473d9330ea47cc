/*
 * Built-in workloads: lists of URLs for `scrape compare`, and a server on
 * loopback, in a process of its own, that answers them. Nothing of it needs a
 * network.
 *
 *	sqlite8	eight calls of 0.05 to 0.3 s: the guides' benchmark
 *	io	1,000 URLs that answer after 0.1 s
 *	cpu	heavy pages: the time goes into parsing
 *	mixed	both
 *	api	ten APIs of JSON, each with its own delay
 */
#ifndef CMD_WORKLOAD_H
#define CMD_WORKLOAD_H

#include <stddef.h>

#include "base/buf.h"

struct workload;
struct workload_row {
	const char *name;
	const char *help;
	/* Options that belong to it ("--parallel-max", "1000", ...), NULL at
	 * the end; the user's own come after them. */
	const char *const *options;
};

/* Ended by a NULL name. */
extern const struct workload_row workloads[];

/* Starts the server and writes the list of URLs into a temporary file. NULL:
 * the reason was appended to why. The process must have no threads yet. */
struct workload *workload_start(const char *name, struct buf *why);

/* The list's path, and the row. Its own. */
const char *workload_list(const struct workload *w);
const struct workload_row *workload_row(const struct workload *w);

/* Ends the server, removes the list. */
void workload_stop(struct workload *w);

#endif
