/* The functions of a frontier that only call its store or other functions. */
#include "crawl/frontier.h"

int frontier_keep_number(struct frontier *f, const char *name, uint64_t number)
{
	return store_keep_number(frontier_store(f), name, number);
}

bool frontier_knows(struct frontier *f, struct slice href)
{
	return frontier_has_fingerprint(f, frontier_look_up(f, href, false));
}

bool frontier_is_resumed(const struct frontier *f)
{
	return store_has_crawl(frontier_store(f));
}

int frontier_add_move(struct frontier *f, struct slice href)
{
	return store_add_move(frontier_store(f), href);
}

int frontier_each_move(struct frontier *f,
		       void (*each)(void *ctx, const char *href), void *ctx)
{
	return store_each_move(frontier_store(f), each, ctx);
}

int frontier_add_sitemap(struct frontier *f, const struct store_sitemap *s)
{
	return store_add_sitemap(frontier_store(f), s);
}

int frontier_sitemap_done(struct frontier *f, uint64_t number)
{
	return store_set_sitemap_done(frontier_store(f), number);
}

int frontier_each_sitemap(struct frontier *f,
			  void (*each)(void *ctx, const struct store_sitemap *),
			  void *ctx)
{
	return store_each_sitemap(frontier_store(f), each, ctx);
}

int frontier_set_notes(struct frontier *f, const char *json)
{
	return store_set_notes(frontier_store(f), json);
}

char *frontier_notes(struct frontier *f)
{
	return store_notes(frontier_store(f));
}

int frontier_repeat(struct frontier *f, uint64_t index,
		    enum page_outcome was)
{
	return store_repeat(frontier_store(f), index, was);
}

struct database *frontier_database(struct frontier *f)
{
	return store_database(frontier_store(f));
}

int frontier_add_text(struct frontier *f, const struct store_text *text)
{
	return store_add_text(frontier_store(f), text);
}

int frontier_each_text(struct frontier *f, store_text_each *each, void *ctx)
{
	return store_each_text(frontier_store(f), each, ctx);
}

int frontier_forget_texts(struct frontier *f)
{
	return store_forget_texts(frontier_store(f));
}

int frontier_add_failure(struct frontier *f,
			 const struct store_failure *failure)
{
	return store_add_failure(frontier_store(f), failure);
}

int frontier_each_failure(struct frontier *f,
			  void (*each)(void *ctx,
				       const struct store_failure *failure),
			  void *ctx)
{
	return store_each_failure(frontier_store(f), each, ctx);
}

struct store_output frontier_output(const struct frontier *f)
{
	return store_output(frontier_store(f));
}

int frontier_fd(const struct frontier *f)
{
	return task_queue_fd(store_queue(frontier_store(f)));
}

bool frontier_is_full(const struct frontier *f)
{
	return task_queue_is_full(store_queue(frontier_store(f)));
}

void frontier_receive(struct frontier *f)
{
	task_queue_receive(store_queue(frontier_store(f)));
}

void frontier_wait(struct frontier *f)
{
	task_queue_wait(store_queue(frontier_store(f)));
	frontier_receive(f);
}
