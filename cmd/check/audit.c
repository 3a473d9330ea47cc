/* Each function looks for one kind of finding. */
#include "cmd/check/audit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/url/url.h"
#include "fetch/policy.h"

static bool is_one_of(const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

/* --- One record ----------------------------------------------------------- */

static bool is_accepted(const struct audit *a, unsigned status)
{
	return a->has_accepted ? status_set_has(&a->accepted, status)
			       : status < 400;
}

char *audit_broken(const struct audit *a, const struct facts *f)
{
	/* Errors about the body of a page that is there. */
	static const char *const of_body[] = {"too_large", "decode", "parse",
					      "status", NULL};
	/* The page was not requested. */
	static const char *const unchecked[] = {"robots", "cancelled", NULL};

	if (f->status && !is_accepted(a, f->status))
		return xasprintf("status %u", f->status);
	if (!f->error_kind || is_one_of(f->error_kind, unchecked) ||
	    (f->status && is_one_of(f->error_kind, of_body)))
		return NULL;
	return xasprintf("%s: %s", f->error_kind,
			 f->error_message ? f->error_message : "");
}

static void find_page_broken(struct audit *a, const struct facts *f)
{
	char *why = audit_broken(a, f);

	if (why)
		finding_list_add(a->findings, SEVERITY_ERROR, FINDING_BROKEN,
			     f->url, NULL, "%s", why);
	free(why);
}

static void find_unchecked(struct audit *a, const struct facts *f,
			   const char *url, const char *page)
{
	char *why = audit_broken(a, f);

	if (!why && f->error_kind)
		finding_list_add(a->findings, SEVERITY_NOTICE, FINDING_UNCHECKED,
			     url, page, "%s: %s", f->error_kind,
			     f->error_message ? f->error_message : "");
	free(why);
}

void audit_redirects(struct audit *a, const struct redirects *r,
		     const char *last, const char *url, const char *page)
{
	/* The owner of the site can avoid a permanent redirect, or a chain of
	 * redirects, by changing the link: a warning. */
	const bool is_warning = !r->has_temporary || r->count > 1;

	if (r->count)
		finding_list_add(a->findings,
			     is_warning ? SEVERITY_WARNING : SEVERITY_NOTICE,
			     FINDING_REDIRECTED, url, page, "%s: %s%s",
			     r->has_temporary ? "temporary" : "permanent",
			     r->text, last);
}

/* A broken URL is not reported as redirected, too. */
static void find_redirects(struct audit *a, const struct facts *f,
			   const char *url, const char *page)
{
	struct redirects r = {0};
	char *broken = audit_broken(a, f);

	if (!broken)
		redirects_add(&r, f);
	audit_redirects(a, &r, f->final_url ? f->final_url : "", url, page);
	redirects_release(&r);
	free(broken);
}

static void find_slow(struct audit *a, const struct facts *f, const char *url,
		      const char *page)
{
	if (f->seconds * 1e3 <= a->options->slow)
		return;
	finding_list_add(a->findings, SEVERITY_WARNING, FINDING_SLOW, url, page,
		     "%.1f s", f->seconds);
}

/* Local servers rarely have certificates. */
static void find_insecure(struct audit *a, const struct facts *f,
			  const char *url, const char *page)
{
	const char *shown = f->final_url ? f->final_url : f->url;
	struct url parsed;

	if (!f->status || url_parse(&parsed, shown, strlen(shown), NULL))
		return;
	if (url_scheme_is(&parsed, "http") && !policy_host_is_private(&parsed))
		finding_list_add(a->findings, SEVERITY_WARNING, FINDING_INSECURE,
			     url, page, "http, not https%s%s",
			     strcmp(shown, url) ? ": " : "",
			     strcmp(shown, url) ? shown : "");
	url_release(&parsed);
}

/* Returns the URL of the server; NULL: it is unknown. */
static char *server_url(const char *url)
{
	struct url parsed;
	char *server;

	if (!url || url_parse(&parsed, url, strlen(url), NULL))
		return NULL;
	server = xasprintf("%.*s/", (int)parsed.path_start, parsed.href);
	url_release(&parsed);
	return server;
}

/* A certificate is one of the server, whichever of its URLs was first. */
static void find_certificate(struct audit *a, const struct facts *f,
			     const char *page)
{
	char *server;

	if (!f->has_tls || f->days_left > (long)a->options->cert_days)
		return;
	server = server_url(f->final_url);
	finding_list_add(a->findings,
		     f->days_left < 0 ? SEVERITY_ERROR : SEVERITY_WARNING,
		     FINDING_CERTIFICATE, server ? server : f->url, page,
		     f->days_left < 0 ? "the certificate has expired (%s)"
				      : "the certificate expires soon (%s)",
		     f->not_after ? f->not_after : "");
	free(server);
}

static void find_mixed(struct audit *a, const struct facts *f,
		       struct slice resources, const char *name)
{
	struct slice none, value;
	size_t at = 0;

	if (!resources.p || !f->final_url ||
	    strncmp(f->final_url, "https:", 6) != 0)
		return;
	while (json_next(resources, &at, &none, &value)) {
		char *resource = facts_text(value);

		if (resource && !strncasecmp(resource, "http:", 5))
			finding_list_add(a->findings, SEVERITY_WARNING,
				     FINDING_MIXED, resource, name,
				     "loaded by http from an https page");
		free(resource);
	}
}

/* --- Elements that search engines read ------------------------------------ */

static bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " \t\n\r\f")];
}

