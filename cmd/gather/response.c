/* Processes responses: extracts their items, queues further pages, retries with
 * a new access token, or fails the value. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/engine.h"
#include "cmd/gather/document.h"
#include "cmd/gather/items.h"
#include "cmd/gather/outputs.h"
#include "cmd/gather/reply.h"
#include "cmd/gather/run.h"
#include "cmd/gather/token.h"

/* Most retries of one call with a new access token. */
enum { TOKEN_RETRIES_MAX = 3 };

enum {
	HTTP_NO_CONTENT = 204,
	HTTP_RESET_CONTENT = 205,
	HTTP_UNAUTHORIZED = 401,
	HTTP_NOT_FOUND = 404,
};

/* --- Items ---------------------------------------------------------------- */

static bool on_output(void *ctx, struct slice json)
{
	outputs_add(ctx, json);
	return true;
}

static int run_filter(const struct gather_run *run, struct slice body,
		      struct outputs *o, struct buf *why)
{
	const size_t before = why->len;

	buf_addstr(why, "jq: ");
	if (gather_items_run(run->g->filters, run->e->filter, body, on_output,
			     o, why))
		return -1;
	why->len = before;
	return 0;
}

/* Returns true for numbered pages without a total, which end with a page that
 * has no items. */
static bool is_numbered(const struct gather_pages *pages)
{
	return !pages->total && (pages->kind == PAGES_NUMBER ||
				 pages->kind == PAGES_OFFSET);
}

/* Returns true for a plain path like ".items" or ".data.rows", which has
 * exactly one output. */
static bool is_path_filter(const char *filter)
{
	if (*filter != '.' || !filter[1])
		return false;
	for (const char *p = filter; *p; p++)
		if (*p == '.' ? p[1] == '.' || !p[1]
			      : !isalnum((unsigned char)*p) && *p != '_')
			return false;
	return true;
}

/* Detects ".items" where ".items[]" was meant: the page would have one item, an
 * array, and numbered pages would never end. An empty array or null counts as
 * no items; any other array causes a warning. */
static void check_single_output(struct gather_run *run, struct outputs *o)
{
	struct slice only;

	if (o->count != 1 || !is_numbered(&run->e->pages) ||
	    !is_path_filter(run->e->filter))
		return;
	only = outputs_get(o, 0);
	if (slice_is(only, "[]") || slice_is(only, "null")) {
		outputs_clear(o);
	} else if (only.p[0] == '[' && !run->filter_warned) {
		run->filter_warned = true;
		log_warn("%s: \"jq\" gives one array for a page, which is one "
			 "item; %s[] would give its elements", run->e->name,
			 run->e->filter);
	}
}

/* Splits an array into its elements. null counts as an array without
 * elements. */
static int split_array(struct slice body, struct outputs *o, struct buf *why)
{
	struct slice name, element;

	if (body.p[0] == 'n')
		return 0;
	if (body.p[0] != '[') {
		buf_addstr(why, "the body is not an array: \"jq\" says what "
				"the items are, as in \".items[]\"");
		return -1;
	}
	for (size_t at = 0; json_next(body, &at, &name, &element);)
		outputs_add(o, element);
	return 0;
}

/* Stores the outputs as the result of a value without paging. Several outputs
 * become an array; a single one stays as it is. */
static void store_outputs(struct buf *to, const struct outputs *o)
{
	if (!o->count)
		buf_addstr(to, "null");
	if (o->count > 1)
		buf_addch(to, '[');
	outputs_join(o, to);
	if (o->count > 1)
		buf_addch(to, ']');
}

static int take_single(struct gather_value *v, const struct gather_reply *reply,
		       struct buf *why)
{
	struct outputs o = {.text = reply->values};
	int err = 0;

	if (v->run->e->filter && !reply->empty) {
		err = run_filter(v->run, reply->values, &o, why);
		if (!err)
			store_outputs(&v->result, &o);
	} else {
		buf_add(&v->result, reply->json.p, reply->json.len);
	}
	outputs_release(&o);
	return err;
}

