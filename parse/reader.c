#include "parse/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/charset.h"
#include "parse/decode.h"
#include "parse/extraction.h"
#include "parse/fields.h"
#include "parse/html.h"
#include "parse/json.h"
#include "parse/media.h"
#include "parse/page.h"

struct reader {
	const struct parse_config *config;	/* borrowed */
	struct charset *charset;
	struct extractor *extractor;		/* NULL: no fields */
};

/* One response on its way to its page. */
struct reading {
	struct reader *reader;
	struct job *job;
	struct page *page;
	enum media media;
	struct slice type;	/* the media type as declared, or empty */
};

/* Moves the body from the response to the page, without its encodings. */
static int read_body(struct reading *r)
{
	struct buf codings = {0};
	char *message;
	enum err err;

	r->page->body = buf_take(&r->job->res.body);
	fields_join(&codings, &r->job->res.headers, "content-encoding");
	err = decode_body(&r->page->body,
			  (struct slice){codings.data, codings.len},
			  r->reader->config->max_filesize, &message);
	buf_release(&codings);
	if (!err) {
		r->job->bytes = r->page->body.len;
		return 0;
	}
	job_fail(r->job, err, "%s", message);
	free(message);
	return -1;
}

static void to_utf8(struct reading *r, enum charset_kind kind)
{
	charset_to_utf8(r->reader->charset, &r->page->body, r->type, kind);
	r->page->is_text = true;
}

typedef const char *page_read(struct page *page, struct slice text,
			      const char *final_url,
			      const struct page_wants *wants);

static void read_page(struct reading *r, page_read *read)
{
	const struct response *res = &r->job->res;
	struct page *page = r->page;
	const struct page_wants wants = {
		.links = r->reader->config->links,
		.meta = r->reader->config->meta,
		.extractor = r->reader->extractor,
	};
	const char *why;

	if (res->head_only)
		return;
	why = read(page, (struct slice){page->body.data, page->body.len},
		   res->final_url, &wants);
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
}

static void read_html(struct reading *r)
{
	to_utf8(r, CHARSET_HTML);
	read_page(r, page_read_html);
}

static void read_xhtml(struct reading *r)
{
	to_utf8(r, CHARSET_XML);
	read_page(r, page_read_html);
}

/* NULL, or what is wrong with the JSON. */
static const char *compact(struct page *page, size_t *at)
{
	const char *why = json_compact(&page->json, buf_cstr(&page->body),
				       page->body.len, at);

	page->is_json = !why;
	return why;
}

static void extract_json(struct reading *r)
{
	struct extractor *extractor = r->reader->extractor;
	struct page *page = r->page;
	struct url base = {0};
	const char *url = r->job->res.final_url, *why;

	if (!extractor || !page->is_json)
		return;
	if (url)
		url_parse(&base, url, strlen(url), NULL);
	page->has_data = true;
	why = extractor_json(extractor,
			     (struct slice){page->json.data, page->json.len},
			     base.href ? &base : NULL, &page->extracted);
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
	url_release(&base);
}

static void read_json(struct reading *r)
{
	const struct response *res = &r->job->res;
	const char *why;
	size_t at;

	to_utf8(r, CHARSET_JSON);
	why = compact(r->page, &at);
	/* Error pages under the name of JSON are common, and HEAD, 204 and 304
	 * have no body: neither is the document's fault. */
	if (why && res->status < 400 && !res->head_only)
		job_fail(r->job, ERR_PARSE,
			 "invalid JSON: %s at byte %zu", why, at);
	extract_json(r);
}

/* JSON if it is; a text that only begins with a bracket otherwise. */
static void read_maybe_json(struct reading *r)
{
	size_t at;

	to_utf8(r, CHARSET_TEXT);
	compact(r->page, &at);
	extract_json(r);
}

static void read_xml(struct reading *r)
{
	const struct reader *reader = r->reader;

	if (reader->config->body || reader->extractor)
		to_utf8(r, CHARSET_XML);
	if (reader->extractor)
		read_page(r, page_read_xml);
}

/* Raw files and careless APIs are JSON by another name: --jq says that it is
 * wanted all the same. */
static bool is_wanted_as_json(const struct reading *r)
{
	const struct extraction *x = r->reader->config->extraction;
	const struct buf *body = &r->page->body;

	return x && x->has_jq &&
	       media_sniff(body->data, body->len) == MEDIA_JSON;
}

static void read_text(struct reading *r)
{
	const struct buf *body = &r->page->body;

	if (is_wanted_as_json(r)) {
		read_maybe_json(r);
		return;
	}
	if (!r->reader->config->body)
		return;
	/* Servers say text/plain of what they do not know (MIME Sniffing
	 * Standard, 7.2). */
	if (r->type.len == strlen("text/plain") &&
	    media_has_binary(body->data, body->len))
		return;
	to_utf8(r, CHARSET_TEXT);
}

static void read_other(struct reading *r)
{
	const struct buf *body = &r->page->body;

	if (is_wanted_as_json(r)) {
		read_maybe_json(r);
		return;
	}
	if (r->reader->config->body && body->len &&
	    utf8_valid_prefix(body->data, body->len) == body->len &&
	    !memchr(body->data, '\0', body->len))
		to_utf8(r, CHARSET_TEXT);
}

static void read_binary(struct reading *r)
{
	(void)r;
}

static void (*const readers[])(struct reading *) = {
	[MEDIA_HTML] = read_html,
	[MEDIA_XHTML] = read_xhtml,
	[MEDIA_JSON] = read_json,
	[MEDIA_XML] = read_xml,
	[MEDIA_TEXT] = read_text,
	[MEDIA_BINARY] = read_binary,
	[MEDIA_OTHER] = read_other,
};

static void read_response(struct reading *r)
{
	struct page *page = r->page;

	if (read_body(r))
		return;
	r->media = media_declared(&r->job->res.headers, &r->type);
	if (r->media != MEDIA_NONE) {
		readers[r->media](r);
	} else {
		r->type = (struct slice){"", 0};
		r->media = media_sniff(page->body.data, page->body.len);
		if (r->media == MEDIA_JSON)
			read_maybe_json(r);
		else
			readers[r->media](r);
	}
	if (r->reader->extractor && !page->has_data && !r->job->err &&
	    !r->job->res.head_only) {
		page->has_data = true;
		extractor_nothing(r->reader->extractor, &page->extracted);
	}
	/* No bytes are "" whatever their type. */
	if (!page->body.len)
		page->is_text = true;
	if (!r->reader->config->body)
		buf_release(&page->body);
}

struct reader *reader_new(const struct parse_config *config)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->config = config;
	r->charset = charset_new();
	html_open();
	if (config->extraction)
		r->extractor = extractor_new(config->extraction);
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	extractor_free(r->extractor);
	charset_free(r->charset);
	html_close();
	free(r);
}

void reader_read(struct reader *r, struct job *job, struct page *page)
{
	read_response(&(struct reading){
		.reader = r, .job = job, .page = page});
}

void reader_stop(struct reader *r)
{
	if (r->extractor)
		extractor_stop(r->extractor);
}
