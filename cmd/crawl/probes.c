/* The table gets an entry for a host when a probe of the host is wanted. */
#include "cmd/crawl/probes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "crawl/traps/page_text.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

enum { NAME_LETTERS = 16 };

struct host {
	UT_hash_handle hh;
	TAILQ_ENTRY(host) link;	/* link in the list `wanted`, while job is
				 * set */
	struct job *job;	/* the probe, not yet given out; owned */
	struct page_text answer;	/* text of the host's answer; zero:
					 * none */
	bool has_matched;
	char name[];
};

TAILQ_HEAD(host_list, host);

struct probes {
	const struct scope *scope;
	struct host *hosts;
	struct host_list wanted;
};

struct probes *probes_new(const struct scope *scope)
{
	struct probes *p = xcalloc(1, sizeof(*p));

	p->scope = scope;
	TAILQ_INIT(&p->wanted);
	return p;
}

void probes_free(struct probes *p)
{
	struct host *h, *next;

	if (!p)
		return;
	HASH_ITER(hh, p->hosts, h, next) {
		HASH_DEL(p->hosts, h);
		job_free(h->job);
		free(h);
	}
	free(p);
}

static struct host *find_host(const struct probes *p, struct slice name)
{
	struct host *h;

	HASH_FIND(hh, p->hosts, name.p, name.len, h);
	return h;
}

static struct host *add_host(struct probes *p, struct slice name)
{
	struct host *h = xcalloc(1, sizeof(*h) + name.len + 1);

	memcpy(h->name, name.p, name.len);
	HASH_ADD_KEYPTR(hh, p->hosts, h->name, name.len, h);
	return h;
}

/* Appends a URL in the folder of the page, with a name that no page can
 * have. */
static void add_url(struct buf *out, const struct url *page)
{
	const struct slice path = url_path(page);
	const char *slash = memrchr(path.p, '/', path.len);

	buf_add(out, page->href, (size_t)(slash + 1 - page->href));
	for (int i = 0; i < NAME_LETTERS; i++)
		buf_addch(out, (char)('a' + (int)(drand48() * 26)));
}

static struct job *job_for(const char *href, const struct job *like)
{
	struct job *job = job_new();

	job->req.url = xstrdup(href);
	job->req.from_public = like->req.from_public || like->res.from_public;
	job->req.no_credentials = like->req.no_credentials ||
				  like->hop.no_credentials;
	job->again = true;
	return job;
}

void probes_want(struct probes *p, const struct url *page,
		 const struct job *job)
{
	struct buf href = {0};
	struct host *h;
	struct url url;

	if (find_host(p, url_host(page)))
		return;
	add_url(&href, page);
	if (url_parse(&url, href.data, href.len, NULL)) {
		buf_release(&href);
		return;
	}
	h = add_host(p, url_host(page));
	if (scope_check(p->scope, &url) == SCOPE_IN) {
		h->job = job_for(url.href, job);
		TAILQ_INSERT_TAIL(&p->wanted, h, link);
	}
	url_release(&url);
	buf_release(&href);
}

struct job *probes_next(struct probes *p)
{
	struct host *h = TAILQ_FIRST(&p->wanted);
	struct job *job;

	if (!h)
		return NULL;
	TAILQ_REMOVE(&p->wanted, h, link);
	job = h->job;
	h->job = NULL;
	return job;
}

void probes_set_answer(struct probes *p, struct slice host,
		       const struct page_text *text)
{
	struct host *h = find_host(p, host);

	if (!h)
		h = add_host(p, host);
	h->answer = *text;
}

bool probes_match(struct probes *p, struct slice host,
		  const struct page_text *text, bool *is_first)
{
	struct host *h = find_host(p, host);

	if (!h || !page_text_has_words(&h->answer) ||
	    !page_text_is_same(&h->answer, text))
		return false;
	*is_first = !h->has_matched;
	h->has_matched = true;
	return true;
}
