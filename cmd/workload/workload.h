/*
 * Built-in workloads: lists of URLs for `scrape compare`, and a server on
 * loopback, in a process of its own, that answers them. Nothing of it needs a
 * network.
 *
 *	sqlite8	eight calls of 0.05 to 0.3 s: the guides' benchmark
 *	delays	100 pages that take as long, with the usual limits
 *	io	3,000 pages that take 1 s, 1,000 at once
 *	cpu	heavy pages, read for all they have: the time goes into parsing
 *	mixed	heavy pages that take their time as well
 *	api	ten APIs of JSON, each with its own delay
 *
 * Opening a thousand connections takes a tenth of a second, whatever is done
 * with them. io is so long that this does not hide what is measured: whether
 * all of them wait at the same time.
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
	/* Options that belong to it ("--parallel-max", "1000", ...), NULL at
	 * the end; the user's own come after them. Good once it was started:
	 * some depend on the machine. */
	const char *const *options;
};

/* Ended by a NULL name. */
extern const struct workload_row workloads[];

/* Starts the server and writes the list of URLs into a file that ends with this
 * process, however it does. NULL: the reason was appended to why. The process
 * must have no threads yet. */
struct workload *workload_start(const char *name, struct buf *why);

/* The list's path, and the row. Its own. */
const char *workload_list(const struct workload *w);
const struct workload_row *workload_row(const struct workload *w);

/* What the delays of its answers come to with so many requests at once: no mode
 * can be faster. One at a time, io takes 50 minutes. */
msec workload_minimum_time(const struct workload_row *row, unsigned parallel);

/* Ends the server, removes the list. */
void workload_stop(struct workload *w);

#endif
