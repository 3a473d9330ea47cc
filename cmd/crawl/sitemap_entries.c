#include "cmd/crawl/sitemap_entries.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/sitemap/sitemap_list.h"

struct sitemap_entries *sitemap_entries_new(struct job *job, const char *id)
{
	const struct url *url = &job->hop.url;
	struct sitemap_entries *e = xcalloc(1, sizeof(*e));

	e->list = job->links;
	job->links = (struct buf){0};
	e->via = job->res.final_url ? xstrdup(job->res.final_url)
				    : xmemdup(url->href, url->len);
	/* No error is possible: the text was written by the parser. */
	(void)url_parse(&e->base, url->href, url->len, NULL);
	e->id = id;
	e->from_public = job->res.from_public;
	e->no_credentials = job->hop.no_credentials;
	return e;
}

void sitemap_entries_free(struct sitemap_entries *e)
{
	if (!e)
		return;
	buf_release(&e->list);
	url_release(&e->base);
	free(e->via);
	free(e);
}

static int take_page(struct sitemap_entries *e, const struct follow *f,
		     const struct sitemap_entry *entry)
{
	const uint64_t known = frontier_pages(f->frontier);
	enum skip_reason reason = SKIP_REASONS;

	if (follow_entry(f, entry, &(struct entry_source){
		.via = e->via,
		.url = &e->base,
		.id = e->id,
		.from_public = e->from_public,
		.no_credentials = e->no_credentials,
	}, &reason))
		return -1;
	e->counts.entries++;
	e->counts.pages += frontier_pages(f->frontier) - known;
	if (reason < SKIP_REASONS)
		e->counts.refused[reason]++;
	return 0;
}

int sitemap_entries_take(struct sitemap_entries *e, const struct follow *f,
			 unsigned most,
			 void (*on_child)(void *ctx, struct sitemap_entries *e,
					  const struct sitemap_entry *entry),
			 void *ctx)
{
	struct sitemap_entry entry;

	while (most--) {
		if (!sitemap_list_next(slice_of(&e->list), &e->at, &entry))
			return 0;
		if (entry.is_sitemap)
			on_child(ctx, e, &entry);
		else if (take_page(e, f, &entry))
			return -1;
	}
	return 1;
}
