#include "cmd/request_line.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/input.h"
#include "cmd/request_json.h"

/* The line in place of whatever was read of it; the id stays. */
static void give_up(struct job *job, struct slice text)
{
	struct request *req = &job->req;

	free(req->url);
	free(req->params);
	free(req->method);
	buf_release(&req->body);
	buf_release(&req->headers);
	*req = (struct request){
		.id = req->id,
		.url = utf8_clean(text.p, text.len, REQUEST_SHOWN, NULL),
	};
}

/* Whether it may be looked at as text at all. */
static bool is_text(struct job *job, struct slice text, struct place place)
{
	if (text.len && memchr(text.p, '\0', text.len)) {
		place_fail(job, place, "contains a NUL");
		return false;
	}
	if (utf8_valid_prefix(text.p, text.len) != text.len) {
		place_fail(job, place, "invalid UTF-8");
		return false;
	}
	return true;
}

struct job *request_from_url(struct slice text, struct place place)
{
	struct job *job = job_new();

	if (text.len > INPUT_LINE_MAX)
		place_fail(job, place, "longer than 1 MB");
	else if (is_text(job, text, place))
		job->req.url = xmemdup(text.p, text.len);
	if (job->err)
		give_up(job, text);
	return job;
}

static struct job *too_long(const struct line *line, struct place place)
{
	struct job *job = job_new();

	place_fail(job, place, "longer than %s",
		   line_is_json(line->text) ? "16 MB" : "1 MB");
	give_up(job, line->text);
	return job;
}

struct job *request_from_line(const struct line *line, struct place place,
			      const struct strings *headers)
{
	struct job *job;

	if (line->too_long)
		return too_long(line, place);
	if (!line_is_json(line->text))
		return request_from_url(line->text, place);
	job = job_new();
	if (is_text(job, line->text, place))
		request_read_json(job, line->text, place, headers);
	if (job->err)
		give_up(job, line->text);
	return job;
}
