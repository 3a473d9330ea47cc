/*
 * The steps from a response to a page: undo content codings, find out the media
 * type, convert to UTF-8, parse. A table maps each media type to the function
 * that reads it.
 */
#include "parse/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "parse/body_type.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/content_coding.h"
#include "parse/encoding/sniff.h"
#include "parse/encoding/media_type.h"
#include "parse/extractor_set.h"
#include "parse/extract/schema.h"
#include "parse/headers_json.h"
#include "parse/html/html.h"
#include "parse/page.h"
#include "parse/page_json.h"
#include "parse/sitemap.h"

struct reader {
	const struct parse_config *config;	/* borrowed */
	struct charset *charset;
	struct extractor_set *extractors;
	struct extractor *extractor;		/* extractor for the page being
						 * read; NULL: no fields */
	struct buf forced_charset;		/* --charset as a media type;
						 * empty: none */
};

/* State while one response is read. */
struct reading {
	struct reader *reader;
	struct job *job;
	struct page *page;
	enum media media;
	bool is_sniffed;	/* media was guessed from the body's bytes */
	struct slice type;	/* the declared media type, or empty */
	const char *encoding;	/* original encoding; NULL: body not read */
};

/* Decodes the body by the given content codings; fails the job on error. */
static int undo_codings(struct reading *r, struct slice codings)
{
	char *message;
	enum err err;

	err = decode_body(&r->page->body, codings,
			  r->reader->config->max_filesize, &message);
	if (!err) {
		r->job->bytes = r->page->body.len;
		return 0;
	}
	job_fail(r->job, err, "%s", message);
	free(message);
	return -1;
}

/* Moves the body from the response to the page and decodes its content
 * encodings. */
static int read_body(struct reading *r)
{
	struct buf codings = {0};
	int result;

	r->page->body = buf_take(&r->job->res.body);
	buf_charge(&r->page->body);
	if (!r->job->res.is_decoded)
		headers_json_join(&codings, &r->job->res.headers,
				  "content-encoding");
	result = undo_codings(r, slice_of(&codings));
	buf_release(&codings);
	return result;
}

/* Converts the body to UTF-8; returns the name of its original encoding. */
static const char *to_utf8(struct reading *r, enum charset_kind kind)
{
	const struct buf *forced = &r->reader->forced_charset;
	struct slice type = r->type;
	const char *name;

	if (forced->len) {
		type = slice_of(forced);
		if (kind == CHARSET_JSON)
			kind = CHARSET_TEXT;
	}
	if (r->job->res.is_text)
		name = charset_declared(&r->page->body, type, kind);
	else
		name = charset_to_utf8(r->reader->charset, &r->page->body,
				       type, kind);
	r->page->is_text = true;
	r->encoding = name;
	return name;
}

/* Reads the body as a tree. Returns NULL or an error message. */
static const char *read_tree(struct reading *r, page_read *read,
			     struct buf *text)
{
	const struct response *res = &r->job->res;
	const struct page_wants wants = {
		.links = r->reader->config->links,
		.meta = r->reader->config->meta,
		.article = r->reader->config->article,
		.markdown = r->reader->config->markdown,
		.max_text = r->reader->config->max_filesize,
		.crawl = r->reader->config->crawl,
		.role = role_page_of(r->reader->config, r->job),
		.text = r->reader->config->page_text,
		.extractor = r->reader->extractor,
		.charset = r->reader->charset,
		.encoding = r->encoding,
	};

	if (res->head_only)
		return NULL;
	return read(r->page, text, res->final_url, &wants);
}

/* Reads HTML. The parser overwrites its input, so the body is copied if --body
 * wants it. */
static void read_markup(struct reading *r)
{
	const bool keep = r->reader->config->body;
	struct buf copy = {0};
	const char *why;

	if (keep)
		buf_add(&copy, r->page->body.data, r->page->body.len);
	why = read_tree(r, page_read_html, keep ? &copy : &r->page->body);
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
	buf_release(&copy);
}

/* Returns true if JSON is wanted whatever type is declared: for --jq and
 * gather. */
static bool wants_json(const struct reading *r)
{
	const struct parse_config *config = r->reader->config;
	const struct schema *x = parse_config_schema(config, r->job);

	return config->want_json || (x && x->has_jq);
}

/* Reads JSON. Several values in a row are accepted if the declared type allows
 * it (JSON lines), or if jq or gather reads the values. */
