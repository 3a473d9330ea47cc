/* The command gather: reads the spec, opens the parts of a run, and writes its
 * document. */
#include "cmd/gather/gather.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secrets.h"
#include "cmd/engine/engine.h"
#include "cmd/engine/network.h"
#include "cmd/engine/signals.h"
#include "cmd/gather/document.h"
#include "cmd/gather/run.h"
#include "cmd/gather/token.h"
#include "cmd/output/output.h"
#include "cmd/report/results.h"
#include "cmd/stats/progress.h"
#include "cmd/stats/stats.h"


/* Largest value of --parallel-max. */
enum { PARALLEL_MOST = 20000 };

/* --- Running -------------------------------------------------------------- */

static bool is_full(void *ctx)
{
	const struct gather *g = ctx;

	return output_full(g->session.output);
}

/* Called when the output has room again, or has failed. */
static void on_change(void *ctx)
{
	const struct gather *g = ctx;

	if (g->engine)
		engine_wake(g->engine);
}

static void on_stop(void *ctx)
{
	struct gather *g = ctx;

	log_warn("stopping: waiting for the requests in flight (interrupt "
		 "again to end at once)");
	engine_stop(g->engine);
}

static int open_session_and_engine(struct gather *g)
{
	const struct options *o = g->options;

	if (session_open(&g->session, o) ||
	    session_open_output(&g->session, &(struct session_owner){
		.is_document = true,
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = g,
	}))
		return -1;
	g->engine = engine_open(g->session.loop, &o->engine,
				&(struct engine_owner){
		.next = gather_dispatch_next,
		.is_full = is_full,
		.on_record = gather_dispatch_on_record,
		.on_dropped = gather_dispatch_on_dropped,
		.ctx = g,
	});
	return g->engine ? 0 : -1;
}

static int open_run(struct gather *g)
{
	const struct options *o = g->options;

	if (open_session_and_engine(g))
		return -1;
	session_set_stats(&g->session,
			  stats_new(o->summary != NULL, clock_now()));
	progress_set_source(g->session.progress, gather_dispatch_progress, g);
	g->filters = filter_cache_new(o->engine.parse_timeout);
	g->tokens = gather_tokens_new(g);
	return gather_graph_open(g);
}

static void close_run(struct gather *g)
{
	session_stop(&g->session);
	gather_graph_close(g);
	gather_tokens_free(g->tokens);
	filter_cache_free(g->filters);
	engine_close(g->engine);
	session_close(&g->session);
}

static bool is_done(void *ctx)
{
	const struct gather *g = ctx;

	return engine_jobs(g->engine) == 0 && (g->session.stopping || !g->open);
}

static int write_summary(const struct gather *g)
{
	if (!g->options->summary)
		return 0;
	return stats_write(g->session.stats, g->options->summary, clock_now(),
			   g->session.stopping);
}

/* Returns true if more values have failed than the options allow. */
static bool has_failed(const struct gather *g)
{
	if (!g->options->has_fail_over)
		return g->failed > 0;
	return results_fail_over(g->options, g->failed,
				 g->failed + g->succeeded, RESULTS_GATHER);
}

/* Writes the document and the summary. Returns the exit code. */
static int finish_run(struct gather *g)
{
	const bool has_result = !g->session.stopping;
	bool failed = has_result && has_failed(g);
	int output_errno;

	if (has_result && !g->options->stream && gather_document_put(g))
		failed = true;
	if (has_result && !failed)
		output_mark_good(g->session.output);
	output_errno = session_close_output(&g->session);
	results_warn_all_failed(g->session.stats, RESULTS_GATHER);
	if (write_summary(g) || output_errno)
		return EXIT_NOT_COMPLETED;
	if (signals_caught())
		return 128 + signals_caught();
	return failed ? EXIT_SOME_FAILED : 0;
}

struct plan {
	const struct options *options;
	struct gather_spec spec;
};

