#include "cmd/fleet_worker/seed_loader.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"

/* Time in msec until the seeds are loaded again, when the hub's memory is full
 * or its server has restarted. */
#define AGAIN 1000.0

struct seed_loader {
	struct loop *loop;
	struct hub *hub;
	struct crawler *crawler;
	struct loop_timer timer;
	size_t waiting;		/* calls without a reply */
	bool is_loading;	/* until the hub knows that all seeds are
				 * loaded, or a call fails */
	bool is_short;		/* some seeds were not added */
	bool was_full;		/* a message about the full memory was logged */
	void (*on_added)(void *ctx);
	void *ctx;
};

static void try_again(struct seed_loader *l)
{
	loop_set_timer(l->loop, &l->timer, loop_now(l->loop) + AGAIN);
}

static void on_told(void *ctx, const struct hub_reply *reply)
{
	struct seed_loader *l = ctx;

	if (reply->status == HUB_RESET)
		try_again(l);
	else
		l->is_loading = false;
	l->on_added(l->ctx);
}

static void note_full(struct seed_loader *l)
{
	if (!l->was_full)
		log_warn("the hub's memory is full: the seeds are added when "
			 "there is room");
	l->was_full = true;
}

static void on_seed_loaded(void *ctx, const struct hub_reply *reply)
{
	struct seed_loader *l = ctx;

	if (reply->status == HUB_FULL)
		note_full(l);
	l->is_short |= reply->status != HUB_OK;
	if (--l->waiting)
		return;
	if (l->is_short)
		try_again(l);
	else
		hub_loaded(l->hub, on_told, l);
}

/* Sends all seeds. The hub is told that they are loaded only when each has been
 * added: otherwise the crawl could end without the missing ones. */
static void on_due(void *ctx, msec now)
{
	struct seed_loader *l = ctx;

	(void)now;
	l->is_short = false;
	hub_begin_loading(l->hub);
	l->waiting = crawler_load(l->crawler, l->hub, on_seed_loaded, l);
	if (!l->waiting)
		hub_loaded(l->hub, on_told, l);
}

void seed_loader_note_unloaded(struct seed_loader *l)
{
	if (l->is_loading)
		return;
	l->is_loading = true;
	on_due(l, 0);
}

struct seed_loader *seed_loader_open(struct loop *loop, struct hub *hub,
				     struct crawler *crawler, bool is_loaded,
				     void (*on_added)(void *ctx), void *ctx)
{
	struct seed_loader *l = xcalloc(1, sizeof(*l));

	*l = (struct seed_loader){
		.loop = loop,
		.hub = hub,
		.crawler = crawler,
		.timer = {.on_due = on_due, .ctx = l},
		.on_added = on_added,
		.ctx = ctx,
	};
	if (!is_loaded)
		seed_loader_note_unloaded(l);
	return l;
}

void seed_loader_close(struct seed_loader *l)
{
	if (!l)
		return;
	loop_set_timer(l->loop, &l->timer, MSEC_NEVER);
	free(l);
}
