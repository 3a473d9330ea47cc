/* Creates and frees jobs, and sets their results. */
#include "base/job/job.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/exchange.h"
#include "base/job/send_permit.h"
#include "base/mem.h"
#include "base/printable.h"

struct job *job_new(void)
{
	return xcalloc(1, sizeof(struct job));
}

static void request_release(struct request *req)
{
	free(req->id);
	free(req->url);
	free(req->input);
	free(req->params);
	free(req->method);
	free(req->carried);
	buf_release(&req->body);
	buf_release(&req->headers);
	buf_release(&req->conditions);
}

void job_drop_response(struct job *job)
{
	buf_release(&job->res.headers);
	buf_release(&job->res.body);
}

void job_note_end(struct job *job, msec now)
{
	const msec queue = now - job->parse_queued_at - job->time.parse;

	job->finished = now;
	if (job->parse_queued_at > 0 && queue > 0)
		job->time.queue = queue;
}

bool job_is_ok(const struct job *job)
{
	const int status = job->res.status;

	return !job->err &&
	       (job->res.local || (status >= 200 && status < 400));
}

void job_clear_error(struct job *job)
{
	free(job->err_message);
	job->err_message = NULL;
	job->err = ERR_NONE;
	job->temporary = false;
}

void job_clear_result(struct job *job)
{
	job_drop_response(job);
	free(job->res.final_url);
	free(job->res.tls);
	free(job->res.warc);
	exchange_free(job->exchange);
	job->exchange = NULL;
	job->res = (struct response){0};
	job_clear_error(job);
}

void job_free(struct job *job)
{
	if (!job)
		return;
	job_clear_result(job);
	request_release(&job->req);
	url_release(&job->hop.url);
	free(job->hop.addresses);
	free(job->hop.authorization);
	buf_release(&job->hop.chain);
	buf_release(&job->record);
	buf_release(&job->found);
	buf_release(&job->links);
	send_permit_release(job->permit);
	free(job);
}

void job_fail(struct job *job, enum err err, const char *fmt, ...)
{
	struct buf message = {0};
	va_list args;
	char text[1024];

	if (job->err)
		return;
	job->err = err;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	/* The message is made printable even in records, because it may quote a
	 * server and people read records on terminals. */
	printable_add(&message, text, strlen(text));
	job->err_message = buf_detach(&message);
}

static size_t text_bytes(const char *text)
{
	return text ? strlen(text) : 0;
}

size_t job_request_bytes(const struct job *job)
{
	const struct request *req = &job->req;

	return req->body.cap + req->headers.cap + req->conditions.cap +
	       text_bytes(req->url) + text_bytes(req->params) +
	       text_bytes(req->id) + text_bytes(req->input) +
	       text_bytes(req->carried) + job->hop.url.len;
}
