/* Writes records as JSON text straight into a buffer. record_join.c has a table
 * of the same members, in the same order. */
#include "parse/record.h"

#include <string.h>

#include "base/base64.h"
#include "base/json/compact.h"
#include "base/timestamp.h"
#include "parse/headers_json.h"

/* A member's key with all that is around it, as one literal. */
#define KEY(name) ((struct slice){",\"" name "\":", sizeof(name) + 3})

static inline void add_key(struct buf *out, struct slice key)
{
	buf_add(out, key.p, key.len);
}

static void add_text(struct buf *out, struct slice key, const char *s)
{
	add_key(out, key);
	if (s)
		json_add_string(out, s, strlen(s));
	else
		buf_addstr(out, "null");
}

static void add_int(struct buf *out, struct slice key, int64_t n)
{
	add_key(out, key);
	json_add_int(out, n);
}

/* Adds a member whose value is JSON already; null if there is no value. */
static void add_json(struct buf *out, struct slice key, struct slice json,
		     bool present)
{
	add_key(out, key);
	if (present)
		buf_add(out, json.p, json.len);
	else
		buf_addstr(out, "null");
}

static void add_json_text(struct buf *out, struct slice key, const char *json)
{
	add_key(out, key);
	buf_addstr(out, json ? json : "null");
}

static void add_error(struct buf *out, const struct job *job)
{
	const char *message = job->err_message;

	add_key(out, KEY("error"));
	if (!job->err) {
		buf_addstr(out, "null");
		return;
	}
	buf_addstr(out, "{\"kind\":\"");
	buf_addstr(out, err_name(job->err));
	buf_addch(out, '"');
	add_text(out, KEY("message"), message ? message : err_name(job->err));
	buf_addch(out, '}');
}

static void add_content_type(struct buf *out, const struct job *job)
{
	struct buf value = {0};

	add_key(out, KEY("content_type"));
	if (headers_json_join(&value, &job->res.headers, "content-type"))
		headers_json_add_string(out, value.data, value.len);
	else
		buf_addstr(out, "null");
	buf_release(&value);
}

