/* A finding is known by its URL and kind, and by its page if there is one for
 * each page: details such as times, and which page came first, differ from run
 * to run. */
#include "cmd/check/findings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "cmd/check/facts.h"
#include "cmd/table/record_line.h"

static const char *const severities[SEVERITIES] = {
	[SEVERITY_ERROR] = "error",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_NOTICE] = "notice",
};

static const char *const kinds[FINDING_KINDS] = {
	[FINDING_BROKEN] = "broken",
	[FINDING_FRAGMENT] = "fragment",
	[FINDING_CERTIFICATE] = "certificate",
	[FINDING_MIXED] = "mixed-content",
	[FINDING_INSECURE] = "insecure",
	[FINDING_REDIRECTED] = "redirected",
	[FINDING_SLOW] = "slow",
	[FINDING_NOINDEX] = "noindex",
	[FINDING_NO_TITLE] = "no-title",
	[FINDING_NO_DESCRIPTION] = "no-description",
	[FINDING_NO_CANONICAL] = "no-canonical",
	[FINDING_SAME_TITLE] = "duplicate-title",
	[FINDING_SAME_DESCRIPTION] = "duplicate-description",
	[FINDING_SAME_CANONICAL] = "duplicate-canonical",
	[FINDING_UNCHECKED] = "unchecked",
};

const char *severity_name(enum severity s)
{
	return severities[s];
}

const char *finding_name(enum finding_kind kind)
{
	return kinds[kind];
}

bool kind_set_has(const struct kind_set *s, const struct finding *f)
{
	return s->kinds >> f->kind & 1 || s->severities >> f->severity & 1;
}

/* --- The baseline --------------------------------------------------------- */

/* Returns true if there is such a finding for each page with the URL, and not
 * only for the page that came first. */
static bool is_for_each_page(const char *kind)
{
	return !strcmp(kind, kinds[FINDING_BROKEN]) ||
	       !strcmp(kind, kinds[FINDING_FRAGMENT]) ||
	       !strcmp(kind, kinds[FINDING_MIXED]);
}

/* Returns the text by which a finding is known. */
static struct buf key_of(const char *kind, const char *url, const char *page)
{
	struct buf key = {0};

	buf_addf(&key, "%s\n%s\n%s", kind, url,
		 page && is_for_each_page(kind) ? page : "");
	return key;
}

/* Adds a finding to the set. Returns true if the set had it already. */
static bool add_known(struct digest_set *set, const char *kind, const char *url,
		      const char *page)
{
	struct buf key = key_of(kind, url, page);
	unsigned long number = 0;
	const bool had = digest_set_add(set, slice_of(&key), &number);

	buf_release(&key);
	return had;
}

/* Returns true if the set has the finding. */
static bool is_known(const struct digest_set *set, const char *kind,
		     const char *url, const char *page)
{
	struct buf key = key_of(kind, url, page);
	const bool has = digest_set_has(set, slice_of(&key));

	buf_release(&key);
	return has;
}

/* Reads a finding of the baseline. Returns false if the object is not a
 * finding. */
static bool read_known(struct finding_list *f, struct slice object)
{
	char *kind = NULL, *url = NULL, *page = NULL;
	struct slice name, value;
	size_t at = 0;
	bool is_finding;

	while (json_next(object, &at, &name, &value)) {
		char **to = slice_is(name, "kind")   ? &kind
			    : slice_is(name, "url")  ? &url
			    : slice_is(name, "page") ? &page
						     : NULL;

		if (!to)
			continue;
		free(*to);
		*to = facts_text(value);
	}
	is_finding = kind && url;
	if (is_finding)
		f->baseline += !add_known(&f->known, kind, url, page);
	free(kind);
	free(url);
	free(page);
	return is_finding;
}

static int fail_baseline(const struct source *s, const char *why)
{
	log_fatal("--baseline %.200s, line %" PRIu64 ": %s; the file must be "
		  "JSON lines: save it with --format jsonl", source_name(s), s->line, why);
	return -1;
}

static int read_baseline(struct finding_list *f, struct source *s)
{
	struct buf object = {0};
	struct slice line;
	const char *why;
	int err = source_open(s);

	while (!err && !(s->ended && s->at == s->bytes.len)) {
		if (!source_next(s, &line)) {
			err = source_fill(s);
			continue;
		}
		switch (record_line_read(s, line, &object, &why)) {
		case LINE_RECORD:
			if (read_known(f, slice_of(&object)))
				break;
			why = "it has no kind";
			/* fall through */
		case LINE_OTHER:
			buf_release(&object);
			return fail_baseline(s, why);
		case LINE_BLANK:
			break;
		}
	}
	buf_release(&object);
	if (err)
		log_fatal("--baseline %.200s: %s", source_name(s),
			  strerror(errno));
	return err;
}

