/* Reads a saved record with a table of its members. */
#include "cmd/extract/saved_record.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "cmd/input/line_ref.h"
#include "cmd/input/request_line.h"

enum {
	INDEX_DIGITS_MAX = 15,
	STATUS_DIGITS_MAX = 3,
	ATTEMPTS_DIGITS_MAX = 7,
	/* Limit of a line in bytes: LINE_MIN, and LINE_FACTOR for each byte of
	 * the body (six for an escape, and its share of JSON, links and
	 * metadata). */
	LINE_MIN = 64 << 20,
	LINE_FACTOR = 8,
};

/* The members of a record that are used, as JSON text; p is NULL if a member is
 * missing. */
struct saved {
	struct slice index, id, url, input, final_url, status, error, attempts,
		content_type, fetched_at, redirects, ip, http_version, headers,
		json, body, body_base64;
};

static const struct {
	const char *name;
	size_t at;
} members[] = {
	{"index", offsetof(struct saved, index)},
	{"id", offsetof(struct saved, id)},
	{"url", offsetof(struct saved, url)},
	{"input", offsetof(struct saved, input)},
	{"final_url", offsetof(struct saved, final_url)},
	{"status", offsetof(struct saved, status)},
	{"error", offsetof(struct saved, error)},
	{"attempts", offsetof(struct saved, attempts)},
	{"content_type", offsetof(struct saved, content_type)},
	{"fetched_at", offsetof(struct saved, fetched_at)},
	{"redirects", offsetof(struct saved, redirects)},
	{"ip", offsetof(struct saved, ip)},
	{"http_version", offsetof(struct saved, http_version)},
	{"headers", offsetof(struct saved, headers)},
	{"json", offsetof(struct saved, json)},
	{"body", offsetof(struct saved, body)},
	{"body_base64", offsetof(struct saved, body_base64)},
};

static void find_members(struct saved *s, struct slice object)
{
	struct slice name, value;
	size_t at = 0;

	while (json_next(object, &at, &name, &value))
		for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
			if (slice_is(name, members[i].name))
				*(struct slice *)((char *)s + members[i].at) =
					value;
}

/* Returns a copy of a JSON string's text; NULL if the value is not a string. */
static char *copy_text(struct slice value)
{
	struct buf text = {0};

	if (!json_is_text(value))
		return NULL;
	json_string_text(&text, value);
	buf_cstr(&text);
	return buf_detach(&text);
}

/* Returns true if the value is a natural number with at most that many
 * digits. */
static bool read_number(struct slice value, size_t digits_max, uint64_t *number)
{
	*number = 0;
	if (!value.len || value.len > digits_max)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(value.p[i] - '0');
	}
	return true;
}

/* Returns the first value of a header, with a list of values for each name. */
static struct slice find_header(struct slice headers, const char *name)
{
	struct slice key, value, none;
	size_t at = 0, first = 0;

	if (!headers.len || headers.p[0] != '{')
		return (struct slice){0};
	while (json_next(headers, &at, &key, &value)) {
		if (!slice_is(key, name))
			continue;
		if (value.p[0] == '[' &&
		    !json_next(value, &first, &none, &value))
			return (struct slice){0};
		return value;
	}
	return (struct slice){0};
}

static void set_content_type(struct job *job, const struct saved *s)
{
	struct slice value = find_header(s->headers, "content-type");
	struct buf line = {0};

	if (!json_is_text(value))
		value = s->content_type;
	if (json_is_text(value)) {
		buf_addstr(&line, "content-type: ");
		json_string_text(&line, value);
		headers_add_line(&job->res.headers, line.data, line.len);
	}
	buf_release(&line);
}

/* Sets the error of the record as the job's error. */
static void repeat_error(struct job *job, struct slice error)
{
	enum err err = ERR_INTERNAL;
	char *kind = NULL, *message = NULL;
	struct slice name, value;
	size_t at = 0;

	while (json_next(error, &at, &name, &value)) {
		if (slice_is(name, "kind") && !kind)
			kind = copy_text(value);
		else if (slice_is(name, "message") && !message)
			message = copy_text(value);
	}
	for (int e = ERR_NONE + 1; kind && e < ERR_COUNT; e++)
		if (!strcmp(kind, err_name((enum err)e)))
			err = (enum err)e;
	job_fail(job, err, "%s", message ? message : kind ? kind : "unknown");
	free(kind);
	free(message);
}

/* Moves the body of the record to the response. Its possible members are
 * checked in this order: a record has only one of them. */
static void set_body(struct job *job, const struct saved *s,
		     struct line_ref ref, uint64_t max)
{
	static const char type[] = "content-type: application/json";
	struct buf *body = &job->res.body;

	if (json_is_text(s->body)) {
		json_string_text(body, s->body);
		job->res.is_text = true;
	} else if (json_is_text(s->body_base64)) {
		struct buf digits = {0};

		json_string_text(&digits, s->body_base64);
		if (!base64_decode(body, buf_cstr(&digits), digits.len))
			line_ref_fail(job, ref, "its body_base64 is not "
						"Base64");
		buf_release(&digits);
	} else if (s->error.len && s->error.p[0] == '{') {
		repeat_error(job, s->error);
	} else if (s->json.len && !slice_is(s->json, "null")) {
		buf_add(body, s->json.p, s->json.len);
		job->res.is_text = true;
		buf_clear(&job->res.headers);
		headers_add_line(&job->res.headers, type, strlen(type));
	} else {
		line_ref_fail(job, ref, "this record has no body: records "
					"have one if they are made with "
					"--body");
	}
	if (max && body->len > max)
		job_fail(job, ERR_TOO_LARGE, "larger than --max-filesize");
}