static void add_time(struct buf *out, const struct timing *time)
{
	const struct {
		const char *name;
		msec value;
	} rows[] = {
		{"{\"total\":", time->total},
		{",\"wait\":", time->wait},
		{",\"dns\":", time->dns},
		{",\"connect\":", time->connect},
		{",\"tls\":", time->tls},
		{",\"first_byte\":", time->first_byte},
	};

	add_key(out, KEY("time"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_addstr(out, rows[i].name);
		json_add_seconds(out, rows[i].value);
	}
	buf_addch(out, '}');
}

static void add_body(struct buf *out, const struct page *page)
{
	if (page->is_text) {
		add_key(out, KEY("body"));
		json_add_string(out, page->body.data, page->body.len);
	} else if (page->body.len) {
		add_key(out, KEY("body_base64"));
		buf_addch(out, '"');
		base64_add(out, page->body.data, page->body.len);
		buf_addch(out, '"');
	} else {
		add_text(out, KEY("body"), NULL);
	}
}

static void add_missing(struct buf *out, const struct buf *paths)
{
	add_key(out, KEY("missing"));
	buf_addch(out, '[');
	buf_add(out, paths->data, paths->len);
	buf_addch(out, ']');
}

static void add_markdown(struct buf *out, const struct page *page)
{
	add_key(out, KEY("markdown"));
	if (page->has_markdown)
		json_add_string(out, page->markdown.data, page->markdown.len);
	else
		buf_addstr(out, "null");
}

/* Adds the members of a page and returns where the value of "json" is in out.
 * Every member added here needs a row in record_join.c. */
static struct record_json add_page(struct buf *out, const struct job *job,
				   const struct page *page,
				   const struct parse_config *config)
{
	const struct schema *x = parse_config_schema(config, job);
	struct record_json json;

	add_key(out, KEY("title"));
	if (page->has_title)
		json_add_string(out, page->title.data, page->title.len);
	else
		buf_addstr(out, "null");
	add_key(out, KEY("links_count"));
	if (page->is_html)
		json_add_int(out, (int64_t)page->links_count);
	else
		buf_addstr(out, "null");
	json.at = out->len + strlen(",\"json\":");
	/* With --jq, the record has the outputs of the filter and not the JSON
	 * itself. */
	add_json(out, KEY("json"), page->json,
		 page->is_json && !(x && x->has_jq));
	json.len = out->len - json.at;
	/* Tells gather that "json" is an array of several values. A worker
	 * process can only pass this on as a member of the record. */
	json.is_stream = page->is_stream && config->want_json;
	if (json.is_stream)
		buf_addstr(out, ",\"json_stream\":true");
	if (config->links)
		add_json(out, KEY("links"), slice_of(&page->links), page->is_html);
	if (parse_config_has_data(config, job))
		add_json(out, KEY("data"), slice_of(&page->extracted.data),
			 page->has_data);
	if (page->extracted.missing.len)
		add_missing(out, &page->extracted.missing);
	if (config->meta)
		add_json(out, KEY("meta"), slice_of(&page->meta), page->has_meta);
	if (config->article)
		add_json(out, KEY("article"), slice_of(&page->article),
			 page->has_article);
	if (config->markdown)
		add_markdown(out, page);
	return json;
}

void record_add_headers(struct buf *out, const struct job *job)
{
	const struct response *res = &job->res;

	add_key(out, KEY("headers"));
	if (res->status)
		headers_json_add_object(out, &res->headers);
	else
		buf_addstr(out, "null");
}

static void add_status(struct buf *out, const struct job *job)
{
	if (job->res.status)
		add_int(out, KEY("status"), job->res.status);
	else
		add_text(out, KEY("status"), NULL);
}

static void add_fetched_at(struct buf *out, const struct response *res)
{
	add_key(out, KEY("fetched_at"));
	if (!res->began) {
		buf_addstr(out, "null");
		return;
	}
	buf_addch(out, '"');
	timestamp_add(out, res->began);
	buf_addch(out, '"');
}

static void add_redirects(struct buf *out, const struct job *job)
{
	add_key(out, KEY("redirects"));
	if (!job->attempts) {
		buf_addstr(out, "null");
		return;
	}
	buf_addch(out, '[');
	buf_add(out, job->hop.chain.data, job->hop.chain.len);
	buf_addch(out, ']');
}

static void add_plain(struct buf *out, struct slice key, const char *value)
{
	add_key(out, key);
	if (!value || !*value) {
		buf_addstr(out, "null");
		return;
	}
	buf_addch(out, '"');
	buf_addstr(out, value);
	buf_addch(out, '"');
}

/* Adds the members that describe the connection: when, from where and by which
 * protocol the response came. */
static void add_connection(struct buf *out, const struct job *job)
{
	const struct response *res = &job->res;

	add_fetched_at(out, res);
	add_redirects(out, job);
	/* The values of these two members need no escapes. */
	add_plain(out, KEY("ip"), res->ip);
	add_plain(out, KEY("http_version"), res->http_version);
}

static void add_input(struct buf *out, const struct job *job)
{
	if (!job->req.input)
		return;
	add_key(out, KEY("input"));
	buf_addstr(out, job->req.input);
}

void record_add_head(struct buf *out, const struct job *job,
		     const struct parse_config *config)
{
	buf_addstr(out, "{\"index\":");
	json_add_int(out, (int64_t)job->req.index);
	if (job->req.id) {
		add_key(out, KEY("id"));
		buf_addstr(out, job->req.id);
	}
	add_text(out, KEY("url"), job->req.url);
	add_input(out, job);
	add_text(out, KEY("final_url"), job->res.final_url);
	add_status(out, job);
	add_key(out, KEY("ok"));
	buf_addstr(out, job_is_ok(job) ? "true" : "false");
	add_error(out, job);
	add_int(out, KEY("attempts"), job->attempts);
	add_content_type(out, job);
	add_int(out, KEY("bytes"), (int64_t)job->bytes);
	add_time(out, &job->time);
	add_connection(out, job);
	if (config->tls_info)
		add_json_text(out, KEY("tls"), job->res.tls);
	if (job->res.warc)
		add_json_text(out, KEY("warc"), job->res.warc);
}

void page_release(struct page *page)
{
	buf_release(&page->title);
	buf_release(&page->links);
	buf_release(&page->json_buf);
	buf_release(&page->meta);
	buf_release(&page->article);
	buf_release(&page->markdown);
	buf_release(&page->crawl);
	extracted_release(&page->extracted);
	buf_release(&page->body);
	*page = (struct page){0};
}

static void add_record(struct job *job, const struct page *page,
		       const struct parse_config *config)
{
	struct buf *out = &job->record;

	buf_reserve(out, RECORD_USUAL_HEAD + page->links.len + page->json.len +
				 page->extracted.data.len);
	record_add_head(out, job, config);
	job->json = add_page(out, job, page, config);
	if (config->headers)
		record_add_headers(out, job);
	if (config->body)
		add_body(out, page);
	buf_addstr(out, "}\n");
}

static void add_part(struct buf *out, const struct job *job,
		     const struct page *page, const struct parse_config *config)
{
	buf_reserve(out, page->links.len + page->json.len +
				 page->extracted.data.len + page->body.len);
	add_page(out, job, page, config);
	if (config->body)
		add_body(out, page);
	buf_addstr(out, "}\n");
}

/* Appends the paths of the fields that item n lacks, without the item's index.
 * *at is the position in the list of all paths, which are in the order of the
 * items; it is moved behind the paths of item n. */
static void add_item_missing(struct buf *out, const struct buf *missing,
			     size_t *at, size_t n)
{
	struct buf start = {0};
	bool any = false;

	buf_addf(&start, "\"[%zu].", n);
	while (missing->len - *at > start.len &&
	       !memcmp(missing->data + *at, start.data, start.len)) {
		const char *path = missing->data + *at + start.len;
		const char *end = missing->data + missing->len;
		const char *p = path;

		while (p < end && *p != '"')
			p += *p == '\\' ? 2 : 1;
		buf_addstr(out, any ? ",\"" : ",\"missing\":[\"");
		buf_add(out, path, (size_t)(p + 1 - path));
		*at = (size_t)(p + 1 - missing->data);
		if (*at < missing->len)
			++*at;	/* skip the comma */
		any = true;
	}
	if (any)
		buf_addch(out, ']');
	buf_release(&start);
}

void record_add_item_head(struct buf *out, const struct job *job, size_t item)
{
	buf_addstr(out, "{\"index\":");
	json_add_int(out, (int64_t)job->req.index);
	if (job->req.id) {
		add_key(out, KEY("id"));
		buf_addstr(out, job->req.id);
	}
	add_text(out, KEY("url"), job->req.url);
	add_input(out, job);
	add_int(out, KEY("item"), (int64_t)item);
	add_status(out, job);
	if (job->res.warc)
		add_json_text(out, KEY("warc"), job->res.warc);
}

/* Adds a line for each item. Each line begins with the record's head, but not
 * if is_part is set. */
static void add_items(struct buf *out, const struct job *job,
		      const struct page *page, bool is_part)
{
	const struct slice array = {page->extracted.data.data,
				    page->extracted.data.len};
	struct slice name, object;
	size_t at = 0, missing_at = 0;

	for (size_t n = 0; json_next(array, &at, &name, &object); n++) {
		if (!is_part)
			record_add_item_head(out, job, n);
		add_key(out, KEY("data"));
		buf_add(out, object.p, object.len);
		add_item_missing(out, &page->extracted.missing, &missing_at,
				 n);
		buf_addstr(out, "}\n");
	}
}

bool record_may_have_items(const struct job *job,
			   const struct parse_config *config)
{
	const struct schema *x = parse_config_schema(config, job);

	return x && x->items && !job->err && job->res.status < 400;
}

void record_write(struct job *job, const struct page *page,
		  const struct parse_config *config)
{
	struct buf *out = &job->record;

	buf_clear(out);
	job->json = (struct record_json){0};
	if (record_may_have_items(job, config))
		add_items(out, job, page, false);
	if (!out->len)
		add_record(job, page, config);
}

void record_write_part(struct job *job, const struct page *page,
		       const struct parse_config *config)
{
	struct buf *out = &job->record;

	buf_clear(out);
	if (record_may_have_items(job, config))
		add_items(out, job, page, true);
	if (!out->len)
		add_part(out, job, page, config);
}
