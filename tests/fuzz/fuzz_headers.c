/*
 * Reads any bytes as the header lines of a response. The block must be well-
 * formed, and the values read from it (rate limits, dates, Retry-After,
 * lengths, media types, links) must be within their limits.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/job/job.h"
#include "base/job/link_header.h"
#include "base/mem.h"
#include "fetch/content_length.h"
#include "fetch/header_date.h"
#include "fetch/ratelimit_headers.h"
#include "fetch/retry.h"
#include "parse/encoding/media_type.h"

enum { UNIX_NOW = 1700000000 };

#define NOW 1e6

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

/* Adds the lines as libcurl gives them: one at a time, in a block of the exact
 * size. */
static void add_lines(struct buf *block, const char *p, const char *end)
{
	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		const size_t len = (size_t)((eol ? eol + 1 : end) - p);
		char *line = malloc(len);

		must(line);
		memcpy(line, p, len);
		headers_add_line(block, line, len);
		(void)ratelimit_header_is_candidate(line, len);
		free(line);
		p += len;
	}
}

static bool is_inside(struct slice part, struct slice whole)
{
	return part.p >= whole.p && part.p + part.len <= whole.p + whole.len;
}

static void check_block(const struct buf *block)
{
	const struct slice all = {block->data, block->len};
	struct slice name, value, first;
	char *copy;
	size_t at = 0;

	while (headers_next(block, &at, &name, &value)) {
		must(is_inside(name, all) && is_inside(value, all));
		must(!memchr(name.p, '\n', name.len));
		must(!value.len || !memchr(value.p, '\n', value.len));
		copy = xmemdup(name.p, name.len);
		must(strlen(copy) != name.len ||
		     headers_get(block, copy, &first));
		free(copy);
	}
	must(at == block->len);
}

static void check_links(struct slice fields)
{
	struct slice target;

	if (link_header_find(fields, "next", &target))
		must(is_inside(target, fields));
}

static void check_times(struct job *job)
{
	const struct buf *block = &job->res.headers;
	struct ratelimit_info info;
	int64_t date;

	job->res.status = 429;
	must(retry_after(job, UNIX_NOW) >= 0);
	info = ratelimit_headers_read(block, NOW, UNIX_NOW, 60e3);
	must(info.resets_at <= 0 ||
	     (info.resets_at >= NOW - 1 &&
	      info.resets_at <= NOW + RATELIMIT_WINDOW_MAX + 2000));
	(void)header_date_get(block, "date", &date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice text = {size ? (const char *)data : NULL, size};
	struct job *job = job_new();
	const struct buf *block = &job->res.headers;
	struct slice value;

	add_lines(&job->res.headers, text.p, bytes_end(text.p, text.len));
	check_block(block);
	check_times(job);
	(void)content_length_is_valid(job);
	(void)media_declared(block, &value);
	must(!value.len ||
	     is_inside(value, (struct slice){block->data, block->len}));
	if (headers_get(block, "link", &value))
		check_links(value);
	check_links(text);
	(void)media_of(text.p, text.len);
	(void)media_sniff(text.p, text.len);
	job_free(job);
	return 0;
}