static const char *compact_json(struct reading *r, struct slice text,
				size_t *at)
{
	const enum json_form form =
		r->media == MEDIA_JSON_LINES ? JSON_SEVERAL_VALUES :
		wants_json(r) ? JSON_ANY_VALUES : JSON_ONE_VALUE;

	return page_json_read(r->page, form, text, at);
}

static const char *extract_values(struct reading *r, const struct url *base)
{
	struct page *page = r->page;
	struct buf lines = {0};
	const char *why;

	if (!page->is_stream)
		return extractor_json(r->reader->extractor, page->json, base,
				      &page->extracted);
	json_lines(&lines, page->json);
	why = extractor_json(r->reader->extractor,
			     (struct slice){buf_cstr(&lines), lines.len}, base,
			     &page->extracted);
	buf_release(&lines);
	return why;
}

static void extract_json(struct reading *r)
{
	struct url base = {0};
	const char *url = r->job->res.final_url, *why;

	if (!r->reader->extractor || !r->page->is_json)
		return;
	if (url)
		url_parse(&base, url, strlen(url), NULL);
	r->page->has_data = true;
	why = extract_values(r, base.href ? &base : NULL);
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
	url_release(&base);
}

/* Reads a body that is JSON in UTF-8 without a BOM, which needs no conversion.
 * Returns false for any other body, with the page unchanged. */
static bool read_plain_json(struct reading *r)
{
	size_t at;

	if (r->reader->forced_charset.len || r->job->res.is_text ||
	    compact_json(r, slice_of(&r->page->body), &at) ||
	    !r->page->json_is_utf8) {
		page_json_clear(r->page);
		return false;
	}
	r->page->is_text = true;
	r->encoding = "UTF-8";
	return true;
}

static void read_json(struct reading *r)
{
	const char *why = NULL;
	size_t at;

	if (!read_plain_json(r)) {
		to_utf8(r, CHARSET_JSON);
		if (r->job->res.head_only)
			return;
		why = compact_json(r, slice_of(&r->page->body), &at);
	}
	/* Do not report this for error statuses: error pages are often declared
	 * as JSON without being JSON. */
	if (why && r->job->res.status < 400)
		job_fail(r->job, ERR_PARSE,
			 PARSE_INVALID_JSON ": %s at byte %zu", why, at);
	extract_json(r);
}

/* Reads a body that was guessed to be JSON: as JSON if it is valid, otherwise
 * as a text that begins with a bracket. */
static void read_maybe_json(struct reading *r)
{
	size_t at;

	to_utf8(r, CHARSET_TEXT);
	compact_json(r, slice_of(&r->page->body), &at);
	extract_json(r);
}

/* Returns true if the body is JSON before any conversion: brackets, quotes and
 * digits are the same bytes in nearly all encodings. */
static bool is_json_already(struct reading *r)
{
	const struct slice text = sniff_skip_bom(slice_of(&r->page->body));
	size_t at;
	const bool is_json = sniff_may_be_json(text) &&
			     !compact_json(r, text, &at);

	page_json_clear(r->page);
	return is_json;
}

/* Reads JSON that is declared as another type (raw files, APIs whose server
 * declares text/html), for --jq and gather. Returns false, with the body
 * unchanged, if the body is not JSON. */
static bool read_as_json(struct reading *r)
{
	const struct buf *body = &r->page->body;
	const bool is_text = r->media == MEDIA_TEXT || r->media == MEDIA_OTHER;

	if (!wants_json(r))
		return false;
	if ((is_text && media_sniff(body->data, body->len) == MEDIA_JSON) ||
	    is_json_already(r)) {
		read_maybe_json(r);
		return true;
	}
	return false;
}

static void read_html(struct reading *r)
{
	if (read_as_json(r))
		return;
	to_utf8(r, CHARSET_HTML);
	read_markup(r);
}

static void read_xhtml(struct reading *r)
{
	to_utf8(r, CHARSET_XML);
	read_markup(r);
}

/* Returns true if bytes of the body were malformed in its encoding, which XML
 * counts as an error. */
static bool has_lost_bytes(const struct buf *body, const char *encoding,
			   bool was_utf8)
{
	return (!was_utf8 || strcmp(encoding, "UTF-8") != 0) && body->len &&
	       memmem(body->data, body->len, UTF8_REPLACEMENT,
		      strlen(UTF8_REPLACEMENT));
}

