/*
 * Work in processes: killable, with an end to their memory, in a sandbox.
 *
 * As fast as threads and never faster; what it buys is that a page that
 * crashes the parser, keeps it busy for ever or takes all memory costs one
 * record.
 *
 * DESIGN
 * Jobs wait here. A process is handed one to do and, when none is idle, a few
 * more to go on with: the answer and the next page take 40 us to cross, half a
 * small page, and the loop may have to wait for a processor first (with one job
 * ahead, 10 % fewer pages a second). Only a few, because they wait behind a
 * slow one while another process may be idle by then.
 *
 * When a process ends, the job it was at is lost. The others have not been
 * looked at, and go back to the head of the line; a job that was handed over
 * several times and never begun, as it seems, is not believed any more.
 *
 * Processes that end before they are ready, and orders that the zygote refuses,
 * are followed by a pause that doubles. When jobs have waited for some seconds
 * and no attempt has brought a process that is ready, they come back with an
 * error; the attempts go on. Seconds, not a number of attempts: somebody may be
 * killing them as fast as they come.
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
	AHEAD_JOBS = 8,		/* with a process, the one it is at included */
	AHEAD_BYTES = 512 << 10, /* unless they are two */
	MAX_TRIES = 3,
};
static const msec longest_pause = 1000;

/* Of failures and nothing else. */
static const msec hopeless_after = 5e3;

struct procs {
	struct stage stage;
	struct loop *loop;
	struct zygote *zygote;
	struct stage *here;	/* inline: records of what was lost */
	msec timeout;
	uint64_t seq;		/* of the last job */

	struct job_list todo;
	size_t waiting;		/* in there */
	struct job_list done;	/* to be given back at the end of the turn */
	struct loop_timer turn;	/* asked for by submit and cancel */

	struct child **children;
	unsigned limit, started;
	unsigned starting;	/* of those started: have not said hello */
	unsigned failures;	/* to start one, in a row, while jobs wait */
	msec failing_since;	/* the first of them */
	struct loop_timer retry; /* starting is paused while it is set */
	bool paused;
	bool hopeless;
	bool said_no_sandbox;
};

static void release_errand(struct job *job)
{
	free(job->stage_data);
	job->stage_data = NULL;
}

/* Last thing in an event: the stage may be closed by the last job. */
static void give_back(struct procs *p)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&p->done))) {
		const bool last = p->stage.jobs == 1;

		TAILQ_REMOVE(&p->done, job, link);
		release_errand(job);
		stage_return(&p->stage, job);
		if (last)
			return;
	}
}

static void on_here_done(void *ctx, struct job *job)
{
	struct procs *p = ctx;

	stage_return(&p->stage, job);
}

/* It has an error: the work has nothing to do but its record. */
static void lose(struct procs *p, struct job *job)
{
	release_errand(job);
	stage_submit(p->here, job);
}

static void return_cancelled(struct procs *p, struct job *job)
{
	job_fail(job, ERR_CANCELLED, "cancelled");
	TAILQ_INSERT_TAIL(&p->done, job, link);
	loop_set_timer(p->loop, &p->turn, loop_now(p->loop));
}

static void put_first(struct procs *p, struct job *job)
{
	TAILQ_INSERT_HEAD(&p->todo, job, link);
	p->waiting++;
}

/* Its oldest job, lost or not begun. */
static void settle_oldest(struct procs *p, const struct child *c,
			  struct job *job)
{
	const struct child_job *e = child_job_of(job);

	if (e->cancelled) {
		return_cancelled(p, job);
	} else if (child_current(c, job) || e->tries >= MAX_TRIES) {
		child_fail_job(c, job);
		lose(p, job);
	} else {
		put_first(p, job);
	}
}

