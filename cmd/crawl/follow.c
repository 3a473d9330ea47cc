/* Checks links, the cheapest check first: most links of a page are known
 * already. */
#include "cmd/crawl/follow.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/job/link_header.h"
#include "base/mem.h"
#include "cmd/crawl/map.h"
#include "cmd/crawl/page_roles.h"
#include "crawl/link_list.h"
#include "crawl/robots_tag.h"
#include "crawl/traps/trap.h"

/* Number of links that are looked up at the same time. */
enum { LOOKED_UP = 16 };

struct looked_up {
	struct page_link link;
	uint64_t fingerprint;
};

/* Returns why a new URL is left out; SKIP_REASONS: the URL is in the crawl. */
static enum skip_reason reason_to_skip(const struct follow *f,
				       const struct url *url, unsigned level)
{
	if (!url_scheme_is(url, "http") && !url_scheme_is(url, "https"))
		return SKIP_SCHEME;
	if (scope_check(f->scope, url) != SCOPE_IN)
		return SKIP_SCOPE;
	if (!shard_has(f->shard, url))
		return SKIP_SHARD;
	if (trap_is_too_long(url))
		return SKIP_TOO_LONG;
	if (traps_leave_out(f->traps, url))
		return SKIP_TRAP;
	return level > f->options->level ? SKIP_LEVEL : SKIP_REASONS;
}

int follow_add(const struct follow *f, const struct url *url,
	       const struct frontier_page *page)
{
	const int added = frontier_add(f->frontier, url, page);

	if (added == 1 && f->map && page->level)
		map_put(f->map, f->roles, frontier_pages(f->frontier) - 1,
			url->href, page);
	return added;
}

/* Adds a link whose URL is not known yet. */
static int add_link(const struct follow *f, const struct url *url,
		    const struct page_link *link,
		    const struct frontier_page *from, const struct job *job)
{
	const unsigned level = from->level + 1;
	const enum skip_reason reason = reason_to_skip(f, url, level);
	const bool same_origin = url_same_origin(url, &job->hop.url);
	struct frontier_page page;
	int result;

	if (reason < SKIP_REASONS) {
		skipped_add(f->skipped, (struct slice){url->href, url->len},
			    job->res.final_url, reason);
		/* Do not make the URL known: a page nearer to a seed may have
		 * the same link. */
		return reason == SKIP_LEVEL ? 0 : frontier_ignore(f->frontier,
			(struct slice){url->href, url->len});
	}
	page = (struct frontier_page){
		.level = level,
		.via = job->res.final_url,
		.id = from->id,
		.from_public = job->res.from_public,
		.no_credentials = !same_origin || job->hop.no_credentials,
	};
	if (!page_roles_set(&page, f->roles, link))
		return 0;
	if (link->is_cut)
		skipped_add_cut(f->skipped, job->res.final_url);
	result = follow_add(f, url, &page);
	free(page.carried);
	return result;
}

/* Follows a link that is not known. */
static int follow_link(const struct follow *f, const struct page_link *link,
		       const struct frontier_page *from, const struct job *job)
{
	struct url url;
	int result;

	if (from->is_soft_404) {
		skipped_add(f->skipped, link->url, job->res.final_url,
			    SKIP_SOFT_404);
		return 0;
	}
	if (link->nofollow && !f->options->ignore_nofollow) {
		skipped_add(f->skipped, link->url, job->res.final_url,
			    SKIP_NOFOLLOW);
		return 0;
	}
	if (url_parse(&url, link->url.p, link->url.len, NULL))
		return 0;
	url_drop_login(&url);
	result = add_link(f, &url, link, from, job);
	url_release(&url);
	return result < 0 ? -1 : 0;
}

/* Follows the headers "Link: <URL>; rel=next", unless roles define which links
 * are followed. */
