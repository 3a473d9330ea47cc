#include "cmd/gather_reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/json_text.h"
#include "parse/json.h"
#include "parse/media.h"
#include "parse/parse.h"

enum field { STATUS, ERROR, JSON, HEADERS, FINAL_URL, TYPE, BYTES, STREAM,
	     FIELDS };

static const char *const names[FIELDS] = {
	[STATUS] = "status",
	[ERROR] = "error",
	[JSON] = "json",
	[HEADERS] = "headers",
	[FINAL_URL] = "final_url",
	[TYPE] = "content_type",
	[BYTES] = "bytes",
	[STREAM] = "json_stream",
};

/* Those members of an object; others stay empty. */
static void find(struct slice object, const char *const *wanted, size_t count,
		 struct slice *values)
{
	struct slice name, value;

	for (size_t at = 0; json_next(object, &at, &name, &value);)
		for (size_t i = 0; i < count; i++)
			if (strlen(wanted[i]) == name.len &&
			    !memcmp(wanted[i], name.p, name.len))
				values[i] = value;
}

static bool is(struct slice value, const char *word)
{
	return value.len == strlen(word) && !memcmp(value.p, word, value.len);
}

/* NULL when it is no string. */
static char *text_of(struct slice value)
{
	struct json_text t;
	char *text;

	if (!json_is_text(value) || !json_text_read(&t, value))
		return NULL;
	text = xmemdup(t.text.p, t.text.len);
	json_text_release(&t);
	return text;
}

static void read_header(struct buf *to, struct slice headers,
			const char *wanted)
{
	struct slice list = {0}, name, value;
	struct json_text t;

	if (!headers.len || !wanted)
		return;
	find(headers, &wanted, 1, &list);
	for (size_t at = 0; list.len && json_next(list, &at, &name, &value);) {
		if (!json_is_text(value) || !json_text_read(&t, value))
			continue;
		if (to->len)
			buf_addstr(to, ", ");
		buf_add(to, t.text.p, t.text.len);
		json_text_release(&t);
	}
}

/* The url is the one that was asked: a redirect's is nobody's choice. */
static void set_error(struct gather_reply *r, const struct job *job,
		      const char *kind, const char *message)
{
	r->error = gather_error_new(kind, message, r->status, job->req.url);
}

static void read_error(struct gather_reply *r, const struct job *job,
		       struct slice object, bool is_empty)
{
	static const char *const error_names[] = {"kind", "message"};
	struct slice values[2] = {0};
	char *kind, *message;

	find(object, error_names, 2, values);
	kind = text_of(values[0]);
	message = text_of(values[1]);
	/* No bytes are no JSON, but a parser that died counts none, either. */
	r->empty = is_empty && message &&
		   !strncmp(message, PARSE_NO_JSON, strlen(PARSE_NO_JSON));
	if (!r->empty)
		set_error(r, job, kind ? kind : "internal",
			  message ? message : "");
	free(kind);
	free(message);
}

/* "null" is also what a record has for a body that is none. */
static bool is_json(const struct slice *fields)
{
	char *type;
	bool yes;

	if (!is(fields[JSON], "null"))
		return true;
	type = text_of(fields[TYPE]);
	yes = type && media_of(type, strlen(type)) == MEDIA_JSON;
	free(type);
	return yes;
}

static void fail_not_json(struct gather_reply *r, const struct job *job,
			  const struct slice *fields)
{
	struct buf message = {0};
	char *type = text_of(fields[TYPE]);

	buf_addf(&message, "the body is not JSON: the server says it is %.100s",
		 type ? type : "of no type");
	set_error(r, job, "parse", buf_cstr(&message));
	buf_release(&message);
	free(type);
}

/* Of digits: the record is no C string. */
static int status_of(struct slice digits)
{
	int status = 0;

	for (size_t i = 0; i < digits.len; i++)
		status = status * 10 + (digits.p[i] - '0');
	return status;
}

void gather_reply_read(struct gather_reply *r, const struct job *job,
		       const char *header)
{
	const struct slice record = {job->record.data, job->record.len};
	struct slice fields[FIELDS] = {0};
	char message[32];

	*r = (struct gather_reply){0};
	/* Cancelled, or its parser died: nobody has written one. */
	if (!record.len) {
		r->json = r->values = (struct slice){"null", 4};
		set_error(r, job, err_name(job->err ? job->err : ERR_INTERNAL),
			  job->err_message ? job->err_message
					   : "there is no record of it");
		return;
	}
	find(record, names, FIELDS, fields);
	if (!is(fields[STATUS], "null"))
		r->status = status_of(fields[STATUS]);
	r->final_url = text_of(fields[FINAL_URL]);
	r->json = r->values = fields[JSON];
	if (is(fields[STREAM], "true")) {
		json_lines(&r->lines, r->json);
		r->values = (struct slice){buf_cstr(&r->lines), r->lines.len};
	}
	read_header(&r->header, fields[HEADERS], header);
	if (!is(fields[ERROR], "null")) {
		read_error(r, job, fields[ERROR], is(fields[BYTES], "0"));
	} else if (r->status >= 400) {
		snprintf(message, sizeof(message), "HTTP %d", r->status);
		set_error(r, job, "status", message);
	} else if (is(fields[BYTES], "0")) {
		r->empty = true;
	} else if (!is_json(fields)) {
		fail_not_json(r, job, fields);
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
