/* A state machine finds the end of a row, looking at each byte once even if the
 * row arrives in many pieces; then the row is split. */
#include "cmd/input/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BOM "\xef\xbb\xbf"

enum state {
	CELL_START,
	PLAIN,
	QUOTED,
	QUOTE_SEEN,	/* a quote inside of a quoted cell: the end of the cell,
			 * or the first half of a doubled quote */
	ROW_END,
	WRONG,
};

static enum state after(enum state state, char byte, char separator)
{
	if (state == QUOTED)
		return byte == '"' ? QUOTE_SEEN : QUOTED;
	if (byte == separator)
		return CELL_START;
	if (byte == '\r' || byte == '\n')
		return ROW_END;
	if (byte == '"' && state == CELL_START)
		return QUOTED;
	if (state == QUOTE_SEEN)
		return byte == '"' ? QUOTED : WRONG;
	return PLAIN;
}

static void add_end(struct csv *c)
{
	if (c->cells == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 16;
		c->ends = xrealloc(c->ends, c->cap * sizeof(*c->ends));
	}
	c->ends[c->cells++] = c->text.len;
}

/* Splits the row in c->raw, which has no errors. */
static void split(struct csv *c)
{
	enum state state = CELL_START;

	buf_clear(&c->text);
	c->cells = 0;
	for (size_t i = 0; i < c->raw.len; i++) {
		const char byte = c->raw.p[i];
		const enum state before = state;

		state = after(state, byte, c->separator);
		if (state == CELL_START)
			add_end(c);
		else if (state == PLAIN || (state == QUOTED &&
					    before != CELL_START))
			buf_addch(&c->text, byte);
	}
	add_end(c);
}

void csv_split_again(struct csv *c, char separator)
{
	c->separator = separator;
	split(c);
}

struct slice csv_cell(const struct csv *c, size_t number)
{
	const size_t start = number ? c->ends[number - 1] : 0;

	if (number >= c->cells || c->ends[number] == start)
		return (struct slice){"", 0};
	return (struct slice){c->text.data + start, c->ends[number] - start};
}

static uint64_t count_lines(struct slice text)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.p[i] == '\n' ||
			 (text.p[i] == '\r' &&
			  (i + 1 == text.len || text.p[i + 1] != '\n'));
	return lines;
}

/* Marks the next len bytes as read. */
static void pass(struct csv *c, struct lines *bytes, size_t len)
{
	const struct slice passed = {bytes->bytes.data + bytes->at, len};

	c->line += count_lines(passed);
	c->scanned = 0;
	c->state = CELL_START;
	bytes->at += len;
}

/* Returns the length of the line end at p[at]; 0 if its second byte has not
 * arrived. */
static size_t end_length(struct slice s, size_t at, bool ended)
{
	if (s.p[at] == '\n')
		return 1;
	if (at + 1 < s.len)
		return s.p[at + 1] == '\n' ? 2 : 1;
	return ended ? 1 : 0;
}

/* Searches s for a line end, from *at on; *at becomes its offset. Returns false
 * if no line end has arrived. */
static bool find_line_end(struct slice s, size_t *at)
{
	while (*at < s.len && s.p[*at] != '\n' && s.p[*at] != '\r')
		++*at;
	return *at < s.len;
}

/* Skips the rest of a line that belongs to no row. Returns false if the end of
 * the line has not arrived. */
static bool skip_line(struct csv *c, struct lines *bytes, struct slice s)
{
	size_t at = 0, len;
	const bool found = find_line_end(s, &at);

	len = found ? end_length(s, at, bytes->ended) : 0;
	pass(c, bytes, at + len);
	if (!len && !bytes->ended)
		return false;
	c->skipping = false;
	return true;
}

/* Makes the current row an error, and continues after the first line of that
 * row. */
static bool fail_row(struct csv *c, struct lines *bytes, struct slice s,
		     const char *error)
{
	size_t len = 0;

	c->error = error;
	c->number = c->line + 1;
	c->cells = 0;
	find_line_end(s, &len);
	c->raw = (struct slice){s.p, len};
	c->skipping = true;
	skip_line(c, bytes, s);
	return true;
}

static bool take_row(struct csv *c, struct lines *bytes, struct slice s,
		     size_t len, size_t end)
{
	c->error = NULL;
	c->number = c->line + 1;
	c->raw = (struct slice){s.p, len};
	split(c);
	pass(c, bytes, len + end);
	return true;
}

/* Returns false if more of the row's first line, which the error shows, may
 * still arrive. */
static bool has_first_line(const struct lines *bytes, struct slice s)
{
	size_t at = 0;

	return bytes->ended || s.len >= LINES_CUT || find_line_end(s, &at);
}

/* Reads the row at the start of s, which is not empty. */
static bool read_row(struct csv *c, struct lines *bytes, struct slice s)
{
	enum state state = (enum state)c->state;
	size_t at = c->scanned, end;

	for (; at < s.len; at++) {
		const enum state next = after(state, s.p[at], c->separator);

		if (next == WRONG && !has_first_line(bytes, s))
			break;
		if (next == WRONG)
			return fail_row(c, bytes, s, "text follows a closing "
					"quote; a quote inside of quotes is "
					"doubled");
		if (next == ROW_END) {
			end = end_length(s, at, bytes->ended);
			if (!end)
				break;
			return take_row(c, bytes, s, at, end);
		}
		state = next;
	}
	c->scanned = at;
	c->state = state;
	if (at > CSV_ROW_MAX)
		return fail_row(c, bytes, s, state == QUOTED
				? "no quote closes a cell within 16 MB"
				: "longer than 16 MB");
	if (!bytes->ended)
		return false;
	if (state == QUOTED)
		return fail_row(c, bytes, s, "no quote closes a cell");
	return take_row(c, bytes, s, s.len, 0);
}

/* Skips a byte order mark (BOM). Returns false if more bytes are needed to
 * recognise one. */
static bool pass_bom(struct csv *c, struct lines *bytes, struct slice s)
{
	const size_t size = strlen(BOM), len = s.len < size ? s.len : size;
	const bool like_bom = len && !memcmp(s.p, BOM, len);

	if (!bytes->ended && (!len || (like_bom && len < size)))
		return false;
	if (like_bom && len == size)
		pass(c, bytes, size);
	c->begun = true;
	return true;
}

static struct slice rest_of(const struct lines *bytes)
{
	const struct slice all = slice_of(&bytes->bytes);

	return (struct slice){all.p + bytes->at, all.len - bytes->at};
}

static bool is_empty_row(const struct csv *c)
{
	return !c->error && !c->text.len;
}

bool csv_next(struct csv *c, struct lines *bytes)
{
	if (!c->begun && !pass_bom(c, bytes, rest_of(bytes)))
		return false;
	for (;;) {
		const struct slice s = rest_of(bytes);

		if (!s.len)
			return false;
		if (c->skipping) {
			if (!skip_line(c, bytes, s))
				return false;
			continue;
		}
		if (!read_row(c, bytes, s))
			return false;
		if (!is_empty_row(c))
			return true;
	}
}

void csv_release(struct csv *c)
{
	buf_release(&c->text);
	free(c->ends);
	*c = (struct csv){0};
}
