/*
 * Makes responses from the texts of a test, and makes records from these
 * responses.
 */
#ifndef TESTS_REPLY_H
#define TESTS_REPLY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/job/headers.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "parse/worker.h"

#define HERE "http://example.com/dir/"

struct reply {
	int status;
	const char *type;	/* Content-Type; NULL: no such header */
	const char *body;
	size_t len;		/* length of body; 0: body is a C string */
	bool head_only;
	const char *coding;
};

static inline void add_header(struct job *job, const char *line)
{
	headers_add_line(&job->res.headers, line, strlen(line));
}

static inline struct job *job_of(const struct reply *r)
{
	struct job *job = job_new();
	const char *body = r->body ? r->body : "";

	job->req.url = xstrdup(HERE);
	job->attempts = 1;
	job->res.status = r->status ? r->status : 200;
	job->res.final_url = xstrdup(HERE);
	job->res.head_only = r->head_only;
	buf_add(&job->res.body, body, r->len ? r->len : strlen(body));
	if (r->type) {
		char *line = xasprintf("Content-Type: %s", r->type);

		add_header(job, line);
		free(line);
	}
	if (r->coding) {
		char *line = xasprintf("Content-Encoding: %s", r->coding);

		add_header(job, line);
		free(line);
	}
	return job;
}

/* Runs the work as a stage would, and checks the properties of every record. */
static inline json_t *run(struct job *job, const struct parse_config *config)
{
	struct parse_config all = {.max_filesize = 1 << 20};
	json_error_t error;
	json_t *record;
	void *own;

	own = parse_work.begin(config ? config : &all);
	parse_work.run(own, job);
	parse_work.end(own);
	assert_null(job->res.body.data);
	assert_int_equal(job->record.data[job->record.len - 1], '\n');
	for (size_t i = 0; i + 1 < job->record.len; i++) {
		assert_true((unsigned char)job->record.data[i] >= ' ');
		assert_int_not_equal(job->record.data[i], 0x7f);
	}
	record = json_loadb(job->record.data, job->record.len - 1,
			    JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
	if (!record)
		fail_msg("%s: %.*s", error.text, (int)job->record.len,
			 job->record.data);
	return record;
}

static inline json_t *run_reply(const struct reply *r,
			 const struct parse_config *config)
{
	struct job *job = job_of(r);
	json_t *record = run(job, config);

	job_free(job);
	return record;
}

static inline const char *kind_of(const json_t *record)
{
	return json_string_value(
		json_object_get(json_object_get(record, "error"), "kind"));
}

static inline const char *message_of(const json_t *record)
{
	return json_string_value(
		json_object_get(json_object_get(record, "error"), "message"));
}

static inline void assert_field(const json_t *record, const char *name,
			 const char *want)
{
	const json_t *value = json_object_get(record, name);
	char *text;

	if (!value) {
		if (want)
			fail_msg("no field %s", name);
		return;
	}
	text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	assert_non_null(text);
	assert_non_null(want);
	assert_string_equal(text, want);
	free(text);
}

#endif
