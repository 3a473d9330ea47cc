#include "cmd/fleet_worker/worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/send_permit.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/worker_parts.h"

/* Times in msec. TICK: how often the hosts are checked. DRAIN: how long a
 * worker that ends waits for the hub after its last request. FULL_LOAD: share
 * of --parallel-max from which the worker counts as fully loaded; less than 1,
 * because there are gaps between requests. */
#define TICK 50.0
#define DRAIN 10e3
#define FULL_LOAD 0.95

/* Maximum number of hosts that a worker holds; length of the calls without a
 * reply, in bytes, above which no request is started. */
enum { HOSTS_MAX = 1024, BACKLOG_MAX = 32 << 20 };

static struct work *work_of(const struct job *job)
{
	return job->owner_data;
}

void worker_check_soon(struct worker *w)
{
	loop_set_timer(w->config.loop, &w->tick, loop_now(w->config.loop));
}

void worker_lease_soon(struct worker *w)
{
	w->lease_at = 0;
	worker_check_soon(w);
}

static void fail(struct worker *w, char *why)
{
	if (w->error) {
		free(why);
		return;
	}
	w->error = why;
	w->config.on_stop(w->config.ctx);
}

static void end_all(struct worker *w)
{
	struct held_host *h;

	TAILQ_FOREACH(h, &w->hosts, link)
		host_turn_end(h);
}

static void note_job(struct worker *w, enum hub_job_state state)
{
	if (state == HUB_RUNNING)
		return;
	end_all(w);
	if (state != HUB_STOPPED || w->is_stopped)
		return;
	w->is_stopped = true;
	log_warn("the job was stopped: giving the hosts back");
	w->config.on_stop(w->config.ctx);
}

bool worker_note_reply(struct worker *w, const struct hub_reply *reply)
{
	switch (reply->status) {
	case HUB_OK:
	case HUB_FULL:
		w->counts = reply->counts;
		note_job(w, reply->job);
		if (!reply->is_loaded)
			w->config.on_unloaded(w->config.ctx);
		return true;
	case HUB_GONE:
		fail(w, xstrdup("the job does not exist any more in the hub"));
		return false;
	case HUB_FAILED:
		fail(w, xasprintf("the hub cannot go on: %s",
				  hub_error(w->config.hub)));
		return false;
	case HUB_REFUSED:
	case HUB_RESET:
		break;
	}
	return false;
}

void worker_on_leased(void *ctx, const struct hub_reply *reply)
{
	struct worker *w = ctx;
	struct held_host *h;

	w->is_leasing = false;
	if (!worker_note_reply(w, reply) || !reply->lease) {
		w->idle = reply->idle;
		w->lease_at = loop_now(w->config.loop) + reply->wait;
		worker_report_idle(w, loop_now(w->config.loop));
		return;
	}
	w->idle = w->last_idle = w->reported = HUB_IDLE_NOT;
	h = held_host_new(w, reply);
	TAILQ_INSERT_TAIL(&w->hosts, h, link);
	w->n_hosts++;
	w->load += h->load;
	if (w->is_draining || reply->job != HUB_RUNNING)
		host_turn_end(h);
	worker_check_soon(w);
}

/* Returns true if this worker should lease another host: a request could be
 * started, and the limits of the leased hosts add up to less than twice
 * --parallel-max, or their average load is below it. Further hosts are left to
 * other workers. */
static bool has_room(const struct worker *w)
{
	const size_t most = w->config.fetch->parallel_max;

	return w->n_hosts < HOSTS_MAX && !worker_is_full(w) &&
	       engine_in_flight(w->engine) + w->n_ready < most &&
	       (w->n_hosts * w->config.fetch->parallel_max_host < 2 * most ||
		w->load < FULL_LOAD * (double)most);
}

static void lease(struct worker *w, msec now)
{
	if (w->is_leasing || w->is_draining || w->error || w->is_down ||
	    worker_is_finished(w))
		return;
	if (w->wanted) {
		worker_lease_wanted(w);
	} else if (now >= w->lease_at && now >= w->leaves_until &&
		   has_room(w)) {
		w->is_leasing = true;
		hub_lease(w->config.hub, NULL, worker_on_leased, w);
	}
}

static void on_tick(void *ctx, msec now)
{
	struct worker *w = ctx;
	struct held_host *h, *next;

	loop_set_timer(w->config.loop, &w->tick, now + TICK);
	if (engine_jobs(w->engine) > 0)
		w->drain_until = now + DRAIN;
	w->load = 0;
	for (h = TAILQ_FIRST(&w->hosts); h; h = next) {
		next = TAILQ_NEXT(h, link);
		host_turn_check(h, now);
	}
	lease(w, now);
}

struct worker *worker_open(const struct worker_config *config)
{
	struct worker *w = xcalloc(1, sizeof(*w));

	w->config = *config;
	TAILQ_INIT(&w->hosts);
	TAILQ_INIT(&w->ready);
	w->tick = (struct loop_timer){.on_due = on_tick, .ctx = w};
	worker_init_robots(w);
	return w;
}

void worker_set_engine(struct worker *w, struct engine *e)
{
	w->engine = e;
	worker_check_soon(w);
}

