/*
 * Writes tables of data. The rows are collected first, because the header must
 * have as many cells as the longest row.
 *
 * A cell that spans several columns or rows is repeated. The number and size of
 * repeated cells are limited for the whole document; after that, the cells that
 * a span would fill are left out or empty. Shorter rows are not filled up:
 * readers do so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/markdown/writer.h"

enum {
	MAX_COLUMNS = 1000,		/* maximum number of columns of a span
					 * (HTML Standard, 4.9.11) */
	MAX_ROWS = 65534,
};

/* A cell that goes on in the rows below. */
struct span {
	size_t rows;			/* number of rows below that still get
					 * the cell */
	size_t text, len;		/* in the table's cells */
};

struct table {
	struct md *md;
	struct buf cells;		/* texts of all cells */
	struct buf rows;		/* rows, each ends with a line feed */
	struct span *spans;		/* array by column, owned */
	size_t spans_count;
	size_t columns;			/* number of columns of the longest
					 * row */
	size_t column;			/* index of the column in the row that
					 * is being written */
	size_t first_columns;		/* number of columns of the first row */
	bool has_rows, has_header, has_text;
	const xmlNode *first_row;
};

static bool is_cell(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE &&
	       (html_is(n, N_TD) || html_is(n, N_TH));
}

static size_t span_of(const xmlNode *cell, const char *name, size_t most)
{
	const char *s = md_attribute(cell, name);
	size_t n = 0;

	while (s && ascii_is_space(*s))
		s++;
	for (; s && ascii_is_digit(*s) && n <= most; s++)
		n = n * 10 + (size_t)(*s - '0');
	return n > most ? most : n;
}

/* Takes the bytes of a cell that is repeated from the budget of the document.
 * Returns false if there is nothing left. */
static bool may_fill(struct table *t, size_t bytes)
{
	struct md *md = t->md;

	if (!md->span_cells || md->span_bytes < bytes)
		return false;
	md->span_cells--;
	md->span_bytes -= bytes;
	return true;
}

static void add_cell(struct table *t, size_t text, size_t len)
{
	if (!t->column)
		buf_addch(&t->rows, '|');
	buf_addch(&t->rows, ' ');
	if (len)
		buf_add(&t->rows, t->cells.data + text, len);
	buf_addstr(&t->rows, len ? " |" : "|");
	t->column++;
}

/* Adds the cells of the rows above that reach into this one, from the current
 * column up to the next that is free. */
static void add_spans(struct table *t)
{
	while (t->column < t->spans_count && t->spans[t->column].rows) {
		struct span *span = &t->spans[t->column];

		if (!may_fill(t, span->len)) {
			span->rows = 0;
			return;
		}
		span->rows--;
		add_cell(t, span->text, span->len);
	}
}

/* Adds all such cells to the end of the row, and empty ones between them. */
static void add_last_spans(struct table *t)
{
	while (t->spans_count && !t->spans[t->spans_count - 1].rows)
		t->spans_count--;
	while (t->column < t->spans_count) {
		add_spans(t);
		if (t->column < t->spans_count) {
			if (!may_fill(t, 0)) {
				t->spans_count = 0;
				return;
			}
			add_cell(t, 0, 0);
		}
	}
}

static void set_span(struct table *t, struct span span)
{
	while (t->spans_count <= t->column) {
		t->spans = xgrow(t->spans, t->spans_count, 1,
				 sizeof(*t->spans));
		t->spans[t->spans_count++] = (struct span){0};
	}
	t->spans[t->column] = span;
}

static struct span render(struct table *t, const xmlNode *cell)
{
	struct md *md = t->md;
	struct span span = {.text = t->cells.len};

	md->run.mode = MD_IN_CELL;
	md_write_children(md, cell);
	md_run_finish(&md->run);
	if (md_run_has_content(&md->run))
		md_run_write(&md->run, &t->cells);
	md_run_clear(&md->run);
	md->run.mode = MD_IN_PARAGRAPH;
	span.len = t->cells.len - span.text;
	md->held += span.len;
	t->has_text |= span.len > 0;
	return span;
}

/* Writes a cell, once for each column that it spans. rows_left: rows of the
 * section below this one. */
static void write_cell(struct table *t, const xmlNode *cell, size_t rows_left)
{
	size_t columns = span_of(cell, "colspan", MAX_COLUMNS);
	size_t rows = span_of(cell, "rowspan", MAX_ROWS);
	const bool to_end = !rows && md_attribute(cell, "rowspan");
	struct span span = render(t, cell);

	add_spans(t);
	if (to_end)
		rows = MAX_ROWS;
	rows -= rows > 0;
	span.rows = rows < rows_left ? rows : rows_left;
	columns += !columns;
	for (size_t i = 0; i < columns; i++) {
		if (i && !may_fill(t, span.len))
			break;
		if (span.rows)
			set_span(t, span);
		add_cell(t, span.text, span.len);
	}
}

