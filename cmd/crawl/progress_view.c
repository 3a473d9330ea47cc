#include "cmd/crawl/progress_view.h"

#include "cmd/crawl/notes.h"

static void fill(void *ctx, struct progress_line_view *view, struct buf *hold)
{
	struct crawl *c = ctx;

	engine_add_hold(c->engine, hold);
	buf_clear(&c->left_out);
	skipped_add_counts(&c->skipped, &c->left_out);
	c->view = (struct progress_line_crawl){
		.done = frontier_pages_done(c->frontier),
		.waiting = notes_waiting(c),
		.hosts = frontier_hosts(c->frontier),
		.skipped = buf_cstr(&c->left_out),
	};
	view->in_flight = engine_in_flight(c->engine);
	view->crawl = &c->view;
}

void progress_view_begin(struct crawl *c)
{
	progress_set_source(c->session.progress, fill, c);
}
