/* Opens the parts of a watch, runs it, and closes them. */
#include "cmd/watch/watch.h"

#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/timestamp.h"
#include "cmd/engine/signals.h"
#include "cmd/report/results.h"
#include "cmd/session/archive.h"
#include "cmd/watch/checks.h"
#include "cmd/watch/state.h"
#include "cmd/watch/fields.h"
#include "cmd/watch/status.h"

static void on_change(void *ctx)
{
	const struct watch *w = ctx;

	if (w->engine)
		engine_wake(w->engine);
}

static void on_stop(void *ctx)
{
	struct watch *w = ctx;

	if (engine_in_flight(w->engine))
		log_warn("stopping: waiting for the requests in flight "
			 "(interrupt again to end at once)");
	engine_stop(w->engine);
}

static int open_engine(struct watch *w)
{
	const struct engine_owner owner = checks_owner(w);

	w->engine = engine_open(w->session.loop, &w->options->engine, &owner);
	return w->engine ? 0 : -1;
}

/* Opens all parts. Returns 0 or the exit code. */
static int watch_open(struct watch *w)
{
	const struct options *o = w->options;
	const struct input_config list = options_list(o);
	int code;

	agenda_init(&w->agenda, o->watch.once, timestamp_now());
	w->meaning = watch_fields_meaning(&o->engine.parse);
	w->commit_at = MSEC_NEVER;
	if (session_open(&w->session, o))
		return EXIT_NOT_COMPLETED;
	code = watch_state_open(w);
	if (code)
		return code;
	if (session_open_output(&w->session, &(struct session_owner){
		.append = w->is_continued,
		.on_change = on_change,
		.on_stop = on_stop,
		.ctx = w,
	}) || open_engine(w) || watch_state_begin(w))
		return EXIT_NOT_COMPLETED;
	w->input = input_open(w->session.loop, &list, on_change, w);
	session_set_stats(&w->session, results_stats(o, RESULTS_LIST));
	return 0;
}

static void watch_close(struct watch *w)
{
	if (w->session.loop)
		loop_set_timer(w->session.loop, &w->due, MSEC_NEVER);
	watch_state_close(w);
	session_stop(&w->session);
	if (w->input)
		input_close(w->input);
	engine_close(w->engine);
	agenda_release(&w->agenda);
	session_close(&w->session);
}

static bool is_done(void *ctx)
{
	return checks_are_done(ctx);
}

/* Closes the output and makes the end of the run permanent. */
static int finish_output(struct watch *w)
{
	watch_state_wait(w);
	if (session_close_output(&w->session))
		return -1;
	return w->failed ? -1 : watch_state_finish(w);
}

/* Returns the exit code. A signal is the usual end of a watch and gives 0,
 * except in a single round. */
static int exit_code(const struct watch *w, int failed)
{
	const struct options *o = w->options;

	if (failed)
		return EXIT_NOT_COMPLETED;
	if (input_has_no_urls(w->input))
		return w->requests ? EXIT_NOT_COMPLETED : EXIT_USAGE;
	if (input_error(w->input))
		return EXIT_NOT_COMPLETED;
	if (signals_caught())
		return o->watch.once ? 128 + signals_caught() : 0;
	if (!w->requests)
		log_warn("the list is empty: there is nothing to watch");
	return o->engine.parse.fail && stats_errors(w->session.stats)
		       ? EXIT_SOME_FAILED : 0;
}

static int run_watch(void *ctx)
{
	const struct options *options = ctx;
	struct watch w = {.options = options, .lock = -1};
	int code = watch_open(&w), failed;

	if (code)
		goto out;
	engine_wake(w.engine);
	if (session_run(&w.session, is_done, &w)) {
		results_write(options, w.session.stats, clock_now(), true);
		_exit(EXIT_NOT_COMPLETED);
	}
	failed = finish_output(&w);
	stats_warn(w.session.stats);
	engine_close(w.engine);
	w.engine = NULL;
	failed |= results_write(options, w.session.stats, clock_now(),
				signals_caught());
	code = exit_code(&w, failed);
out:
	watch_close(&w);
	return code;
}

int watch_command(struct options *options)
{
	if (options->watch.status)
		return watch_status_print(options);
	return archive_run(options, run_watch);
}