static void find_missing(struct audit *a, const struct facts *f,
			 const char *name)
{
	if (is_blank(f->title))
		finding_list_add(a->findings, SEVERITY_WARNING, FINDING_NO_TITLE,
			     name, NULL, "the page has no title");
	if (f->has_meta && is_blank(f->description))
		finding_list_add(a->findings, SEVERITY_NOTICE,
			     FINDING_NO_DESCRIPTION, name, NULL,
			     "the page has no meta description");
	if (f->has_meta && is_blank(f->canonical))
		finding_list_add(a->findings, SEVERITY_NOTICE,
			     FINDING_NO_CANONICAL, name, NULL,
			     "the page has no link rel=canonical");
}

/* Returns true if the page names another one in its place. */
static bool is_variant(const struct facts *f)
{
	return !is_blank(f->canonical) && f->final_url &&
	       strcmp(f->canonical, f->final_url) != 0;
}

/* Notes the texts that other pages should not have. Only pages that are meant
 * for an index count. */
static void add_texts(struct audit *a, const struct facts *f, const char *name,
		      uint64_t order)
{
	if (!is_blank(f->canonical))
		duplicates_add(&a->canonicals, f->canonical, name, order);
	if (is_variant(f) || f->robots)
		return;
	if (!is_blank(f->title))
		duplicates_add(&a->titles, f->title, name, order);
	if (!is_blank(f->description))
		duplicates_add(&a->descriptions, f->description, name, order);
}

static void find_in_page(struct audit *a, const struct facts *f,
			 const char *name, uint64_t order)
{
	if (!f->is_html || f->status >= 300)
		return;
	if (f->robots)
		finding_list_add(a->findings, SEVERITY_WARNING, FINDING_NOINDEX,
			     name, NULL, "%s", f->robots);
	find_missing(a, f, name);
	add_texts(a, f, name, order);
	find_mixed(a, f, f->insecure, name);
	find_mixed(a, f, f->styles, name);
}

/* --- All records ---------------------------------------------------------- */

void audit_page(struct audit *a, const struct facts *f, const char *name,
		uint64_t order)
{
	finding_list_note_url(a->findings, f->url, f->seconds);
	find_unchecked(a, f, f->url, NULL);
	find_certificate(a, f, NULL);
	find_in_page(a, f, name, order);
	audit_add_anchors(a, f);
	if (a->options->fragments && strchr(f->url, '#'))
		audit_add_fragment(a, f->url, NULL);
}

void audit_answer(struct audit *a, const struct facts *f, const char *url,
		  const char *page)
{
	find_slow(a, f, url, page);
	find_insecure(a, f, url, page);
}

void audit_page_answer(struct audit *a, const struct facts *f)
{
	find_redirects(a, f, f->url, NULL);
	audit_answer(a, f, f->url, NULL);
	find_page_broken(a, f);
}

/* Ignore errors in the body of a linked page: only its answer matters. */
void audit_link(struct audit *a, const struct facts *f, const char *url,
		const char *page)
{
	finding_list_note_url(a->findings, url, f->seconds);
	if (!f->status)
		find_unchecked(a, f, url, page);
	find_redirects(a, f, url, page);
	audit_answer(a, f, url, page);
	find_certificate(a, f, page);
	audit_add_anchors(a, f);
}

void audit_end(struct audit *a)
{
	duplicates_report(&a->titles, a->findings, SEVERITY_WARNING,
			  FINDING_SAME_TITLE);
	duplicates_report(&a->descriptions, a->findings, SEVERITY_WARNING,
			  FINDING_SAME_DESCRIPTION);
	duplicates_report(&a->canonicals, a->findings, SEVERITY_NOTICE,
			  FINDING_SAME_CANONICAL);
	audit_find_fragments(a);
}

void audit_release(struct audit *a)
{
	for (size_t i = 0; i < a->links_len; i++) {
		free(a->links[i].url);
		free(a->links[i].page);
	}
	free(a->links);
	duplicates_release(&a->titles);
	duplicates_release(&a->descriptions);
	duplicates_release(&a->canonicals);
	digest_set_release(&a->anchors);
	digest_set_release(&a->anchored);
}
