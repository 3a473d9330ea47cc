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
 *	each		{"found", "of"}: of the responses from which data was
 *			extracted (without an error, status < 400), in how many
 *			--each found an element. Absent without it.
 *	fields		{"price": {"found", "of"}, ...}: the same for each
 *			field, in their order: in how many it had a value that
 *			was no default. Absent when nothing is extracted.
 *	interrupted	whether the run was stopped before its end
 *	cpu		{"user", "system"} of the process and of its children
 *			that have ended
 *	peak_memory	of the process, in bytes
 *
 * With details (stats_keep_details()):
 *
 *	phases		{"wait", "dns", "connect", "tls", "first_byte", "body",
 *			"queue", "parse", "output"}: total time of all requests
 *			in each; wait is held back by a limit, queue is between
 *			the network and a worker, output is from the record to
 *			the end of the write that it was in
 *	timeline	{"step", "phases", "in_flight", "finished", "errors"}:
 *			the run in equal buckets of step seconds. phases: the
 *			names; in_flight: for each of them, how many requests
 *			were in it on average, bucket by bucket; finished: how
 *			many records came in a bucket; errors: of those, with
 *			an error. A request that was redirected or tried again
 *			is seen in each phase once (cmd/stats/timeline.h).
 *	distribution	[[upper, count], ...] of what latency is of: how many
 *			took less than upper seconds, and no less than the
 *			upper before; HISTOGRAM_GROUPS of them at most
 *	slowest		[{"url", "status", "error", "total", "phases"}, ...]:
 *			the ten that took longest on the network and in the
 *			parser, longest first; error is its kind or null,
 *			and output not among its phases
 */
#ifndef CMD_STATS_STATS_H
#define CMD_STATS_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/err.h"
#include "base/job/job.h"

struct schema;
struct stats;
struct json_t;

/* keep_hosts: count per host too (the first STATS_HOSTS_MAX of them; the rest
 * together). */
enum { STATS_HOSTS_MAX = 10000 };
struct stats *stats_new(bool keep_hosts, msec now);

/* Before the first record. Costs about a thousand instructions a record, and
 * 25 KB. */
void stats_keep_details(struct stats *st);

/* Before the first record: count its fields, too. x is borrowed. */
void stats_keep_fields(struct stats *st, const struct schema *x);
void stats_free(struct stats *st);

/* A request is finished, and its record goes to the output. */
void stats_add(struct stats *st, const struct job *job);

/* So many records were written at that moment. Only details want to know. */
void stats_written(struct stats *st, msec at, uint64_t records);

/* The run is over: before what is told of it. */
void stats_end(struct stats *st, msec now);

uint64_t stats_done(const struct stats *st);
uint64_t stats_errors(const struct stats *st);	/* records with an error */
uint64_t stats_bad(const struct stats *st);	/* without one, but not ok */
uint64_t stats_bytes(const struct stats *st);	/* of decoded bodies */

/* At the end: warns of fields that were never found. what: as field_coverage_warn()'s
 * (cmd/stats/field_coverage.h). */
void stats_warn(const struct stats *st, const char *what);

/* The summary; a new reference. */
struct json_t *stats_to_json(const struct stats *st, msec now,
			     bool interrupted);

/* Writes the summary: to another file first that then takes the name, or
 * straight to what is no regular file (/dev/stderr). Returns 0, or -1 and has
 * said why. */
int stats_write(const struct stats *st, const char *path, msec now,
		bool interrupted);

#endif
