/* Counts records, and converts the counts to the JSON of --summary. */
#include "cmd/stats/stats.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/stats/breakdown.h"
#include "cmd/stats/field_coverage.h"
#include "cmd/stats/histogram.h"
#include "cmd/stats/host_table.h"
#include "cmd/stats/problems.h"
#include "cmd/stats/role_stats.h"

/* Largest HTTP status that is counted by itself; larger ones count as this
 * one. */
enum { STATUS_MAX = 999 };

struct stats {
	msec started;
	uint64_t requests, ok, errors, attempts, retries, bytes;
	uint64_t by_err[ERR_COUNT];
	uint64_t by_status[STATUS_MAX + 1];
	struct histogram latency;
	struct host_table *hosts;	/* NULL: hosts are not counted */
	struct breakdown *breakdown;	/* NULL: no details are kept */
	struct problems *problems;	/* NULL: problems are not kept */
	struct field_coverage *coverage;	/* NULL: nothing is extracted */
	struct role_stats *roles;		/* NULL: pages have no roles */
	json_t *members;		/* members that the command adds to the
					 * summary; or NULL */
};

struct stats *stats_new(bool keep_hosts, msec now)
{
	struct stats *st = xcalloc(1, sizeof(*st));

	st->started = now;
	st->hosts = keep_hosts ? host_table_new() : NULL;
	return st;
}

void stats_keep_details(struct stats *st)
{
	if (!st->breakdown)
		st->breakdown = xcalloc(1, sizeof(*st->breakdown));
}

void stats_keep_problems(struct stats *st)
{
	if (!st->problems)
		st->problems = xcalloc(1, sizeof(*st->problems));
}

void stats_keep_fields(struct stats *st, const struct schema *x)
{
	assert(!st->coverage);
	st->coverage = field_coverage_new(x, NULL);
}

void stats_keep_roles(struct stats *st, const struct roles *roles)
{
	assert(!st->roles);
	st->roles = role_stats_new(roles);
}

void stats_set_member(struct stats *st, const char *name, json_t *value)
{
	if (!st->members)
		st->members = json_object();
	json_object_set_new(st->members, name, value);
}

void stats_free(struct stats *st)
{
	if (!st)
		return;
	host_table_free(st->hosts);
	if (st->breakdown)
		breakdown_release(st->breakdown);
	free(st->breakdown);
	if (st->problems)
		problems_release(st->problems);
	free(st->problems);
	field_coverage_free(st->coverage);
	role_stats_free(st->roles);
	json_decref(st->members);
	free(st);
}

void stats_add(struct stats *st, const struct job *job)
{
	stats_add_from(st, job, NULL);
}

void stats_add_from(struct stats *st, const struct job *job, const char *via)
{
	const int status = job->res.status;

	st->requests++;
	st->attempts += job->attempts;
	st->retries += job->attempts > 1 ? job->attempts - 1 : 0;
	st->bytes += job->bytes;
	st->ok += job_is_ok(job);
	if (job->err) {
		st->errors++;
		st->by_err[job->err]++;
	}
	if (status > 0) {
		st->by_status[status < STATUS_MAX ? status : STATUS_MAX]++;
		histogram_add(&st->latency, job->time.total);
	}
	if (st->hosts)
		host_table_add(st->hosts, job);
	if (st->breakdown)
		breakdown_add(st->breakdown, job, st->started);
	if (st->problems)
		problems_add(st->problems, job, via);
	if (st->coverage)
		field_coverage_add(st->coverage, job);
	if (st->roles)
		role_stats_add(st->roles, job);
}

void stats_copied(struct stats *st, msec at)
{
	if (st->breakdown)
		breakdown_copied(st->breakdown, at - st->started);
}

void stats_written(struct stats *st, msec at, uint64_t records)
{
	if (st->breakdown)
		breakdown_written(st->breakdown, at - st->started, records);
}

void stats_end(struct stats *st, msec now)
{
	if (st->breakdown)
		breakdown_end(st->breakdown, now - st->started);
}

uint64_t stats_done(const struct stats *st)
{
	return st->requests;
}

