/* Writes rows by a table with the functions of each format. */
#include "cmd/diff/rows.h"

#include <inttypes.h>
#include <string.h>

#include "base/json/string.h"
#include "base/printable.h"
#include "cmd/output/formula.h"
#include "cmd/report/page.h"

/* The cells of a row, as printable text. */
enum cell { CELL_CHANGE, CELL_URL, CELL_RECORD, CELL_FIELD, CELL_OLD, CELL_NEW,
	    CELLS };

static const char *const titles[CELLS + 1] = {
	"change", "url", "record", "field", "old", "new", NULL,
};

/* --- Cells ---------------------------------------------------------------- */

/* Appends a value: a string without its quotes, any other value as JSON. */
static void add_value(struct buf *to, struct slice value)
{
	struct buf text = {0};

	if (!value.p || slice_is(value, "null"))
		return;
	if (*value.p == '"')
		json_string_text(&text, value);
	else
		buf_add(&text, value.p, value.len);
	printable_add(to, text.data, text.len);
	buf_release(&text);
}

/* Appends the text that distinguishes the record from others with the same URL:
 * "id 5". */
static void add_record(struct buf *to, struct slice record)
{
	static const char *const names[] = {"id", "item", "kind", "page"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct slice value =
			difference_member(record, names[i]);

		if (!value.p || slice_is(value, "null"))
			continue;
		buf_addf(to, "%s%s ", to->len ? ", " : "", names[i]);
		add_value(to, value);
	}
}

static void set_field(struct buf *cells, const struct fields *fields,
		      const struct field *field)
{
	const struct slice path = field_path(fields, field);

	buf_clear(&cells[CELL_FIELD]);
	buf_clear(&cells[CELL_OLD]);
	buf_clear(&cells[CELL_NEW]);
	printable_add(&cells[CELL_FIELD], path.p, path.len);
	add_value(&cells[CELL_OLD], field->before);
	add_value(&cells[CELL_NEW], field->after);
}

/* --- Formats -------------------------------------------------------------- */

static void add_csv_row(struct buf *to, struct buf *cells)
{
	for (int i = 0; i < CELLS; i++) {
		const struct buf *cell = &cells[i];

		buf_addstr(to, i ? ",\"" : "\"");
		if (formula_is(slice_of(cell)))
			buf_addch(to, '\'');
		for (size_t j = 0; j < cell->len; j++) {
			if (cell->data[j] == '"')
				buf_addch(to, '"');
			buf_addch(to, cell->data[j]);
		}
		buf_addch(to, '"');
	}
	buf_addstr(to, "\r\n");
}

/* Appends a text in which no character is markup and no URL becomes a link. The
 * reasons are in cmd/check/writer.c. */
static void add_markdown_cell(struct buf *to, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("\\`*_[]<>|~&#:", text.p[i]))
			buf_addch(to, '\\');
		buf_addch(to, text.p[i]);
	}
}

static void add_markdown_row(struct buf *to, struct buf *cells)
{
	for (int i = 0; i < CELLS; i++) {
		buf_addstr(to, i ? " | " : "| ");
		add_markdown_cell(to, slice_of(&cells[i]));
	}
	buf_addstr(to, " |\n");
}

static void add_html_cell(struct report *r, enum cell column,
			  const char *text)
{
	report_add(r, "<td role=\"cell\" class=\"text\">");
	if (column == CELL_URL)
		report_url(r, text);
	else
		report_text(r->out, text);
	report_add(r, "</td>");
}

static void add_html_row(struct buf *to, struct buf *cells)
{
	struct report r = {.out = to};

	report_add(&r, "<tr role=\"row\"><th role=\"rowheader\" "
		   "scope=\"row\">%s</th>", buf_cstr(&cells[CELL_CHANGE]));
	for (int i = CELL_URL; i < CELLS; i++)
		add_html_cell(&r, (enum cell)i, buf_cstr(&cells[i]));
	report_row_end(&r);
}

static void begin_csv(struct buf *to)
{
	for (int i = 0; i < CELLS; i++)
		buf_addf(to, "%s%s", i ? "," : "", titles[i]);
	buf_addstr(to, "\r\n");
}

static const char *name_of(const char *path)
{
	return strcmp(path, "-") ? path : "standard input";
}

static void add_title(const struct difference_rows *r, struct buf *to)
{
	struct buf title = {0};

	buf_addf(&title, "Differences between %s and %s", name_of(r->before),
		 name_of(r->after));
	printable_add(to, title.data, title.len);
	buf_release(&title);
}

