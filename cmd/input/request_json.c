/* Reads request objects with a table of keys and their setters. */
#include "cmd/input/request_json.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "cmd/input/request_headers.h"
#include "cmd/input/request_params.h"

/* State while an object is read. */
struct reader {
	struct job *job;
	struct line_ref ref;
	struct request_headers headers;
	bool has_headers, has_body, has_json;
	bool is_map;		/* the object is a line of crawl --map */
	unsigned given;		/* bits by row of keys */
};

static void fail_not_unicode(struct reader *r, const char *key)
{
	line_ref_fail(r->job, r->ref, "\"%s\" is not Unicode", key);
}

/* Returns an owned copy of the string value. Returns NULL, and fails the job,
 * if the string contains a NUL. */
static char *read_string(struct reader *r, const char *key,
			 struct slice value)
{
	struct json_text t;
	char *s = NULL;

	if (!json_text_read(&t, value)) {
		fail_not_unicode(r, key);
		return NULL;
	}
	if (t.text.len && memchr(t.text.p, '\0', t.text.len))
		line_ref_fail(r->job, r->ref, "\"%s\" contains a NUL", key);
	else
		s = xmemdup(t.text.p, t.text.len);
	json_text_release(&t);
	return s;
}

/* Setters of request members. Each returns false if the value has the wrong
 * type. */

static bool set_url(struct reader *r, struct slice value)
{
	if (!json_is_text(value))
		return false;
	r->job->req.url = read_string(r, "url", value);
	return true;
}

static bool set_method(struct reader *r, struct slice value)
{
	struct request *req = &r->job->req;

	if (!json_is_text(value))
		return false;
	req->method = read_string(r, "method", value);
	return !req->method ||
	       http_is_token((struct slice){req->method, strlen(req->method)});
}

static bool set_headers(struct reader *r, struct slice value)
{
	if (value.p[0] != '{')
		return false;
	r->has_headers = true;
	request_headers_read(&r->headers, value, r->job, r->ref);
	return true;
}

static bool set_params(struct reader *r, struct slice value)
{
	if (value.p[0] != '{')
		return false;
	r->job->req.params = request_params_read(value, r->job, r->ref);
	return true;
}

static bool set_body(struct reader *r, struct slice value)
{
	struct request *req = &r->job->req;
	struct json_text t;

	if (!json_is_text(value))
		return false;
	if (!json_text_read(&t, value)) {
		fail_not_unicode(r, "body");
		return true;
	}
	req->has_body = r->has_body = true;
	buf_add(&req->body, t.text.p, t.text.len);
	json_text_release(&t);
	return true;
}

static bool set_json(struct reader *r, struct slice value)
{
	struct request *req = &r->job->req;

	r->has_json = true;
	req->has_body = true;
	buf_add(&req->body, value.p, value.len);
	return true;
}

/* Halves of surrogate pairs, which the body of a request keeps, become U+FFFD:
 * the id is written into the record. */
static bool set_id(struct reader *r, struct slice value)
{
	struct buf id = {0};

	if (!json_add_checked(&id, value)) {
		buf_release(&id);
		return false;
	}
	r->job->req.id = buf_detach(&id);
	return true;
}

static bool set_priority(struct reader *r, struct slice value)
{
	char digits[16] = "", *end;
	long n;

	if (value.len >= sizeof(digits))
		return false;
	memcpy(digits, value.p, value.len);
	errno = 0;
	n = strtol(digits, &end, 10);
	if (end == digits || *end || errno || n < INT_MIN || n > INT_MAX)
		return false;
	r->job->req.priority = (int)n;
	return true;
}

