/* Blocking fetch: curl_easy_perform() in a pool of threads. Time limits are set
 * by libcurl's own options here, and a transfer is stopped by its progress
 * callback. */
#include "fetch/curl/blocking_stage.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/job/exchange.h"
#include "base/log.h"
#include "base/mem.h"
#include "fetch/curl/easy_options.h"
#include "fetch/curl/slow_body.h"
#include "fetch/curl/transfer.h"
#include "fetch/fetch.h"
#include "fetch/body_budget.h"

struct blocking {
	struct stage stage;
	struct stage *threads;
	const struct fetch_config *config;	/* borrowed */
	struct transfer_shared shared;
	const struct work *then;
	const void *then_config;
};

/* State of one thread. */
struct fetcher {
	const struct blocking *shared;
	struct transfer *transfer;
	void *then;
	msec started;		/* time at which the transfer started */
	curl_socket_t idle;	/* socket of the idle connection */
};

static long at_least_one(msec time)
{
	return time < 1 ? 1 : (long)time;
}

/* Sets libcurl's time limit so that the transfer ends at the job's deadline.
 * libcurl counts the limit from the start of the transfer. */
static void set_total_timeout(struct transfer *t, const struct job *job)
{
	struct fetcher *f = t->owner;

	EASY_SET(t, CURLOPT_TIMEOUT_MS,
		 at_least_one(job->deadline - f->started));
}

/* Returns false if a slow body turns out to be too large. May take as long as
 * decoding the body: the thread has nothing else to do. */
static bool is_body_fine(struct transfer *t)
{
	const struct fetcher *f = t->owner;
	enum body_state state = BODY_BUSY;

	if (!slow_body_has_new_bytes(t) ||
	    clock_now() < f->started + SLOW_BODY_AFTER)
		return true;
	while (state == BODY_BUSY && !t->job->cancelled)
		state = slow_body_check(t);
	return state != BODY_TOO_LARGE;
}

/* Called by libcurl from time to time, even while no bytes arrive. */
static int on_progress(void *ctx, curl_off_t download_total,
		       curl_off_t downloaded, curl_off_t upload_total,
		       curl_off_t uploaded)
{
	struct transfer *t = ctx;

	(void)download_total;
	(void)downloaded;
	(void)upload_total;
	(void)uploaded;
	t->stopped = t->job->cancelled;
	return t->stopped || !is_body_fine(t);
}

/* Blocks until the budget of bodies has room. Moves the deadline by the time
 * that this took. */
static bool on_budget_spent(struct transfer *t)
{
	struct job *job = t->job;
	struct body_budget *budget = t->shared->config->body_budget;
	const msec start = clock_now();
	const struct timespec pause = {.tv_nsec = 10000000};
	msec waited;

	while (!body_budget_may_grow(budget, t) && !job->cancelled)
		nanosleep(&pause, NULL);
	waited = clock_now() - start;
	job->time.wait += waited;
	job->hop.started += waited;
	job->deadline += waited;
	set_total_timeout(t, job);
	return true;
}

static void set_thread_options(struct transfer *t)
{
	/* The next request of this thread will probably go to another host. */
	EASY_SET(t, CURLOPT_MAXCONNECTS, 1L);
	EASY_SET(t, CURLOPT_NOPROGRESS, 0L);
	EASY_SET(t, CURLOPT_XFERINFOFUNCTION, on_progress);
	EASY_SET(t, CURLOPT_XFERINFODATA, t);
}

/* Creates the transfer of a thread. Returns NULL if libcurl is out of
 * memory. */
static struct transfer *open_transfer(const struct transfer_shared *shared)
{
	struct transfer *t = transfer_new(shared);

	if (!t)
		return NULL;
	set_thread_options(t);
	if (t->refused == CURLE_OK)
		return t;
	transfer_free(t);
	return NULL;
}

static void *fetcher_begin(const void *config)
{
	const struct blocking *b = config;
	struct fetcher *f = xcalloc(1, sizeof(*f));

	f->shared = b;
	f->then = b->then->begin(b->then_config);
	f->transfer = open_transfer(&b->shared);
	f->idle = CURL_SOCKET_BAD;
	return f;
}

