#include "cmd/extract/archive_item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/warc/reader/response.h"

/* Returns true if the record is a request with the method HEAD. */
static bool is_head(const struct record *record)
{
	static const char method[] = "HEAD ";

	return record->type == WARC_REQUEST &&
	       record->block.len >= strlen(method) &&
	       !memcmp(record->block.p, method, strlen(method));
}

void archive_item_set(struct archive_item *item, enum record_event event,
		      const struct records *r, const char *name,
		      uint64_t max_body)
{
	*item = (struct archive_item){.event = event};
	if (event == RECORD_DAMAGED) {
		item->damage = r->damage;
		snprintf(item->why, sizeof(item->why), "%s", r->why);
		return;
	}
	item->record = r->record;
	item->record.block = (struct slice){"", 0};
	item->job = response_job(&r->record, name, max_body);
	item->is_head = is_head(&r->record);
}

struct archive_item *archive_item_keep(struct archive_item *item)
{
	struct archive_item *kept = xmalloc(sizeof(*kept));
	const struct buf headers = item->record.headers;

	*kept = *item;
	item->job = NULL;
	kept->record.headers = (struct buf){0};
	if (kept->job || kept->is_head)
		buf_add(&kept->record.headers, headers.data, headers.len);
	return kept;
}

size_t archive_job_size(const struct job *job)
{
	return sizeof(*job) + job->res.headers.len + job->res.body.len;
}

void archive_item_free(struct archive_item *item)
{
	if (!item)
		return;
	buf_release(&item->record.headers);
	job_free(item->job);
	free(item);
}
