/* Handles a host while it is leased: submits its results, renews its lease, and
 * gives it back. */
#include <stdlib.h>

#include "base/job/send_permit.h"
#include "base/log.h"
#include "cmd/fleet_worker/worker_parts.h"

/* Results are submitted after this time (msec) at the latest, or as soon as
 * there are this many bytes or URLs. */
#define SUBMIT_AFTER 250.0
enum { SUBMIT_BYTES = 1 << 20, SUBMIT_URLS = HUB_MAX_URLS };

/* The hub is asked for further URLs of a host that has fewer than this
 * number. */
enum { FEW = HUB_MAX_URLS / 2 };

/* Times in msec. HOLD: longest time for which a host is held, so that waiting
 * hosts get their turn. PARK: a host that may not be requested for this time is
 * given back, too. DESCRIBE: interval at which the state of a busy host is sent
 * to the hub. PAUSE: the hub is told of a longer pause at once, so that other
 * workers keep the pause if this worker dies. LEAVE: how long no host is leased
 * after one was given back because the host to which its robots.txt is
 * redirected could not be leased; other workers ask more often. */
#define HOLD 60e3
#define PARK 12e3
#define DESCRIBE 5e3
#define PAUSE 10e3
#define LEAVE 2e3

/* Time in msec over which the number of requests in flight is averaged. */
#define LOAD_TIME 250.0

static void free_host(struct held_host *h)
{
	struct worker *w = h->worker;

	worker_end_visits(h);
	TAILQ_REMOVE(&w->hosts, h, link);
	w->n_hosts--;
	held_host_free(h);
}

/* Cancels the jobs of the host. all: also jobs that are being requested. Jobs
 * that the engine does not have yet are freed. */
static void cancel_work(struct held_host *h, bool all)
{
	struct worker *w = h->worker;
	struct work *work, *next;

	for (work = TAILQ_FIRST(&h->work); work; work = next) {
		struct job *job = work->job;

		next = TAILQ_NEXT(work, link);
		if (!work->is_begun) {
			held_host_remove(work);
			job_free(job);
		} else if (!job->cancelled && (all || !job->stage)) {
			engine_cancel(w->engine, job);
		}
	}
}

void host_turn_lose(struct held_host *h)
{
	if (!h->lease)
		return;
	log_debug("%s: the lease is lost", h->name);
	hub_drop(h->lease);
	h->lease = NULL;
	send_permit_set(h->permit, 0);
	batch_release(&h->batch);
	h->worker->config.on_lost(h->worker->config.ctx);
	cancel_work(h, true);
	worker_check_soon(h->worker);
}

void host_turn_end(struct held_host *h)
{
	if (h->is_ending || !h->lease)
		return;
	h->is_ending = true;
	cancel_work(h, false);
	worker_check_soon(h->worker);
}

static void on_submitted(void *ctx, const struct hub_reply *reply)
{
	struct held_host *h = ctx;

	h->submissions--;
	if (reply->dropped) {
		h->worker->config.on_lost(h->worker->config.ctx);
		log_warn("the hub's memory is full: %llu URLs were not added",
			 (unsigned long long)reply->dropped);
	}
	if (!worker_note_reply(h->worker, reply))
		host_turn_lose(h);
}

static void submit(struct held_host *h, msec now)
{
	struct batch *b = &h->batch;
	const bool describes = h->has_new_robots ||
			       now - h->described >= DESCRIBE;
	struct buf text = {0};
	const struct hub_host host = held_host_describe(h, describes ? &text
								     : NULL);

	h->submissions++;
	h->has_more |= b->n_links > 0;
	h->told_pause = now + h->state.memory.paused;
	hub_submit(h->lease, &(struct hub_submission){
		.done = b->done, .n_done = b->n_done,
		.rows = b->rows, .n_rows = b->n_rows,
		.links = b->links, .n_links = b->n_links,
		.others = b->others, .n_others = b->n_others,
		.host = host,
	}, on_submitted, h);
	batch_release(b);
	buf_release(&text);
}

static void on_renewed(void *ctx, const struct hub_reply *reply)
{
	struct held_host *h = ctx;

	h->is_renewing = false;
	if (!worker_note_reply(h->worker, reply)) {
		host_turn_lose(h);
		return;
	}
	h->has_more = reply->n_urls > 0;
	held_host_take(h, reply);
	if (h->is_ending)
		cancel_work(h, false);
	worker_check_soon(h->worker);
}

