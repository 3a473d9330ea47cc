/*
 * The multi stage: transfers with libcurl's multi interface, driven by the loop
 * through curl_multi_socket_action().
 *
 * A multi handle with thousands of connections to one host costs O(n) per
 * transfer (5,000 connections: twice the time, measured with 7.88.1). So the
 * stage uses several multi handles, called shards, on the same loop. The
 * transfers of a host stay in one shard, because its connections are kept alive
 * there. If a host may have more than SHARD_MAX transfers, they are spread over
 * several shards.
 *
 * No curl_multi_* function may be called from inside a libcurl callback, and
 * returning a job may bring in a new one. So finished transfers are only
 * collected, and a timer callback, the sweep, returns their jobs.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "fetch/curl/shard.h"
#include "fetch/curl/slow_bodies.h"
#include "fetch/curl/timeouts.h"
#include "fetch/curl/transfer.h"
#include "fetch/fetch.h"
#include "fetch/body_budget.h"

enum { SHARD_MAX = 128, SHARDS_MAX = 32 };

/* Number of connections that a shard makes before it is replaced. */
enum { RENEW_AFTER = 4096 };

/* Interval in msec at which it is checked whether paused bodies may go on. */
#define RESUME_AFTER 10.0

struct multi {
	struct stage stage;
	struct loop *loop;
	const struct fetch_config *config;	/* borrowed */
	struct transfer_shared shared;
	struct shard **shards;
	struct shard_list old;		/* replaced shards, to be closed when
					 * they have no transfers */
	unsigned shard_count;
	unsigned spread;		/* number of shards that a host may
					 * use */
	struct transfer_list idle;	/* transfers without a job, whose
					 * handles are used again */
	struct transfer_list finished;	/* transfers whose jobs the sweep will
					 * return */
	struct loop_timer sweep;
	struct transfer_timeouts timeouts;
	struct slow_bodies slow;
	struct transfer_list paused;	/* transfers that wait for room for
					 * their bodies */
	struct loop_timer resume;
};

/* Removes the transfer from its shard. The sweep returns its job in this turn
 * of the loop (if end_transfer() is called from a descriptor's event) or in the
 * next. */
static void end_transfer(struct multi *m, struct transfer *t, CURLcode code)
{
	if (t->paused)
		TAILQ_REMOVE(&m->paused, t, link);
	t->paused = false;
	slow_bodies_remove(t);
	if (t->owner)
		shard_remove(t->owner, t);
	t->code = code;
	TAILQ_INSERT_TAIL(&m->finished, t, link);
	loop_set_timer(m->loop, &m->sweep, loop_now(m->loop));
}

static void on_done(void *ctx, struct transfer *t, CURLcode code)
{
	end_transfer(ctx, t, code);
}

static bool on_budget_spent(struct transfer *t)
{
	const struct shard *shard = t->owner;
	struct multi *m = shard->ctx;

	t->paused = true;
	t->paused_at = loop_now(m->loop);
	TAILQ_INSERT_TAIL(&m->paused, t, link);
	loop_set_timer(m->loop, &m->resume, t->paused_at + RESUME_AFTER);
	return false;
}

/* Continues a paused transfer. The time of the pause counts as waiting, not as
 * the server's. */
