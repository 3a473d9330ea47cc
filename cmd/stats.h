/*
 * What a run has done so far: for the progress meter and --summary FILE.
 *
 * The summary is one JSON object. Times are in seconds.
 *
 *	requests	records written
 *	ok		of those, without error and 200 <= status < 400
 *	errors		{"dns": n, ...}: records by error.kind, those there were
 *	status		{"200": n, ...}: records by HTTP status
 *	attempts	tries of all requests; retries: those after a first
 *	bytes		of decoded bodies
 *	duration	since the run began
 *	rate		requests / duration
 *	latency		{"min", "p50", "p90", "p99", "max"} of time.total of
 *			requests that got a response (within 1 %), or null
 *	hosts		[{"host", "requests", "errors", "bytes", "mean"}, ...],
 *			most requests first; a host is that of the last hop,
 *			mean its mean latency or null. When there were more
 *			than STATS_HOSTS_MAX, a last one with host null counts
 *			the rest. Absent without keep_hosts.
 *	interrupted	whether the run was stopped before its end
 */
#ifndef CMD_STATS_H
#define CMD_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/job.h"

struct stats;

/* keep_hosts: count per host too (the first STATS_HOSTS_MAX of them; the rest
 * together). */
enum { STATS_HOSTS_MAX = 10000 };
struct stats *stats_new(bool keep_hosts, msec now);
void stats_free(struct stats *st);

/* A request is finished. */
void stats_add(struct stats *st, const struct job *job);

uint64_t stats_done(const struct stats *st);
uint64_t stats_errors(const struct stats *st);	/* records with an error */
uint64_t stats_bad(const struct stats *st);	/* without one, but not ok */
uint64_t stats_bytes(const struct stats *st);	/* of decoded bodies */

/* Writes the summary: to another file first that then takes the name, or
 * straight to what is no regular file (/dev/stderr). Returns 0, or -1 and has
 * said why. */
int stats_write(const struct stats *st, const char *path, msec now,
		bool interrupted);

#endif
