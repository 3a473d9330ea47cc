/* A commit waits for the disk, in the thread of the frontier. If the next
 * commit is due before it has ended, no more requests are started, because they
 * would have to be repeated if the program were killed. */
#include "cmd/crawl/commits.h"

#include "base/log.h"
#include "cmd/crawl/notes.h"

#define COMMIT 200.0	/* interval between commits, in msec */
enum { COMMIT_PAGES = 1000 };

void commits_fail(struct crawl *c)
{
	const char *why = frontier_error(c->frontier);

	if (!c->failed && why && c->state.folder)
		log_fatal("the state in %.500s cannot be written: %s",
			  c->state.folder, why);
	else if (!c->failed && why)
		log_fatal("the crawl cannot go on: %s", why);
	c->failed = true;
	c->session.stopping = true;
	engine_stop(c->engine);
}

static void commit(struct crawl *c)
{
	loop_set_timer(c->session.loop, &c->commit, MSEC_NEVER);
	c->is_behind = frontier_is_committing(c->frontier);
	if (c->failed || c->is_behind)
		return;
	if (!state_can_commit(&c->state, c->session.output)) {
		loop_set_timer(c->session.loop, &c->commit,
			       loop_now(c->session.loop) + COMMIT);
		return;
	}
	c->uncommitted = 0;
	skipped_flush(&c->skipped);
	notes_keep(c, NULL);
	state_commit(&c->state, c->frontier, c->session.output);
}

static void on_commit_due(void *ctx, msec now)
{
	(void)now;
	commit(ctx);
}

/* Called when frontier_fd() is readable. */
static void on_frontier(void *ctx, int fd, int events)
{
	struct crawl *c = ctx;

	(void)fd;
	(void)events;
	frontier_receive(c->frontier);
	if (frontier_has_failed(c->frontier))
		commits_fail(c);
	if (c->is_behind && !frontier_is_committing(c->frontier))
		commit(c);
	engine_wake(c->engine);
}

int commits_open(struct crawl *c)
{
	c->state.length = frontier_output(c->frontier).length;
	c->commit = (struct loop_timer){.on_due = on_commit_due, .ctx = c};
	return loop_watch(c->session.loop, frontier_fd(c->frontier), LOOP_READ,
			  on_frontier, c);
}

void commits_close(struct crawl *c)
{
	loop_set_timer(c->session.loop, &c->commit, MSEC_NEVER);
	loop_unwatch(c->session.loop, frontier_fd(c->frontier));
	frontier_wait(c->frontier);
}

bool commits_are_behind(const struct crawl *c)
{
	return c->is_behind || frontier_is_full(c->frontier);
}

void commits_note_change(struct crawl *c)
{
	if (!c->state.folder)
		return;
	if (!c->uncommitted++)
		loop_set_timer(c->session.loop, &c->commit,
			       loop_now(c->session.loop) + COMMIT);
	/* Later pages need not try again: the timer does. */
	if (c->uncommitted == COMMIT_PAGES)
		commit(c);
}