void worker_close(struct worker *w)
{
	struct held_host *h;
	struct work *work;

	if (!w)
		return;
	loop_set_timer(w->config.loop, &w->tick, MSEC_NEVER);
	while ((h = TAILQ_FIRST(&w->hosts))) {
		TAILQ_REMOVE(&w->hosts, h, link);
		while ((work = TAILQ_FIRST(&h->work))) {
			struct job *job = work->job;

			held_host_remove(work);
			job_free(job);
		}
		held_host_free(h);
	}
	free(w->wanted);
	free(w->error);
	free(w);
}

void worker_on_reset(void *ctx)
{
	struct worker *w = ctx;
	struct held_host *h;

	TAILQ_FOREACH(h, &w->hosts, link)
		host_turn_lose(h);
	/* The server may have forgotten links of hosts that were given back. */
	w->config.on_lost(w->config.ctx);
}

void worker_on_connection(void *ctx, bool is_up)
{
	struct worker *w = ctx;

	/* on_down() and on_up() of the hub have logged the change. */
	w->is_down = !is_up;
	worker_lease_soon(w);
}

struct job *worker_next(struct worker *w)
{
	struct work *work = TAILQ_FIRST(&w->ready);

	if (!work)
		return NULL;
	TAILQ_REMOVE(&w->ready, work, next);
	w->n_ready--;
	work->is_begun = true;
	return work->job;
}

void *worker_page(const struct job *job)
{
	return work_of(job)->page;
}

bool worker_is_full(const struct worker *w)
{
	return hub_backlog(w->config.hub) > BACKLOG_MAX;
}

bool worker_has_result(const struct job *job)
{
	return job->err != ERR_CANCELLED && work_of(job)->host->lease;
}

static msec now_of(const struct worker *w)
{
	return loop_now(w->config.loop);
}

bool worker_add_link(struct worker *w, const struct job *job,
		     const struct hub_link *link)
{
	struct held_host *h = work_of(job)->host;
	const size_t len = strlen(h->name);

	if (!h->lease)
		return false;
	batch_add_link(&h->batch, link, link->host.len != len ||
		       memcmp(link->host.p, h->name, len), now_of(w));
	return true;
}

/* Marks the URL as finished, and removes it from its host. */
static void finish_work(struct worker *w, struct work *work)
{
	struct held_host *h = work->host;

	if (h->lease)
		batch_add_done(&h->batch, work->id, now_of(w));
	held_host_remove(work);
	if (!h->n_work || h->batch.n_done >= HUB_MAX_URLS / 4)
		worker_check_soon(w);
}

void worker_finish(struct worker *w, struct job *job)
{
	struct work *work = work_of(job);
	struct buf *record = &job->record;

	/* With --items a page may have no record. */
	if (work->host->lease && record->len) {
		record->len--;
		batch_add_row(&work->host->batch, record, now_of(w));
	}
	finish_work(w, work);
}

/* Sends the request to the hub with its present state, so that any worker can
 * continue it. `moves` makes the hub accept the request even if the memory is
 * full, because otherwise the record would be lost. */
static void send_on(struct worker *w, struct job *job)
{
	struct buf text = {0};

	job_clear_error(job);
	item_pack(&text, job, now_of(w));
	if (worker_page(job))
		w->config.write_page(worker_page(job), &text);
	worker_add_link(w, job, &(struct hub_link){
		.host = item_host(job),
		.text = slice_of(&text),
		.fingerprint = item_fingerprint(job),
		.priority = job->req.priority,
		.moves = true,
	});
	buf_release(&text);
	finish_work(w, work_of(job));
}

static bool has_progress(const struct job *job)
{
	const struct work *work = work_of(job);

	return job->attempts != work->attempts ||
	       job->hop.redirects != work->redirects;
}

void worker_drop(struct worker *w, struct job *job)
{
	struct work *work = work_of(job);
	struct held_host *h = work->host;

	if (h->lease && has_progress(job)) {
		send_on(w, job);
		return;
	}
	/* In the hub the URL belongs to the lease until the host is given
	 * back. */
	h->is_ending = true;
	held_host_remove(work);
	worker_check_soon(w);
}

bool worker_on_again(struct worker *w, struct job *job)
{
	const struct held_host *h = work_of(job)->host;
	const struct slice next = item_host(job);

	if (next.len == strlen(h->name) && !memcmp(next.p, h->name, next.len))
		return false;
	send_on(w, job);
	return true;
}

void worker_drain(struct worker *w)
{
	if (w->is_draining)
		return;
	w->is_draining = true;
	w->drain_until = now_of(w) + DRAIN;
	end_all(w);
	worker_check_soon(w);
}

bool worker_is_idle(const struct worker *w)
{
	return TAILQ_EMPTY(&w->hosts) && !w->is_leasing;
}

bool worker_is_done(const struct worker *w)
{
	if (w->error || worker_is_finished(w))
		return true;
	if (!w->is_draining)
		return false;
	return worker_is_idle(w) || now_of(w) > w->drain_until;
}

bool worker_is_finished(const struct worker *w)
{
	return w->idle == HUB_IDLE_FINISHED && worker_is_idle(w);
}

bool worker_is_stopped(const struct worker *w)
{
	return w->is_stopped;
}

const char *worker_error(const struct worker *w)
{
	return w->error;
}

struct hub_counts worker_counts(const struct worker *w)
{
	return w->counts;
}
