/* The digested text has a line for each part: parts are JSON or tokens, which
 * have no line ends, or come last. */
#include "cmd/scrape/request_key.h"

#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/json/compact.h"

static uint64_t key_of(struct slice id, struct slice url)
{
	struct buf text = {0};
	struct digest digest;

	buf_add(&text, id.p, id.len);
	buf_addch(&text, '\n');
	buf_add(&text, url.p, url.len);
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	return digest.a;
}

uint64_t request_key_of_record(const struct record_head *head)
{
	return key_of(head->id, head->url);
}

uint64_t request_key_of_job(const struct job *job)
{
	const char *id = job->req.id, *url = job->req.url;
	struct buf text = {0};
	uint64_t key;

	if (url)
		json_add_string(&text, url, strlen(url));
	else
		buf_addstr(&text, "null");
	key = key_of((struct slice){id, id ? strlen(id) : 0}, slice_of(&text));
	buf_release(&text);
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
