/* Makes the request of a page, and adds members to its record that only a crawl
 * has. */
#include "cmd/crawl/page_job.h"

#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "cmd/crawl/recrawl/recrawl.h"

struct job *page_job_new(struct frontier_page *page)
{
	struct job *job = job_new();

	job->req.index = page->index;
	job->req.id = page->id ? xstrdup(page->id) : NULL;
	job->req.url = xstrdup(page->url);
	if (page->headers)
		buf_addstr(&job->req.headers, page->headers);
	job->req.priority = page->priority;
	job->req.from_public = page->from_public;
	job->req.no_credentials = page->no_credentials;
	job->req.priority = page->priority;
	job->req.role = page->role;
	job->req.carried = page->carried ? xstrdup(page->carried) : NULL;
	job->owner_data = page;
	return job;
}

void page_job_add_text(struct buf *out, const char *name, const char *text)
{
	buf_addstr(out, ",\"");
	buf_addstr(out, name);
	buf_addstr(out, "\":");
	if (text)
		json_add_string(out, text, strlen(text));
	else
		buf_addstr(out, "null");
}

/* Adds members to each line of a record. */
static void extend_lines(struct buf *record, struct slice members)
{
	struct buf with = {0};
	const char *line = record->data, *end = bytes_end(line, record->len);

	while (line < end) {
		const char *next = memchr(line, '\n', (size_t)(end - line));

		/* Leave out the end of the line, "}\n". */
		buf_add(&with, line, (size_t)(next - line) - 1);
		buf_add(&with, members.p, members.len);
		buf_addstr(&with, "}\n");
		line = next + 1;
	}
	buf_release(record);
	*record = with;
}

static bool is_one_line(const struct buf *record)
{
	return record->len && memchr(record->data, '\n', record->len) ==
				      record->data + record->len - 1;
}

void page_job_extend_record(struct buf *record, const struct frontier_page *page,
			    const char *role)
{
	struct buf members = {0};

	buf_addstr(&members, ",\"level\":");
	buf_add_uint(&members, page->level);
	page_job_add_text(&members, "via", page->via);
	page_job_add_text(&members, "role", role);
	page_job_add_text(&members, "lastmod", page->lastmod);
	if (page->is_compared)
		page_job_add_text(&members, "duplicate_of",
				  page->duplicate_of);
	recrawl_add_member(&members, page);
	if (is_one_line(record)) {
		/* The members are written over the end of the line, "}\n". */
		record->len -= 2;
		buf_add(record, members.data, members.len);
		buf_addstr(record, "}\n");
	} else {
		extend_lines(record, slice_of(&members));
	}
	buf_release(&members);
}