static int follow_link_headers(const struct follow *f, const struct job *job,
			       const struct frontier_page *page, bool nofollow)
{
	struct slice value, target;
	struct buf href = {0};
	size_t at = 0;
	int result = 0;

	while (!result && !f->roles &&
	       headers_find(&job->res.headers, &at, "link", &value)) {
		if (!link_header_find(value, "next", &target))
			continue;
		buf_clear(&href);
		if (url_resolve(&href, target.p, target.len, &job->hop.url))
			continue;
		href.len = strcspn(buf_cstr(&href), "#");
		if (frontier_knows(f->frontier, slice_of(&href)))
			continue;
		result = follow_link(f, &(struct page_link){
			.url = slice_of(&href),
			.nofollow = nofollow,
		}, page, job);
	}
	buf_release(&href);
	return result;
}

/* Reads the next links of the list, so that their look-ups run at the same
 * time. Returns their number; 0: none is left. */
static unsigned read_links(const struct follow *f, struct slice list,
			   size_t *at, struct looked_up *links)
{
	unsigned n = 0;

	while (n < LOOKED_UP && link_list_next(list, at, &links[n].link)) {
		links[n].fingerprint = frontier_look_up(f->frontier,
			links[n].link.url, links[n].link.is_plain);
		n++;
	}
	return n;
}

/* Handles links of a page. Returns 1 after the end mark of a list that became
 * full, and -1 after an error. */
static int take_links(const struct follow *f, struct looked_up *links,
		      unsigned n, bool all_nofollow, const struct job *job,
		      const struct frontier_page *page)
{
	for (unsigned i = 0; i < n; i++) {
		struct page_link *link = &links[i].link;

		if (!link->url.len) {
			skipped_note_full(f->skipped, job->res.final_url);
			return 1;
		}
		page_links_note_link(f->seen, page->role, link->role);
		link->nofollow |= all_nofollow;
		if (!frontier_has_fingerprint(f->frontier,
					      links[i].fingerprint) &&
		    follow_link(f, link, page, job))
			return -1;
	}
	return 0;
}

int follow_links(const struct follow *f, const struct job *job,
		 const struct frontier_page *page)
{
	const bool all_nofollow = !f->options->ignore_nofollow &&
		robots_tags_are_nofollow(&job->res.headers, f->options->agent);
	struct looked_up links[LOOKED_UP];
	size_t at = 0;
	int result = 0;
	unsigned n;

	if (f->options->scope == SCOPE_PAGE && !f->options->domains.len)
		return 0;
	if (follow_link_headers(f, job, page, all_nofollow))
		return -1;
	/* The links of pages at the last level are not needed. */
	if (page->level < f->options->level)
		page_links_note_page(f->seen, page->role);
	while (!result && (n = read_links(f, slice_of(&job->links), &at,
					  links)))
		result = take_links(f, links, n, all_nofollow, job, page);
	return result < 0 ? -1 : 0;
}

/* Leaves out the URL of a sitemap's entry. */
static int refuse_entry(const struct follow *f, struct slice href,
			const char *via, enum skip_reason reason)
{
	if (reason == SKIP_SCOPE || reason == SKIP_SCHEME)
		return 0;
	skipped_add(f->skipped, href, via, reason);
	return reason == SKIP_LEVEL ? 0 : frontier_ignore(f->frontier, href);
}

/* Adds the URL of a sitemap's entry. lastmod: the entry's date, or NULL. */
static int add_entry(const struct follow *f, const struct url *url,
		     const struct sitemap_entry *entry, char *lastmod,
		     const struct entry_source *from, enum skip_reason *reason)
{
	const struct slice href = {url->href, url->len};

	if (frontier_knows(f->frontier, href))
		return lastmod || entry->priority
			       ? frontier_date(f->frontier, url, lastmod,
					       entry->priority) : 0;
	*reason = reason_to_skip(f, url, 1);
	if (*reason < SKIP_REASONS)
		return refuse_entry(f, href, from->via, *reason);
	return follow_add(f, url, &(struct frontier_page){
		.level = 1,
		.priority = entry->priority,
		.via = (char *)from->via,
		.lastmod = lastmod,
		.id = (char *)from->id,
		.from_public = from->from_public,
		.no_credentials = from->no_credentials ||
				  !url_same_origin(url, from->url),
		.is_dated = true,
	}) < 0 ? -1 : 0;
}

