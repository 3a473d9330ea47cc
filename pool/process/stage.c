/*
 * Runs work in processes that can be killed, have limited memory, and are in a
 * sandbox.
 *
 * Processes are at best as fast as threads. Their advantage: a page that
 * crashes the parser, keeps it busy for ever or uses up its memory costs one
 * record only.
 *
 * DESIGN
 * Jobs wait in the stage. A process gets one job and, if no process is idle, a
 * few more in advance: it takes 40 us, half the time of a small page, to
 * transfer a reply and the next page, and the loop may have to wait for a
 * processor first (with one job in advance, 10 % fewer pages a second). A
 * process gets only a few jobs, because these may have to wait behind a slow
 * job while another process becomes idle.
 *
 * When a process ends, its current job is lost. The other jobs have not been
 * started, and go back to the head of the queue. A job that was sent several
 * times and apparently never started is given up, too.
 *
 * After a process that ends before it is ready, or an order that the zygote
 * refuses, starting is paused; the pause doubles each time. Waiting jobs get an
 * error if all starts fail for some time; the attempts go on.
 */
#include "pool/process/stage.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/log.h"
#include "base/mem.h"
#include "pool/job_list.h"
#include "pool/loop.h"
#include "pool/process/child.h"
#include "pool/process/zygote.h"

enum {
	AHEAD_JOBS = 8,		/* jobs per process, the current one included */
	AHEAD_BYTES = 512 << 10, /* maximum bytes of the bodies of these jobs;
				  * two jobs are always allowed */
	MAX_TRIES = 3,
};
static const msec longest_pause = 1000;

/* Waiting jobs get an error if all starts have failed for this time (msec), and
 * at least GIVE_UP_FAILURES starts. A failure takes no time, or seconds. */
static const msec give_up_after = 5e3;
enum { GIVE_UP_FAILURES = 10 };

struct procs {
	struct stage stage;
	struct loop *loop;
	struct zygote *zygote;
	struct stage *inline_stage; /* makes the records of failed jobs */
	msec timeout;
	uint64_t seq;		/* number of the job submitted last */

	struct job_list todo;
	size_t waiting;		/* number of jobs in todo */
	struct job_list done;	/* jobs to give back at the end of the event */
	struct loop_timer give_back_timer; /* calls give_back() soon after a job
					    * was cancelled */

	struct child **children;
	unsigned limit, started;
	unsigned starting;	/* processes that have not sent a hello yet */
	unsigned failures;	/* failed starts in a row while jobs wait */
	msec failing_since;	/* time of the first of these failures */
	struct loop_timer retry; /* end of the pause in starting, if any */
	bool paused;
	bool gave_up;		/* waiting jobs get an error from now on */
	bool warned_no_sandbox;
};

static void release_child_job(struct job *job)
{
	free(job->stage_data);
	job->stage_data = NULL;
}

/* Gives the jobs in p->done back. Must be the last call in an event, because
 * the callback of the last job may close the stage. */
static void give_back(struct procs *p)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&p->done))) {
		const bool last = p->stage.jobs == 1;

		TAILQ_REMOVE(&p->done, job, link);
		release_child_job(job);
		stage_return(&p->stage, job);
		if (last)
			return;
	}
}

static void on_inline_done(void *ctx, struct job *job)
{
	struct procs *p = ctx;

	stage_return(&p->stage, job);
}

/* Runs a job that has an error on the loop. The work only makes the job's
 * record. */
static void record_failure(struct procs *p, struct job *job)
{
	release_child_job(job);
	stage_submit(p->inline_stage, job);
}

static void return_cancelled(struct procs *p, struct job *job)
{
	job_fail(job, ERR_CANCELLED, "cancelled");
	TAILQ_INSERT_TAIL(&p->done, job, link);
	loop_set_timer(p->loop, &p->give_back_timer, loop_now(p->loop));
}

static void requeue_first(struct procs *p, struct job *job)
{
	TAILQ_INSERT_HEAD(&p->todo, job, link);
	p->waiting++;
}

/* Cancels, fails or requeues the oldest job of a child that has ended. */
static void settle_oldest(struct procs *p, const struct child *c,
			  struct job *job)
{
	const struct child_job *data = child_job_of(job);

