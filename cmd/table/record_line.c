/* An object with a url counts as a record. Its other members do not matter:
 * other programs may have added or removed members. */
#include "cmd/table/record_line.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/log.h"
#include "base/utf8.h"

#define SPACE " \t\r"
#define BOM "\xef\xbb\xbf"

/* Removes the parts of an array that stand around the records: "[" and "]", and
 * the commas between records. */
static struct slice without_array(struct source *s, struct slice line)
{
	if (s->line == 1 && (slice_is(line, "[") || slice_is(line, "[]"))) {
		s->is_array = line.len == 1;
		line.len = 0;
	} else if (s->is_array && slice_is(line, "]")) {
		line.len = 0;
	} else if (s->is_array && line.len && line.p[line.len - 1] == ',') {
		line.len--;
	}
	return line;
}

static struct slice trim(const struct source *s, struct slice line)
{
	const size_t bom = sizeof(BOM) - 1;

	if (s->line == 1 && line.len >= bom && !memcmp(line.p, BOM, bom)) {
		line.p += bom;
		line.len -= bom;
	}
	return slice_trim(line, SPACE);
}

static bool has_url(struct slice object)
{
	struct slice name, value;
	size_t at = 0;

	while (json_next(object, &at, &name, &value))
		if (slice_is(name, "url"))
			return json_is_text(value);
	return false;
}

/* Returns the reason why the line is not a record; NULL: it is one. */
static const char *check(struct slice line, struct buf *record)
{
	size_t at;
	const char *why;

	if (utf8_valid_prefix(line.p, line.len) < line.len)
		return "it is not UTF-8";
	if (line.p[0] == '{' && json_add_checked(record, line))
		return has_url(slice_of(record)) ? NULL : "it has no url";
	why = json_compact(record, line.p, line.len, &at);
	return why ? why : "it is not an object";
}

/* Returns true if one of the cells is "url". */
static bool has_url_cell(struct slice row, char separator)
{
	static const char url[] = "url";
	const char *const end = row.p + row.len;

	for (const char *p = row.p; p < end;) {
		const char *stop = memchr(p, separator, (size_t)(end - p));
		const size_t len = (size_t)((stop ? stop : end) - p);
		const struct slice cell =
			slice_trim((struct slice){p, len}, SPACE "\"");

		if (cell.len == strlen(url) &&
		    !strncasecmp(cell.p, url, cell.len))
			return true;
		p = stop ? stop + 1 : end;
	}
	return false;
}

char record_line_separator(struct slice line)
{
	static const char separators[] = ",;\t";

	if (!line.len || strchr("{[", line.p[0]))
		return '\0';
	for (const char *s = separators; *s; s++)
		if (memchr(line.p, *s, line.len))
			return has_url_cell(line, *s) ? *s : '\0';
	return '\0';
}

/* Returns true for a row below the header of a table; a record among the rows
 * is not such a row. */
static bool is_row(const struct source *s, struct slice line)
{
	return s->separator && s->line > 1 && line.p[0] != '{';
}

enum line_kind record_line_read(struct source *s, struct slice line,
				struct buf *record, const char **why)
{
	buf_clear(record);
	line = without_array(s, trim(s, line));
	if (!line.len || is_row(s, line))
		return LINE_BLANK;
	*why = check(line, record);
	if (*why && s->line == 1)
		s->separator = record_line_separator(line);
	return *why ? LINE_OTHER : LINE_RECORD;
}

/* Warns that the last line is no record; for a header, that the source is a
 * table. */
static void warn_of_line(const struct source *s, const char *why)
{
	if (s->separator && s->line == 1)
		log_warn("%.200s looks like %s, and is left out: save the "
			 "records as lines of JSON (--format jsonl)",
			 source_name(s), s->separator == '\t' ? "tsv" : "csv");
	else
		log_warn("%.200s, line %" PRIu64 " is no record, and is left "
			 "out: %s", source_name(s), s->line, why);
}

void record_line_report(const struct source *s, const char *why,
			uint64_t *others)
{
	if (++*others <= RECORD_LINE_MESSAGES)
		warn_of_line(s, why);
}

bool record_line_next(struct source *s, struct slice *line, struct buf *record,
		      uint64_t *others)
{
	const char *why;

	while (source_next(s, line))
		switch (record_line_read(s, *line, record, &why)) {
		case LINE_RECORD:
			return true;
		case LINE_OTHER:
			record_line_report(s, why, others);
			break;
		case LINE_BLANK:
			break;
		}
	return false;
}