/* Returns true if the row has only header cells, or empty ones. */
static bool is_header(const xmlNode *row)
{
	bool header = false;

	if (html_is(row->parent, N_THEAD))
		return true;
	for (const xmlNode *n = row->children; n; n = n->next) {
		if (!is_cell(n))
			continue;
		if (html_is(n, N_TD) && n->children)
			return false;
		header |= html_is(n, N_TH);
	}
	return header;
}

static void write_row(struct table *t, const xmlNode *row, size_t rows_left)
{
	t->column = 0;
	for (const xmlNode *n = row->children; n; n = n->next)
		if (is_cell(n) && !md_is_code_gadget(n) &&
		    !md_skips(t->md, n))
			write_cell(t, n, rows_left);
	add_last_spans(t);
	if (!t->column)
		return;
	buf_addch(&t->rows, '\n');
	if (t->column > t->columns)
		t->columns = t->column;
	if (t->has_rows)
		return;
	t->has_rows = true;
	t->has_header = is_header(row);
	t->first_columns = t->column;
	t->first_row = row;
}

static bool is_row(const struct table *t, const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && html_is(n, N_TR) &&
	       !md_skips(t->md, n);
}

/* Writes the rows among the children of a section or of the table. */
static void write_rows(struct table *t, const xmlNode *parent)
{
	size_t left = 0;

	for (const xmlNode *n = parent->children; n; n = n->next)
		left += is_row(t, n);
	for (const xmlNode *n = parent->children; n; n = n->next)
		if (is_row(t, n) && !md_is_full(t->md))
			write_row(t, n, --left);
	t->spans_count = 0;
}

static bool is_section(const xmlNode *n)
{
	return html_is(n, N_TBODY) || html_is(n, N_THEAD) ||
	       html_is(n, N_TFOOT);
}

static void write_captions(struct md *md, const xmlNode *table)
{
	for (const xmlNode *n = table->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_CAPTION))
			md_write_node(md, n);
}

static const char *alignment_of(const xmlNode *cell)
{
	const char *align = md_attribute(cell, "align");
	const char *style = md_attribute(cell, "style");

	if (!align && style && (style = strstr(style, "text-align:")))
		align = style + strlen("text-align:");
	while (align && *align == ' ')
		align++;
	if (!align)
		return " --- |";
	if (!strncmp(align, "left", 4))
		return " :-- |";
	if (!strncmp(align, "center", 6))
		return " :-: |";
	return !strncmp(align, "right", 5) ? " --: |" : " --- |";
}

/* Appends the row that makes the lines a table, with the alignment of the
 * first row's cells. */
static void add_delimiters(struct table *t, struct buf *out)
{
	const char *alignment;
	size_t column = 0;

	buf_addch(out, '|');
	for (const xmlNode *n = t->first_row->children; n; n = n->next) {
		if (!is_cell(n) || md_is_code_gadget(n) || md_skips(t->md, n))
			continue;
		alignment = alignment_of(n);
		for (size_t i = span_of(n, "colspan", MAX_COLUMNS) ?: 1;
		     i && column < t->first_columns; i--, column++)
			buf_addstr(out, alignment);
	}
	for (; column < t->columns; column++)
		buf_addstr(out, " --- |");
	buf_addch(out, '\n');
}

static void write_lines(struct table *t)
{
	const char *rest = t->rows.data;
	struct buf out = {0};
	size_t columns = 0;

	if (t->has_header) {
		const char *end = memchr(rest, '\n', t->rows.len);

		buf_add(&out, rest, (size_t)(end - rest));
		rest = end + 1;
		columns = t->first_columns;
	} else {
		buf_addch(&out, '|');
	}
	for (; columns < t->columns; columns++)
		buf_addstr(&out, " |");
	buf_addch(&out, '\n');
	add_delimiters(t, &out);
	buf_add(&out, rest, (size_t)(t->rows.data + t->rows.len - rest));
	md_lines_add(&t->md->lines, MD_TABLE, out.data, out.len - 1);
	buf_release(&out);
}

static void write_data(struct md *md, const xmlNode *n)
{
	struct table t = {.md = md};

	write_captions(md, n);
	for (const xmlNode *part = n->children; part; part = part->next)
		if (part->type == XML_ELEMENT_NODE && is_section(part) &&
		    !md_skips(md, part))
			write_rows(&t, part);
	if (t.has_text)
		write_lines(&t);
	md->held = 0;
	buf_release(&t.cells);
	buf_release(&t.rows);
	free(t.spans);
}

/* Inside of a heading or a cell, and where it only lays out the page, a table
 * is a sequence of blocks. */
void md_write_table(struct md *md, const xmlNode *n)
{
	md_begin_structure(md);
	if (md->run.mode == MD_IN_PARAGRAPH && md_is_data_table(md, n))
		write_data(md, n);
	else
		md_write_block(md, n);
}