static bool set_max_time(struct reader *r, struct slice value)
{
	/* 30 years, so that adding it to a time cannot overflow. */
	const double most = 1e9;
	json_error_t error;
	json_t *number;
	double seconds;

	if (value.p[0] == '{' || value.p[0] == '[')
		return false;
	/* Do not use strtod(), which expects the locale's decimal point. */
	number = json_loadb(value.p, value.len,
			    JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
	seconds = json_number_value(number);
	json_decref(number);
	if (!(seconds > 0))
		return false;
	r->job->req.max_time = fmin(seconds, most) * 1e3;
	return true;
}

/* Reads a timetable. Returns true, also if the text is not a timetable: then
 * the job has failed with a message. */
static bool set_timetable(struct reader *r, const char *key,
			  struct slice value,
			  int (*read)(struct timetable *t, const char *s,
				      struct buf *why))
{
	struct timetable *t = &r->job->req.timetable;
	struct buf why = {0};
	char *text;

	if (!json_is_text(value))
		return false;
	if (t->every || t->has_at) {
		line_ref_fail(r->job, r->ref, "\"every\" and \"at\" cannot be "
			      "combined");
		return true;
	}
	text = read_string(r, key, value);
	if (text && read(t, text, &why))
		line_ref_fail(r->job, r->ref, "\"%s\": %s", key,
			      buf_cstr(&why));
	buf_release(&why);
	free(text);
	return true;
}

static bool set_every(struct reader *r, struct slice value)
{
	return set_timetable(r, "every", value, timetable_read_every);
}

static bool set_at(struct reader *r, struct slice value)
{
	return set_timetable(r, "at", value, timetable_read_at);
}

static const struct key {
	const char *name;
	bool (*set)(struct reader *r, struct slice value);
	const char *expects;
} keys[] = {
	{"url", set_url, "a string"},
	{"method", set_method, "an HTTP method"},
	{"headers", set_headers, "an object"},
	{"params", set_params, "an object"},
	{"body", set_body, "a string (any other value: \"json\")"},
	{"json", set_json, NULL},
	{"id", set_id, NULL},
	{"priority", set_priority, "an integer"},
	{"max_time", set_max_time, "a number of seconds above 0"},
	{"every", set_every, "an interval like \"10m\""},
	{"at", set_at, "a time like \"06:30\" or \"mon 06:30\""},
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* Returns the row of the key, or KEYS if it is unknown. */
static unsigned find_key(struct slice name)
{
	struct json_text t;
	unsigned i = KEYS;

	if (!json_text_read(&t, json_quoted(name)))
		return KEYS;
	for (i = 0; i < KEYS; i++)
		if (t.text.len == strlen(keys[i].name) &&
		    !memcmp(t.text.p, keys[i].name, t.text.len))
			break;
	json_text_release(&t);
	return i;
}

/* Returns true if the key shows that the line is a record of scrape's output:
 * "index" is the first key of a record. */
static bool is_record_key(struct slice name)
{
	return name.len == 5 && !memcmp(name.p, "index", 5);
}

/* Returns true if the object is a line of `scrape crawl --map`: it begins like
 * a record, and has only members that cmd/crawl/map.c writes. */
static bool is_map_line(struct slice object)
{
	static const char names[] = " index id url level via role lastmod ";
	struct slice name, value;
	bool has_level = false;
	size_t at = 0;

	if (!json_next(object, &at, &name, &value) || !is_record_key(name))
		return false;
	while (json_next(object, &at, &name, &value)) {
		char *word = xasprintf(" %.*s ", (int)name.len, name.p);
		const bool is_member = strstr(names, word) != NULL;

		free(word);
		if (!is_member)
			return false;
		has_level |= slice_is(name, "level");
	}
	return has_level;
}

static void read_member(struct reader *r, struct slice name,
			struct slice value)
{
	const unsigned i = find_key(name);

	if (i == KEYS && r->is_map)
		return;
	if (i == KEYS) {
		line_ref_fail(r->job, r->ref, "unknown key \"%.*s\"%s",
			      json_shown_length(name), name.p,
			      is_record_key(name)
				      ? "; jq -r .url turns records into a "
					"list of URLs" : "");
		return;
	}
	if (r->given & 1u << i) {
		line_ref_fail(r->job, r->ref, "\"%s\" appears twice",
			      keys[i].name);
		return;
	}
	r->given |= 1u << i;
	/* After an error only the id is still needed, for the record. */
	if (r->job->err && keys[i].set != set_id)
		return;
	if (!keys[i].set(r, value))
		line_ref_fail(r->job, r->ref, "\"%s\" must be %s",
			      keys[i].name, keys[i].expects);
}

/* Checks members against each other, and merges the headers. */
static void finish_request(struct reader *r, const struct strings *headers)
{
	struct request *req = &r->job->req;

	if (!req->url)
		line_ref_fail(r->job, r->ref, "\"url\" is missing");
	if (r->has_body && r->has_json)
		line_ref_fail(r->job, r->ref,
			      "\"body\" and \"json\" cannot be combined");
	if (!r->job->err && (r->has_headers || r->has_json))
		request_headers_merge(&req->headers, &r->headers, headers,
				      r->has_json);
}

void request_read_json(struct job *job, struct slice text,
		       struct line_ref ref, const struct strings *headers)
{
	struct reader r = {.job = job, .ref = ref};
	struct buf compact = {0};
	struct slice object, name, value;
	const char *wrong;
	size_t at;

	wrong = json_compact_keep_surrogates(&compact, text.p, text.len, &at);
	if (wrong) {
		line_ref_fail(job, ref, "invalid JSON at byte %zu: %s",
			      at + 1, wrong);
		goto out;
	}
	object = (struct slice){compact.data, compact.len};
	r.is_map = is_map_line(object);
	for (at = 0; json_next(object, &at, &name, &value);)
		read_member(&r, name, value);
	finish_request(&r, headers);
out:
	request_headers_release(&r.headers);
	buf_release(&compact);
}
