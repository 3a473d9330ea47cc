/* Reads responses out of jobs: the body from the JSON record, where job->json
 * gives its position, and everything else from the job itself. The reason is
 * that the record's contents may come from a worker process, which is not
 * trusted. */
#include "cmd/gather/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "parse/encoding/media_type.h"
#include "parse/headers_json.h"
#include "parse/reader.h"

/* Adds a header value as UTF-8; bytes that are not UTF-8 are read as
 * Latin-1. */
static void add_value(struct buf *to, struct slice value)
{
	struct buf json = {0};
	struct json_text t;

	headers_json_add_string(&json, value.p, value.len);
	if (json_text_read(&t, (struct slice){json.data, json.len})) {
		buf_add(to, t.text.p, t.text.len);
		json_text_release(&t);
	}
	buf_release(&json);
}

static void read_header(struct buf *to, const struct buf *headers,
			const char *wanted)
{
	struct slice name, value;

	if (!wanted)
		return;
	for (size_t at = 0; headers_next(headers, &at, &name, &value);) {
		if (!slice_is(name, wanted))
			continue;
		if (to->len)
			buf_addstr(to, ", ");
		add_value(to, value);
	}
}

/* Sets the error, with the URL of the request and not of a redirect's target,
 * because the user did not choose the target. */
static void set_error(struct gather_reply *r, const struct job *job,
		      const char *kind, const char *message)
{
	r->error = gather_error_new(kind, message, r->status, job->req.url);
}

static void read_error(struct gather_reply *r, const struct job *job)
{
	const char *message = job->err_message ? job->err_message : "";

	/* An empty body gives an "invalid JSON" error. A parser that died also
	 * has a count of zero bytes, so the message decides. */
	r->empty = !job->bytes && !strncmp(message, PARSE_INVALID_JSON,
					   strlen(PARSE_INVALID_JSON));
	if (!r->empty)
		set_error(r, job, err_name(job->err), message);
}

/* Returns true if the body is JSON. A record has null for JSON null and for a
 * body that is not JSON; in these cases the content type decides. */
static bool is_json(const struct gather_reply *r, const struct buf *type)
{
	return !slice_is(r->json, "null") ||
	       (type->len && media_of(type->data, type->len) == MEDIA_JSON);
}

static void check_json(struct gather_reply *r, const struct job *job)
{
	struct buf message = {0}, type = {0};

	read_header(&type, &job->res.headers, "content-type");
	if (!is_json(r, &type)) {
		buf_addf(&message,
			 "the body is not JSON: the server says it "
			 "is %.100s",
			 type.len ? buf_cstr(&type) : "of no type");
		set_error(r, job, "parse", buf_cstr(&message));
	}
	buf_release(&message);
	buf_release(&type);
}

void gather_reply_read(struct gather_reply *r, const struct job *job,
		       const char *header)
{
	char message[32];

	*r = (struct gather_reply){0};
	/* The record is empty: the job was cancelled, or the parser died. */
	if (!job->json.len) {
		r->json = r->values = (struct slice){"null", 4};
		set_error(r, job, err_name(job->err ? job->err : ERR_INTERNAL),
			  job->err_message ? job->err_message
					   : "the request has no record");
		return;
	}
	r->status = job->res.status;
	if (job->res.final_url)
		r->final_url = xstrdup(job->res.final_url);
	r->json = (struct slice){job->record.data + job->json.at,
				 job->json.len};
	r->values = r->json;
	if (job->json.is_stream) {
		json_lines(&r->lines, r->json);
		r->values = (struct slice){buf_cstr(&r->lines), r->lines.len};
	}
	read_header(&r->header, &job->res.headers, header);
	if (job->err) {
		read_error(r, job);
	} else if (r->status >= 400) {
		snprintf(message, sizeof(message), "HTTP %d", r->status);
		set_error(r, job, "status", message);
	} else if (!job->bytes) {
		r->empty = true;
	} else {
		check_json(r, job);
	}
	if (r->empty)
		r->json = r->values = (struct slice){"null", 4};
}

void gather_reply_release(struct gather_reply *r)
{
	buf_release(&r->lines);
	buf_release(&r->header);
	free(r->final_url);
	gather_error_free(r->error);
	*r = (struct gather_reply){0};
}
