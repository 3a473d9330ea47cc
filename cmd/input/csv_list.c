/* Makes a job of each row. */
#include "cmd/input/csv_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/input/line_ref.h"
#include "cmd/input/request_line.h"

struct csv_list {
	const struct csv_config *config;
	struct csv csv;
	struct csv_header header;
	bool has_failed;
};

struct csv_list *csv_list_new(const struct csv_config *config)
{
	struct csv_list *list = xcalloc(1, sizeof(*list));

	list->config = config;
	csv_list_begin(list);
	return list;
}

void csv_list_free(struct csv_list *list)
{
	if (!list)
		return;
	csv_release(&list->csv);
	csv_header_release(&list->header);
	free(list);
}

void csv_list_begin(void *ctx)
{
	struct csv_list *list = ctx;

	csv_release(&list->csv);
	csv_header_release(&list->header);
	list->csv.separator = list->config->separator;
}

bool csv_list_has_failed(const struct csv_list *list)
{
	return list->has_failed;
}

/* Returns a JSON object of all columns except the one with the URLs. */
static char *input_of_row(const struct csv_list *list)
{
	const struct csv_header *h = &list->header;
	struct buf json = {0};

	buf_addch(&json, '{');
	for (size_t i = 0; i < h->len; i++) {
		const struct slice cell = csv_cell(&list->csv, i);

		if (i == h->url)
			continue;
		if (json.len > 1)
			buf_addch(&json, ',');
		json_add_string(&json, h->names[i], strlen(h->names[i]));
		buf_addch(&json, ':');
		json_add_string(&json, cell.p, cell.len);
	}
	buf_addch(&json, '}');
	buf_cstr(&json);
	return buf_detach(&json);
}

/* Returns the number of cells with text beyond the last column of the
 * header. */
static size_t count_extra(const struct csv_list *list)
{
	size_t extra = 0;

	for (size_t i = list->header.len; i < list->csv.cells; i++)
		extra += csv_cell(&list->csv, i).len > 0;
	return extra;
}

/* Fails the job of a row that cannot be a request. */
static void check_row(struct job *job, const struct csv_list *list,
		      struct line_ref ref)
{
	const struct slice text = slice_of(&list->csv.text);

	if (memchr(text.p, '\0', text.len))
		line_ref_fail(job, ref, "contains a NUL");
	else if (utf8_valid_prefix(text.p, text.len) != text.len)
		line_ref_fail(job, ref, "invalid UTF-8");
	else if (count_extra(list))
		line_ref_fail(job, ref, "has %zu cells, but there are %zu "
			      "columns; a cell with a comma in it needs quotes",
			      list->csv.cells, list->header.len);
}

static struct job *job_of_row(const struct csv_list *list, struct line_ref ref)
{
	const struct csv_header *h = &list->header;
	const struct slice url = slice_trim(csv_cell(&list->csv, h->url),
					    LINE_SPACE);
	struct job *job = job_new();

	check_row(job, list, ref);
	if (!job->err && !url.len)
		line_ref_fail(job, ref, "the column \"%.100s\" is empty",
			      h->names[h->url]);
	if (job->err) {
		job->req.url = utf8_clean(url.p, url.len, REQUEST_SHOWN, NULL);
	} else {
		job_free(job);
		job = request_from_url(url, ref);
	}
	job->req.input = input_of_row(list);
	return job;
}

static struct job *bad_row(const struct csv *row, struct line_ref ref)
{
	struct job *job = job_new();

	line_ref_fail(job, ref, "%s", row->error);
	job->req.url = utf8_clean(row->raw.p, row->raw.len, REQUEST_SHOWN,
				  NULL);
	return job;
}

static void read_header(struct csv_list *list, const char *source)
{
	struct buf why = {0};

	if (csv_header_read(&list->header, &list->csv, list->config->column,
			    &why)) {
		log_fatal("--input-format: %.256s: %s", source,
			  buf_cstr(&why));
		list->has_failed = true;
	}
	buf_release(&why);
}

struct job *csv_list_next(void *ctx, struct lines *bytes, const char *source)
{
	struct csv_list *list = ctx;
	struct line_ref ref = {.source = source};

	while (!list->has_failed && csv_next(&list->csv, bytes)) {
		if (!list->header.len) {
			read_header(list, source);
			continue;
		}
		ref.number = list->csv.number;
		return list->csv.error ? bad_row(&list->csv, ref)
				       : job_of_row(list, ref);
	}
	return NULL;
}
