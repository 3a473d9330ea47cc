/* Makes --summary, --report and the warning about a run in which everything has
 * failed from the statistics of the run; all commands but compare share it. */
#include "cmd/report/results.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "base/timestamp.h"
#include "base/units.h"
#include "base/utf8.h"
#include "cmd/options/arguments.h"
#include "cmd/options/options.h"
#include "cmd/report/run.h"

struct stats *results_stats(const struct options *o, enum results_kind kind)
{
	const bool asked = o->summary || o->report;
	const bool has_hosts = kind != RESULTS_FILES;
	struct stats *st = stats_new(has_hosts && asked, clock_now());

	if (asked)
		stats_keep_details(st);
	if (asked)
		stats_keep_problems(st);
	if (o->schema)
		stats_keep_fields(st, o->schema);
	if (o->roles)
		stats_keep_roles(st, o->roles);
	return st;
}

/* Returns the text without known secrets, in valid UTF-8, and not longer than a
 * reader wants. */
static json_t *text_to_json(const struct buf *text)
{
	enum { SHOWN = 1000 };
	struct buf shown = {0};
	char *clean;
	json_t *value;

	secrets_hide(&shown, text->data, text->len);
	clean = utf8_clean(buf_cstr(&shown), shown.len, SHOWN, NULL);
	value = json_string(clean);
	free(clean);
	buf_release(&shown);
	return value;
}

/* Returns the name of the list: the first source, and the number of others. */
static json_t *list_to_json(const struct strings *sources)
{
	struct buf name = {0};
	json_t *value = json_null();

	if (sources->len) {
		const char *first = strcmp(sources->items[0], "-")
					    ? sources->items[0]
					    : "standard input";

		secret_url_show(&name, first, strlen(first));
		if (sources->len > 1)
			buf_addf(&name, " and %zu more", sources->len - 1);
		value = text_to_json(&name);
	}
	buf_release(&name);
	return value;
}

/* Returns the facts about the run that the report shows besides its figures. */
static json_t *run_to_json(const struct options *o, double seconds)
{
	struct buf command = {0}, time = {0}, began = {0};
	json_t *run = json_object();

	arguments_show(&command);
	/* 2026-01-31T10:30:00.087Z */
	timestamp_add(&time, timestamp_now() - (int64_t)(seconds * 1e3));
	buf_addf(&began, "%.10s %.5s UTC", buf_cstr(&time),
		 buf_cstr(&time) + 11);
	json_object_set_new(run, "list", list_to_json(&o->sources));
	json_object_set_new(run, "command", text_to_json(&command));
	json_object_set_new(run, "began", json_string(buf_cstr(&began)));
	json_object_set_new(run, "resumed", json_boolean(o->resume));
	buf_release(&command);
	buf_release(&time);
	buf_release(&began);
	return run;
}

static int write_report(const struct options *o, struct stats *st, msec now,
			bool interrupted)
{
	const char *path = o->report;
	json_t *summary = stats_to_json(st, now, interrupted);
	struct buf page = {0}, why = {0};
	int err;

	json_object_set_new(summary, "run",
			    run_to_json(o, json_number_value(json_object_get(
						   summary, "duration"))));
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

void results_warn_all_failed(const struct stats *st, enum results_kind kind)
{
	const uint64_t done = stats_done(st);
	uint64_t failed = stats_errors(st);

	/* In a list, a bad status is a valid result; gather cannot use such a
	 * response. */
	if (kind == RESULTS_GATHER)
		failed += stats_bad(st);
	if (!done || failed < done)
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
	if (o->report && write_report(o, st, now, interrupted))
		err = -1;
	return err;
}