int finding_list_read_baseline(struct finding_list *f, const char *path)
{
	struct source s = {.path = path, .fd = -1};
	const int err = read_baseline(f, &s);

	source_close(&s);
	return err ? -1 : 0;
}

/* --- Findings ------------------------------------------------------------- */

static void finding_release(struct finding *f)
{
	free(f->url);
	free(f->detail);
	free(f->page);
}

/* Returns the URL without passwords and tokens, as a report shows it; to be
 * freed. */
static char *shown_url(const char *url)
{
	struct buf shown = {0};

	secret_url_show(&shown, url, strlen(url));
	return buf_detach(&shown);
}

/* Formats a detail; the URLs among its words lose their secrets, too. */
static char *shown_text(const char *fmt, va_list args)
{
	struct buf shown = {0};
	char *text, *word;
	size_t len;

	if (vasprintf(&text, fmt, args) < 0)
		mem_exhausted();
	for (word = text; *word; word += len) {
		len = strspn(word, " ");
		buf_add(&shown, word, len);
		word += len;
		len = strcspn(word, " ");
		if (memmem(word, len, "://", 3))
			secret_url_show(&shown, word, len);
		else
			buf_add(&shown, word, len);
	}
	free(text);
	return buf_detach(&shown);
}

void finding_list_add(struct finding_list *f, enum severity severity,
		  enum finding_kind kind, const char *url, const char *page,
		  const char *fmt, ...)
{
	struct finding finding = {severity, kind, .number = f->len};
	va_list args;

	if (kind_set_has(&f->ignored, &finding) ||
	    add_known(&f->made, kinds[kind], url, page))
		return;
	finding.url = shown_url(url);
	finding.page = page ? shown_url(page) : NULL;
	if (is_known(&f->known, kinds[kind], finding.url, finding.page)) {
		f->old++;
		finding_release(&finding);
		return;
	}
	f->counts[severity]++;
	f->failures += kind_set_has(&f->failing, &finding);
	va_start(args, fmt);
	finding.detail = shown_text(fmt, args);
	va_end(args);
	if (f->on_finding) {
		f->on_finding(f->ctx, &finding);
		finding_release(&finding);
		return;
	}
	f->list = xgrow(f->list, f->len, 1, sizeof(*f->list));
	f->list[f->len++] = finding;
}

void finding_list_note_url(struct finding_list *f, const char *url,
			   double seconds)
{
	if (!f->keeps_urls)
		return;
	f->urls = xgrow(f->urls, f->urls_len, 1, sizeof(*f->urls));
	f->urls[f->urls_len++] = (struct checked_url){shown_url(url), seconds};
}

/* Findings without a page come first. */
static int compare_pages(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	const int pages = compare_pages(a->page, b->page);

	if (pages)
		return pages;
	if (a->severity != b->severity)
		return a->severity < b->severity ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return strcmp(a->url, b->url) ? strcmp(a->url, b->url)
	       : a->number < b->number ? -1
				       : a->number > b->number;
}

void finding_list_sort(struct finding_list *f)
{
	if (f->len)
		qsort(f->list, f->len, sizeof(*f->list), compare);
}

static void add_member(struct buf *to, const char *name, const char *text)
{
	buf_addf(to, ",\"%s\":", name);
	if (text)
		json_add_string(to, text, strlen(text));
	else
		buf_addstr(to, "null");
}

void finding_add_json(struct buf *to, const struct finding *f)
{
	buf_addstr(to, "{\"url\":");
	json_add_string(to, f->url, strlen(f->url));
	add_member(to, "kind", kinds[f->kind]);
	add_member(to, "severity", severities[f->severity]);
	add_member(to, "detail", f->detail);
	add_member(to, "page", f->page);
	buf_addstr(to, "}\n");
}

void finding_list_release(struct finding_list *f)
{
	for (size_t i = 0; i < f->len; i++)
		finding_release(&f->list[i]);
	for (size_t i = 0; i < f->urls_len; i++)
		free(f->urls[i].url);
	free(f->list);
	free(f->urls);
	digest_set_release(&f->known);
	digest_set_release(&f->made);
	*f = (struct finding_list){0};
}
