/*
 * Runs the modes in turn, and starts each round with the next mode, so that
 * drift (a laptop that gets warm, a server's caches) affects all modes alike.
 * One warm-up run, which is not counted, comes before the first round. It uses
 * the mode that is likely to be the fastest and ends after two seconds: every
 * run is a load on somebody's server.
 */
#include "cmd/compare/compare.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/compare/files.h"
#include "cmd/compare/format.h"
#include "cmd/compare/json.h"
#include "cmd/compare/run.h"
#include "cmd/compare/signals.h"
#include "cmd/engine/modes.h"
#include "cmd/options/options.h"
#include "cmd/workload/workload.h"

static const msec warm_up_for = 2e3;

struct compare {
	struct options *options;
	struct comparison result;
	struct compare_files files;
	struct workload *workload;	/* NULL: the user's sources */
	struct records *reference;	/* records of the first run */
	unsigned done, total;		/* number of runs */
};

/* --- Progress on a terminal ----------------------------------------------- */

static void clear_progress(void)
{
	(void)!write(STDERR_FILENO, "\r\033[K", 4);
}

static void show_progress(struct compare *c, const struct run_plan *plan)
{
	char text[128];
	int len;

	c->done++;
	if (!c->options->progress)
		return;
	len = snprintf(text, sizeof(text), "\r\033[Krun %u of %u: %s", c->done,
		       c->total, plan->mode);
	if (plan->sweep)
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				", %s %u", plan->sweep->name, plan->value);
	(void)!write(STDERR_FILENO, text, (size_t)len);
}

/* --- Runs ----------------------------------------------------------------- */

static struct run_plan plan_for(const struct compare *c, const char *mode)
{
	return (struct run_plan){
		.mode = mode,
		.files = &c->files,
		.options = c->workload ? workload_row(c->workload)->options
				       : NULL,
		.silent = log_level() == LOG_QUIET,
	};
}

static int warm_up(struct compare *c)
{
	const struct comparison *result = &c->result;
	struct run_plan plan;
	struct run_result run = {0};
	const char *mode = result->modes[0].mode->name;
	int code;

	for (size_t i = 0; i < result->len; i++)
		if (result->modes[i].mode == &modes[0])
			mode = modes[0].name;
	plan = plan_for(c, mode);
	plan.limit = warm_up_for;
	show_progress(c, &plan);
	code = compare_run(&run, &plan);
	run_result_release(&run);
	return code;
}

/* Compares the run's records with those of the very first run. Takes ownership
 * of the records. */
static void compare_records(struct compare *c, struct compare_mode *m,
			    struct run_result *run)
{
	uint64_t first = 0, differing;

	if (!c->reference) {
		c->reference = run->records;
	} else {
		differing = records_differ(c->reference, run->records, &first);
		if (differing && (!m->differing || first < m->first))
			m->first = first;
		if (differing > m->differing)
			m->differing = differing;
		records_free(run->records);
	}
	run->records = NULL;
}

static int run_mode(struct compare *c, struct compare_mode *m)
{
	const struct run_plan plan = plan_for(c, m->mode->name);
	struct run_result *run = &m->runs[m->len];
	int code;

	show_progress(c, &plan);
	code = compare_run(run, &plan);
	if (code) {
		run_result_release(run);
		return code;
	}
	m->len++;
	compare_records(c, m, run);
	return 0;
}

static int run_rounds(struct compare *c)
{
	struct comparison *result = &c->result;
	int code = 0;

	for (unsigned round = 0; round < c->options->compare.repeat; round++)
		for (size_t i = 0; i < result->len && !code; i++)
			code = run_mode(c, &result->modes[(round + i) %
							  result->len]);
	return code;
}

/* --- The sweep ------------------------------------------------------------ */

/* Returns true if the swept option has an effect in the mode. */
static bool is_swept(const struct sweep_row *row, const struct mode *mode)
{
	char name[32];

	snprintf(name, sizeof(name), ",%s,", mode->name);
	return strstr(row->modes, name);
}

/* Runs a mode with the v-th value of the sweep. If the option has no effect in
 * the mode, the results of its ordinary runs are used instead. */
static int run_sweep_value(struct compare *c, struct compare_mode *m, size_t v)
{
	const struct sweep *sweep = &c->options->compare.sweep;
	const unsigned repeat = c->options->compare.repeat;
	double *walls = xcalloc(repeat, sizeof(*walls));
	double *rates = xcalloc(repeat, sizeof(*rates));
	struct run_plan plan = plan_for(c, m->mode->name);
	const bool swept = is_swept(sweep->row, m->mode);
	int code = 0;

	plan.sweep = sweep->row;
	plan.value = sweep->values[v];
	for (unsigned i = 0; i < repeat && !code; i++) {
		struct run_result own = {0};
		const struct run_result *run = swept ? &own : &m->runs[i];

		if (swept) {
			show_progress(c, &plan);
			code = compare_run(&own, &plan);
		}
		if (!code) {
			walls[i] = run->wall;
			rates[i] = run->wall > 0
					   ? run_requests_made(run) / run->wall
					   : NAN;
		}
		run_result_release(&own);
	}
	m->sweep_wall[v] = figure_of(walls, repeat);
	m->sweep_rate[v] = figure_of(rates, repeat);
	free(walls);
	free(rates);
	return code;
}

