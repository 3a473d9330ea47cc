/* A line is a record if it is an object with the members url and status;
 * requests of a list have no status. */
#include "cmd/check/given.h"

#include <string.h>
#include <strings.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/url/url.h"
#include "base/utf8.h"
#include "cmd/input/input.h"
#include "cmd/input/request_line.h"
#include "cmd/options/options.h"
#include "cmd/table/record_line.h"

/* Largest line of a saved record in bytes. */
enum { RECORD_MAX = 1 << 30 };

static bool is_record(struct slice object)
{
	struct slice name, value;
	bool has_url = false, has_status = false;
	size_t at = 0;

	while (json_next(object, &at, &name, &value)) {
		has_url |= slice_is(name, "url") && json_is_text(value);
		has_status |= slice_is(name, "status");
	}
	return has_url && has_status;
}

/* Removes the commas between the records of an array (--format json). */
static struct slice without_commas(struct slice text)
{
	if (text.len && text.p[text.len - 1] == ',')
		text.len--;
	return slice_trim(text, LINE_SPACE);
}

/* Returns a job with the line as its record; NULL if it is not a record. */
static struct job *read_record(const struct line *line)
{
	const struct slice text = without_commas(line->text);
	struct buf record = {0};
	struct job *job;

	if (!line_is_json(text) || line->too_long ||
	    utf8_valid_prefix(text.p, text.len) != text.len ||
	    !json_add_checked(&record, text) || !is_record(slice_of(&record))) {
		buf_release(&record);
		return NULL;
	}
	job = job_new();
	job->record = record;
	return job;
}

/* Returns true for lines that are left out: brackets around records, and the
 * rows of a table below its header. */
static bool is_left_out(const struct lines *lines, struct slice text)
{
	return slice_is(text, "[") || slice_is(text, "]") ||
	       (lines->separator && !line_is_json(text) &&
		memchr(text.p, lines->separator, text.len));
}

/* Returns a job that fails instead of the requests of a table. */
static struct job *fail_table(struct slice header, struct line_ref ref)
{
	struct job *job = job_new();

	job->req.url = utf8_clean(header.p, header.len, REQUEST_SHOWN, NULL);
	line_ref_fail(job, ref, "the file looks like a table, and its rows are "
		      "left out: --input-format csv (or tsv) reads the URLs of "
		      "a column");
	return job;
}

struct job *given_next(void *ctx, struct lines *lines, const char *source)
{
	const struct options *o = ctx;
	struct line_ref ref = {.source = source};
	struct line line;
	struct job *job;

	lines->json_max = RECORD_MAX;
	do {
		if (!lines_next(lines, &line))
			return NULL;
	} while (is_left_out(lines, line.text));
	ref.number = line.number;
	if (line.number == 1) {
		lines->separator = record_line_separator(line.text);
		if (lines->separator)
			return fail_table(line.text, ref);
	}
	job = read_record(&line);
	return job ? job : request_from_line(&line, ref,
					     &o->engine.fetch.headers);
}

static bool ends_with(struct slice s, const char *ending)
{
	const size_t len = strlen(ending);

	return s.len >= len && !strncasecmp(s.p + s.len - len, ending, len);
}

bool given_is_sitemap(const char *source, bool all)
{
	struct slice path;
	struct url url;
	bool is;

	if (!strstr(source, "://") ||
	    url_parse(&url, source, strlen(source), NULL))
		return false;
	path = url_path(&url);
	is = all || ends_with(path, ".xml") || ends_with(path, ".xml.gz");
	url_release(&url);
	return is;
}
