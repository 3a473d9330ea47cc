/*
 * The multi stage: transfers by libcurl's multi interface, driven by the loop
 * through curl_multi_socket_action().
 *
 * One multi handle with thousands of connections to one host costs O(n) per
 * transfer (5,000: twice the time, measured with 7.88.1), so there are
 * several, shards, on the same loop. A host's transfers stay in one shard, as
 * that is where its connections are kept alive; when a host may have more than
 * SHARD_MAX of them they spread over as many shards as it takes.
 *
 * No curl_multi_* function may be called from inside a callback of libcurl's,
 * and a job that is handed back may bring a new one: so transfers that have
 * finished are only collected, and one sweep hands them back.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "fetch/deadlines.h"
#include "fetch/fetch.h"
#include "fetch/transfer.h"

enum { SHARD_MAX = 128, SHARDS_MAX = 32 };

struct multi;

struct shard {
	struct multi *owner;
	CURLM *curl;
	struct loop_timer timer;	/* what libcurl asked for */
	unsigned transfers;
};

struct multi {
	struct stage stage;
	struct loop *loop;
	const struct fetch_config *config;	/* borrowed */
	struct transfer_shared shared;
	struct shard *shards;
	unsigned shard_count;
	unsigned spread;		/* shards that one host may use */
	struct transfer_list idle;	/* handles to use again */
	struct transfer_list finished;	/* to be handed back by the sweep */
	struct loop_timer sweep;
	struct deadlines deadlines;
};

/* Takes the transfer out of its multi handle, to be handed back by the sweep
 * in this step (from a descriptor's event) or the next. */
static void end_transfer(struct multi *m, struct transfer *t, CURLcode code)
{
	struct shard *shard = t->owner;

	if (shard) {
		curl_multi_remove_handle(shard->curl, t->easy);
		shard->transfers--;
		t->owner = NULL;
	}
	t->code = code;
	TAILQ_INSERT_TAIL(&m->finished, t, link);
	loop_set_timer(m->loop, &m->sweep, loop_now(m->loop));
}

static void collect(struct shard *shard)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(shard->curl, &left))) {
		/* The message dies with curl_multi_remove_handle(). */
		const CURLcode code = message->data.result;
		struct transfer *t = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		end_transfer(shard->owner, t, code);
	}
}

static void on_socket_ready(void *ctx, int fd, int events)
{
	struct shard *shard = ctx;
	int mask = 0, running;

	if (events & LOOP_READ)
		mask |= CURL_CSELECT_IN;
	if (events & LOOP_WRITE)
		mask |= CURL_CSELECT_OUT;
	if (events & LOOP_ERROR)
		mask |= CURL_CSELECT_ERR;
	curl_multi_socket_action(shard->curl, fd, mask, &running);
	collect(shard);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx,
		     void *socket_ctx)
{
	struct shard *shard = ctx;
	int events = 0;

	(void)easy;
	(void)socket_ctx;
	if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
		events |= LOOP_READ;
	if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
		events |= LOOP_WRITE;
	/* CURL_POLL_REMOVE is no events: the connection is likely to be used
	 * again, so it stays registered until it is closed. */
	loop_watch(shard->owner->loop, fd, events, on_socket_ready, shard);
	return 0;
}

static int on_close(void *ctx, curl_socket_t fd)
{
	struct multi *m = ctx;

	loop_forget(m->loop, fd);
	return close(fd);
}

static void on_timer_due(void *ctx, msec now)
{
	struct shard *shard = ctx;
	int running;

	(void)now;
	curl_multi_socket_action(shard->curl, CURL_SOCKET_TIMEOUT, 0,
				 &running);
	collect(shard);
}

static int on_timer(CURLM *curl, long timeout, void *ctx)
{
	struct shard *shard = ctx;
	struct loop *loop = shard->owner->loop;

	(void)curl;
	loop_set_timer(loop, &shard->timer, timeout < 0
		       ? MSEC_NEVER : loop_now(loop) + (msec)timeout);
	return 0;
}

static void on_sweep(void *ctx, msec now)
{
	struct multi *m = ctx;
	struct transfer_list batch = TAILQ_HEAD_INITIALIZER(batch);
	struct transfer *t;

	/* The last one may close the stage; nothing of it is touched then. */
	TAILQ_CONCAT(&batch, &m->finished, link);
	while ((t = TAILQ_FIRST(&batch))) {
		struct job *job = t->job;

		TAILQ_REMOVE(&batch, t, link);
		transfer_finish(t, t->code, now);
		job->transfer = NULL;
		TAILQ_INSERT_HEAD(&m->idle, t, link);
		stage_return(&m->stage, job);
	}
}