/* --- Pages ---------------------------------------------------------------- */

/* Keeps the array of a page until all earlier pages have arrived. Takes
 * ownership of the array. */
static void keep_early_page(struct gather_value *v, unsigned long number,
			    struct buf *array)
{
	if (number >= v->early_len) {
		const size_t len = number + number / 2 + 8;

		v->early = xrealloc(v->early, len * sizeof(*v->early));
		memset(v->early + v->early_len, 0,
		       (len - v->early_len) * sizeof(*v->early));
		v->early_len = len;
	}
	v->early[number] = buf_take(array);
}

static void join_page(struct gather_value *v, const struct buf *array)
{
	if (array->len > 2 && v->result.len)
		buf_addch(&v->result, ',');
	buf_add(&v->result, array->data + 1, array->len - 2);
	v->joined++;
}

/* Appends pages to the result in the order of their numbers, whatever order
 * they arrive in. Takes ownership of the array. */
static void keep_page(struct gather_value *v, unsigned long number,
		      struct buf *array)
{
	if (number != v->joined) {
		keep_early_page(v, number, array);
		return;
	}
	join_page(v, array);
	while (v->joined < v->early_len && v->early[v->joined].len) {
		const unsigned long next = v->joined;

		join_page(v, &v->early[next]);
		buf_release(&v->early[next]);
	}
}

/* Passes the items of a page on: to the output, the dependent runs and the
 * result. */
static void hand_on_items(struct gather_value *v, unsigned long number,
			  const struct outputs *o)
{
	struct gather_run *run = v->run;
	const bool feeds = run->feeds && run->e->each == EACH_ONCE;
	const uint64_t key = number;
	struct buf array = {0};

	if (run->g->options->stream)
		gather_stream_items(v, o);
	if (!feeds && !run->joins)
		return;
	buf_addch(&array, '[');
	outputs_join(o, &array);
	buf_addch(&array, ']');
	if (feeds)
		gather_graph_feed(run, slice_of(&array), &key, 1);
	if (run->joins)
		keep_page(v, number, &array);
	buf_release(&array);
}

static void add_page_requests(struct gather_value *v, struct page_request *next,
			      size_t count)
{
	for (size_t i = 0; i < count; i++)
		gather_request_new(v, next[i]);
	free(next);
}

/* Logs why paging ended. Logs only once per endpoint, because paging probably
 * ends for the same reason for each value. */
static void warn_paging_end(struct gather_run *run, const char *note)
{
	if (!note || run->end_noted)
		return;
	run->end_noted = true;
	log_warn("%s: %s%s", run->e->name, note,
		 run->e->each == EACH_ONCE ? "" : " (logged once per "
						  "endpoint)");
}

/* Logs, with -v, that the first page leads to no second one. This is right for
 * a complete list, but a misspelt filter has the same effect. */
static void trace_single_page(const struct gather_run *run)
{
	const struct gather_pages *pages = &run->e->pages;

	if (pages->kind == PAGES_NEXT || pages->kind == PAGES_CURSOR)
		log_debug("%s: the filter \"%.200s\" of \"paginate\" gave "
			  "nothing on the first page, so it is the only one",
			  run->e->name, pages->filter);
	else if (pages->from_header)
		log_debug("%s: the first page has no header \"%.200s\" that "
			  "leads to another one, so it is the only one",
			  run->e->name, pages->from_header);
}

static int find_items(struct gather_run *run, const struct gather_reply *reply,
		      struct outputs *o, struct buf *why)
{
	if (reply->empty)
		return 0;
	if (!run->e->filter)
		return split_array(reply->json, o, why);
	if (run_filter(run, reply->values, o, why))
		return -1;
	check_single_output(run, o);
	return 0;
}

