#include "cmd/fleet_worker/loader.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/fleet_worker/batch.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/source_digest.h"
#include "fetch/fetch.h"

/* Maximum number of lines in one call, and of their bytes. */
enum { LINES = 500, BYTES = 1 << 20 };

/* Time in msec until the hub is asked again, when its memory is full or its
 * server has restarted. */
#define AGAIN 1000.0

struct loader {
	struct loop *loop;
	struct hub *hub;
	const struct fetch_config *fetch;
	struct input_config list;
	struct input *input;
	struct batch batch;	/* `others`: lines of the next call */
	struct loop_timer timer;
	uint64_t lines;
	bool is_loading;	/* a call has not been answered yet */
	bool is_told;		/* hub_loaded() was called */
	bool is_done, has_failed, was_full;
	void (*on_added)(void *ctx);
	void *ctx;
};

static void go_on(struct loader *l, msec wait)
{
	loop_set_timer(l->loop, &l->timer, loop_now(l->loop) + wait);
}

static void add_line(struct loader *l, struct job *job)
{
	const msec now = loop_now(l->loop);
	struct buf text = {0};

	/* Sets the host of the job. The worker that leases the URL prepares the
	 * job again. */
	if (!job->err)
		fetch_prepare(job, l->fetch);
	if (job->err && job->err != ERR_INPUT)
		job_clear_error(job);
	item_pack(&text, job, now);
	batch_add_link(&l->batch, &(struct hub_link){
		.host = item_host(job),
		.text = slice_of(&text),
		.fingerprint = item_fingerprint(job),
		.priority = job->req.priority,
	}, true, now);
	buf_release(&text);
	l->lines++;
}

static void read_lines(struct loader *l)
{
	struct job *job;

	while (l->batch.n_others < LINES && l->batch.bytes < BYTES &&
	       (job = input_next(l->input))) {
		add_line(l, job);
		job_free(job);
	}
}

static void on_ready(void *ctx)
{
	go_on(ctx, 0);
}

/* Begins with the first line again, because the server has restarted and may
 * have forgotten lines that were loaded. */
static void restart(struct loader *l)
{
	batch_release(&l->batch);
	if (!sources_are_lasting(l->list.sources)) {
		log_fatal("the hub has restarted and may have forgotten lines "
			  "of the list, which is no file and cannot be read "
			  "again: begin the job with another name");
		l->is_done = l->has_failed = true;
		return;
	}
	hub_begin_loading(l->hub);
	input_close(l->input);
	l->input = input_open(l->loop, &l->list, on_ready, l);
	l->lines = 0;
	l->is_told = l->is_done = false;
	go_on(l, AGAIN);
}

void loader_note_unloaded(struct loader *l)
{
	if (l->is_done && !l->has_failed)
		restart(l);
}

static void on_told(void *ctx, const struct hub_reply *reply)
{
	struct loader *l = ctx;

	if (reply->status == HUB_RESET) {
		restart(l);
		return;
	}
	l->is_done = true;
	l->has_failed |= reply->status != HUB_OK;
}

static void on_loaded(void *ctx, const struct hub_reply *reply)
{
	struct loader *l = ctx;

	l->is_loading = false;
	switch (reply->status) {
	case HUB_OK:
		batch_release(&l->batch);
		l->was_full = false;
		l->on_added(l->ctx);
		go_on(l, 0);
		return;
	case HUB_FULL:
		if (!l->was_full)
			log_warn("the hub's memory is full: loading goes on "
				 "when there is room");
		l->was_full = true;
		go_on(l, AGAIN);
		return;
	case HUB_RESET:
		restart(l);
		return;
	default:
		l->is_done = l->has_failed = true;
	}
}

/* Sends the next lines. After the last line, tells the hub that the list is
 * loaded. */
static void on_due(void *ctx, msec now)
{
	struct loader *l = ctx;

	(void)now;
	if (l->is_loading || l->is_told || l->is_done)
		return;
	if (batch_is_empty(&l->batch))
		read_lines(l);
	if (!batch_is_empty(&l->batch)) {
		l->is_loading = true;
		hub_load(l->hub, l->batch.others, l->batch.n_others, on_loaded,
			 l);
	} else if (input_ended(l->input)) {
		l->is_told = true;
		l->has_failed = input_error(l->input) ||
				input_has_no_urls(l->input);
		hub_loaded(l->hub, on_told, l);
	}
}

struct loader *loader_open(struct loop *loop, struct hub *hub,
			   const struct input_config *list,
			   const struct fetch_config *fetch,
			   void (*on_added)(void *ctx), void *ctx)
{
	struct loader *l = xcalloc(1, sizeof(*l));

	l->loop = loop;
	l->hub = hub;
	l->fetch = fetch;
	l->list = *list;
	l->on_added = on_added;
	l->ctx = ctx;
	l->timer = (struct loop_timer){.on_due = on_due, .ctx = l};
	l->input = input_open(loop, &l->list, on_ready, l);
	go_on(l, 0);
	return l;
}

void loader_close(struct loader *l)
{
	if (!l)
		return;
	loop_set_timer(l->loop, &l->timer, MSEC_NEVER);
	input_close(l->input);
	batch_release(&l->batch);
	free(l);
}

bool loader_is_done(const struct loader *l)
{
	return l->is_done;
}

uint64_t loader_lines(const struct loader *l)
{
	return l->lines;
}

bool loader_has_failed(const struct loader *l)
{
	return l->has_failed;
}
