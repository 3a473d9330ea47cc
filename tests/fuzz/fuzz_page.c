/*
 * A response of any type and with any bytes becomes one line of valid JSON.
 * The first byte of the input chooses the type, the rest is the body.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/job/job.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "parse/library.h"
#include "parse/worker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct parse_config config = {
	.links = true, .headers = true, .body = true, .max_filesize = 1 << 20};

static const char *const lines[] = {
	"Content-Type: text/html; charset=utf-8",
	"Content-Type: text/html",
	"Content-Type: application/xhtml+xml",
	"Content-Type: application/json",
	"Content-Type: text/plain",
	"Content-Type: application/x-unknown",
	"Content-Type: image/png",
	"Content-Encoding: gzip",
	"X: y",
};

static void check(const struct buf *record)
{
	struct buf compact = {0};
	size_t at;

	if (!record->len || record->data[record->len - 1] != '\n' ||
	    memchr(record->data, '\n', record->len - 1))
		abort();
	/* The record must not contain anything that json_compact() would escape
	 * or refuse. */
	if (json_compact(&compact, record->data, record->len - 1, &at) ||
	    compact.len != record->len - 1)
		abort();
	buf_release(&compact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static void *own;
	const char *line;
	struct job *job;

	if (!len)
		return 0;
	if (!own) {
		parse_global_init();
		own = parse_work.begin(&config);
	}
	job = job_new();
	line = lines[data[0] % (sizeof(lines) / sizeof(*lines))];
	headers_add_line(&job->res.headers, line, strlen(line));
	job->req.url = xstrdup("http://example.com/a/b?c");
	job->res.final_url = xstrdup(job->req.url);
	job->res.status = 200;
	buf_add(&job->res.body, data + 1, len - 1);
	parse_work.run(own, job);
	check(&job->record);
	job_free(job);
	return 0;
}
