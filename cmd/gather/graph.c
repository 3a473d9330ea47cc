/* The graph of runs: passes parts of results on to dependent runs as values,
 * finishes runs, and lets failures reach all that depend on them. */
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/engine.h"
#include "cmd/gather/document.h"
#include "cmd/gather/items.h"
#include "cmd/gather/run.h"
#include "cmd/gather/token.h"

/* --- Values --------------------------------------------------------------- */

/* State while the outputs of a filter become waiting values of a dependent
 * run. */
struct feed {
	struct gather_run *to;
	const uint64_t *key;	/* sort key of the part of the result that the
				 * values come from */
	size_t len;
	uint64_t index;		/* index of the next value within the part */
};

static bool on_value(void *ctx, struct slice json)
{
	struct feed *f = ctx;
	struct waiting *w = xcalloc(1, sizeof(*w));

	w->key = xmalloc((f->len + 1) * sizeof(*w->key));
	if (f->len)
		memcpy(w->key, f->key, f->len * sizeof(*w->key));
	w->key[f->len] = f->index++;
	buf_add(&w->json, json.p, json.len);
	STAILQ_INSERT_TAIL(&f->to->waiting, w, link);
	f->to->waiting_len++;
	return true;
}

/* Adds each element of an array as a value, as ".[]" does, but without libjq,
 * which would lose digits of large numbers. */
static int feed_elements(struct feed *f, struct slice json, struct buf *why)
{
	struct slice name, element;

	/* null where an array is expected counts as an array without
	 * elements. */
	if (json.p[0] == 'n')
		return 0;
	if (json.p[0] != '[' && json.p[0] != '{') {
		buf_addstr(why, "it is not an array; \"jq\" says what the "
				"values are");
		return -1;
	}
	for (size_t at = 0; json_next(json, &at, &name, &element);)
		on_value(f, element);
	return 0;
}

static void feed_dependent(struct gather_run *to, struct slice json,
			   const uint64_t *key, size_t len)
{
	const struct gather_endpoint *e = to->e;
	struct feed feed = {to, key, len, 0};
	struct buf why = {0};
	int err;

	if (to->done)
		return;
	buf_addf(&why, "no values from \"%s\": ", e->from->name);
	if (e->each_filter)
		err = gather_items_run(to->g->filters, e->each_filter, json,
				       on_value, &feed, &why);
	else
		err = feed_elements(&feed, json, &why);
	if (err)
		gather_graph_fail(to, gather_error_new("input", buf_cstr(&why),
						       0, NULL));
	buf_release(&why);
	engine_wake(to->g->engine);
}

void gather_graph_feed(struct gather_run *run, struct slice array,
		       const uint64_t *key, size_t len)
{
	for (size_t i = 0; i < run->dependents_len; i++)
		if (run->dependents[i]->itemwise)
			feed_dependent(run->dependents[i], array, key, len);
}

/* --- The end of a run ----------------------------------------------------- */

static void release_slots(struct gather_run *run)
{
	for (size_t i = 0; i < run->slots_len; i++) {
		free(run->slots[i].key);
		buf_release(&run->slots[i].json);
		gather_error_free(run->slots[i].error);
	}
	free(run->slots);
	run->slots = NULL;
	run->slots_len = run->slots_cap = 0;
}

static void feed_whole(struct gather_run *run)
{
	struct buf whole = {0};

	for (size_t i = 0; i < run->dependents_len; i++) {
		struct gather_run *to = run->dependents[i];

		if (to->itemwise)
			continue;
		if (!whole.len) {
			gather_result_sort(run);
			gather_result_whole(run, &whole);
		}
		feed_dependent(to, (struct slice){whole.data, whole.len}, NULL,
			       0);
	}
	buf_release(&whole);
}

void gather_run_finish_if_idle(struct gather_run *run)
{
	if (run->done || !run->values_end || gather_run_has_values(run) ||
	    !LIST_EMPTY(&run->values))
		return;
	run->done = true;
	run->g->open--;
	feed_whole(run);
	if (run->g->options->stream)
		release_slots(run);
	for (size_t i = 0; i < run->dependents_len; i++) {
		run->dependents[i]->values_end = true;
		gather_run_finish_if_idle(run->dependents[i]);
	}
}

static void release_waiting(struct gather_run *run)
{
	struct waiting *w;

	while ((w = STAILQ_FIRST(&run->waiting))) {
		STAILQ_REMOVE_HEAD(&run->waiting, link);
		free(w->key);
		buf_release(&w->json);
		free(w);
	}
	run->waiting_len = 0;
}

/* Frees the ready calls of the run and cancels the active ones. */
static void cancel_calls(struct gather_run *run)
{
	struct call *call;

	while ((call = TAILQ_FIRST(&run->ready))) {
		struct gather_value *v = call->value;

		TAILQ_REMOVE(&run->ready, call, link);
		gather_request_free(call);
		if (!--v->calls)
			gather_value_free(v);
	}
	TAILQ_FOREACH(call, &run->active, link)
		if (!call->recalled)
			engine_cancel(run->g->engine, call->job);
}

/* Makes the error for the runs that depend on a failed run. If the failed run
 * was cancelled, they are cancelled, too, with the same message; otherwise the
 * message says that the endpoint of the failed run failed. */
