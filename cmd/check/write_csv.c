/* A table for spreadsheets (RFC 4180), in which no cell is a formula. */
#include "cmd/check/writer.h"

#include <string.h>

#include "base/printable.h"
#include "cmd/output/formula.h"

static void add_cell(struct buf *to, const char *text, const char *end)
{
	struct buf cell = {0};

	printable_add(&cell, text, strlen(text));
	buf_addch(to, '"');
	if (formula_is(slice_of(&cell)))
		buf_addch(to, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.data[i] == '"')
			buf_addch(to, '"');
		buf_addch(to, cell.data[i]);
	}
	buf_addch(to, '"');
	buf_addstr(to, end);
	buf_release(&cell);
}

void finding_list_write_csv(struct buf *to, const struct finding_list *f)
{
	buf_addstr(to, "url,kind,severity,detail,page\r\n");
	for (size_t i = 0; i < f->len; i++) {
		const struct finding *finding = &f->list[i];

		add_cell(to, finding->url, ",");
		buf_addf(to, "%s,%s,", finding_name(finding->kind),
			 severity_name(finding->severity));
		add_cell(to, finding->detail, ",");
		add_cell(to, finding->page ? finding->page : "", "\r\n");
	}
}
