/* Writes lines with their prefixes. */
#include "parse/markdown/lines.h"

#include <string.h>

#include "base/memory_budget.h"

static size_t without_spaces(const char *s, size_t len)
{
	while (len && s[len - 1] == ' ')
		len--;
	return len;
}

static void add_empty_line(struct md_lines *lines, size_t prefix_len)
{
	buf_add(lines->out, lines->prefix.data,
		without_spaces(lines->prefix.data, prefix_len));
	buf_addch(lines->out, '\n');
}

/* Returns true if a block needs an empty line before it although it is in a
 * tight list. */
static bool needs_empty_line(const struct md_lines *lines, enum md_block kind)
{
	switch (kind) {
	case MD_PARAGRAPH:
	case MD_TABLE:
		return lines->last != MD_HEADING && lines->last != MD_FENCE &&
		       lines->last != MD_RULE;
	default:
		return lines->last == MD_TABLE;
	}
}

/* Writes the prefix of a block's first line, and the empty line before it. */
static void begin_block(struct md_lines *lines, enum md_block kind)
{
	bool empty = !lines->tight || needs_empty_line(lines, kind);

	if (!lines->has_marker) {
		if (lines->last && empty)
			add_empty_line(lines, lines->prefix.len);
		buf_add(lines->out, lines->prefix.data, lines->prefix.len);
		return;
	}
	empty = lines->wants_empty || lines->last == MD_TABLE;
	/* An item without text does not end a paragraph. */
	empty |= kind == MD_NOTHING && lines->last == MD_PARAGRAPH;
	if (lines->last && empty)
		add_empty_line(lines, lines->outer);
	buf_add(lines->out, lines->first.data,
		kind == MD_NOTHING ? without_spaces(lines->first.data,
						    lines->first.len)
				   : lines->first.len);
	lines->has_marker = false;
}

struct md_container md_lines_enter(struct md_lines *lines, struct slice marker,
				   struct slice rest, bool tight, bool close)
{
	const struct md_container container = {
		.prefix_len = lines->prefix.len,
		.first_len = lines->first.len, .tight = lines->tight};

	if (!lines->has_marker) {
		buf_clear(&lines->first);
		buf_add(&lines->first, lines->prefix.data, lines->prefix.len);
		lines->has_marker = true;
		lines->outer = lines->prefix.len;
		lines->wants_empty = !close;
	}
	buf_add(&lines->first, marker.p, marker.len);
	buf_add(&lines->prefix, rest.p, rest.len);
	lines->tight = tight;
	lines->depth++;
	return container;
}

void md_lines_leave(struct md_lines *lines,
		    const struct md_container *container, bool keep)
{
	const bool outermost = lines->outer == container->prefix_len;

	lines->prefix.len = container->prefix_len;
	lines->tight = container->tight;
	lines->depth--;
	if (!lines->has_marker) {
		lines->last = MD_CONTAINER;
	} else if (keep) {
		begin_block(lines, MD_NOTHING);
		buf_addch(lines->out, '\n');
		lines->last = MD_CONTAINER;
	} else if (outermost) {
		lines->has_marker = false;
	} else {
		lines->first.len = container->first_len;
	}
}

void md_lines_add(struct md_lines *lines, enum md_block kind, const char *s,
		  size_t len)
{
	const char *end = bytes_end(s, len);
	bool first = true;

	begin_block(lines, kind);
	for (;; first = false) {
		const char *p = memchr(s, '\n', (size_t)(end - s));
		const char *line_end = p ? p : end;

		if (!first && line_end > s)
			buf_add(lines->out, lines->prefix.data,
				lines->prefix.len);
		else if (!first)
			buf_add(lines->out, lines->prefix.data,
				without_spaces(lines->prefix.data,
					       lines->prefix.len));
		buf_add(lines->out, s, (size_t)(line_end - s));
		buf_addch(lines->out, '\n');
		if (!p || md_lines_full(lines, 0))
			break;
		s = p + 1;
	}
	lines->last = kind;
}

bool md_lines_full(const struct md_lines *lines, size_t more)
{
	return memory_limit_reached() ||
	       (lines->max && lines->out->len - lines->start + more >= lines->max);
}

void md_lines_release(struct md_lines *lines)
{
	buf_release(&lines->prefix);
	buf_release(&lines->first);
}