uint64_t stats_errors(const struct stats *st)
{
	return st->errors;
}

uint64_t stats_bad(const struct stats *st)
{
	return st->requests - st->errors - st->ok;
}

uint64_t stats_failed(const struct stats *st)
{
	return st->requests - st->ok;
}

uint64_t stats_bytes(const struct stats *st)
{
	return st->bytes;
}

void stats_warn(struct stats *st)
{
	if (st->coverage)
		field_coverage_warn(st->coverage);
	if (st->roles)
		role_stats_warn(st->roles);
}

static json_t *count_to_json(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* Converts msec to seconds, rounded to the microsecond: smaller digits are
 * noise. */
static json_t *seconds_to_json(msec t)
{
	return json_real(round(t * 1e3) / 1e6);
}

static json_t *errors_to_json(const struct stats *st)
{
	json_t *object = json_object();

	for (int err = 1; err < ERR_COUNT; err++)
		if (st->by_err[err])
			json_object_set_new(object, err_name((enum err)err),
					    count_to_json(st->by_err[err]));
	return object;
}

static json_t *statuses_to_json(const struct stats *st)
{
	json_t *object = json_object();
	char name[16];

	for (int status = 0; status <= STATUS_MAX; status++) {
		if (!st->by_status[status])
			continue;
		snprintf(name, sizeof(name), "%d", status);
		json_object_set_new(object, name,
				    count_to_json(st->by_status[status]));
	}
	return object;
}

static json_t *latency_to_json(const struct histogram *h)
{
	static const struct {
		const char *name;
		double share;
	} points[] = {{"min", 0}, {"p50", .5}, {"p90", .9}, {"p99", .99}};
	json_t *object;

	if (!h->count)
		return json_null();
	object = json_object();
	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++)
		json_object_set_new(object, points[i].name,
				    seconds_to_json(histogram_at(
					    h, points[i].share)));
	json_object_set_new(object, "max", seconds_to_json(h->max));
	return object;
}

json_t *stats_to_json(const struct stats *st, msec now, bool interrupted)
{
	const msec duration = now - st->started;
	const double rate =
		duration > 0 ? (double)st->requests * 1e3 / duration : 0;
	json_t *o = json_object();

	json_object_set_new(o, "requests", count_to_json(st->requests));
	json_object_set_new(o, "ok", count_to_json(st->ok));
	json_object_set_new(o, "errors", errors_to_json(st));
	json_object_set_new(o, "status", statuses_to_json(st));
	json_object_set_new(o, "attempts", count_to_json(st->attempts));
	json_object_set_new(o, "retries", count_to_json(st->retries));
	json_object_set_new(o, "bytes", count_to_json(st->bytes));
	json_object_set_new(o, "duration", seconds_to_json(duration));
	json_object_set_new(o, "rate", json_real(round(rate * 100) / 100));
	json_object_set_new(o, "latency", latency_to_json(&st->latency));
	if (st->hosts)
		json_object_set_new(o, "hosts", host_table_to_json(st->hosts));
	if (st->coverage)
		field_coverage_to_json(st->coverage, o);
	if (st->roles)
		role_stats_to_json(st->roles, o);
	if (st->breakdown)
		breakdown_to_json(st->breakdown, &st->latency, o);
	if (st->problems)
		problems_to_json(st->problems, o);
	if (st->members)
		json_object_update(o, st->members);
	breakdown_add_usage(o);
	json_object_set_new(o, "interrupted", json_boolean(interrupted));
	return o;
}

int stats_write(const struct stats *st, const char *path, msec now,
		bool interrupted)
{
	json_t *object = stats_to_json(st, now, interrupted);
	char *text = json_dumps(object,
				JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	struct buf bytes = {0}, why = {0};
	int err = -1;

	json_decref(object);
	if (text) {
		buf_addf(&bytes, "%s\n", text);
		err = file_write(path, &bytes, &why);
	} else {
		buf_addstr(&why, "out of memory");
	}
	if (err)
		log_fatal("the summary could not be written to %.200s: %s",
			  path, buf_cstr(&why));
	free(text);
	buf_release(&bytes);
	buf_release(&why);
	return err;
}