static int run_sweep(struct compare *c)
{
	const struct sweep *sweep = &c->options->compare.sweep;
	int code = 0;

	for (size_t v = 0; v < sweep->len && !code; v++)
		for (size_t i = 0; i < c->result.len && !code; i++)
			code = run_sweep_value(c, &c->result.modes[i], v);
	return code;
}

/* --- The comparison ------------------------------------------------------- */

/* Lists the modes to run, and counts the runs. */
static void plan_runs(struct compare *c)
{
	const struct compare_options *o = &c->options->compare;
	struct comparison *result = &c->result;

	c->total = 1;
	for (; result->len < COMPARE_MODES && o->modes[result->len];
	     result->len++) {
		struct compare_mode *m = &result->modes[result->len];

		m->mode = o->modes[result->len];
		m->runs = xcalloc(o->repeat, sizeof(*m->runs));
		c->total += o->repeat;
		if (o->sweep.row && is_swept(o->sweep.row, m->mode))
			c->total += o->repeat * (unsigned)o->sweep.len;
	}
}

/* Writes the files and starts the workload that the runs need. Returns 0; or
 * the exit code, after logging the reason. */
static int prepare_runs(struct compare *c)
{
	const struct compare_options *o = &c->options->compare;
	struct buf why = {0}, text = {0};
	struct strings sources = c->options->sources;
	const char *list;
	int err = compare_files_open(&c->files, &why);

	if (!err && o->workload) {
		c->workload = workload_start(o->workload, &why);
		err = c->workload ? 0 : -1;
	}
	if (!err && c->workload) {
		list = workload_list(c->workload);
		sources = (struct strings){.items = &list, .len = 1};
	}
	compare_options_to_file(&text, o);
	if (!err)
		err = compare_files_copy_sources(&c->files, &sources, &why) ||
		      compare_files_write_options(&c->files, &text, &why);
	if (err && !compare_end_signal())
		log_fatal("the comparison cannot start: %s", buf_cstr(&why));
	buf_release(&why);
	buf_release(&text);
	if (compare_end_signal())
		return 128 + compare_end_signal();
	return err ? 3 : 0;
}

/* Returns 0 or an errno. */
static int print_text(const struct buf *text)
{
	return fwrite(text->data, 1, text->len, stdout) < text->len ||
			       fflush(stdout)
		       ? errno : 0;
}

static int write_result(const struct compare *c)
{
	json_t *json = compare_to_json(&c->result);
	struct buf text = {0}, why = {0};
	const char *path = c->options->output;
	int err;

	compare_write(&text, c->options->compare.format, json);
	json_decref(json);
	if (path) {
		err = file_write(path, &text, &why);
	} else {
		err = print_text(&text);
		if (err)
			buf_addstr(&why, strerror(err));
	}
	if (err)
		log_fatal("the comparison could not be written%s%.200s: %s",
			  path ? " to " : "", path ? path : "",
			  buf_cstr(&why));
	buf_release(&text);
	buf_release(&why);
	return err ? 3 : 0;
}

static bool has_errors(const struct comparison *result)
{
	for (size_t i = 0; i < result->len; i++)
		for (size_t k = 0; k < result->modes[i].len; k++)
			if (run_errors(&result->modes[i].runs[k]) > 0)
				return true;
	return false;
}

static void release_results(struct compare *c)
{
	for (size_t i = 0; i < c->result.len; i++) {
		struct compare_mode *m = &c->result.modes[i];

		for (size_t k = 0; k < m->len; k++)
			run_result_release(&m->runs[k]);
		free(m->runs);
	}
	records_free(c->reference);
}

int compare_command(struct options *options)
{
	struct compare c = {.options = options,
			    .result = {.options = options}};
	int code;

	plan_runs(&c);
	if (options->progress)
		log_set_hook(clear_progress);
	compare_signals_open();
	code = prepare_runs(&c);
	if (!code)
		code = warm_up(&c);
	if (!code)
		code = run_rounds(&c);
	if (!code)
		code = run_sweep(&c);
	/* Clean up before the result is written, because writing to a closed
	 * pipe ends the program (SIGPIPE). */
	if (c.workload)
		workload_stop(c.workload);
	compare_files_close(&c.files);
	compare_signals_close();
	log_set_hook(NULL);
	if (options->progress)
		clear_progress();
	if (!code)
		code = write_result(&c);
	if (!code && options->engine.parse.fail && has_errors(&c.result))
		code = EXIT_SOME_FAILED;
	release_results(&c);
	return code;
}