static void read_xml(struct reading *r)
{
	const struct reader *reader = r->reader;
	const struct buf *body = &r->page->body;
	const bool wants_tree = reader->extractor ||
				role_page_has_links(reader->config, r->job);
	const char *encoding, *why;
	bool was_utf8;

	if (!reader->config->body && !wants_tree)
		return;
	was_utf8 = utf8_valid_prefix(body->data, body->len) == body->len;
	encoding = to_utf8(r, CHARSET_XML);
	if (!wants_tree)
		return;
	why = read_tree(r, page_read_xml, &r->page->body);
	/* Do not report this: error pages are often declared as XML. */
	if (r->page->is_broken && r->job->res.status >= 400)
		return;
	if (why)
		job_fail(r->job, ERR_PARSE, "%s", why);
	else if (has_lost_bytes(body, encoding, was_utf8))
		job_fail(r->job, ERR_PARSE, "the XML is not well-formed: it "
			 "has bytes that are not %s (set their encoding with "
			 "--charset)", encoding);
}

static void read_text(struct reading *r)
{
	const struct buf *body = &r->page->body;

	if (read_as_json(r) || !r->reader->config->body)
		return;
	/* Servers declare text/plain for files they do not recognise (MIME
	 * Sniffing Standard, 7.2). */
	if (r->type.len == strlen("text/plain") &&
	    media_has_binary(body->data, body->len))
		return;
	to_utf8(r, CHARSET_TEXT);
}

static void read_unknown(struct reading *r)
{
	const struct buf *body = &r->page->body;

	if (!read_as_json(r) && r->reader->config->body && body->len &&
	    utf8_valid_prefix(body->data, body->len) == body->len &&
	    !memchr(body->data, '\0', body->len))
		to_utf8(r, CHARSET_TEXT);
}

static void read_binary(struct reading *r)
{
	read_as_json(r);
}

static void (*const readers[])(struct reading *) = {
	[MEDIA_HTML] = read_html,
	[MEDIA_XHTML] = read_xhtml,
	[MEDIA_JSON] = read_json,
	[MEDIA_JSON_LINES] = read_json,
	[MEDIA_XML] = read_xml,
	[MEDIA_TEXT] = read_text,
	[MEDIA_GZIP] = read_binary,
	[MEDIA_BINARY] = read_binary,
	[MEDIA_OTHER] = read_unknown,
};

static int find_type(struct reading *r)
{
	const enum media declared = media_declared(&r->job->res.headers,
						   &r->type);
	struct body_type type = {
		.config = r->reader->config,
		.declared = declared,
		.name = body_type_of_url(r->job->res.final_url),
	};

	if (declared == MEDIA_NONE)
		r->type = (struct slice){"", 0};
	if (body_type_should_unpack(&type, slice_of(&r->page->body))) {
		if (undo_codings(r, (struct slice){"gzip", 4}))
			return -1;
		type.was_packed = true;
	}
	r->media = body_type_decide(&type, slice_of(&r->page->body));
	r->is_sniffed = type.is_sniffed;
	return 0;
}

static void read_response(struct reading *r)
{
	struct page *page = r->page;

	if (r->job->req.is_sitemap)
		sitemap_read(r->job, &page->crawl);
	else if (read_body(r) || find_type(r))
		return;
	else if (r->media == MEDIA_JSON && r->is_sniffed)
		read_maybe_json(r);
	else
		readers[r->media](r);
	if (r->reader->extractor && !page->has_data && !r->job->err &&
	    !r->job->res.head_only) {
		page->has_data = true;
		extractor_all_null(r->reader->extractor, &page->extracted);
	}
	/* An empty body is written as "" in the record, whatever its type. */
	if (!page->body.len)
		page->is_text = true;
	page_finish_body(page, r->reader->config);
}

struct reader *reader_new(const struct parse_config *config)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->config = config;
	r->charset = charset_new();
	if (*config->charset)
		buf_addf(&r->forced_charset, "text/plain;charset=%s",
			 config->charset);
	html_open();
	r->extractors = extractor_set_new(config);
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	extractor_set_free(r->extractors);
	charset_free(r->charset);
	buf_release(&r->forced_charset);
	html_close();
	free(r);
}

void reader_read(struct reader *r, struct job *job, struct page *page)
{
	r->extractor = extractor_set_of(r->extractors, job);
	read_response(&(struct reading){
		.reader = r, .job = job, .page = page});
}

void reader_stop(struct reader *r)
{
	extractor_set_stop(r->extractors);
}
