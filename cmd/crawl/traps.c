#include "cmd/crawl/traps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/crawl/probes.h"
#include "cmd/crawl/trap_list.h"
#include "crawl/mapped_table.h"
#include "crawl/traps/page_text.h"
#include "crawl/traps/text_memory.h"
#include "crawl/traps/trap.h"
#include "crawl/traps/url_form.h"
#include "crawl/traps/yield.h"

struct traps {
	const char *folder;	/* folder for files without a name; borrowed */
	struct frontier *frontier;
	struct text_memory *texts;
	struct yield *yield;
	struct probes *probes;
	struct skipped *skipped;	/* borrowed */
	bool has_replayed;	/* the texts of earlier runs are counted */
	struct trap_list found;
	bool has_form;		/* a link was left out because of its form */
	struct url_form form;	/* scratch */
};

static int fail(const struct traps *t)
{
	log_fatal("%s: the texts of pages cannot be remembered: %s (--no-traps "
		  "does without)", t->folder, strerror(errno));
	return -1;
}

/* Adds a trap to the list and to the notes of the crawl. The notes have the
 * traps of earlier runs already. */
static void name_trap(struct traps *t, enum trap_kind kind,
		      const struct url *url)
{
	trap_list_add(&t->found, kind, (struct slice){url->href, url->len});
	if (t->has_replayed)
		skipped_name_trap(t->skipped, trap_kind_text(kind), url->href);
}

static void note_change(struct traps *t, enum yield_change change,
			const struct url *url)
{
	static const enum trap_kind kinds[] = {
		[YIELD_CLOSED_FORM] = TRAP_YIELD,
		[YIELD_CLOSED_PATH] = TRAP_PATH,
		[YIELD_CLOSED_MIXTURES] = TRAP_MIXTURES,
	};

	if (change != YIELD_AS_BEFORE)
		name_trap(t, kinds[change], url);
}

/* Adds the text of a page to the known texts and to the yield of the page's
 * form. *seen says whether the text was known. */
static int add_text(struct traps *t, const struct url *url,
		    const struct page_text *text, struct text_seen *seen)
{
	enum yield_change change;

	*seen = (struct text_seen){0};
	url_form_set(&t->form, url);
	if (page_text_has_words(text) &&
	    text_memory_add(t->texts, url_host(url),
			    (struct slice){url->href, url->len}, text,
			    t->form.has_date, seen))
		return fail(t);
	if (yield_add(t->yield, &t->form, seen->is_new, &change))
		return fail(t);
	note_change(t, change, url);
	return 0;
}

/* Counts the text of a page of an earlier run. */
static int on_text(void *ctx, const struct store_text *text)
{
	struct traps *t = ctx;
	struct text_seen seen;
	struct url url;
	int result;

	if (text->host) {
		probes_set_answer(t->probes,
				  (struct slice){text->host,
						 strlen(text->host)},
				  &text->text);
		return 0;
	}
	if (url_parse(&url, text->url.p, text->url.len, NULL))
		return 0;
	result = add_text(t, &url, &text->text, &seen);
	url_release(&url);
	return result;
}

struct traps *traps_open(const char *folder, struct frontier *frontier,
			 const struct scope *scope, struct skipped *skipped)
{
	struct traps *t = xcalloc(1, sizeof(*t));

	t->folder = mapped_table_folder(folder);
	t->frontier = frontier;
	t->skipped = skipped;
	t->probes = probes_new(scope);
	t->texts = text_memory_open(t->folder);
	t->yield = t->texts ? yield_open(t->folder) : NULL;
	if (!t->yield) {
		fail(t);
	} else if (!frontier_each_text(frontier, on_text, t)) {
		t->has_replayed = true;
		return t;
	}
	traps_close(t);
	return NULL;
}

void traps_close(struct traps *t)
{
	if (!t)
		return;
	text_memory_close(t->texts);
	yield_close(t->yield);
	probes_free(t->probes);
	trap_list_release(&t->found);
	url_form_release(&t->form);
	free(t);
}

