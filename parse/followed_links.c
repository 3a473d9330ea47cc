/* The objects in the page's data are those of the items, in the same order, so
 * each link gets the values of the item that contains it. */
#include "parse/followed_links.h"

#include <string.h>

#include "base/json/compact.h"
#include "base/memory_budget.h"
#include "parse/crawl_links.h"
#include "parse/extract/role_links.h"

/* Maximum bytes of the list of links for a link to carry fields; once the list
 * is longer, links are added without fields. */
enum { CARRIED_MAX_PAGE = LINK_LIST_MAX_BYTES / 2 };

/* State while the links of a page are written. */
struct writing {
	const struct role_page *page;
	const struct role *role;
	struct link_writer writer;
	bool html;
	bool page_nofollow;
	/* The fields that the last link carries. They are kept, because most
	 * links of a page, or of an item, carry the same fields. */
	struct buf carried;
	bool is_complete;
	unsigned last_to;	/* role and item of the last link */
	size_t last_item;
	bool has_last;
	/* Position in the page's data: number of an item, offset of its end,
	 * and its object. */
	size_t item, at;
	struct slice object;
};

/* Returns the object of the item in the page's data; empty if the data ends
 * before it. */
static struct slice object_of_item(struct writing *w, size_t item)
{
	struct slice name;

	if (item < w->item || !w->at) {
		w->item = w->at = 0;
		if (!json_next(w->page->data, &w->at, &name, &w->object))
			w->object = (struct slice){0};
	}
	while (w->item < item) {
		w->item++;
		if (!json_next(w->page->data, &w->at, &name, &w->object))
			w->object = (struct slice){0};
	}
	return w->object;
}

/* Returns the extracted values of the item that contains the link, or of the
 * page if it has no items. */
static struct slice own_values(struct writing *w, const struct role_link *link)
{
	const struct slice data = w->page->data;

	if (!data.len || data.p[0] == '{')
		return data;
	return link->item == ROLE_NO_ITEM ? (struct slice){0}
					  : object_of_item(w, link->item);
}

/* Fills w->carried with the fields that the link carries. */
static void make_carried(struct writing *w, const struct role_link *link)
{
	if (w->has_last && w->last_to == link->to &&
	    w->last_item == link->item)
		return;
	w->has_last = true;
	w->last_to = link->to;
	w->last_item = link->item;
	buf_clear(&w->carried);
	w->is_complete = role_add_carried(&w->carried, w->role,
					  &w->page->roles->list[link->to],
					  own_values(w, link),
					  w->page->brought);
}

static bool on_link(void *ctx, const struct role_link *link)
{
	struct writing *w = ctx;
	bool is_full;

	make_carried(w, link);
	/* A link is more important than the fields that it carries. */
	is_full = w->carried.len && w->writer.list->len > CARRIED_MAX_PAGE;
	return link_writer_add(&w->writer, link->url, &(struct page_link){
		.role = link->to,
		.carried = is_full ? (struct slice){0} : slice_of(&w->carried),
		.is_cut = is_full || !w->is_complete,
		.nofollow = w->page_nofollow ||
			    (w->html && crawl_links_is_nofollow(link->element)),
	}) && !memory_limit_reached();
}

struct role_page role_page_of(const struct parse_config *config,
			      const struct job *job)
{
	const char *carried = job->req.carried;

	return (struct role_page){
		.roles = config->roles,
		.role = job->req.role,
		.schema = parse_config_schema(config, job),
		.agent = config->crawl_agent,
		.brought = {carried, carried ? strlen(carried) : 0},
	};
}

bool role_page_has_links(const struct parse_config *config,
			 const struct job *job)
{
	return config->roles &&
	       config->roles->list[job->req.role].follow_count;
}

const char *followed_links_read(struct buf *list, xmlDoc *doc, bool html,
				const struct url *base,
				const struct role_page *page)
{
	struct writing w = {
		.page = page,
		.role = &page->roles->list[page->role],
		.writer = {.list = list, .base = base},
		.html = html,
		.page_nofollow = html &&
				 crawl_links_is_nofollow_page(doc,
							      page->agent),
	};
	const char *why = role_links_find(w.role, page->role, page->schema,
					  doc, html, on_link, &w);

	buf_release(&w.carried);
	return why;
}