int follow_entry(const struct follow *f, const struct sitemap_entry *entry,
		 const struct entry_source *from, enum skip_reason *reason)
{
	struct url url;
	char *lastmod;
	int result;

	if (url_parse(&url, entry->url.p, entry->url.len, NULL))
		return 0;
	url_set_fragment(&url, NULL, 0);
	url_drop_login(&url);
	lastmod = entry->lastmod.len ? xmemdup(entry->lastmod.p,
					       entry->lastmod.len) : NULL;
	result = add_entry(f, &url, entry, lastmod, from, reason);
	free(lastmod);
	url_release(&url);
	return result;
}

int follow_again(const struct follow *f, const struct previous_good *was)
{
	struct url url;
	int result = 0;

	if (url_parse(&url, was->url, strlen(was->url), NULL))
		return 0;
	if (reason_to_skip(f, &url, was->level) == SKIP_REASONS)
		result = follow_add(f, &url, &(struct frontier_page){
			.level = was->level,
			.role = was->role,
			.via = (char *)was->via,
			.id = (char *)was->id,
			.from_public = was->from_public,
			.no_credentials = was->no_credentials,
		});
	url_release(&url);
	return result;
}

/* Extends the scope if a seed has redirected to its https or "www." form. */
static void follow_move(const struct follow *f, const struct url *from,
			const struct url *to)
{
	if (!scope_moves(from, to) || scope_check(f->scope, to) == SCOPE_IN)
		return;
	scope_add_seed(f->scope, to);
	/* Errors of the frontier are handled at the next page. */
	(void)frontier_add_move(f->frontier,
				(struct slice){to->href, to->len});
}

/* Counts the redirect from a page to a URL. Returns true if it is one of a
 * chain that is too long. A URL that is known already, as the target of a link,
 * begins a chain of its own, whichever of the two is answered first. */
static bool is_too_far(const struct follow *f, const char *from,
		       const struct url *to)
{
	const struct slice target = {to->href, to->len};
	unsigned long redirects = 0;

	digest_set_add(f->redirects, (struct slice){from, strlen(from)},
		       &redirects);
	if (redirects++ >= f->max_redirs)
		return true;
	if (!frontier_knows(f->frontier, target))
		digest_set_add(f->redirects, target, &redirects);
	return false;
}

int follow_target(const struct follow *f, const struct job *job,
		  const struct frontier_page *page, const struct url *to)
{
	enum skip_reason reason;

	if (page->level == 0)
		follow_move(f, &job->hop.url, to);
	reason = reason_to_skip(f, to, page->level);
	if (reason == SKIP_REASONS && is_too_far(f, page->url, to))
		reason = SKIP_TRAP;
	if (reason < SKIP_REASONS) {
		skipped_add(f->skipped, (struct slice){to->href, to->len},
			    job->hop.url.href, reason);
		return 0;
	}
	return follow_add(f, to, &(struct frontier_page){
		.level = page->level,
		.priority = page->priority,
		.role = page->role,
		.carried = page->carried,
		.via = job->hop.url.href,
		.id = page->id,
		.from_public = job->hop.from_public || job->res.from_public,
		.no_credentials = job->hop.no_credentials ||
				  !url_same_origin(to, &job->hop.url),
	}) < 0 ? -1 : 0;
}

bool follow_redirect(const struct follow *f, const struct job *job,
		     struct frontier_page *page, const struct url *to)
{
	char *plain;
	int result;

	if (trap_is_too_long(to))
		return false;
	if (page->level == 0)
		follow_move(f, &job->hop.url, to);
	/* A seed may redirect to any URL of this machine's shard. */
	else if (scope_check(f->scope, to) != SCOPE_IN)
		return false;
	if (!shard_has(f->shard, to)) {
		skipped_add(f->skipped, (struct slice){to->href, to->len},
			    job->hop.url.href, SKIP_SHARD);
		return false;
	}
	plain = url_plain(to);
	result = frontier_claim(f->frontier, page,
				(struct slice){plain, strlen(plain)});
	free(plain);
	return result == 1;
}
