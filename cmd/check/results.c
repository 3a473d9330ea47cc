/* Takes records: audits pages, finds their links, and reports links to URLs
 * that are broken. */
#include "cmd/check/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/url/url.h"
#include "crawl/sitemap/sitemap_list.h"
#include "fetch/policy.h"

/* --- Links of pages ------------------------------------------------------- */

/* The page that has a link: the data that a request for the link takes from the
 * page. */
struct origin {
	size_t page;		/* target of the page */
	struct url url;		/* URL of the page; zero: it has none */
	bool from_public, no_credentials;
};

static void report_broken(struct check *c, const struct target *link,
			  const struct target *page)
{
	if (link->broken)
		finding_list_add(&c->findings, SEVERITY_ERROR, FINDING_BROKEN,
			     link->url, page->url, "%s", link->broken);
}

/* A URL is requested like the link of the first page that has it. */
static void begin_link(struct target *t, const struct origin *from,
		       const struct url *url)
{
	if (t->is_page || t->pages_len || t->is_started)
		return;
	t->from_public = from->from_public;
	t->no_credentials = from->no_credentials || !from->url.href ||
			    !url_same_origin(&from->url, url);
}

static void take_link(struct check *c, const struct origin *from,
		      const char *text)
{
	struct target *t;
	struct url url;

	if (url_parse(&url, text, strlen(text), NULL))
		return;
	if ((url_scheme_is(&url, "http") || url_scheme_is(&url, "https")) &&
	    !check_excludes(c, text)) {
		t = targets_find(&c->targets, text);
		begin_link(t, from, &url);
		if (url_fragment(&url).len && c->options->check.fragments) {
			t->needs_body = true;
			audit_add_fragment(&c->audit, text,
					   c->targets.list[from->page].url);
		}
		if (c->options->check.from_page && t->is_done)
			report_broken(c, t, &c->targets.list[from->page]);
		else if (c->options->check.from_page)
			targets_add_link(&c->targets,
					 target_index(&c->targets, t),
					 from->page);
	}
	url_release(&url);
}

/* Takes the links of a page, each once. */
static void take_links(struct check *c, const struct facts *f,
		       const struct origin *from)
{
	struct digest_set seen = {0};
	struct slice none, value;
	unsigned long number = 0;
	size_t at = 0;

	while (f->links.p && json_next(f->links, &at, &none, &value)) {
		char *url;

		if (digest_set_add(&seen, value, &number))
			continue;
		url = facts_text(value);
		if (url)
			take_link(c, from, url);
		free(url);
	}
	digest_set_release(&seen);
}

void check_count(struct check *c, struct target *t, const struct facts *f)
{
	/* A URL that robots.txt forbids has an error, and is not broken. */
	if (t->is_counted || (f->error_kind && !t->broken))
		return;
	t->is_counted = true;
	(*(t->is_page ? &c->findings.pages : &c->findings.links))++;
}

/* Stores the result of a target, and reports the pages with a link to it. */
static void end_target(struct check *c, struct target *t, const struct facts *f)
{
	if (t->is_done)
		return;
	t->is_done = true;
	t->broken = audit_broken(&c->audit, f);
	check_count(c, t, f);
	for (size_t i = 0; i < t->pages_len; i++)
		report_broken(c, t, &c->targets.list[t->pages[i]]);
	target_drop_pages(t);
}

/* Returns true if a saved page was, or may have been, on a public server. */
static bool is_public(const struct facts *f, const struct url *url)
{
	return f->ip ? policy_text_is_public(f->ip, strlen(f->ip))
		     : policy_may_be_public(url);
}

/* Returns the target under whose URL the links of the page are reported: the
 * target of the URL after redirects. So the links are reported once, even if
 * several URLs lead to the page. */
static size_t named_page(struct check *c, size_t target, const struct facts *f)
{
	if (!f->final_url || !f->status || f->status >= 300)
		return target;
	return target_index(&c->targets,
			    targets_find(&c->targets, f->final_url));
}

