#include "cmd/crawl/commits.h"

#include "base/log.h"
#include "cmd/crawl/notes.h"

#define COMMIT 200.0	/* msec */
enum { COMMIT_PAGES = 1000 };

void commits_fail(struct crawl *c)
{
	if (!c->failed && frontier_error(c->frontier))
		log_fatal("the crawl cannot go on: %s",
			  frontier_error(c->frontier));
	c->failed = true;
	c->session.stopping = true;
	engine_stop(c->engine);
}

static void commit(struct crawl *c)
{
	if (!state_can_commit(&c->state, c->session.output)) {
		loop_set_timer(c->session.loop, &c->commit,
			       loop_now(c->session.loop) + COMMIT);
		return;
	}
	c->uncommitted = 0;
	loop_set_timer(c->session.loop, &c->commit, MSEC_NEVER);
	notes_keep(c, NULL);
	if (!c->failed && state_commit(&c->state, c->frontier,
				       c->session.output)) {
		c->failed = true;
		commits_fail(c);
	}
}

static void on_commit_due(void *ctx, msec now)
{
	(void)now;
	commit(ctx);
}

void commits_begin(struct crawl *c)
{
	c->commit = (struct loop_timer){.on_due = on_commit_due, .ctx = c};
}

void commits_note_change(struct crawl *c)
{
	if (!c->state.folder)
		return;
	if (!c->uncommitted++)
		loop_set_timer(c->session.loop, &c->commit,
			       loop_now(c->session.loop) + COMMIT);
	if (c->uncommitted >= COMMIT_PAGES)
		commit(c);
}