static void fetcher_end(void *own)
{
	struct fetcher *f = own;

	transfer_free(f->transfer);
	f->shared->then->end(f->then);
	free(f);
}

/* Returns true if the idle connection has received bytes that belong to no
 * request. libcurl 7.88 would take these for the reply to the next request. */
static bool has_unread_bytes(curl_socket_t fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return fd != CURL_SOCKET_BAD && poll(&p, 1, 0) == 1;
}

/* Sets up the transfer of a hop, and the options that only this stage uses. */
static int start_transfer(struct fetcher *f, struct job *job)
{
	const msec connect_timeout = f->shared->config->connect_timeout;
	struct transfer *t = f->transfer;

	if (transfer_start(t, job))
		return -1;
	if (has_unread_bytes(f->idle))
		EASY_SET(t, CURLOPT_FRESH_CONNECT, 1L);
	t->owner = f;
	f->started = clock_now();
	set_total_timeout(t, job);
	EASY_SET(t, CURLOPT_CONNECTTIMEOUT_MS,
		 at_least_one(job->hop.started + connect_timeout -
			      f->started));
	return t->refused == CURLE_OK ? 0 : -1;
}

static void fetch_hop(struct fetcher *f, struct job *job)
{
	struct transfer *t = f->transfer;
	CURLcode code = CURLE_FAILED_INIT;
	msec end;

	if (!start_transfer(f, job))
		code = curl_easy_perform(t->easy);
	end = clock_now();
	if (curl_easy_getinfo(t->easy, CURLINFO_ACTIVESOCKET, &f->idle))
		f->idle = CURL_SOCKET_BAD;
	if (code == CURLE_OPERATION_TIMEDOUT)
		transfer_time_out(t, end);
	transfer_finish(t, code, end);
}

static void fetcher_run(void *own, struct job *job)
{
	struct fetcher *f = own;
	const struct fetch_config *config = f->shared->config;

	if (f->transfer)
		fetch_hop(f, job);
	else
		job_fail(job, ERR_INTERNAL, "no memory for a transfer");
	if (job->exchange)
		config->store->put(config->store, job);
	if ((!job->req.prefix || job->req.is_sitemap) &&
	    fetch_is_final(job, config))
		f->shared->then->run(f->then, job);
}

static const struct work fetcher_work = {
	.begin = fetcher_begin,
	.run = fetcher_run,
	.end = fetcher_end,
};

static void on_done(void *ctx, struct job *job)
{
	struct blocking *b = ctx;

	stage_return(&b->stage, job);
}

static void blocking_submit(struct stage *stage, struct job *job)
{
	stage_submit(((struct blocking *)stage)->threads, job);
}

static void blocking_cancel(struct stage *stage, struct job *job)
{
	job->cancelled = true;
	stage_cancel(((struct blocking *)stage)->threads, job);
}

static void blocking_close(struct stage *stage)
{
	struct blocking *b = (struct blocking *)stage;

	stage_close(b->threads);
	transfer_shared_close(&b->shared);
	free(b);
}

struct stage *blocking_open(struct loop *loop,
			    const struct fetch_config *config,
			    const struct work *then, const void *then_config)
{
	static const struct stage_ops ops = {
		.name = "blocking",
		.submit = blocking_submit,
		.cancel = blocking_cancel,
		.close = blocking_close,
	};
	struct blocking *b = xcalloc(1, sizeof(*b));

	b->stage.ops = &ops;
	b->config = config;
	b->then = then;
	b->then_config = then_config;
	transfer_shared_open(&b->shared, config);
	b->shared.on_budget_spent = on_budget_spent;
	b->threads = threads_open(loop, &fetcher_work, b,
				  config->parallel_max);
	if (!b->threads) {
		log_fatal("no threads: %s", strerror(errno));
		transfer_shared_close(&b->shared);
		free(b);
		return NULL;
	}
	stage_set_on_done(b->threads, on_done, b);
	return &b->stage;
}