static struct gather_error *dependent_error(const struct gather_run *run)
{
	const bool cancelled = !strcmp(run->error->kind, "cancelled");
	struct gather_error *error;
	struct buf message = {0};

	if (cancelled)
		buf_addstr(&message, run->error->message);
	else
		buf_addf(&message, "not asked: \"%s\" failed", run->e->name);
	error = gather_error_new(cancelled ? "cancelled" : "input",
				 buf_cstr(&message), 0, NULL);
	buf_release(&message);
	return error;
}

void gather_graph_fail(struct gather_run *run, struct gather_error *error)
{
	struct gather *g = run->g;

	if (run->done) {
		gather_error_free(error);
		return;
	}
	run->done = true;
	run->error = error;
	g->open--;
	g->failed++;
	if (g->options->stream)
		gather_stream_error(run, NULL, error);
	release_waiting(run);
	cancel_calls(run);
	for (size_t i = 0; i < run->dependents_len; i++)
		gather_graph_fail(run->dependents[i], dependent_error(run));
	gather_graph_cancel(g);
}

void gather_graph_cancel(struct gather *g)
{
	if (!g->options->fail_early || g->cancelled)
		return;
	g->cancelled = true;
	gather_tokens_cancel(g->tokens);
	for (size_t i = 0; i < g->spec->count; i++)
		if (!g->runs[i].done)
			gather_graph_fail(&g->runs[i], gather_error_new(
				"cancelled", "something else failed, and "
				"--fail-early was given", 0, NULL));
}

/* --- The graph ------------------------------------------------------------ */

static void add_dependent(struct gather_run *run, struct gather_run *dependent)
{
	run->dependents = xrealloc(run->dependents,
				   (run->dependents_len + 1) *
					   sizeof(struct gather_run *));
	run->dependents[run->dependents_len++] = dependent;
}

/* Returns true if the result arrives in parts: by value or by page. */
static bool has_parts(const struct gather_endpoint *e)
{
	return e->each != EACH_ONCE || e->pages.kind != PAGES_ONE;
}

static size_t key_len(const struct gather_run *run)
{
	if (!run->from || !run->itemwise)
		return 1;
	return 1 + key_len(run->from);
}

static void on_interval(void *ctx, msec now)
{
	const struct gather *g = ctx;

	(void)now;
	engine_wake(g->engine);
}

static void open_run(struct gather *g, size_t number)
{
	const struct gather_endpoint *e = g->spec->list[number];
	struct gather_run *run = &g->runs[number];
	const unsigned most = g->options->engine.fetch.parallel_max;

	run->g = g;
	run->e = e;
	STAILQ_INIT(&run->waiting);
	LIST_INIT(&run->values);
	TAILQ_INIT(&run->ready);
	TAILQ_INIT(&run->active);
	run->timer.on_due = on_interval;
	run->timer.ctx = g;
	/* More calls at once would only wait in the engine's schedule. */
	run->limiter.permits = e->concurrency && e->concurrency < most
				       ? e->concurrency : most;
	run->limiter.interval = e->interval;
	run->token = gather_tokens_get(g->tokens, &e->auth);
	run->values_end = e->each != EACH_FROM;
	run->spec_values = e->each == EACH_VALUES ? gather_values_count(e)
						  : e->each == EACH_ONCE;
}

static void connect_run(struct gather *g, struct gather_run *run)
{
	if (!run->e->from)
		return;
	run->from = &g->runs[run->e->from->number];
	run->itemwise = has_parts(run->e->from) &&
			filter_is_itemwise(run->e->each_filter);
	add_dependent(run->from, run);
	run->from->feeds |= run->itemwise;
	run->from->keeps |= !run->itemwise;
}

static int open_filters(struct gather_run *run)
{
	struct buf why = {0};

	if (run->e->pages.kind == PAGES_ONE)
		return 0;
	run->filters = gather_filters_open(&run->e->pages, &why);
	if (!run->filters)
		log_fatal("endpoints.%s.%s", run->e->name, buf_cstr(&why));
	buf_release(&why);
	return run->filters ? 0 : -1;
}

int gather_graph_open(struct gather *g)
{
	const size_t count = g->spec->count;

	g->runs = xcalloc(count, sizeof(*g->runs));
	g->open = count;
	for (size_t i = 0; i < count; i++)
		open_run(g, i);
	for (size_t i = 0; i < count; i++)
		connect_run(g, &g->runs[i]);
	for (size_t i = 0; i < count; i++) {
		struct gather_run *run = &g->runs[i];

		run->key_len = key_len(run);
		run->keeps |= !g->options->stream;
		run->joins = run->keeps ||
			     (run->feeds && run->e->each != EACH_ONCE);
		if (open_filters(run))
			return -1;
	}
	return 0;
}

void gather_graph_begin(struct gather *g)
{
	for (size_t i = 0; i < g->spec->count; i++)
		gather_run_finish_if_idle(&g->runs[i]);
}

void gather_graph_close(struct gather *g)
{
	for (size_t i = 0; g->runs && i < g->spec->count; i++) {
		struct gather_run *run = &g->runs[i];

		release_waiting(run);
		cancel_calls(run);
		release_slots(run);
		loop_set_timer(g->session.loop, &run->timer, MSEC_NEVER);
		gather_filters_close(run->filters);
		gather_error_free(run->error);
		free(run->dependents);
	}
	free(g->runs);
}