	if (data->cancelled) {
		return_cancelled(p, job);
	} else if (child_current(c, job) || data->tries >= MAX_TRIES) {
		child_fail_job(c, job);
		record_failure(p, job);
	} else {
		requeue_first(p, job);
	}
}

static void take_jobs_back(struct procs *p, struct child *c)
{
	struct job *oldest = TAILQ_FIRST(&c->jobs), *job;

	while ((job = TAILQ_LAST(&c->jobs, job_list)) != oldest) {
		TAILQ_REMOVE(&c->jobs, job, link);
		/* The job was not started, so this try does not count. */
		child_job_of(job)->tries--;
		if (child_job_of(job)->cancelled)
			return_cancelled(p, job);
		else
			requeue_first(p, job);
	}
	if (!oldest)
		return;
	TAILQ_REMOVE(&c->jobs, oldest, link);
	settle_oldest(p, c, oldest);
}

static void count_failure(struct procs *p, const char *why)
{
	const msec now = clock_now();

	if (!p->waiting)
		p->failures = 0;
	else if (!p->failures++)
		p->failing_since = now;
	if (p->failures < GIVE_UP_FAILURES ||
	    now < p->failing_since + give_up_after)
		return;
	if (!p->gave_up)
		log_warn("pages cannot be parsed: no worker process could be "
			 "started for %g s (%s)", give_up_after / 1e3, why);
	p->gave_up = true;
}

static void pause_starting(struct procs *p)
{
	msec pause = 1;

	for (unsigned i = 1; i < p->failures && pause < longest_pause; i++)
		pause *= 2;
	if (pause > longest_pause)
		pause = longest_pause;
	p->paused = true;
	loop_set_timer(p->loop, &p->retry, clock_now() + pause);
}

static void forget_child(struct procs *p, struct child *c)
{
	for (unsigned i = 0; i < p->started; i++) {
		if (p->children[i] != c)
			continue;
		p->children[i] = p->children[--p->started];
		break;
	}
	child_close(c);
}

static void on_child_end(struct procs *p, struct child *c)
{
	log_debug("a worker process has ended (%s %d)",
		  WIFSIGNALED(c->status) ? "signal" : "exit",
		  WIFSIGNALED(c->status) ? WTERMSIG(c->status)
					 : WEXITSTATUS(c->status));
	if (!c->ready) {
		p->starting--;
		count_failure(p, c->sandbox
					 ? "a worker cannot enter its sandbox"
					 : "workers end before they are ready");
		pause_starting(p);
	}
	take_jobs_back(p, c);
	forget_child(p, c);
}

static void on_hello(struct procs *p, const struct child *c)
{
	p->starting--;
	p->failures = 0;
	p->gave_up = false;
	if (c->sandbox <= 0 || p->warned_no_sandbox)
		return;
	p->warned_no_sandbox = true;
	log_warn("pages are parsed without a sandbox: %s",
		 strerror(c->sandbox));
}

static void pump(struct procs *p);

static void on_child(void *ctx, int fd, int events)
{
	struct child *c = ctx;
	struct procs *p = c->owner;
	const bool was_ready = c->ready;
	bool lives;

	(void)fd;
	lives = child_on_event(c, events, &p->done);
	if (c->ready && !was_ready)
		on_hello(p, c);
	if (!lives)
		on_child_end(p, c);
	pump(p);
	give_back(p);
}

static bool may_start(const struct procs *p)
{
	return !p->paused && p->started < p->limit &&
	       p->waiting > p->starting;
}

static void start_child(struct procs *p)
{
	struct child *c = child_open(&(struct child_config){
		.loop = p->loop,
		.zygote = p->zygote,
		.timeout = p->timeout,
		.fn = on_child,
		.owner = p,
	});

	if (c) {
		p->children[p->started++] = c;
		p->starting++;
	} else if (zygote_is_up(p->zygote)) {
		count_failure(p, strerror(errno));
		pause_starting(p);
	} else {
		p->paused = true;	/* until on_zygote() is called */
	}
}

static bool has_room(const struct child *c, const struct job *job, bool ahead)
{
	if (!c->ready || !ahead)
		return c->ready && !c->count;
	return c->count < 2 || (c->count < AHEAD_JOBS &&
				c->bytes + job->res.body.len <= AHEAD_BYTES);
}

/* Returns the child with the fewest jobs that has room for the job, or NULL. A
 * linear search: there are about as many children as processors. */
