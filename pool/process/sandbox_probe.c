/* Starts one worker to check whether it can enter its sandbox. Uses an event
 * loop of its own, because nothing else may run before the result is known. */
#include <errno.h>

#include "pool/loop.h"
#include "pool/process/child.h"
#include "pool/process/stage.h"
#include "pool/process/zygote.h"

/* Time limit in msec. It is long, because sanitizers start slowly and a new
 * zygote may have to be started, too. */
static const msec within = 60e3;

struct probe {
	struct loop *loop;
	struct child *child;
	bool has_ended;
};

static void on_zygote(void *ctx)
{
	(void)ctx;
}

static void on_child(void *ctx, int fd, int events)
{
	struct child *c = ctx;
	struct probe *p = c->owner;
	struct job_list done = TAILQ_HEAD_INITIALIZER(done);

	(void)fd;
	if (!child_on_event(c, events, &done))
		p->has_ended = true;
}

static int wait_for_hello(struct probe *p, struct zygote *zygote)
{
	const msec end = clock_now() + within;

	while (!zygote_is_up(zygote) && clock_now() < end)
		loop_step(p->loop, end);
	p->child = child_open(&(struct child_config){
		.loop = p->loop,
		.zygote = zygote,
		.timeout = MSEC_NEVER,
		.fn = on_child,
		.owner = p,
	});
	if (!p->child)
		return errno;
	while (!p->child->ready && !p->has_ended && clock_now() < end)
		loop_step(p->loop, end);
	if (p->child->sandbox)
		return p->child->sandbox;
	return p->child->ready ? 0 : ECHILD;
}

int procs_probe_sandbox(struct zygote *zygote)
{
	struct probe p = {.loop = loop_open(LOOP_EPOLL)};
	int error;

	if (!p.loop)
		return errno;
	error = zygote_attach(zygote, p.loop, on_zygote, NULL) ? errno : 0;
	if (!error) {
		error = wait_for_hello(&p, zygote);
		child_close(p.child);
		zygote_detach(zygote);
	}
	loop_close(p.loop);
	return error;
}