/* FNV-1a. */
static unsigned hash(struct slice s)
{
	unsigned h = 2166136261u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

/* Of the shards that the host uses, the one with the least to do: that is
 * where a connection has come free. */
static struct shard *shard_of(struct multi *m, const struct job *job)
{
	const unsigned first = hash(url_host(&job->hop.url)) % m->shard_count;
	struct shard *best = &m->shards[first];

	for (unsigned i = 1; i < m->spread; i++) {
		struct shard *s = &m->shards[(first + i) % m->shard_count];

		if (s->transfers < best->transfers)
			best = s;
	}
	return best;
}

static struct transfer *take_handle(struct multi *m)
{
	struct transfer *t = TAILQ_FIRST(&m->idle);

	if (!t)
		return transfer_new(&m->shared);
	TAILQ_REMOVE(&m->idle, t, link);
	return t;
}

static void multi_submit(struct stage *stage, struct job *job)
{
	struct multi *m = (struct multi *)stage;
	struct shard *shard = shard_of(m, job);
	struct transfer *t = take_handle(m);

	if (!t) {
		/* Without a handle it cannot even fail in the usual way. */
		log_fatal("out of memory");
		exit(3);
	}
	job->transfer = t;
	transfer_start(t, job);
	if (curl_multi_add_handle(shard->curl, t->easy) != CURLM_OK) {
		end_transfer(m, t, CURLE_FAILED_INIT);
		return;
	}
	t->owner = shard;
	shard->transfers++;
	deadlines_watch(&m->deadlines, t);
}

static void on_over(void *ctx, struct transfer *t)
{
	transfer_time_out(t, clock_now());
	end_transfer(ctx, t, CURLE_OPERATION_TIMEDOUT);
}

static void multi_cancel(struct stage *stage, struct job *job)
{
	struct multi *m = (struct multi *)stage;
	struct transfer *t = job->transfer;

	job->cancelled = true;
	if (!t || !t->owner)
		return;	/* finished: its result is on the way */
	t->stopped = true;
	end_transfer(m, t, CURLE_ABORTED_BY_CALLBACK);
}

static void shard_close(struct shard *shard)
{
	if (shard->curl)
		curl_multi_cleanup(shard->curl);
	loop_set_timer(shard->owner->loop, &shard->timer, MSEC_NEVER);
}

static void multi_close(struct stage *stage)
{
	struct multi *m = (struct multi *)stage;
	struct transfer *t;

	while ((t = TAILQ_FIRST(&m->idle))) {
		TAILQ_REMOVE(&m->idle, t, link);
		deadlines_forget(&m->deadlines, t);
		transfer_free(t);
	}
	deadlines_close(&m->deadlines);
	for (unsigned i = 0; i < m->shard_count; i++)
		shard_close(&m->shards[i]);
	loop_set_timer(m->loop, &m->sweep, MSEC_NEVER);
	transfer_shared_close(&m->shared);
	free(m->shards);
	free(m);
}

/* Descriptors that are not needed by transfers (a connection may try two
 * addresses at once, RFC 8305), and so can hold idle connections. */
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

/* How many connections a shard keeps: enough for the hosts in flight and those
 * of a while ago. */
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

static int shard_open(struct multi *m, struct shard *shard)
{
	const long kept = connections_kept(m);

	shard->owner = m;
	shard->timer.on_due = on_timer_due;
	shard->timer.ctx = shard;
	shard->curl = curl_multi_init();
	if (!shard->curl)
		return -1;
	curl_multi_setopt(shard->curl, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(shard->curl, CURLMOPT_SOCKETDATA, shard);
	curl_multi_setopt(shard->curl, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(shard->curl, CURLMOPT_TIMERDATA, shard);
	curl_multi_setopt(shard->curl, CURLMOPT_MAXCONNECTS, kept);
	/* Only where descriptors are short: at the limit libcurl closes an
	 * idle connection to open another. */
	if (is_short_of_descriptors(m->config))
		curl_multi_setopt(shard->curl,
				  CURLMOPT_MAX_TOTAL_CONNECTIONS, kept);
	return 0;
}

/* Few descriptors cannot be shared out among many: one shard then. */
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
	m->deadlines = (struct deadlines){.loop = loop, .on_over = on_over,
					  .ctx = m};
	deadlines_open(&m->deadlines);
	TAILQ_INIT(&m->idle);
	TAILQ_INIT(&m->finished);
	transfer_shared_open(&m->shared, config);
	m->shared.on_close = on_close;
	m->shared.ctx = m;
	m->shard_count = shards_for(config);
	m->spread = 1 + (config->parallel_max_host - 1) / SHARD_MAX;
	if (m->spread > m->shard_count)
		m->spread = m->shard_count;
	m->shards = xcalloc(m->shard_count, sizeof(*m->shards));
	for (unsigned i = 0; i < m->shard_count; i++) {
		if (shard_open(m, &m->shards[i]) == 0)
			continue;
		log_fatal("libcurl cannot be started: out of memory");
		m->shard_count = i + 1;
		multi_close(&m->stage);
		return NULL;
	}
	return &m->stage;
}
