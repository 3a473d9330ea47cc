/* A row ends with the first line end after an even number of quotes, because
 * quotes inside of a cell are doubled. */
#include "cmd/scrape/table_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "cmd/output/format.h"
#include "cmd/output/formula.h"

#define BOM "\xef\xbb\xbf"
enum { DIGITS_MAX = 15 };

static int find_column(const struct columns *c, const char *member)
{
	size_t at;

	return columns_find(c, member, &at) ? (int)at : -1;
}

struct table_rows *table_rows_new(const struct options *o)
{
	const bool is_csv = o->format->open == sink_csv_open;
	struct buf why = {0};
	struct table_rows *t;
	struct columns *c;

	if (!is_csv && o->format->open != sink_tsv_open)
		return NULL;
	c = options_columns(o, &why);
	buf_release(&why);
	if (!c)
		return NULL;
	t = xcalloc(1, sizeof(*t));
	*t = (struct table_rows){
		.columns = c,
		.separator = is_csv ? ',' : '\t',
		.index = find_column(c, "index"),
		.id = find_column(c, "id"),
		.url = find_column(c, "url"),
		.status = find_column(c, "status"),
		.ok = find_column(c, "ok"),
		.error = find_column(c, "error"),
	};
	return t;
}

void table_rows_free(struct table_rows *t)
{
	if (!t)
		return;
	columns_free(t->columns);
	free(t);
}

bool table_row_ends(struct slice part, size_t *quotes)
{
	for (size_t i = 0; i < part.len; i++)
		*quotes += part.p[i] == '"';
	return part.len && part.p[part.len - 1] == '\n' && *quotes % 2 == 0;
}

/* Removes a cell and the separator after it from the front of the row. Returns
 * the cell as it is in the row, and appends its decoded text to `text`. *more
 * becomes true if a separator followed. */
static struct slice take_cell(const struct table_rows *t, struct slice *row,
			      struct buf *text, bool *more)
{
	const bool has_quotes = row->len && row->p[0] == '"';
	bool is_quoted = false;
	struct slice raw = {row->p, 0};

	for (; raw.len < row->len; raw.len++) {
		const char byte = row->p[raw.len];

		if (byte == t->separator && !is_quoted)
			break;
		if (byte == '"' && has_quotes) {
			is_quoted = !is_quoted;
			/* The second of two quotes inside of a cell. */
			if (is_quoted && raw.len > 0)
				buf_addch(text, byte);
		} else {
			buf_addch(text, byte);
		}
	}
	*more = raw.len < row->len;
	row->p += raw.len + *more;
	row->len -= raw.len + *more;
	return raw;
}

/* Removes the apostrophe that --csv-safe puts before a formula. */
static struct slice as_written(const struct table_rows *t, struct slice cell)
{
	const struct slice rest = {cell.p + 1, cell.len - 1};

	return t->columns->safe && cell.len && cell.p[0] == '\'' &&
		formula_is(rest) ? rest : cell;
}

static bool read_number(struct slice text, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit(text.p[i]))
			return false;
		*number = *number * 10 + (uint64_t)(text.p[i] - '0');
	}
	return text.len > 0 && text.len <= DIGITS_MAX;
}

static bool set_value(const struct table_rows *t, struct record_head *head,
		      int column, struct slice raw, struct slice cell)
{
	if (column == t->index) {
		head->index_text = raw;
		return read_number(raw, &head->index);
	}
	if (column == t->id)
		head->id = as_written(t, cell);
	else if (column == t->url)
		head->url = as_written(t, cell);
	else if (column == t->status)
		head->status = cell;
	else if (column == t->error)
		head->error = cell;
	else if (column == t->ok)
		head->is_ok = slice_is(cell, "true");
	return true;
}

bool table_row_read(const struct table_rows *t, struct slice row,
		    struct buf *cells, struct record_head *head)
{
	size_t len = 0;
	bool more = true;

	*head = (struct record_head){.index = 0};
	buf_clear(cells);
	/* Reserve all memory before, because head borrows from the buffer. */
	buf_reserve(cells, row.len + 1);
	for (; more; len++) {
		const size_t start = cells->len;
		const struct slice raw = take_cell(t, &row, cells, &more);
		const struct slice cell = {cells->data + start,
					   cells->len - start};

		if (len == t->columns->len ||
		    !set_value(t, head, (int)len, raw, cell))
			return false;
	}
	head->has_error = head->error.len > 0;
	if (t->ok < 0)
		head->is_ok = !head->has_error &&
			      (head->status.len != 3 || head->status.p[0] < '4');
	return len == t->columns->len;
}

bool table_row_is_header(const struct table_rows *t, struct slice row)
{
	struct buf text = {0};
	bool more = true, is_same = true;
	size_t len = 0;

	if (row.len >= strlen(BOM) && !memcmp(row.p, BOM, strlen(BOM))) {
		row.p += strlen(BOM);
		row.len -= strlen(BOM);
	}
	for (; more && is_same; len++) {
		buf_clear(&text);
		take_cell(t, &row, &text, &more);
		is_same = len < t->columns->len &&
			  slice_is(as_written(t, slice_of(&text)),
				   t->columns->list[len].name);
	}
	buf_release(&text);
	return is_same && len == t->columns->len;
}