static void take_page(struct check *c, size_t target, const struct facts *f,
		      const struct job *job)
{
	const char *url = f->final_url ? f->final_url : f->url;
	struct origin from = {.page = named_page(c, target, f)};
	const bool is_url = !url_parse(&from.url, url, strlen(url), NULL);

	audit_page(&c->audit, f, c->targets.list[from.page].url,
		   c->targets.list[target].order);
	if (job) {
		audit_page_answer(&c->audit, f);
		end_target(c, &c->targets.list[target], f);
		from.from_public = job->hop.from_public ||
				   job->res.from_public;
		from.no_credentials = job->hop.no_credentials;
	} else {
		check_keep_record(c, target, f);
		from.from_public = is_url && is_public(f, &from.url);
	}
	take_links(c, f, &from);
	url_release(&from.url);
}

/* --- Results -------------------------------------------------------------- */

static void take_entry(struct check *c, const struct job *job, const char *url,
		       size_t entry)
{
	struct target *t;
	struct url parsed;

	if (check_excludes(c, url) || url_parse(&parsed, url, strlen(url), NULL))
		return;
	t = targets_find(&c->targets, url);
	targets_make_page(&c->targets, t,
			  page_order((uintptr_t)job->owner_data, entry));
	t->from_public = job->hop.from_public || job->res.from_public;
	t->no_credentials = job->hop.no_credentials ||
			    !url_same_origin(&job->hop.url, &parsed);
	url_release(&parsed);
}

/* Takes the entries of a sitemap. An index leads to more of them; each is read
 * once. */
static void take_sitemap(struct check *c, const struct job *job)
{
	struct sitemap_entry entry;
	struct facts f;
	size_t at = 0, entries = 0;

	facts_read(&f, slice_of(&job->record));
	/* A page that cannot be parsed is there; a sitemap that cannot be read
	 * leaves pages unchecked. */
	if (f.url && f.status && f.status < 300 && f.error_kind) {
		finding_list_add(&c->findings, SEVERITY_ERROR, FINDING_BROKEN,
				 f.url, NULL, "%s: %s", f.error_kind,
				 f.error_message ? f.error_message : "");
	} else if (f.url) {
		audit_page_answer(&c->audit, &f);
		audit_page(&c->audit, &f, f.url, 0);
	}
	facts_release(&f);
	while (sitemap_list_next(slice_of(&job->links), &at, &entry)) {
		char *url = xmemdup(entry.url.p, entry.url.len);

		if (entry.is_sitemap)
			check_add_sitemap(c, url);
		else
			take_entry(c, job, url, entries++);
		free(url);
	}
	c->sitemaps_in_flight--;
}

/* Returns true if the URL is to be requested again, with GET. */
static bool must_try_get(const struct check *c, struct target *t,
			 const struct job *job, const struct facts *f)
{
	char *broken;

	if (!job->req.method || t->refuses_head || c->session.stopping)
		return false;
	broken = audit_broken(&c->audit, f);
	t->refuses_head = broken && (f->status ? f->status != 429
					       : job->err == ERR_HTTP);
	free(broken);
	return t->refuses_head;
}

static void take_result(struct check *c, const struct job *job,
			const struct facts *f)
{
	const size_t index = (uintptr_t)job->owner_data - 1;
	struct target *t = &c->targets.list[index];
	const char *page = NULL;

	if (t->is_page) {
		c->pages_in_flight--;
		take_page(c, index, f, job);
		return;
	}
	if (must_try_get(c, t, job, f)) {
		t->is_started = false;
		if (c->targets.next_link > index)
			c->targets.next_link = index;
		return;
	}
	if (t->pages_len)
		page = c->targets.list[t->pages[0]].url;
	audit_link(&c->audit, f, t->url, page);
	end_target(c, t, f);
}

void check_on_record(void *ctx, struct job *job)
{
	struct check *c = ctx;
	struct facts f;

	stats_add(c->session.stats, job);
	if (job->req.is_sitemap) {
		take_sitemap(c, job);
		engine_wake(c->engine);
		return;
	}
	facts_read(&f, slice_of(&job->record));
	if (f.url)
		take_result(c, job, &f);
	facts_release(&f);
	engine_wake(c->engine);
}

void check_take_record(struct check *c, const struct job *job)
{
	struct facts f;
	struct target *t;

	c->records++;
	facts_read(&f, slice_of(&job->record));
	if (f.url && !check_excludes(c, f.url)) {
		t = targets_find(&c->targets, f.url);
		t->is_started = true;
		targets_make_page(&c->targets, t, page_order(0, c->given++));
		take_page(c, target_index(&c->targets, t), &f, NULL);
	}
	facts_release(&f);
}
