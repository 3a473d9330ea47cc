/* Saved records are judged together, at the end: only then it is known where
 * their redirects lead, and which pages have links to them. */
#include "cmd/check/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"

/* Longest chain of redirects, as in browsers. */
enum { REDIRECTS_MAX = 20 };

/* Returns true if the record ends with a redirect: to another record, or to a
 * URL that was in its own chain. */
static bool leads_on(const struct facts *f)
{
	struct slice none, object;
	size_t at = 0;

	return audit_leads_away(f) ||
	       (f->status >= 300 && f->status < 400 && f->final_url &&
		f->redirects.p && json_next(f->redirects, &at, &none, &object));
}

/* Counts the records that do not have what a check needs. */
static void count_gaps(struct check *c, const struct facts *f)
{
	if (!f->is_html || f->status >= 300)
		return;
	if (c->options->check.fragments && !f->ids.p && !f->names.p)
		c->without_ids++;
	if (f->final_url && !strncmp(f->final_url, "https:", 6) &&
	    !f->insecure.p && !f->styles.p)
		c->without_resources++;
}

void check_keep_record(struct check *c, size_t target, const struct facts *f)
{
	size_t next = 0;
	struct target *t;

	if (leads_on(f))
		next = target_index(&c->targets, targets_find(&c->targets,
							f->final_url)) + 1;
	t = &c->targets.list[target];
	t->next = next;
	if (!t->broken)
		t->broken = audit_broken(&c->audit, f);
	check_count(c, t, f);
	c->saved = xgrow(c->saved, c->saved_len, 1, sizeof(*c->saved));
	c->saved[c->saved_len++] = (struct saved){
		.target = target,
		.url = xstrdup(f->url),
	};
	count_gaps(c, f);
}

/* Returns why the target, or the one to which its redirects lead, is broken;
 * NULL: it is not. */
static const char *why_broken(const struct check *c, const struct target *t)
{
	for (int i = 0; i <= REDIRECTS_MAX; i++) {
		if (t->broken || !t->next)
			return t->broken;
		t = &c->targets.list[t->next - 1];
	}
	return "redirects: a loop, or more than 20";
}

static void report(struct check *c, const char *url, const char *page,
		   const char *why)
{
	finding_list_add(&c->findings, SEVERITY_ERROR, FINDING_BROKEN, url,
			 page, "%s", why);
}

/* Reports a broken record for the pages with a link to it, or by itself. */
static void end_record(struct check *c, const struct saved *saved)
{
	struct target *t = &c->targets.list[saved->target];
	const char *why = why_broken(c, t);

	if (t->is_done)
		return;
	t->is_done = true;
	if (why && !t->pages_len)
		report(c, saved->url, NULL, why);
	for (size_t i = 0; why && i < t->pages_len; i++)
		report(c, t->url, c->targets.list[t->pages[i]].url, why);
}

static void warn(uint64_t count, const char *missing, const char *what)
{
	if (count)
		log_warn("%" PRIu64 " saved record%s without %s: %s not looked "
			 "at; for this, give a list of the URLs instead", count,
			 count == 1 ? " is" : "s are", missing, what);
}

void check_end_records(struct check *c)
{
	for (size_t i = 0; i < c->saved_len; i++)
		end_record(c, &c->saved[i]);
	warn(c->without_ids, "ids", "fragments of links to them were");
	warn(c->without_resources, "the URLs of resources",
	     "mixed content was");
}

void check_release_records(struct check *c)
{
	for (size_t i = 0; i < c->saved_len; i++)
		free(c->saved[i].url);
	free(c->saved);
}
