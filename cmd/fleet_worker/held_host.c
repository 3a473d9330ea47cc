#include "cmd/fleet_worker/held_host.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/send_permit.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/worker_parts.h"

/* Lets requests be sent until the present end of the lease. */
static void extend_permit(struct held_host *h)
{
	send_permit_set(h->permit,
			clock_boot_now() + hub_lease_left(h->lease));
}

static void add_work(struct held_host *h, const struct hub_url *url)
{
	struct worker *w = h->worker;
	const struct worker_config *c = &w->config;
	struct job *job = item_unpack(url->text, c->fetch, loop_now(c->loop));
	struct work *work;

	if (!job) {
		log_warn("the hub has a URL of %s that cannot be read; it is "
			 "left out", h->name);
		batch_add_done(&h->batch, url->id, loop_now(c->loop));
		return;
	}
	item_check_host(job, c->fetch, h->name);
	work = xcalloc(1, sizeof(*work));
	*work = (struct work){
		.host = h,
		.job = job,
		.id = url->id,
		.attempts = job->attempts,
		.redirects = job->hop.redirects,
		.page = c->read_page ? c->read_page(c->ctx, url->text, job)
				     : NULL,
	};
	job->owner_data = work;
	job->permit = send_permit_ref(h->permit);
	TAILQ_INSERT_TAIL(&h->work, work, link);
	TAILQ_INSERT_TAIL(&w->ready, work, next);
	h->n_work++;
	w->n_ready++;
}

void held_host_take(struct held_host *h, const struct hub_reply *reply)
{
	extend_permit(h);
	for (size_t i = 0; i < reply->n_urls; i++)
		add_work(h, &reply->urls[i]);
	if (reply->n_urls)
		engine_wake(h->worker->engine);
}

/* Restores the state that the last worker of the host has handed in. */
static void recall_state(struct held_host *h, const struct hub_reply *reply)
{
	const msec now = loop_now(h->worker->config.loop);

	if (!reply->state.len)
		return;
	if (host_state_unpack(&h->state, reply->state, reply->state_age, now))
		log_warn("the hub's state of %s cannot be read; its limits are "
			 "learnt again", h->name);
	engine_recall_host(h->worker->engine,
			   (struct slice){h->name, strlen(h->name)},
			   &h->state.memory);
}

struct held_host *held_host_new(struct worker *w, const struct hub_reply *reply)
{
	const char *name = hub_lease_host(reply->lease);
	const size_t len = strlen(name);
	const msec now = loop_now(w->config.loop);
	struct held_host *h = xcalloc(1, sizeof(*h) + len + 1);

	memcpy(h->name, name, len);
	h->worker = w;
	h->lease = reply->lease;
	h->permit = send_permit_new(0);
	h->since = h->renewed = h->described = now;
	h->has_more = reply->n_urls >= HUB_MAX_URLS;
	TAILQ_INIT(&h->work);
	hub_lease_set_owner(h->lease, h);
	recall_state(h, reply);
	held_host_take(h, reply);
	/* Assume the highest possible load until it is measured. */
	h->load_at = now;
	h->load = w->config.fetch->parallel_max_host;
	if (h->load > (double)h->n_work)
		h->load = (double)h->n_work;
	return h;
}

void held_host_remove(struct work *work)
{
	struct held_host *h = work->host;
	struct worker *w = h->worker;

	if (!work->is_begun) {
		TAILQ_REMOVE(&w->ready, work, next);
		w->n_ready--;
	}
	TAILQ_REMOVE(&h->work, work, link);
	h->n_work--;
	work->job->owner_data = NULL;
	if (work->page)
		w->config.free_page(work->page);
	free(work);
}

void held_host_free(struct held_host *h)
{
	if (h->lease)
		hub_drop(h->lease);
	send_permit_release(h->permit);
	host_state_release(&h->state);
	batch_release(&h->batch);
	free(h);
}

struct hub_host held_host_describe(struct held_host *h, struct buf *text)
{
	struct host_memory *m = &h->state.memory;
	const msec now = loop_now(h->worker->config.loop);

	engine_describe_host(h->worker->engine,
			     (struct slice){h->name, strlen(h->name)}, m);
	if (text) {
		host_state_pack(text, &h->state, now);
		h->described = now;
		h->has_new_robots = false;
	}
	return (struct hub_host){
		.text = text ? slice_of(text) : (struct slice){0},
		.ready_in = m->ready,
		.interval = m->interval,
	};
}

void held_host_slow_down(struct held_host *h, msec crawl_delay)
{
	struct engine *e = h->worker->engine;
	const struct slice name = {h->name, strlen(h->name)};
	struct host_memory m;

	if (crawl_delay <= 0)
		return;
	engine_describe_host(e, name, &m);
	m.crawl_delay = m.crawl_delay > crawl_delay ? m.crawl_delay
						    : crawl_delay;
	m.ready = m.ready > crawl_delay ? m.ready : crawl_delay;
	engine_recall_host(e, name, &m);
}
