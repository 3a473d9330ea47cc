/* Makes --summary, --report and the warning about a run in which everything has
 * failed from the statistics of the run; all commands but compare share it. */
#include "cmd/report/results.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/units.h"
#include "cmd/options/options.h"
#include "cmd/report/run.h"

struct stats *results_stats(const struct options *o, enum results_kind kind)
{
	const bool asked = o->summary || o->report;
	const bool has_hosts = kind != RESULTS_FILES;
	struct stats *st = stats_new(has_hosts && asked, clock_now());

	if (asked)
		stats_keep_details(st);
	if (o->schema)
		stats_keep_fields(st, o->schema,
				  has_hosts ? "response" : "file");
	if (o->roles)
		stats_keep_roles(st, o->roles, "response");
	return st;
}

static int write_report(const char *path, const struct stats *st, msec now,
			bool interrupted)
{
	json_t *summary = stats_to_json(st, now, interrupted);
	struct buf page = {0}, why = {0};
	int err;

	report_run(&page, summary);
	err = file_write(path, &page, &why);
	if (err)
		log_fatal("the report could not be written to %.200s: %s",
			  path, buf_cstr(&why));
	json_decref(summary);
	buf_release(&page);
	buf_release(&why);
	return err;
}

static const struct {
	const char *one, *several, *where;
} words[] = {
	[RESULTS_LIST] = {"request", "requests", "the records say why"},
	[RESULTS_FILES] = {"file", "files", "the records say why"},
	[RESULTS_GATHER] = {"request", "requests", "the errors say why"},
};

void results_warn_all_failed(const struct options *o, const struct stats *st,
			     enum results_kind kind)
{
	const uint64_t done = stats_done(st);
	uint64_t failed = stats_errors(st);

	/* In a list, a bad status is a valid result; gather cannot use such a
	 * response. */
	if (kind == RESULTS_GATHER)
		failed += stats_bad(st);
	if (o->progress || !done || failed < done)
		return;
	if (done == 1)
		log_warn("the only %s failed: %s", words[kind].one,
			 words[kind].where);
	else
		log_warn("all %" PRIu64 " %s failed: %s", done,
			 words[kind].several, words[kind].where);
}

bool results_fail_over(const struct options *o, uint64_t failed, uint64_t total,
		       enum results_kind kind)
{
	/* Compare whole numbers, so that a share equal to the limit is
	 * allowed. */
	if (failed * 100 * UNITS_PERCENT <= o->fail_over * total)
		return false;
	log_warn("%" PRIu64 " of %" PRIu64 " %s failed, more than --fail-over "
		 "%.9g%%", failed, total,
		 kind == RESULTS_GATHER ? "results" : words[kind].several,
		 (double)o->fail_over / UNITS_PERCENT);
	return true;
}

int results_write(const struct options *o, struct stats *st, msec now,
		  bool interrupted)
{
	int err = 0;

	stats_end(st, now);
	if (o->summary && stats_write(st, o->summary, now, interrupted))
		err = -1;
	if (o->report && write_report(o->report, st, now, interrupted))
		err = -1;
	return err;
}
