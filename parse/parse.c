#include "parse/parse.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/headers.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/arena.h"
#include "parse/charset.h"
#include "parse/decode.h"
#include "parse/fields.h"
#include "parse/html.h"
#include "parse/json.h"
#include "parse/media.h"
#include "parse/page.h"
#include "parse/record.h"

/* From this size on, reading a body costs more than waking a worker (35 us).
 * An encoded one may become anything. */
enum { LIGHT_BODY_MAX = 8192 };

/* A worker's own. */
struct parser {
	const struct parse_config *config;	/* borrowed */
	struct charset *charset;
};

/* One response on its way to its page. */
struct reading {
	struct parser *parser;
	struct job *job;
	struct page *page;
	enum media media;
	struct slice type;	/* the media type as declared, or empty */
};

/* libxml2 prints what it has no handler for on standard error. */
static void be_silent(void *ctx, const char *format, ...)
{
	(void)ctx;
	(void)format;
}

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
			  r->parser->config->max_filesize, &message);
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
	charset_to_utf8(r->parser->charset, &r->page->body, r->type, kind);
	r->page->is_text = true;
}

static void read_page(struct reading *r)
{
	const struct response *res = &r->job->res;
	struct page *page = r->page;
	const char *why;

	if (res->head_only)
		return;
	why = page_read(page, (struct slice){page->body.data, page->body.len},
			res->final_url, r->parser->config->links);
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
}

static void read_html(struct reading *r)
{
	to_utf8(r, CHARSET_HTML);
	read_page(r);
}

static void read_xhtml(struct reading *r)
{
	to_utf8(r, CHARSET_XML);
	read_page(r);
}

/* NULL, or what is wrong with the JSON. */
static const char *compact(struct page *page, size_t *at)
{
	const char *why = json_compact(&page->json, buf_cstr(&page->body),
				       page->body.len, at);

	page->is_json = !why;
	return why;
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
}

/* JSON if it is; a text that only begins with a bracket otherwise. */
static void read_maybe_json(struct reading *r)
{
	size_t at;

	to_utf8(r, CHARSET_TEXT);
	compact(r->page, &at);
}

static void read_xml(struct reading *r)
{
	if (r->parser->config->body)
		to_utf8(r, CHARSET_XML);
}

static void read_text(struct reading *r)
{
	const struct buf *body = &r->page->body;

	if (!r->parser->config->body)
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

	if (r->parser->config->body && body->len &&
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
	/* No bytes are "" whatever their type. */
	if (!page->body.len)
		page->is_text = true;
	if (!r->parser->config->body)
		buf_release(&page->body);
}

static void *parser_begin(const void *config)
{
	struct parser *p = xcalloc(1, sizeof(*p));

	p->config = config;
	p->charset = charset_new();
	/* libxml2 keeps this one per thread. */
	xmlSetGenericErrorFunc(NULL, be_silent);
	html_open();
	return p;
}

/* It wins over parse, also when that is what the job comes with: reading it
 * was the end of another worker. */
static void fail_by_status(const struct parse_config *config, struct job *job)
{
	if (!config->fail || job->res.status < 400 ||
	    (job->err && job->err != ERR_PARSE))
		return;
	job_clear_error(job);
	job_fail(job, ERR_STATUS, "HTTP %d", job->res.status);
}

static void parser_run(void *own, struct job *job)
{
	struct parser *parser = own;
	const bool readable = !job->err;
	struct page page = {0};

	/* First, because the first error stays. */
	fail_by_status(parser->config, job);
	if (readable)
		read_response(&(struct reading){
			.parser = parser, .job = job, .page = &page});
	record_write(job, &page, parser->config);
	page_release(&page);
	job_drop_response(job);
}

static void parser_end(void *own)
{
	struct parser *p = own;

	charset_free(p->charset);
	html_close();
	free(p);
}

const struct work parse_work = {
	.begin = parser_begin,
	.run = parser_run,
	.end = parser_end,
};

bool parse_is_light(const struct job *job)
{
	const struct response *res = &job->res;
	struct slice value;

	if (job->err || !res->body.len)
		return true;
	if (res->body.len > LIGHT_BODY_MAX ||
	    headers_get(&res->headers, "content-encoding", &value))
		return false;
	switch (media_declared(&res->headers, &value)) {
	case MEDIA_NONE:
	case MEDIA_HTML:
	case MEDIA_XHTML:
		return false;
	default:
		return true;
	}
}

void parse_global_init(void)
{
	arena_global_init();
	LIBXML_TEST_VERSION
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, be_silent);
	xmlThrDefSetGenericErrorFunc(NULL, be_silent);
}

void parse_global_load(void)
{
	charset_load_all();
}

void parse_global_cleanup(void)
{
	xmlCleanupParser();
}