static void renew(struct held_host *h, msec now)
{
	const struct hub_host host = held_host_describe(h, NULL);
	const size_t most = h->is_ending || h->n_work >= HUB_MAX_URLS
				    ? 0 : HUB_MAX_URLS - h->n_work;

	h->is_renewing = true;
	h->renewed = now;
	h->told_pause = now + h->state.memory.paused;
	hub_renew(h->lease, &host, (unsigned)most, on_renewed, h);
}

static void on_given_back(void *ctx, const struct hub_reply *reply)
{
	struct held_host *h = ctx;
	struct worker *w = h->worker;

	worker_note_reply(w, reply);
	free_host(h);
	/* Ask at once whether the job has ended. */
	if (TAILQ_EMPTY(&w->hosts))
		worker_lease_soon(w);
}

static void give_back(struct held_host *h, msec now)
{
	struct buf text = {0};
	const struct hub_host host = held_host_describe(h, &text);

	/* Leave the host to the worker that holds the other one: their
	 * robots.txt files may be redirected to each other. */
	if (h->robots_wait > 0)
		h->worker->leaves_until = now + LEAVE;
	/* Stop a request for robots.txt that may still wait in the schedule. */
	send_permit_set(h->permit, 0);
	h->is_given_back = true;
	hub_give_back(h->lease, &host, on_given_back, h);
	buf_release(&text);
}

static bool is_batch_due(const struct held_host *h, msec now)
{
	const struct batch *b = &h->batch;

	return !batch_is_empty(b) &&
	       (!h->n_work || now - b->since >= SUBMIT_AFTER ||
		b->bytes >= SUBMIT_BYTES || b->n_done >= SUBMIT_URLS);
}

/* Returns true if the host is to be given back although it has URLs. */
static bool is_turn_over(struct held_host *h, msec now)
{
	const struct work *work;

	if (worker_is_visit(h, now))
		return false;
	if (now - h->since >= HOLD)
		return true;
	if (h->robots_wait > 0)
		return false;
	TAILQ_FOREACH(work, &h->work, link)
		if (!work->is_begun || work->job->stage)
			return false;
	/* Requests for robots.txt are in flight, too, but not in the list. */
	return held_host_describe(h, NULL).ready_in >= PARK &&
	       !h->state.memory.in_flight;
}

/* Handles a host whose URLs are all done. */
static void check_idle(struct held_host *h, msec now)
{
	if (h->is_renewing)
		return;
	if (h->has_more && !h->is_ending) {
		renew(h, now);
		return;
	}
	if (now < h->visited_until && !h->is_ending) {
		if (now - h->renewed >= HUB_RENEW_AFTER)
			renew(h, now);
		return;
	}
	/* A request for robots.txt may be in flight. */
	held_host_describe(h, NULL);
	if (!h->state.memory.in_flight)
		give_back(h, now);
}

/* Returns true if the host has asked for a long pause (Retry-After) that the
 * hub does not know of. */
static bool has_new_pause(struct held_host *h, msec now)
{
	msec paused;

	held_host_describe(h, NULL);
	paused = h->state.memory.paused;
	return paused > PAUSE && now + paused > h->told_pause + 1000;
}

static void check_busy(struct held_host *h, msec now)
{
	if (!h->is_ending && is_turn_over(h, now))
		host_turn_end(h);
	else if (!h->is_renewing &&
		 (now - h->renewed >= HUB_RENEW_AFTER ||
		  has_new_pause(h, now) ||
		  (h->has_more && !h->is_ending && h->n_work < FEW)))
		renew(h, now);
}

static void note_load(struct held_host *h, msec now)
{
	const double passed = (now - h->load_at) / LOAD_TIME;

	held_host_describe(h, NULL);
	h->load += (passed < 1 ? passed : 1) *
		   (h->state.memory.in_flight - h->load);
	h->load_at = now;
	h->worker->load += h->load;
}

void host_turn_check(struct held_host *h, msec now)
{
	if (!h->lease) {
		if (!h->n_work)
			free_host(h);
		return;
	}
	if (h->is_given_back)
		return;
	/* The lease has expired, so another worker may have the host. */
	if (h->n_work && hub_lease_left(h->lease) <= -HUB_MARGIN) {
		h->is_ending = true;
		cancel_work(h, true);
	}
	if (is_batch_due(h, now))
		submit(h, now);
	if (h->n_work) {
		note_load(h, now);
		check_busy(h, now);
	} else {
		check_idle(h, now);
	}
}
