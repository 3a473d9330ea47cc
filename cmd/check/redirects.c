/* In a record, a redirect is an object, {"status":301,"url":"http://a/"}, with
 * the URL from which it redirects. */
#include "cmd/check/redirects.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/url/url.h"

static bool is_permanent(unsigned status)
{
	return status == 301 || status == 308;
}

static bool is_redirect(unsigned status)
{
	return is_permanent(status) || status == 302 || status == 303 ||
	       status == 307;
}

/* Returns true if both texts are the same URL. */
static bool is_same_url(const char *a, const char *b)
{
	struct url left, right;
	bool is = false;

	if (url_parse(&left, a, strlen(a), NULL))
		return !strcmp(a, b);
	if (!url_parse(&right, b, strlen(b), NULL)) {
		is = !strcmp(left.href, right.href);
		url_release(&right);
	}
	url_release(&left);
	return is;
}

bool redirects_lead_away(const struct facts *f)
{
	return is_redirect(f->status) && f->final_url &&
	       !is_same_url(f->final_url, f->url);
}

bool redirects_lead_on(const struct facts *f)
{
	struct slice none, object;
	size_t at = 0;

	return redirects_lead_away(f) ||
	       (f->status >= 300 && f->status < 400 && f->final_url &&
		f->redirects.p && json_next(f->redirects, &at, &none, &object));
}

/* Reads a redirect: sets *status, and returns the URL, which the caller
 * frees. */
static char *read_redirect(struct slice object, unsigned *status)
{
	struct slice name, value;
	char *url = NULL;
	size_t at = 0;

	*status = 0;
	while (json_next(object, &at, &name, &value)) {
		if (slice_is(name, "status"))
			*status = (unsigned)strtoul(value.p, NULL, 10);
		if (!slice_is(name, "url"))
			continue;
		free(url);
		url = facts_text(value);
	}
	return url;
}

/* Appends a text, and before it the URL to which the earlier redirects lead. */
static void add_text(struct redirects *r, const char *url, const char *text)
{
	char *old = r->text;

	r->text = old ? xasprintf("%s%s, %s", old, url, text) : xstrdup(text);
	free(old);
}

static void add_status(struct redirects *r, const char *url, unsigned status)
{
	char *text = xasprintf("%u -> ", status);

	add_text(r, url, text);
	free(text);
	r->count++;
	r->has_temporary |= !is_permanent(status);
}

void redirects_add(struct redirects *r, const struct facts *f)
{
	struct slice none, object;
	size_t at = 0;

	while (f->redirects.p &&
	       json_next(f->redirects, &at, &none, &object)) {
		unsigned status;
		char *url = read_redirect(object, &status);

		add_status(r, url ? url : "", status);
		free(url);
	}
	/* In a crawl, a redirect to a page that the crawl has already is not
	 * followed: the record has the answer of the redirect itself. */
	if (!r->count && redirects_lead_away(f))
		add_status(r, "", f->status);
}

void redirects_join(struct redirects *r, const struct redirects *next,
		    const char *url)
{
	if (!next->count)
		return;
	add_text(r, url, next->text);
	r->count += next->count;
	r->has_temporary |= next->has_temporary;
}

void redirects_release(struct redirects *r)
{
	free(r->text);
	*r = (struct redirects){0};
}