static int take_page(struct gather_value *v, const struct call *call,
		     const struct gather_reply *reply, struct buf *why)
{
	struct gather_run *run = v->run;
	struct outputs o = {.text = reply->values};
	struct page_reply page = {
		.json = reply->values,
		.header = {reply->header.data, reply->header.len},
		.url = reply->final_url,
	};
	struct page_request *next = NULL;
	size_t count = 0;
	int err;

	err = find_items(run, reply, &o, why);
	page.items = o.count;
	if (!err)
		err = filter_cache_pages(run->g->filters, v->pages,
					 &run->e->pages, run->filters,
					 call->page.number, &page, &next,
					 &count, why);
	if (!err && !call->page.number && !count)
		trace_single_page(run);
	add_page_requests(v, next, count);
	warn_paging_end(run, gather_pages_note(v->pages));
	if (!err && gather_pages_is_repeat(v->pages))
		outputs_clear(&o);
	if (!err)
		hand_on_items(v, call->page.number, &o);
	outputs_release(&o);
	return err;
}

/* Returns true if 404 stands for the page behind the last one; some servers
 * send that in place of an empty page. */
static bool is_past_end(const struct call *call,
			const struct gather_reply *reply)
{
	const struct gather_pages *pages = &call->value->run->e->pages;

	return reply->status == HTTP_NOT_FOUND && call->page.number > 0 &&
	       is_numbered(pages);
}

/* Returns true if the body of a page is missing. Without paging, a missing body
 * counts as null (the response to a DELETE, say). With paging, status 204 or
 * 205 means the end; with any other status the page was lost. */
static bool lacks_page(const struct call *call,
		       const struct gather_reply *reply)
{
	return reply->empty && call->value->pages &&
	       reply->status != HTTP_NO_CONTENT &&
	       reply->status != HTTP_RESET_CONTENT;
}

/* --- Responses ------------------------------------------------------------ */

static void take_reply(struct call *call, const struct job *job,
		       struct gather_reply *reply)
{
	struct gather_value *v = call->value;
	struct buf why = {0};
	int err = 0;

	if (is_past_end(call, reply))
		return;
	if (reply->error) {
		gather_value_fail(v, reply->error);
		reply->error = NULL;
		return;
	}
	v->run->from_public |= job->res.from_public;
	if (lacks_page(call, reply)) {
		buf_addstr(&why, "there is no body, so no JSON");
		err = -1;
	} else {
		err = v->pages ? take_page(v, call, reply, &why)
			       : take_single(v, reply, &why);
	}
	if (err)
		gather_value_fail(v, gather_error_new("parse", buf_cstr(&why),
						      reply->status,
						      job->req.url));
	buf_release(&why);
}

/* Returns true if a 401 is worth a retry with a new token. Some tokens are
 * valid for a limited number of requests, and other calls may use up the next
 * token, too. But while no request of the run has been accepted, retries are
 * likely to fail, so there is only one. */
static bool can_retry_with_new_token(const struct call *call,
				     const struct job *job)
{
	const struct gather_run *run = call->value->run;

	return job->res.status == HTTP_UNAUTHORIZED && run->token &&
	       call->token_retries <
		       (run->token_accepted ? TOKEN_RETRIES_MAX : 1);
}

void gather_on_response(struct call *call, struct job *job)
{
	struct gather_value *v = call->value;
	struct gather_run *run = v->run;
	struct gather_reply reply;

	TAILQ_REMOVE(&run->active, call, link);
	limiter_release(&run->limiter);
	call->job = NULL;
	if (!run->done && !v->error && call->recalled) {
		call->recalled = false;
		TAILQ_INSERT_TAIL(&run->ready, call, link);
		return;
	}
	if (!run->done && !v->error && can_retry_with_new_token(call, job)) {
		/* Insert the call in the list before the token is refused,
		 * because token.c then walks over all calls in the list. */
		call->token_retries++;
		TAILQ_INSERT_HEAD(&run->ready, call, link);
		gather_token_refused(run->token, call->token);
		return;
	}
	if (!run->done && !v->error) {
		gather_reply_read(&reply, job, run->e->pages.from_header);
		run->token_accepted |=
			reply.status && reply.status != HTTP_UNAUTHORIZED;
		take_reply(call, job, &reply);
		gather_reply_release(&reply);
	}
	gather_request_free(call);
	gather_value_call_done(v);
}
