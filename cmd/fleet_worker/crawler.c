#include "cmd/fleet_worker/crawler.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/job/link_header.h"
#include "base/mem.h"
#include "cmd/crawl/page_job.h"
#include "cmd/fleet_worker/item.h"
#include "cmd/fleet_worker/packing.h"
#include "cmd/fleet_worker/seeds.h"
#include "crawl/link_list.h"
#include "crawl/robots_tag.h"
#include "crawl/scope.h"
#include "crawl/traps/trap.h"
#include "crawl/url_key.h"
#include "fetch/fetch.h"

/* Size of the hash table of links that were sent lately, by fingerprint (512
 * KB). A link in the table is not sent again. A new link overwrites the one
 * that has the same slot. */
enum { SENT = 1 << 16 };

struct crawler {
	const struct options *options;
	struct scope *scope;
	uint64_t secret;
	uint64_t sent[SENT];
	struct buf key;		/* scratch */
	struct buf packed;	/* options of the job */
};

/* State of a page of a crawl. It travels with the URL of the page. */
struct fleet_page {
	struct frontier_page page;	/* level and via; via is owned */
	unsigned redirects;		/* length of the chain of redirects that
					 * led to the page */
	struct buf chain;		/* this chain, as in struct hop */
};

#define AT(member) offsetof(struct fleet_page, member)

/* Tags that are not in the tables of cmd/fleet_worker/item.c, because the
 * members of the job and of the page are packed into one text. */
static const struct packed_member page_members[] = {
	{'L', PACKED_UNSIGNED, AT(page.level)},
	{'V', PACKED_TEXT, AT(page.via)},
	{'T', PACKED_UNSIGNED, AT(redirects)},
	{'R', PACKED_BYTES, AT(chain)},
	{0},
};

static uint64_t fingerprint_of(struct crawler *c, struct slice href)
{
	const struct crawl_options *o = &c->options->crawl;

	buf_clear(&c->key);
	url_key_add(&c->key, href, o->ignored.items, o->ignored.len);
	return url_key_fingerprint(slice_of(&c->key), c->secret);
}

/* Adds a seed to the scope with both schemes, and with and without "www.",
 * because the seed may redirect to one of these forms, and the scope must be
 * the same on all machines. */
static void add_forms(struct scope *scope, const struct url *seed)
{
	static const char *const schemes[] = {"http", "https"};
	const char *rest = seed->href + seed->host_start;
	const bool has_www = !strncmp(rest, "www.", 4);
	struct url url;

	scope_add_seed(scope, seed);
	for (size_t i = 0; i < 4; i++) {
		char *href = xasprintf("%s://%s%s", schemes[i / 2],
				       i % 2 && !has_www ? "www." : "",
				       i % 2 && has_www ? rest + 4 : rest);

		if (!url_parse(&url, href, strlen(href), NULL)) {
			if (scope_moves(seed, &url))
				scope_add_seed(scope, &url);
			url_release(&url);
		}
		free(href);
	}
}

static void on_seed(void *ctx, struct job *seed)
{
	const struct crawler *c = ctx;

	add_forms(c->scope, &seed->hop.url);
}

struct crawler *crawler_open(const struct options *o, struct slice packed)
{
	struct crawler *c = xcalloc(1, sizeof(*c));

	c->options = o;
	buf_add(&c->packed, packed.p, packed.len);
	c->scope = crawl_scope_new(&o->crawl);
	c->secret = seeds_each(packed, &o->engine.fetch, on_seed, c);
	return c;
}

void crawler_close(struct crawler *c)
{
	if (!c)
		return;
	scope_free(c->scope);
	buf_release(&c->key);
	buf_release(&c->packed);
	free(c);
}

void *crawler_read_page(void *ctx, struct slice text, struct job *job)
{
	struct fleet_page *page = xcalloc(1, sizeof(*page));
	struct slice value;
	char tag;

	(void)ctx;
	(void)job;
	/* Ignore errors: item_unpack() has read the same text before, so it is
	 * not damaged. */
	while (packing_next(&text, &tag, &value) > 0)
		(void)packing_set_member(page_members, tag, value, page);
	return page;
}

void crawler_write_page(const void *page, struct buf *out)
{
	packing_add_members(out, page_members, page);
}

void crawler_free_page(void *ctx)
{
	struct fleet_page *page = ctx;

	free(page->page.via);
	buf_release(&page->chain);
	free(page);
}

/* Context of load_seed(). */
struct loading {
	struct crawler *crawler;
	struct hub *hub;
	hub_fn *on_reply;
	void *ctx;
	size_t calls;
};

static void load_seed(void *ctx, struct job *seed)
{
	struct loading *l = ctx;
	const struct url *url = &seed->hop.url;
	struct buf text = {0};

	item_pack(&text, seed, 0);
	hub_load(l->hub, &(struct hub_link){
		.host = item_host(seed),
		.text = slice_of(&text),
		.fingerprint = fingerprint_of(l->crawler, (struct slice){
			url->href, url->len}),
		.priority = seed->req.priority,
	}, 1, l->on_reply, l->ctx);
	l->calls++;
	buf_release(&text);
}

