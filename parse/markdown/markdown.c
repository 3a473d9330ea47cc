/* Writes the roots one after another. */
#include "parse/markdown/markdown.h"

#include "base/utf8.h"
#include "parse/markdown/writer.h"

enum {
	/* Limits of a document: cells, and bytes of cells, that spans of tables
	 * add; nodes looked at in the search for formulas. */
	SPAN_CELLS = 1 << 16,
	SPAN_BYTES = 1 << 20,
	MATH_NODES = 1 << 22,
};

void markdown_write(struct buf *out, const struct markdown_source *source)
{
	struct md md = {
		.source = source,
		.lines = {.out = out, .start = out->len, .max = source->max},
		.span_cells = SPAN_CELLS,
		.span_bytes = SPAN_BYTES,
		.math_nodes = MATH_NODES,
		.list_end = SIZE_MAX,
	};

	md_run_init(&md.run);
	md_notes_find(&md);
	if (source->title)
		md_write_title(&md, source->title);
	for (size_t i = 0; i < source->count; i++)
		md_write_root(&md, source->roots[i]);
	md_flush(&md);
	if (source->max && out->len - md.lines.start > source->max)
		out->len = md.lines.start +
			   utf8_valid_prefix(out->data + md.lines.start,
					     (size_t)source->max);
	md_run_release(&md.run);
	md_lines_release(&md.lines);
	md_notes_release(&md.notes);
	buf_release(&md.url);
	buf_release(&md.title);
	buf_release(&md.text);
	buf_release(&md.block);
}