/* Appends a note if the table does not have all rows. */
static void add_rest(const struct difference_rows *r, struct buf *to)
{
	if (r->count > DIFFERENCE_ROWS_MAX)
		buf_addf(to, "The table ends after %d of %" PRIu64 " rows; "
			 "csv and jsonl have all.\n", DIFFERENCE_ROWS_MAX,
			 r->count);
}

static void end_markdown(struct difference_rows *r, struct buf *to,
			 const struct difference_counts *c)
{
	struct buf title = {0};

	add_title(r, &title);
	buf_addstr(to, "# ");
	add_markdown_cell(to, slice_of(&title));
	buf_addstr(to, "\n\n");
	difference_add_counts(to, c);
	if (r->count)
		buf_addstr(to, "\n| change | url | record | field | old | new "
			       "|\n| --- | --- | --- | --- | --- | --- |\n");
	buf_add(to, r->rows.data, r->rows.len);
	if (r->count > DIFFERENCE_ROWS_MAX)
		buf_addch(to, '\n');
	add_rest(r, to);
	buf_release(&title);
}

static void begin_html_table(struct report *r)
{
	report_add(r, "<div class=\"card\"><table role=\"table\" "
		   "class=\"findings changes\">\n<thead role=\"rowgroup\">"
		   "<tr role=\"row\">");
	for (int i = 0; i < CELLS; i++)
		report_add(r, "<th role=\"columnheader\" scope=\"col\" "
			   "class=\"text\">%s</th>", titles[i]);
	report_add(r, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

static void end_html(struct difference_rows *r, struct buf *to,
		     const struct difference_counts *c)
{
	struct report page = {.out = to};
	struct buf title = {0};

	add_title(r, &title);
	report_begin(&page, buf_cstr(&title));
	report_add(&page, "<p>");
	difference_add_counts(to, c);
	report_add(&page, "</p>\n");
	if (r->count) {
		begin_html_table(&page);
		buf_add(to, r->rows.data, r->rows.len);
		report_add(&page, "</tbody></table></div>\n<p>");
		add_rest(r, to);
		report_add(&page, "</p>\n");
	}
	report_end(&page);
	buf_release(&title);
}

/* Rows of a format without an end() are written as they arrive. */
static const struct {
	void (*begin)(struct buf *to);
	void (*add)(struct buf *to, struct buf *cells);
	void (*end)(struct difference_rows *r, struct buf *to,
		    const struct difference_counts *c);
} formats[AUDIT_FORMATS] = {
	[AUDIT_CSV] = {begin_csv, add_csv_row, NULL},
	[AUDIT_MARKDOWN] = {NULL, add_markdown_row, end_markdown},
	[AUDIT_HTML] = {NULL, add_html_row, end_html},
};

/* --- The table ------------------------------------------------------------ */

void difference_rows_begin(const struct difference_rows *r, struct buf *to)
{
	if (formats[r->format].begin)
		formats[r->format].begin(to);
}

static void add_row(struct difference_rows *r, struct buf *to,
		    struct buf *cells)
{
	const bool is_kept = formats[r->format].end != NULL;

	r->count++;
	if (!is_kept)
		formats[r->format].add(to, cells);
	else if (r->count <= DIFFERENCE_ROWS_MAX)
		formats[r->format].add(&r->rows, cells);
}

void difference_rows_add(struct difference_rows *r, struct buf *to,
			 enum difference kind, struct slice record,
			 const struct fields *fields)
{
	struct buf cells[CELLS] = {{0}};

	buf_addstr(&cells[CELL_CHANGE], difference_name(kind));
	add_value(&cells[CELL_URL], difference_member(record, "url"));
	add_record(&cells[CELL_RECORD], record);
	if (kind != DIFFERENCE_CHANGED && !r->has_chosen_fields)
		add_row(r, to, cells);
	else
		for (size_t i = 0; i < fields->len; i++) {
			set_field(cells, fields, &fields->list[i]);
			add_row(r, to, cells);
		}
	for (int i = 0; i < CELLS; i++)
		buf_release(&cells[i]);
}

void difference_rows_end(struct difference_rows *r, struct buf *to,
			 const struct difference_counts *c)
{
	if (formats[r->format].end)
		formats[r->format].end(r, to, c);
}

void difference_rows_release(struct difference_rows *r)
{
	buf_release(&r->rows);
}