static void take_jobs_back(struct procs *p, struct child *c)
{
	struct job *oldest = TAILQ_FIRST(&c->jobs), *job;

	while ((job = TAILQ_LAST(&c->jobs, job_list)) != oldest) {
		TAILQ_REMOVE(&c->jobs, job, link);
		/* That one was not the job's fault. */
		child_job_of(job)->tries--;
		if (child_job_of(job)->cancelled)
			return_cancelled(p, job);
		else
			put_first(p, job);
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
	if (!p->failures || now < p->failing_since + hopeless_after)
		return;
	if (!p->hopeless)
		log_warn("no process to parse in can be started: %s", why);
	p->hopeless = true;
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
	log_debug("a process that parsed has ended (%s %d)",
		  WIFSIGNALED(c->status) ? "signal" : "exit",
		  WIFSIGNALED(c->status) ? WTERMSIG(c->status)
					 : WEXITSTATUS(c->status));
	if (!c->ready) {
		p->starting--;
		count_failure(p, c->sandbox ? "it cannot enter its sandbox"
					    : "it ends at once");
		pause_starting(p);
	}
	take_jobs_back(p, c);
	forget_child(p, c);
}

static void on_hello(struct procs *p, const struct child *c)
{
	p->starting--;
	p->failures = 0;
	p->hopeless = false;
	if (c->sandbox <= 0 || p->said_no_sandbox)
		return;
	p->said_no_sandbox = true;
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

static void start_one(struct procs *p)
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
		p->paused = true;	/* until on_zygote */
	}
}

static bool has_room(const struct child *c, const struct job *job, bool ahead)
{
	if (!c->ready || !ahead)
		return c->ready && !c->count;
	return c->count < 2 || (c->count < AHEAD_JOBS &&
				c->bytes + job->res.body.len <= AHEAD_BYTES);
}

/* The one with the fewest jobs. A walk: there are about as many as processors.
 */
static struct child *choose(const struct procs *p, const struct job *job,
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

static void hand_over(struct procs *p, bool ahead)
{
	struct job *job;
	struct child *c;

	while ((job = TAILQ_FIRST(&p->todo)) && (c = choose(p, job, ahead))) {
		TAILQ_REMOVE(&p->todo, job, link);
		p->waiting--;
		child_submit(c, job);
	}
}

static void despair(struct procs *p)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&p->todo))) {
		TAILQ_REMOVE(&p->todo, job, link);
		p->waiting--;
		job_fail(job, ERR_INTERNAL,
			 "no process to parse in could be started");
		lose(p, job);
	}
}

static void pump(struct procs *p)
{
	child_grant_all(p->children, p->started);
	hand_over(p, false);
	while (may_start(p))
		start_one(p);
	hand_over(p, true);
	if (!p->started && p->hopeless)
		despair(p);
}

static void on_zygote(void *ctx)
{
	struct procs *p = ctx;

	if (zygote_is_up(p->zygote))
		p->paused = false;
	else
		count_failure(p, "what makes them ends at once");
	pump(p);
}

static void on_retry(void *ctx, msec now)
{
	struct procs *p = ctx;

	(void)now;
	p->paused = false;
	pump(p);
}

static void on_turn(void *ctx, msec now)
{
	(void)now;
	give_back(ctx);
}

static void procs_submit(struct stage *stage, struct job *job)
{
	struct procs *p = (struct procs *)stage;
	struct child_job *e;

	/* There is nothing to read. */
	if (job->err) {
		stage_submit(p->here, job);
		return;
	}
	e = xcalloc(1, sizeof(*e));
	e->seq = ++p->seq;
	job->stage_data = e;
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
	loop_set_timer(p->loop, &p->turn, MSEC_NEVER);
	loop_set_timer(p->loop, &p->retry, MSEC_NEVER);
	zygote_detach(p->zygote);
	stage_close(p->here);
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
	p->turn = (struct loop_timer){.on_due = on_turn, .ctx = p};
	p->retry = (struct loop_timer){.on_due = on_retry, .ctx = p};
	if (zygote_attach(zygote, loop, on_zygote, p)) {
		free(p);
		return NULL;
	}
	p->paused = !zygote_is_up(zygote);
	p->children = xcalloc(workers, sizeof(struct child *));
	p->here = inline_open(loop, zygote_work(zygote),
			      zygote_task(zygote)->config);
	stage_set_on_done(p->here, on_here_done, p);
	return &p->stage;
}
