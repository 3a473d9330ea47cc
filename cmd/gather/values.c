/* Values of a run, from their start to their result: where they come from, the
 * calls that they have, and the slot that keeps the result. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "cmd/engine/engine.h"
#include "cmd/gather/document.h"
#include "cmd/gather/run.h"

/* --- Calls ---------------------------------------------------------------- */

static void on_response(struct requester *requester, struct job *job)
{
	gather_on_response((struct call *)requester, job);
}

/* Called when the run was stopped: drops the call. The value gets no result. */
static void on_dropped(struct requester *requester)
{
	struct call *call = (struct call *)requester;
	struct gather_value *v = call->value;

	TAILQ_REMOVE(&v->run->active, call, link);
	gather_request_free(call);
	if (!--v->calls)
		gather_value_free(v);
}

struct call *gather_request_new(struct gather_value *v,
				struct page_request page)
{
	struct call *call = xcalloc(1, sizeof(*call));

	call->requester.on_done = on_response;
	call->requester.on_dropped = on_dropped;
	call->value = v;
	call->page = page;
	v->calls++;
	TAILQ_INSERT_TAIL(&v->run->ready, call, link);
	return call;
}

void gather_request_free(struct call *call)
{
	page_request_release(&call->page);
	free(call);
}

/* --- Start ---------------------------------------------------------------- */

/* Parses a value. Integers beyond 64 bits, which are rare, become reals and
 * lose digits, because jansson has no larger integers. */
static json_t *load_json(const struct buf *json)
{
	json_t *value = json_loadb(json->data, json->len,
				   JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	if (!value)
		value = json_loadb(json->data, json->len,
				   JSON_DECODE_ANY | JSON_ALLOW_NUL |
					   JSON_DECODE_INT_AS_REAL, NULL);
	/* value is NULL if the text has a number that no double can hold. */
	return value ? value : json_null();
}

static void begin_waiting(struct gather_run *run, struct gather_value *v)
{
	struct waiting *w = STAILQ_FIRST(&run->waiting);

	STAILQ_REMOVE_HEAD(&run->waiting, link);
	run->waiting_len--;
	v->key = w->key;
	v->value = load_json(&w->json);
	buf_release(&w->json);
	free(w);
}

static void begin_spec_value(struct gather_run *run, struct gather_value *v)
{
	v->key = xcalloc(1, sizeof(*v->key));
	v->key[0] = run->next_value;
	if (run->e->each == EACH_VALUES)
		v->value = gather_values_get(run->e, run->next_value);
	run->next_value++;
}

bool gather_run_has_values(const struct gather_run *run)
{
	return !STAILQ_EMPTY(&run->waiting) ||
	       run->next_value < run->spec_values;
}

struct call *gather_values_begin(struct gather_run *run)
{
	struct page_request page = {0};
	struct gather_value *v;

	if (!gather_run_has_values(run))
		return NULL;
	v = xcalloc(1, sizeof(*v));
	v->run = run;
	v->number = run->begun++;
	if (STAILQ_EMPTY(&run->waiting))
		begin_spec_value(run, v);
	else
		begin_waiting(run, v);
	LIST_INSERT_HEAD(&run->values, v, link);
	if (run->filters) {
		v->pages = gather_pages_new(&run->e->pages, run->filters);
		page = gather_pages_first(v->pages);
	}
	return gather_request_new(v, page);
}

/* --- End ------------------------------------------------------------------ */

void gather_value_free(struct gather_value *v)
{
	LIST_REMOVE(v, link);
	json_decref(v->value);
	free(v->key);
	gather_error_free(v->error);
	buf_release(&v->result);
	gather_pages_free(v->pages);
	for (size_t i = 0; i < v->early_len; i++)
		buf_release(&v->early[i]);
	free(v->early);
	free(v);
}

/* Frees the ready calls of the value and cancels the active calls. Their
 * callbacks are still called. */
static void cancel_calls(struct gather_value *v)
{
	struct gather_run *run = v->run;
	struct call *call, *next;

	for (call = TAILQ_FIRST(&run->ready); call; call = next) {
		next = TAILQ_NEXT(call, link);
		if (call->value != v)
			continue;
		TAILQ_REMOVE(&run->ready, call, link);
		gather_request_free(call);
		v->calls--;
	}
	TAILQ_FOREACH(call, &run->active, link)
		if (call->value == v && !call->recalled)
			engine_cancel(run->g->engine, call->job);
}

/* Moves the value's key, result and error into a new slot. */
static void add_slot(struct gather_value *v)
{
	struct gather_run *run = v->run;

	if (run->slots_len == run->slots_cap) {
		run->slots_cap = run->slots_cap ? run->slots_cap * 2 : 1;
		run->slots = xrealloc(run->slots, run->slots_cap *
						  sizeof(*run->slots));
	}
	run->slots[run->slots_len++] = (struct slot){v->key, v->result,
						     v->error};
	v->key = NULL;
	v->result = (struct buf){0};
	v->error = NULL;
}

void gather_value_fail(struct gather_value *v, struct gather_error *error)
{
	struct gather_run *run = v->run;

	cancel_calls(v);
	if (run->e->each == EACH_ONCE) {
		gather_graph_fail(run, error);
	} else {
		run->g->failed++;
		v->error = error;
		if (run->g->options->stream)
			gather_stream_error(run, v, error);
	}
	gather_graph_cancel(run->g);
}

static struct buf make_array(const struct buf *b)
{
	struct buf array = {0};

	buf_reserve(&array, b->len + 2);
	buf_addch(&array, '[');
	buf_add(&array, b->data, b->len);
	buf_addch(&array, ']');
	return array;
}

/* Passes on the result of a value whose last call has ended. */
static void finish_value(struct gather_value *v)
{
	struct gather_run *run = v->run;
	struct buf array;

	if (v->pages && run->joins) {
		array = make_array(&v->result);
		buf_release(&v->result);
		v->result = array;
	} else if (!v->pages && run->g->options->stream) {
		gather_stream_item(v, slice_of(&v->result));
	}
	if (run->e->each != EACH_ONCE && run->feeds) {
		array = make_array(&v->result);
		gather_graph_feed(run, slice_of(&array), v->key, run->key_len);
		buf_release(&array);
	}
}

void gather_value_call_done(struct gather_value *v)
{
	struct gather_run *run = v->run;

	if (--v->calls)
		return;
	if (!run->done && !v->error) {
		run->g->succeeded++;
		finish_value(v);
	}
	if (!run->done && run->keeps)
		add_slot(v);
	gather_value_free(v);
	gather_run_finish_if_idle(run);
}