static void resume_transfer(struct multi *m, struct transfer *t, msec now)
{
	const msec waited = now - t->paused_at;
	struct job *job = t->job;

	TAILQ_REMOVE(&m->paused, t, link);
	t->paused = false;
	job->time.wait += waited;
	job->hop.started += waited;
	job->deadline += waited;
	timeouts_watch(&m->timeouts, t);
	/* This call may call on_body, which may pause the transfer again. If
	 * on_body fails, libcurl reports the end of the transfer in the usual
	 * way. */
	curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

static void on_resume(void *ctx, msec now)
{
	struct multi *m = ctx;
	struct transfer_list list = TAILQ_HEAD_INITIALIZER(list);
	struct transfer *t;

	TAILQ_CONCAT(&list, &m->paused, link);
	while ((t = TAILQ_FIRST(&list))) {
		TAILQ_REMOVE(&list, t, link);
		TAILQ_INSERT_TAIL(&m->paused, t, link);
		if (body_budget_may_grow(m->config->body_budget, t))
			resume_transfer(m, t, now);
	}
	if (!TAILQ_EMPTY(&m->paused))
		loop_set_timer(m->loop, &m->resume, now + RESUME_AFTER);
}

static int on_close(void *ctx, curl_socket_t fd)
{
	struct multi *m = ctx;

	loop_unwatch(m->loop, fd);
	return close(fd);
}

static void close_old(struct multi *m)
{
	struct shard *s, *next;

	for (s = LIST_FIRST(&m->old); s; s = next) {
		next = LIST_NEXT(s, link);
		if (s->transfers)
			continue;
		LIST_REMOVE(s, link);
		shard_close(s);
	}
}

static void on_sweep(void *ctx, msec now)
{
	struct multi *m = ctx;
	struct transfer_list batch = TAILQ_HEAD_INITIALIZER(batch);
	struct transfer *t;

	close_old(m);
	/* Returning the last job may close the stage, so m is not used after
	 * that. */
	TAILQ_CONCAT(&batch, &m->finished, link);
	while ((t = TAILQ_FIRST(&batch))) {
		struct job *job = t->job;

		TAILQ_REMOVE(&batch, t, link);
		transfer_finish(t, t->code, now);
		job->stage_data = NULL;
		TAILQ_INSERT_HEAD(&m->idle, t, link);
		stage_return(&m->stage, job);
	}
}

/* Returns the FNV-1a hash of a host name. */
static unsigned hash_host(struct slice s)
{
	unsigned h = 2166136261u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

/* Returns the number of descriptors that idle connections can use, because
 * transfers do not need them. (A transfer may need two: a connection may try
 * two addresses at once, RFC 8305.) */
static unsigned descriptors_to_spare(const struct fetch_config *config)
{
	const unsigned needed = 2 * config->parallel_max;

	return config->descriptors > needed ? config->descriptors - needed
					    : 0;
}

static bool is_short_of_descriptors(const struct fetch_config *config)
{
	return descriptors_to_spare(config) < config->parallel_max;
}

/* Returns the number of connections that a shard keeps open: enough for the
 * hosts in flight and for those of the recent past. */
static long connections_kept(const struct multi *m)
{
	const unsigned spare = descriptors_to_spare(m->config);
	unsigned kept = m->config->parallel_max * 4;

	if (is_short_of_descriptors(m->config))
		return (long)(m->config->descriptors / 2);
	if (kept > spare)
		kept = spare;
	return (long)(kept / m->shard_count + 1);
}

static struct shard *open_shard(struct multi *m)
{
	struct shard *s = shard_open(m->loop, connections_kept(m),
				     is_short_of_descriptors(m->config));

	if (s) {
		s->on_done = on_done;
		s->ctx = m;
	}
	return s;
}

/* Returns the i-th shard. A shard that has made many connections is replaced
 * first, because libcurl 7.88 remembers every host that a multi handle ever
 * connected to, and scans all of them whenever it closes the oldest
 * connection. */
static struct shard *renew_if_worn(struct multi *m, unsigned i)
{
	struct shard *s = m->shards[i], *other;

	if (s->connections < RENEW_AFTER)
		return s;
	other = open_shard(m);
	if (!other)
		return s;
	LIST_INSERT_HEAD(&m->old, s, link);
	m->shards[i] = other;
	return other;
}

/* Returns the least busy of the shards that the host may use, because a
 * connection is most likely to be free there. */
static struct shard *shard_of(struct multi *m, const struct job *job)
{
	const struct slice host = url_host(&job->hop.url);
	const unsigned first = hash_host(host) % m->shard_count;
	unsigned best = first;

	for (unsigned i = 1; i < m->spread; i++) {
		const unsigned at = (first + i) % m->shard_count;

		if (m->shards[at]->transfers < m->shards[best]->transfers)
			best = at;
	}
	return renew_if_worn(m, best);
}

static struct transfer *take_handle(struct multi *m)
{
	struct transfer *t = TAILQ_FIRST(&m->idle);

	if (!t)
		return transfer_new(&m->shared);
	TAILQ_REMOVE(&m->idle, t, link);
	return t;
}

static void watch_transfer(struct multi *m, struct transfer *t)
{
	timeouts_watch(&m->timeouts, t);
	slow_bodies_add(&m->slow, t);
}

static void multi_submit(struct stage *stage, struct job *job)
{
	struct multi *m = (struct multi *)stage;
	struct shard *shard = shard_of(m, job);
	struct transfer *t = take_handle(m);

	if (!t) {
		/* Without a handle, the job cannot even be failed in the usual
		 * way. */
		log_fatal("out of memory");
		exit(EXIT_NOT_COMPLETED);
	}
	job->stage_data = t;
	if (transfer_start(t, job) || shard_add(shard, t))
		end_transfer(m, t, CURLE_FAILED_INIT);
	else
		watch_transfer(m, t);
}

static void on_timeout(void *ctx, struct transfer *t)
{
	transfer_time_out(t, clock_now());
	end_transfer(ctx, t, CURLE_OPERATION_TIMEDOUT);
}

static void on_too_large(void *ctx, struct transfer *t)
{
	end_transfer(ctx, t, CURLE_WRITE_ERROR);
}

static void on_slow_connect(void *ctx, struct transfer *t)
{
	(void)ctx;
	shard_poke(t->owner);
}

static void multi_cancel(struct stage *stage, struct job *job)
{
	struct multi *m = (struct multi *)stage;
	struct transfer *t = job->stage_data;

	job->cancelled = true;
	if (!t || !t->owner)
		return;	/* the transfer has ended, and on_sweep() will return
			 * its job */
	t->stopped = true;
	end_transfer(m, t, CURLE_ABORTED_BY_CALLBACK);
}

static void multi_close(struct stage *stage)
{
	struct multi *m = (struct multi *)stage;
	struct transfer *t;

	while ((t = TAILQ_FIRST(&m->idle))) {
		TAILQ_REMOVE(&m->idle, t, link);
		timeouts_forget(&m->timeouts, t);
		transfer_free(t);
	}
	timeouts_close(&m->timeouts);
	slow_bodies_close(&m->slow);
	loop_set_timer(m->loop, &m->resume, MSEC_NEVER);
	for (unsigned i = 0; i < m->shard_count; i++)
		shard_close(m->shards[i]);
	close_old(m);
	loop_set_timer(m->loop, &m->sweep, MSEC_NEVER);
	transfer_shared_close(&m->shared);
	free(m->shards);
	free(m);
}

/* Returns the number of shards: one if descriptors are scarce, because they
 * could not be divided between several. */
static unsigned shards_for(const struct fetch_config *config)
{
	unsigned shards = config->parallel_max / SHARD_MAX;

	if (is_short_of_descriptors(config) || shards == 0)
		return 1;
	return shards > SHARDS_MAX ? SHARDS_MAX : shards;
}

struct stage *multi_open(struct loop *loop, const struct fetch_config *config)
{
	static const struct stage_ops ops = {
		.name = "multi",
		.submit = multi_submit,
		.cancel = multi_cancel,
		.close = multi_close,
	};
	struct multi *m = xcalloc(1, sizeof(*m));

	m->stage.ops = &ops;
	m->loop = loop;
	m->config = config;
	m->sweep.on_due = on_sweep;
	m->sweep.ctx = m;
	m->timeouts = (struct transfer_timeouts){
		.loop = loop,
		.on_timeout = on_timeout,
		.on_slow_connect = on_slow_connect,
		.ctx = m,
	};
	timeouts_open(&m->timeouts);
	m->slow = (struct slow_bodies){.loop = loop, .ctx = m,
				       .on_too_large = on_too_large};
	slow_bodies_open(&m->slow);
	TAILQ_INIT(&m->idle);
	TAILQ_INIT(&m->finished);
	TAILQ_INIT(&m->paused);
	LIST_INIT(&m->old);
	m->resume.on_due = on_resume;
	m->resume.ctx = m;
	transfer_shared_open(&m->shared, config);
	m->shared.on_budget_spent = on_budget_spent;
	m->shared.on_close = on_close;
	m->shared.ctx = m;
	m->shard_count = shards_for(config);
	m->spread = 1 + (config->parallel_max_host - 1) / SHARD_MAX;
	if (m->spread > m->shard_count)
		m->spread = m->shard_count;
	m->shards = xcalloc(m->shard_count, sizeof(*m->shards));
	for (unsigned i = 0; i < m->shard_count; i++) {
		m->shards[i] = open_shard(m);
		if (m->shards[i])
			continue;
		log_fatal("libcurl cannot be started: out of memory");
		multi_close(&m->stage);
		return NULL;
	}
	return &m->stage;
}
