/*
 * Reads any bytes as a source of requests. The lines must not depend on how the
 * bytes are divided into pieces, and each line must give a valid request or an
 * error with the line as its url.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "base/json/compact.h"
#include "base/utf8.h"
#include "cmd/input/lines.h"
#include "cmd/input/request_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char *items[] = {"X-A: 1", "X-B:", "X-C;", "Accept: */*", "odd"};
static const struct strings headers = {items, 5};

static void must(bool claim)
{
	if (!claim)
		abort();
}

static void check_json(const char *text)
{
	struct buf compact = {0};
	size_t at;

	must(!json_compact(&compact, text, strlen(text), &at));
	must(compact.len == strlen(text));
	buf_release(&compact);
}

/* Each line of the block has a name, and no byte that ends it early. */
static void check_headers(const struct buf *block)
{
	must(!block->len || block->data[block->len - 1] == '\n');
	must(!block->len || !memchr(block->data, '\r', block->len));
	must(!block->len || !memchr(block->data, '\0', block->len));
	for (size_t at = 0; at < block->len;) {
		const char *line = block->data + at;
		const char *end = memchr(line, '\n', block->len - at);

		must(end > line && *line != ':' && *line != ';');
		at += (size_t)(end - line) + 1;
	}
}

static void check_job(const struct job *job)
{
	const struct request *req = &job->req;

	must(req->url && utf8_valid_prefix(req->url, strlen(req->url)) ==
				 strlen(req->url));
	if (req->id)
		check_json(req->id);
	check_headers(&req->headers);
	must(!job->err == !job->err_message);
	if (!job->err)
		return;
	must(job->err == ERR_INPUT && strlen(req->url) <= REQUEST_SHOWN);
	must(!req->has_body && !req->body.len && !req->headers.len);
	must(!req->method && !req->params);
}

/* Reads the requests from bytes fed in pieces of that size. Returns their URLs
 * in one text. */
static struct buf read_by(const uint8_t *data, size_t len, size_t piece)
{
	const struct line_ref place = {.source = "urls.txt", .number = 1};
	struct lines lines = {0};
	struct buf urls = {0};
	struct line line;

	for (size_t at = 0; at <= len; at += piece) {
		const size_t n = len - at < piece ? len - at : piece;

		if (n)
			memcpy(lines_reserve(&lines, n), data + at, n);
		lines_added(&lines, n);
		if (at + piece > len)
			lines_end(&lines);
		while (lines_next(&lines, &line)) {
			struct job *job =
				request_from_line(&line, place, &headers);

			check_job(job);
			buf_addf(&urls, "%u ", (unsigned)line.number);
			buf_addstr(&urls, job->req.url);
			buf_addch(&urls, '\n');
			job_free(job);
		}
	}
	must(!lines_pending(&lines));
	lines_release(&lines);
	return urls;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf a = read_by(data, len, len + 1);
	struct buf b = read_by(data, len, 7);

	must(a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len)));
	buf_release(&a);
	buf_release(&b);
	return 0;
}
