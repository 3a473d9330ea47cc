/* The text that is digested has one line for each part. Parts are JSON or
 * tokens, which contain no line ends; any other part comes last. */
#include "cmd/scrape/request_key.h"

#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "cmd/output/columns.h"

static uint64_t key_of(struct slice id, struct slice url, struct slice input)
{
	struct buf text = {0};
	struct digest digest;

	buf_add(&text, id.p, id.len);
	buf_addch(&text, '\n');
	buf_add(&text, url.p, url.len);
	if (input.len) {
		buf_addch(&text, '\n');
		buf_add(&text, input.p, input.len);
	}
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	return digest.a;
}

static struct slice slice_of_text(const char *s)
{
	return (struct slice){s, s ? strlen(s) : 0};
}

uint64_t request_key_of_record(const struct record_head *head, bool with_input)
{
	return key_of(head->id, head->url,
		      with_input ? head->input : (struct slice){0});
}

uint64_t request_key_of_job(const struct job *job, bool with_input)
{
	const char *url = job->req.url;
	struct buf text = {0};
	uint64_t key;

	if (url)
		json_add_string(&text, url, strlen(url));
	else
		buf_addstr(&text, "null");
	key = key_of(slice_of_text(job->req.id), slice_of(&text),
		     slice_of_text(with_input ? job->req.input : NULL));
	buf_release(&text);
	return key;
}

uint64_t request_key_of_url(const char *url)
{
	struct buf json = {0}, text = {0};
	struct digest digest;

	/* Convert the URL to JSON and back, as for a record, in which invalid
	 * bytes are replaced. */
	if (url)
		json_add_string(&json, url, strlen(url));
	if (url)
		json_string_text(&text, slice_of(&json));
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	buf_release(&json);
	return digest.a;
}

uint64_t request_key_in_table(const struct job *job, bool with_id)
{
	struct buf id = {0};
	uint64_t key;

	if (with_id)
		columns_add_text(&id, slice_of_text(job->req.id));
	key = key_of(slice_of(&id), slice_of_text(job->req.url),
		     (struct slice){0});
	buf_release(&id);
	return key;
}

uint32_t request_rest_of_job(const struct job *job)
{
	const struct request *req = &job->req;
	struct buf text = {0};
	struct digest digest;

	if (!req->method && !req->has_body && !req->headers.len && !req->params)
		return 0;
	buf_addf(&text, "%s\n%s\n%d%zu\n", req->method ? req->method : "",
		 req->params ? req->params : "", req->has_body,
		 req->headers.len);
	buf_add(&text, req->headers.data, req->headers.len);
	buf_add(&text, req->body.data, req->body.len);
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	return (uint32_t)digest.a;
}