/* Stores where and when the response came from. */
static void set_origin(struct job *job, const struct saved *s)
{
	static const char *const versions[] = {"1.0", "1.1", "2", "3"};
	char *version = copy_text(s->http_version), *ip = copy_text(s->ip);
	uint64_t attempts;

	if (read_number(s->attempts, ATTEMPTS_DIGITS_MAX, &attempts))
		job->attempts = (unsigned)attempts;
	if (json_is_text(s->fetched_at))
		job->res.began = timestamp_read((struct slice){
			s->fetched_at.p + 1, s->fetched_at.len - 2});
	if (s->redirects.len > 2 && s->redirects.p[0] == '[')
		buf_add(&job->hop.chain, s->redirects.p + 1,
			s->redirects.len - 2);
	for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++)
		if (version && !strcmp(version, versions[i]))
			job->res.http_version = versions[i];
	if (ip && strlen(ip) < sizeof(job->res.ip) &&
	    strspn(ip, "0123456789abcdef:.") == strlen(ip))
		memcpy(job->res.ip, ip, strlen(ip) + 1);
	free(version);
	free(ip);
}

/* Returns false, and fails the job, if the members are not members of a
 * record. */
static bool set_request(struct job *job, const struct saved *s,
			struct line_ref ref)
{
	char *url = copy_text(s->url);

	if (!url) {
		line_ref_fail(job, ref, "not a record: it has no \"url\"");
		return false;
	}
	job->req.url = url;
	if (s->id.len)
		job->req.id = xmemdup(s->id.p, s->id.len);
	if (s->input.len && s->input.p[0] == '{')
		job->req.input = xmemdup(s->input.p, s->input.len);
	return true;
}

static void set_response(struct job *job, const struct saved *s,
			 struct line_ref ref, const struct options *o)
{
	uint64_t status;

	set_content_type(job, s);
	if (read_number(s->status, STATUS_DIGITS_MAX, &status))
		job->res.status = (int)status;
	job->res.local = !job->res.status;
	set_origin(job, s);
	job->res.final_url = copy_text(s->final_url);
	set_body(job, s, ref, o->engine.parse.max_filesize);
	/* Responses with these statuses have no body. */
	job->res.head_only = !job->res.body.len && (job->res.status == 204 ||
						    job->res.status == 304);
	/* Links are relative to the URL of the record. */
	if (!job->err && !job->res.final_url)
		job->res.final_url = xstrdup(strstr(job->req.url, "://") ||
					     !o->base_url
						     ? job->req.url
						     : o->base_url);
}

/* Reads the record into the job, or fails the job. */
static void read_record(struct job *job, struct slice text,
			struct line_ref ref, const struct options *o)
{
	struct buf compact = {0};
	struct saved saved = {0};
	const char *wrong;
	uint64_t index;
	size_t at = 0;

	if (!line_is_json(text)) {
		line_ref_fail(job, ref, "not a record, which is a JSON object");
	} else if (utf8_valid_prefix(text.p, text.len) != text.len) {
		line_ref_fail(job, ref, "not a record: invalid UTF-8");
	} else if (!json_add_checked(&compact, text)) {
		buf_clear(&compact);
		wrong = json_compact(&compact, text.p, text.len, &at);
		line_ref_fail(job, ref, "not a record: invalid JSON at byte "
			      "%zu: %s", at + 1, wrong ? wrong : "too deep");
	} else {
		find_members(&saved, slice_of(&compact));
		if (set_request(job, &saved, ref))
			set_response(job, &saved, ref, o);
		if (read_number(saved.index, INDEX_DIGITS_MAX, &index))
			job->owner_data = (void *)(uintptr_t)(index + 1);
	}
	buf_release(&compact);
}

/* Removes the brackets and the comma that a JSON array has around its elements
 * (--format json). */
static struct slice without_array(struct slice text)
{
	if (text.len && text.p[0] == ',') {
		text.p++;
		text.len--;
	}
	if (text.len && text.p[text.len - 1] == ',')
		text.len--;
	return slice_trim(text, LINE_SPACE);
}

size_t saved_record_max(const struct options *o)
{
	const uint64_t body = o->engine.parse.max_filesize;
	const uint64_t most = SIZE_MAX / 4;

	if (!body || body > most / LINE_FACTOR)
		return (size_t)most;
	return body * LINE_FACTOR < LINE_MIN ? LINE_MIN
					     : (size_t)body * LINE_FACTOR;
}

struct job *saved_record_next(void *ctx, struct lines *lines,
			      const char *source)
{
	const struct options *o = ctx;
	struct line_ref ref = {.source = source};
	struct slice text;
	struct line line;
	struct job *job;

	lines->json_max = saved_record_max(o);
	do {
		if (!lines_next(lines, &line))
			return NULL;
		text = without_array(line.text);
	} while (slice_is(text, "[") || slice_is(text, "]") || !text.len);
	ref.number = line.number;
	job = job_new();
	job->res.local = true;
	if (line.too_long)
		line_ref_fail(job, ref, "longer than %zu MB",
			      lines->json_max >> 20);
	else
		read_record(job, text, ref, o);
	if (!job->req.url)
		job->req.url = utf8_clean(text.p, text.len, REQUEST_SHOWN,
					  NULL);
	return job;
}