static int run_plan(void *ctx)
{
	struct plan *plan = ctx;
	struct gather g = {.options = plan->options, .spec = &plan->spec};
	int code = EXIT_NOT_COMPLETED;

	if (!open_run(&g)) {
		gather_graph_begin(&g);
		engine_wake(g.engine);
		if (session_run(&g.session, is_done, &g)) {
			write_summary(&g);
			output_abandon(g.session.output);
			_exit(EXIT_NOT_COMPLETED);
		}
		code = finish_run(&g);
	}
	close_run(&g);
	return code;
}

/* --- The spec ------------------------------------------------------------- */

static int read_spec_file(struct gather_spec *spec, const struct options *o,
			  struct buf *why)
{
	const struct gather_vars vars = {o->vars.items, o->vars.len};
	struct buf text = {0};
	int err = file_read(&text, o->spec, why);

	if (!err)
		err = gather_spec_read(spec, (struct slice){text.data,
							    text.len},
				       &vars, why);
	buf_release(&text);
	return err;
}

/* Prints the error in the spec, and the lines that show its position. */
static void report_spec_error(const struct options *o, struct buf *why)
{
	char *text = buf_detach(why), *next = text;
	const char *first = strsep(&next, "\n"), *line;

	if (o->spec)
		log_fatal("--spec \"%.200s\": %s", o->spec, first);
	else
		log_fatal("%s", first);
	while ((line = strsep(&next, "\n")))
		log_more("%s", line);
	free(text);
}

static int read_spec(struct gather_spec *spec, const struct options *o)
{
	struct buf why = {0};
	const int err = o->spec ? read_spec_file(spec, o, &why)
				: gather_spec_from_args(spec, o->sources.items,
							 o->sources.len, &why);

	if (err) {
		report_spec_error(o, &why);
		return -1;
	}
	if (spec->result && o->stream) {
		log_fatal("--stream prints items as they come; \"result\" "
			  "needs them all: leave one out");
		return -1;
	}
	return 0;
}

/* Applies the spec's settings that the command line does not override. */
static void apply_spec_settings(struct options *o,
				const struct gather_spec *spec)
{
	unsigned at_once = spec->concurrency;

	if (at_once > PARALLEL_MOST)
		at_once = PARALLEL_MOST;
	options_apply_limits(o, at_once);
	if (o->engine.limits.interval <= 0)
		o->engine.limits.interval = spec->interval;
	o->engine.parse.want_json = true;
	for (size_t i = 0; i < spec->count; i++)
		o->engine.parse.headers |=
			spec->list[i]->pages.from_header != NULL;
}

static void note_secrets(const struct gather_auth *auth)
{
	if (auth->kind == AUTH_BASIC)
		secrets_add_login(auth->secret);
	else if (auth->secret)
		secrets_add(auth->secret, NULL);
	if (auth->client_secret)
		secrets_add(auth->client_secret, NULL);
	if (auth->refresh_token)
		secrets_add(auth->refresh_token, NULL);
}

static int print_plan(const struct gather_spec *spec)
{
	struct buf plan = {0};
	int code = 0;

	gather_spec_print(spec, &plan);
	if (fwrite(plan.data, 1, plan.len, stdout) != plan.len ||
	    fflush(stdout)) {
		log_fatal("writing to standard output: %s", strerror(errno));
		code = EXIT_NOT_COMPLETED;
	}
	buf_release(&plan);
	return code;
}

int gather_command(struct options *options)
{
	struct plan plan = {.options = options};
	struct gather_spec *spec = &plan.spec;
	int code = EXIT_USAGE;

	if (read_spec(spec, options))
		goto out;
	for (size_t i = 0; i < spec->count; i++)
		note_secrets(&spec->list[i]->auth);
	apply_spec_settings(options, spec);
	code = options->dry_run ? print_plan(spec)
				: network_run(&options->engine, run_plan,
					      &plan);
out:
	gather_spec_release(spec);
	secrets_clear();
	return code;
}