static struct child *choose_child(const struct procs *p, const struct job *job,
				  bool ahead)
{
	struct child *best = NULL;

	for (unsigned i = 0; i < p->started; i++) {
		struct child *c = p->children[i];

		if (has_room(c, job, ahead) &&
		    (!best || c->count < best->count))
			best = c;
		if (best && !best->count)
			break;
	}
	return best;
}

/* Sends waiting jobs to children; ahead: even to those with jobs. */
static void send_waiting(struct procs *p, bool ahead)
{
	struct job *job;
	struct child *c;

	while ((job = TAILQ_FIRST(&p->todo)) &&
	       (c = choose_child(p, job, ahead))) {
		TAILQ_REMOVE(&p->todo, job, link);
		p->waiting--;
		child_submit(c, job);
	}
}

static void fail_waiting(struct procs *p)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&p->todo))) {
		TAILQ_REMOVE(&p->todo, job, link);
		p->waiting--;
		job_fail(job, ERR_INTERNAL,
			 "no process could be started to parse the page");
		record_failure(p, job);
	}
}

static void pump(struct procs *p)
{
	child_grant_all(p->children, p->started);
	send_waiting(p, false);
	while (may_start(p))
		start_child(p);
	send_waiting(p, true);
	if (!p->started && p->gave_up)
		fail_waiting(p);
}

static void on_zygote(void *ctx)
{
	struct procs *p = ctx;

	if (zygote_is_up(p->zygote))
		p->paused = false;
	else
		count_failure(p, "the zygote ends at once");
	pump(p);
}

static void on_retry(void *ctx, msec now)
{
	struct procs *p = ctx;

	(void)now;
	p->paused = false;
	pump(p);
}

static void on_give_back(void *ctx, msec now)
{
	(void)now;
	give_back(ctx);
}

static void procs_submit(struct stage *stage, struct job *job)
{
	struct procs *p = (struct procs *)stage;
	struct child_job *data;

	/* A job with an error has no page to parse. */
	if (job->err) {
		stage_submit(p->inline_stage, job);
		return;
	}
	data = xcalloc(1, sizeof(*data));
	data->seq = ++p->seq;
	job->stage_data = data;
	TAILQ_INSERT_TAIL(&p->todo, job, link);
	p->waiting++;
	pump(p);
}

static void procs_cancel(struct stage *stage, struct job *job)
{
	struct procs *p = (struct procs *)stage;

	if (job_list_take(&p->todo, job)) {
		p->waiting--;
		return_cancelled(p, job);
		return;
	}
	for (unsigned i = 0; i < p->started; i++)
		if (child_cancel(p->children[i], job))
			return;
}

static void procs_close(struct stage *stage)
{
	struct procs *p = (struct procs *)stage;

	assert(!stage->jobs);
	loop_set_timer(p->loop, &p->give_back_timer, MSEC_NEVER);
	loop_set_timer(p->loop, &p->retry, MSEC_NEVER);
	zygote_detach(p->zygote);
	stage_close(p->inline_stage);
	while (p->started)
		child_close(p->children[--p->started]);
	free(p->children);
	free(p);
}

static const struct stage_ops procs_ops = {
	.name = "procs",
	.submit = procs_submit,
	.cancel = procs_cancel,
	.close = procs_close,
};

struct stage *procs_open(struct loop *loop, struct zygote *zygote,
			 unsigned workers, msec timeout)
{
	struct procs *p = xcalloc(1, sizeof(*p));

	assert(workers);
	p->stage.ops = &procs_ops;
	p->loop = loop;
	p->zygote = zygote;
	p->timeout = timeout;
	p->limit = workers;
	TAILQ_INIT(&p->todo);
	TAILQ_INIT(&p->done);
	p->give_back_timer = (struct loop_timer){.on_due = on_give_back,
						 .ctx = p};
	p->retry = (struct loop_timer){.on_due = on_retry, .ctx = p};
	if (zygote_attach(zygote, loop, on_zygote, p)) {
		free(p);
		return NULL;
	}
	p->paused = !zygote_is_up(zygote);
	p->children = xcalloc(workers, sizeof(struct child *));
	p->inline_stage = inline_open(loop, zygote_work(zygote),
				      zygote_task(zygote)->config);
	stage_set_on_done(p->inline_stage, on_inline_done, p);
	return &p->stage;
}
