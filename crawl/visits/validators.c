#include "crawl/visits/validators.h"

#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/mem.h"

/* Returns the value of a response header, which the caller frees; NULL if there
 * is no such header, or if it is too long to be sent back. */
static char *header_value(const struct job *job, const char *name)
{
	enum { MOST = 1000 };
	struct slice value;
	size_t at = 0;

	if (!headers_find(&job->res.headers, &at, name, &value) ||
	    !value.len || value.len > MOST)
		return NULL;
	return xmemdup(value.p, value.len);
}

static bool may_be_asked_for(const struct job *job, const char *url)
{
	char *vary = header_value(job, "vary");
	const bool varies = vary && strchr(vary, '*');

	free(vary);
	return job->res.status < 300 && !varies && !job->res.head_only &&
	       job->res.final_url && !strcmp(job->res.final_url, url);
}

void validators_read(struct validators *v, const struct job *job,
		     const char *url)
{
	*v = (struct validators){0};
	if (!may_be_asked_for(job, url))
		return;
	v->etag = header_value(job, "etag");
	v->modified = header_value(job, "last-modified");
}

void validators_release(struct validators *v)
{
	free(v->etag);
	free(v->modified);
	*v = (struct validators){0};
}

void visit_add_conditions(const struct visit *visit, struct buf *conditions)
{
	if (visit->etag)
		buf_addf(conditions, "If-None-Match: %s\n", visit->etag);
	if (visit->modified)
		buf_addf(conditions, "If-Modified-Since: %s\n",
			 visit->modified);
}

bool visit_has_text(const struct visit *visit, const struct page_text *text)
{
	return text->whole == visit->text.whole &&
	       (text->whole > PAGE_TEXT_EMPTY ||
		text->body == visit->text.body);
}