size_t crawler_load(struct crawler *c, struct hub *hub, hub_fn *on_reply,
		    void *ctx)
{
	struct loading loading = {c, hub, on_reply, ctx, 0};

	seeds_each(slice_of(&c->packed), &c->options->engine.fetch, load_seed,
		   &loading);
	return loading.calls;
}

static bool is_wanted(const struct crawler *c, const struct url *url,
		      unsigned level)
{
	return (url_scheme_is(url, "http") || url_scheme_is(url, "https")) &&
	       scope_check(c->scope, url) == SCOPE_IN &&
	       !trap_is_too_long(url) && !trap_has_form(url) &&
	       level <= c->options->crawl.level;
}

/* Sends a URL to the hub with the results of the job, and remembers its
 * fingerprint. */
static void send_url(struct crawler *c, struct worker *w,
		     const struct job *job, const struct url *url,
		     uint64_t fingerprint, const struct fleet_page *page)
{
	struct job link = {
		.req = {
			.url = url->href,
			.id = job->req.id,
			.priority = job->req.priority,
			.no_credentials = job->hop.no_credentials ||
				!url_same_origin(url, &job->hop.url),
		},
		.hop.url = *url,
	};
	struct buf text = {0};

	item_pack(&text, &link, 0);
	crawler_write_page(page, &text);
	if (worker_add_link(w, job, &(struct hub_link){
		.host = item_host(&link),
		.text = slice_of(&text),
		.fingerprint = fingerprint,
		.priority = job->req.priority,
	}))
		c->sent[fingerprint % SENT] = fingerprint;
	buf_release(&text);
}

static void add_link(struct crawler *c, struct worker *w,
		     const struct job *job, struct slice href,
		     const struct fleet_page *page)
{
	const uint64_t fingerprint = fingerprint_of(c, href);
	struct url url;

	if (c->sent[fingerprint % SENT] == fingerprint ||
	    url_parse(&url, href.p, href.len, NULL))
		return;
	url_set_fragment(&url, NULL, 0);
	url_drop_login(&url);
	if (is_wanted(c, &url, page->page.level))
		send_url(c, w, job, &url, fingerprint, page);
	url_release(&url);
}

static void follow_link_headers(struct crawler *c, struct worker *w,
				const struct job *job,
				const struct fleet_page *page)
{
	struct slice value, target;
	struct buf href = {0};
	size_t at = 0;

	while (headers_find(&job->res.headers, &at, "link", &value)) {
		buf_clear(&href);
		if (link_header_find(value, "next", &target) &&
		    !url_resolve(&href, target.p, target.len, &job->hop.url))
			add_link(c, w, job, slice_of(&href), page);
	}
	buf_release(&href);
}

static void follow_links(struct crawler *c, struct worker *w,
			 const struct job *job, const struct fleet_page *from)
{
	const struct crawl_options *o = &c->options->crawl;
	const bool ignores = o->ignore_nofollow;
	const bool all_nofollow = !ignores &&
		robots_tags_are_nofollow(&job->res.headers, o->agent);
	const struct fleet_page page = {
		.page = {
			.level = from->page.level + 1,
			.via = job->res.final_url,
		},
	};
	struct page_link link;
	size_t at = 0;

	if ((o->scope == SCOPE_PAGE && !o->domains.len) || all_nofollow)
		return;
	follow_link_headers(c, w, job, &page);
	while (link_list_next(slice_of(&job->links), &at, &link))
		if (link.url.len && (ignores || !link.nofollow))
			add_link(c, w, job, link.url, &page);
}

/* Returns true if the page gets no record: robots.txt forbids it, and it is not
 * a seed. */
static bool is_left_out(const struct job *job, const struct fleet_page *page)
{
	return job->err == ERR_ROBOTS && job->first_start <= 0 &&
	       page->page.level &&
	       job->host_notes.robots != ROBOTS_NOT_READABLE;
}

bool crawler_take(struct crawler *c, struct worker *w, struct job *job)
{
	const struct fleet_page *page = worker_page(job);

	if (is_left_out(job, page)) {
		buf_release(&job->record);
		return false;
	}
	page_job_extend_record(&job->record, &page->page, NULL);
	if (job_is_ok(job) && job->res.status < 300)
		follow_links(c, w, job, page);
	return true;
}

void crawler_redirect(struct crawler *c, struct worker *w, struct job *job,
		      const struct url *to)
{
	const struct fleet_page *from = worker_page(job);
	struct fleet_page page = {
		.page = {
			.level = from->page.level,
			.via = job->hop.url.href,
		},
		.redirects = from->redirects + 1,
	};

	fetch_end_redirect(job, &from->chain, to);
	if (job->err || page.redirects > c->options->engine.fetch.max_redirs)
		return;
	buf_add(&page.chain, from->chain.data, from->chain.len);
	fetch_add_to_chain(&page.chain, job);
	add_link(c, w, job, (struct slice){to->href, to->len}, &page);
	buf_release(&page.chain);
}

void crawler_forget(struct crawler *c)
{
	memset(c->sent, 0, sizeof(c->sent));
}
