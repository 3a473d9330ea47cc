/*
 * Statistics of a run, for the progress line, --summary and --report.
 *
 * The summary is one JSON object. Times are in seconds.
 *
 *	requests	number of records written
 *	ok		of those, records without error, 200 <= status < 400
 *	errors		{"dns": n, ...}: records by error.kind, without zeros
 *	status		{"200": n, ...}: records by HTTP status
 *	attempts	attempts of all requests; retries: all but the first
 *			attempt of each
 *	bytes		size of all decoded bodies
 *	duration	time since the run began
 *	rate		requests / duration
 *	latency		{"min", "p50", "p90", "p99", "max"} of time.total of
 *			requests that got a response (within 1 %), or null
 *	hosts		[{"host", "requests", "errors", "bytes", "mean",
 *			"held", "robots"}, ...], most requests first. host is
 *			the host of the last hop, mean its mean latency or null.
 *			held: {"robots", "429", "rate"}: how long the host was
 *			not sent a request that was waiting, by reason, without
 *			zeros (base/job/host_notes.h). robots: what its
 *			robots.txt says, "none", "allows_all", "rules" or
 *			"unreachable"; null if it was not asked for. If there
 *			are more than STATS_HOSTS_MAX hosts, a last entry with
 *			host null counts the others. Absent without keep_hosts.
 *	each		{"found", "of"}: "of" is the number of responses from
 *			which data was extracted (without an error, status <
 *			400), "found" the number of those in which --each found
 *			an element. Absent without --each.
 *	fields		{"price": {"found", "of"}, ...}: the same for each
 *			field, in their order; "found" counts responses in
 *			which it had a value that was not a default. Absent if
 *			nothing is extracted.
 *	roles		{"list": {"requests", "each", "fields"}, ...}: the same
 *			for the pages of each role of a crawl, with the number
 *			of its records; the pages without a role are not in it.
 *			Absent without roles.
 *	rows		number of records that were written, if --rows leaves
 *			some out
 *	crawl		of a crawl (cmd/crawl/notes.h)
 *	interrupted	true if the run was stopped before its end
 *	cpu		{"user", "system"}: CPU time of the process and of its
 *			children that have ended
 *	peak_memory	peak memory of the process, in bytes
 *
 * With details (stats_keep_details()):
 *
 *	phases		{"wait", "dns", "connect", "tls", "first_byte", "body",
 *			"queue", "parse", "output"}: total time of all requests
 *			in each phase. wait: held back by a limit; queue:
 *			between the network and a worker; output: from the
 *			finished record to the end of the write that it was in
 *	timeline	{"step", "phases", "in_flight", "finished", "errors"}:
 *			the run in equal buckets of step seconds. phases: names
 *			of the phases; in_flight: for each phase, the average
 *			number of requests in it, per bucket; finished: number
 *			of records per bucket; errors: those with an error. A
 *			request that was redirected or retried counts once in
 *			each phase (cmd/stats/timeline.h).
 *	distribution	[[upper, count], ...]: histogram of the times that
 *			latency summarises. count is the number of requests
 *			that took less than upper seconds, and at least the
 *			upper of the pair before; at most HISTOGRAM_GROUPS
 *	slowest		[{"url", "status", "error", "total", "phases"}, ...]:
 *			the ten requests that took longest on the network and
 *			in the parser, longest first. error is the kind of its
 *			error or null; phases has no output
 */
#ifndef CMD_STATS_STATS_H
#define CMD_STATS_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/err.h"
#include "base/job/job.h"

struct roles;
struct schema;
struct stats;
struct json_t;

/* Starts the statistics of a run that begins now. keep_hosts: count per host,
 * too (the first STATS_HOSTS_MAX hosts; all others together). */
enum { STATS_HOSTS_MAX = 10000 };
struct stats *stats_new(bool keep_hosts, msec now);

/* Keeps details from now on; must be called before the first record. Costs
 * about a thousand instructions per record, and 25 KB. */
void stats_keep_details(struct stats *st);

/* Keeps the broken and the redirected requests from now on (the first ones of
 * each kind, cmd/stats/problems.h); must be called before the first record. */
void stats_keep_problems(struct stats *st);

/* Counts found fields from now on; must be called before the first record. x is
 * borrowed and must not change any more. */
void stats_keep_fields(struct stats *st, const struct schema *x);

/* Counts the found fields of the pages of each role from now on; must be called
 * before the first record. roles is borrowed. */
void stats_keep_roles(struct stats *st, const struct roles *roles);

/* Adds a member to the summary; takes the reference. name is static. */
void stats_set_member(struct stats *st, const char *name, struct json_t *value);

void stats_free(struct stats *st);

/* Add a finished request whose record goes to the output. via: URL of the page
 * or sitemap from which the request comes; NULL: it was given. */
void stats_add(struct stats *st, const struct job *job);
void stats_add_from(struct stats *st, const struct job *job, const char *via);

/* Notes a record that goes to the output and is a copy of another one
 * (--unique). It counts as no request. */
void stats_copied(struct stats *st, msec at);

/* Counts records as written at that time. Has an effect only if details are
 * kept. */
void stats_written(struct stats *st, msec at, uint64_t records);

/* Ends the run; must be called before the summary is made. */
void stats_end(struct stats *st, msec now);

uint64_t stats_done(const struct stats *st);	/* records */
uint64_t stats_errors(const struct stats *st);	/* records with an error */
uint64_t stats_bad(const struct stats *st);	/* no error, but not ok */
uint64_t stats_failed(const struct stats *st);	/* number of records that are
						 * not ok: errors and bad
						 * ones */
uint64_t stats_bytes(const struct stats *st);	/* size of all decoded bodies */

/* Warns about fields that were never found; called at the end of the run. */
void stats_warn(struct stats *st);

/* Returns the summary; a new reference. */
struct json_t *stats_to_json(const struct stats *st, msec now,
			     bool interrupted);


/* Writes the summary to a new file that is then renamed to path, or directly to
 * a path that is not a regular file (/dev/stderr). Returns 0; or logs the
 * reason and returns -1. */
int stats_write(const struct stats *st, const char *path, msec now,
		bool interrupted);

#endif
