/* Saved records are judged together, at the end: only then it is known where
 * their redirects lead, and which pages have links to them. */
#include "cmd/check/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

/* Longest chain of redirects that is followed, whatever --max-redirs says. */
enum { REDIRECTS_MOST = 1000 };

/* Counts the records that lack data for some findings. */
static void count_gaps(struct check *c, const struct facts *f)
{
	const struct check_options *o = &c->options->check;

	if (!f->is_html || f->status >= 300)
		return;
	c->gaps.links += o->from_page && !f->links.p;
	c->gaps.meta += !f->has_meta;
	c->gaps.headers += !f->has_headers;
	c->gaps.ids += o->fragments && !f->ids.p && !f->names.p;
	c->gaps.resources += f->final_url &&
			     !strncmp(f->final_url, "https:", 6) &&
			     !f->insecure.p && !f->styles.p;
}

/* Returns a copy of the URL after redirects; NULL if it is the URL of the
 * record. */
static char *other_url(const struct facts *f)
{
	return f->final_url && strcmp(f->final_url, f->url) != 0
		? xstrdup(f->final_url) : NULL;
}

void check_keep_record(struct check *c, size_t target, const struct facts *f)
{
	size_t next = 0;
	struct saved *saved;
	struct target *t;

	if (redirects_lead_on(f))
		next = target_index(&c->targets, targets_find(&c->targets,
							f->final_url)) + 1;
	c->saved = xgrow(c->saved, c->saved_len, 1, sizeof(*c->saved));
	saved = &c->saved[c->saved_len++];
	*saved = (struct saved){
		.target = target,
		.url = xstrdup(f->url),
		.final_url = other_url(f),
		.status = f->status,
		.seconds = f->seconds,
	};
	redirects_add(&saved->redirects, f);
	t = &c->targets.list[target];
	t->saved = c->saved_len;
	t->next = next;
	if (!t->broken)
		t->broken = audit_broken(&c->audit, f);
	check_count(c, t, f);
	count_gaps(c, f);
}

/* Returns the maximum number of redirects in a chain; 0: redirects are not
 * followed. */
static unsigned most_redirects(const struct check *c)
{
	const unsigned most = c->options->engine.fetch.max_redirs;

	return most < REDIRECTS_MOST ? most : REDIRECTS_MOST;
}

/* Returns the reason why the target, or the target at the end of its redirects,
 * is broken; the caller frees it. NULL: not broken. */
static char *why_broken(const struct check *c, const struct target *t)
{
	const unsigned most = most_redirects(c);

	for (unsigned i = 0; i <= most; i++) {
		if (t->broken)
			return xstrdup(t->broken);
		if (!t->next || !most)
			return NULL;
		t = &c->targets.list[t->next - 1];
	}
	return xasprintf("redirects: more than %u redirects", most);
}

/* Reports the redirects of a record that is not broken: its own redirects, and
 * then those of the records to which they lead. */
static void report_redirects(struct check *c, const struct saved *saved,
			     const char *page)
{
	const struct target *t = &c->targets.list[saved->target];
	const char *last = saved->final_url ? saved->final_url : saved->url;
	struct redirects all = {0};

	redirects_join(&all, &saved->redirects, "");
	for (unsigned i = most_redirects(c); i && t->next; i--) {
		const struct saved *to;

		t = &c->targets.list[t->next - 1];
		if (!t->saved)
			break;
		to = &c->saved[t->saved - 1];
		redirects_join(&all, &to->redirects, last);
		last = to->final_url ? to->final_url : to->url;
	}
	audit_redirects(&c->audit, &all, last, saved->url, page);
	redirects_release(&all);
}

/* Returns the URL of the first page with a link to the target, other than the
 * target itself; NULL if there is none. */
static const char *first_page(const struct check *c, const struct target *t)
{
	for (size_t i = 0; i < t->pages_len; i++) {
		const struct target *page = &c->targets.list[t->pages[i]];

		if (page != t)
			return page->url;
	}
	return NULL;
}

static void report_broken(struct check *c, const char *url, const char *page,
			  const char *why)
{
	finding_list_add(&c->findings, SEVERITY_ERROR, FINDING_BROKEN, url,
			 page, "%s", why);
}

/* Reports a broken record for the pages with a link to it, or by itself. */
static void report_pages(struct check *c, const struct saved *saved,
			 const char *why)
{
	const struct target *t = &c->targets.list[saved->target];

	if (!t->pages_len)
		report_broken(c, saved->url, NULL, why);
	for (size_t i = 0; i < t->pages_len; i++)
		report_broken(c, t->url, c->targets.list[t->pages[i]].url, why);
}

static void end_record(struct check *c, const struct saved *saved)
{
	struct target *t = &c->targets.list[saved->target];
	const char *page = first_page(c, t);
	const struct facts facts = {
		.url = saved->url,
		.final_url = saved->final_url,
		.status = saved->status,
		.seconds = saved->seconds,
	};
	char *why = why_broken(c, t);

	audit_answer(&c->audit, &facts, saved->url, page);
	if (!why)
		report_redirects(c, saved, page);
	else if (!t->is_done)
		report_pages(c, saved, why);
	t->is_done = true;
	free(why);
}

static void warn(uint64_t count, const char *missing, const char *what,
		 const char *how)
{
	if (count)
		log_warn("%" PRIu64 " saved record%s without %s: %s not looked "
			 "at; for this, %s", count,
			 count == 1 ? " is" : "s are", missing, what, how);
}

static void warn_of_gaps(const struct gaps *g)
{
	static const char again[] = "give a list of the URLs instead";

	warn(g->links, "links", "links of these pages were",
	     "save them with --links");
	warn(g->meta, "metadata", "noindex, descriptions and canonical URLs "
	     "were", "save them with --meta");
	warn(g->headers, "headers", "noindex in X-Robots-Tag was",
	     "save them with --headers");
	warn(g->ids, "ids", "fragments of links to them were", again);
	warn(g->resources, "the URLs of resources", "mixed content was", again);
}

void check_end_records(struct check *c)
{
	for (size_t i = 0; i < c->saved_len; i++)
		end_record(c, &c->saved[i]);
	warn_of_gaps(&c->gaps);
}

void check_release_records(struct check *c)
{
	for (size_t i = 0; i < c->saved_len; i++) {
		free(c->saved[i].url);
		free(c->saved[i].final_url);
		redirects_release(&c->saved[i].redirects);
	}
	free(c->saved);
}