/* Sets duplicate_of if another page has had exactly this text. */
static int set_duplicate(struct traps *t, struct slice host,
			 struct frontier_page *page)
{
	struct buf first = {0};

	if (text_memory_first_url(t->texts, host, &page->text, &first)) {
		buf_release(&first);
		return fail(t);
	}
	page->duplicate_of = buf_detach(&first);
	return 0;
}

static void compare_with_answer(struct traps *t, const struct url *url,
				struct frontier_page *page)
{
	bool is_first;

	page->is_soft_404 = probes_match(t->probes, url_host(url),
					 &page->text, &is_first);
	if (page->is_soft_404 && is_first)
		name_trap(t, TRAP_SOFT_404, url);
}

/* Compares a page that has a text. */
static int compare(struct traps *t, const struct job *job,
		   const struct url *url, struct frontier_page *page)
{
	struct text_seen seen;

	if (add_text(t, url, &page->text, &seen))
		return -1;
	if (!page_text_has_words(&page->text))
		return 0;
	compare_with_answer(t, url, page);
	page->is_repeated = job->res.status == 200 &&
			    seen.pages >= PROBES_PAGES;
	return seen.is_repeated ? set_duplicate(t, url_host(url), page) : 0;
}

int traps_note_page(struct traps *t, const struct job *job,
		    struct frontier_page *page)
{
	const struct slice href = {page->url, strlen(page->url)};
	struct url url;
	int result;

	if (!t)
		return 0;
	page->is_compared = true;
	if (!job_is_ok(job) || !job->text.whole ||
	    (job->res.status >= 300 && !page->is_unmodified))
		return 0;
	page->text = job->text;
	/* Use the parsed URL of the request if it was not redirected. */
	if (job->hop.url.href && slice_is(href, job->hop.url.href))
		return compare(t, job, &job->hop.url, page);
	if (url_parse(&url, href.p, href.len, NULL))
		return 0;
	result = compare(t, job, &url, page);
	url_release(&url);
	return result;
}

void traps_note_links(struct traps *t, const struct job *job,
		      const struct frontier_page *page)
{
	struct url url;

	if (!t || !page->is_repeated ||
	    url_parse(&url, page->url, strlen(page->url), NULL))
		return;
	probes_want(t->probes, &url, job);
	url_release(&url);
}

static bool is_closed(const struct traps *t, const struct url *url)
{
	struct url_form form = {0};
	bool yes;

	if (!yield_has_closed(t->yield))
		return false;
	url_form_set(&form, url);
	yes = yield_is_closed(t->yield, &form);
	url_form_release(&form);
	return yes;
}

bool traps_leave_out(struct traps *t, const struct url *url)
{
	if (!t)
		return false;
	if (!trap_has_form(url))
		return is_closed(t, url);
	if (!t->has_form)
		name_trap(t, TRAP_FORM, url);
	t->has_form = true;
	return true;
}

bool traps_leave_out_page(const struct traps *t,
			  const struct frontier_page *page)
{
	struct url url;
	bool yes;

	if (!t || page->level == 0 || !yield_has_closed(t->yield) ||
	    url_parse(&url, page->url, strlen(page->url), NULL))
		return false;
	yes = is_closed(t, &url);
	url_release(&url);
	return yes;
}

struct job *traps_next_probe(struct traps *t)
{
	return t ? probes_next(t->probes) : NULL;
}

int traps_note_answer(struct traps *t, const struct job *job)
{
	struct page_text text = {0};
	struct url url;
	char *host;
	int result;

	if (url_parse(&url, job->req.url, strlen(job->req.url), NULL))
		return 0;
	if (job_is_ok(job) && job->res.status == 200)
		text = job->text;
	probes_set_answer(t->probes, url_host(&url), &text);
	host = xmemdup(url_host(&url).p, url_host(&url).len);
	result = frontier_add_text(t->frontier, &(struct store_text){
		.host = host,
		.text = text,
	});
	free(host);
	url_release(&url);
	return result;
}

void traps_report(const struct traps *t)
{
	if (t)
		trap_list_report(&t->found);
}
