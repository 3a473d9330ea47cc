#include "cmd/crawl/progress_view.h"

#include "cmd/crawl/notes.h"

static void fill(void *ctx, struct progress_line_crawl *view)
{
	struct crawl *c = ctx;

	buf_clear(&c->hold);
	buf_clear(&c->left_out);
	engine_add_hold(c->engine, &c->hold);
	skipped_add_counts(&c->skipped, &c->left_out);
	*view = (struct progress_line_crawl){
		.done = frontier_pages_done(c->frontier),
		.waiting = notes_waiting(c),
		.hosts = frontier_hosts(c->frontier),
		.hold = buf_cstr(&c->hold),
		.skipped = buf_cstr(&c->left_out),
	};
}

void progress_view_begin(struct crawl *c)
{
	progress_set_crawl(c->session.progress, fill, c);
}
