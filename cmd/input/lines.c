/* Finds line ends in a buffer. With `searched`, each byte is looked at once
 * even if a long line arrives in many pieces. */
#include "cmd/input/lines.h"

#include <assert.h>

#include "base/ascii.h"
#include "cmd/input/input.h"

#define BOM "\xef\xbb\xbf"

enum { KEEP_CAP = 1 << 20 };

char *lines_reserve(struct lines *l, size_t len)
{
	struct buf *b = &l->bytes;

	if (l->at) {
		memmove(b->data, b->data + l->at, b->len - l->at);
		b->len -= l->at;
		l->searched -= l->at;
		l->at = 0;
	}
	/* Free a large buffer: a line of 16 MB must not occupy memory for the
	 * rest of the run. */
	if (!b->len && b->cap > KEEP_CAP)
		buf_release(b);
	return buf_reserve(b, len);
}

void lines_added(struct lines *l, size_t len)
{
	assert(!l->ended);
	l->bytes.len += len;
}

void lines_end(struct lines *l)
{
	l->ended = true;
}

void lines_release(struct lines *l)
{
	buf_release(&l->bytes);
	*l = (struct lines){0};
}

/* Marks all bytes before `at` as used up. */
static void advance_to(struct lines *l, size_t at)
{
	l->at = at;
	if (l->searched < at)
		l->searched = at;
}

/* Skips a byte order mark (BOM). Returns false if more bytes are needed to
 * recognise one. */
static bool skip_bom(struct lines *l)
{
	const size_t size = sizeof(BOM) - 1;
	const size_t len = lines_pending(l) < size ? lines_pending(l) : size;
	const bool like_bom = len && !memcmp(l->bytes.data, BOM, len);

	if (!l->ended && (!len || (like_bom && len < size)))
		return false;
	if (like_bom && len == size)
		advance_to(l, size);
	l->begun = true;
	return true;
}

static void skip_space(struct lines *l)
{
	size_t at = l->at;

	while (at < l->bytes.len && l->bytes.data[at] != '\r' &&
	       l->bytes.data[at] != '\n' &&
	       ascii_is_c_space(l->bytes.data[at]))
		at++;
	advance_to(l, at);
}

/* Finds the end of the line at l->at: its LF, or a CR that no LF follows (old
 * Macs, and spreadsheets that write for them). The end of the source also ends
 * a line. Returns false if the end has not arrived yet. */
static bool find_end(struct lines *l, size_t *end)
{
	const char *const data = l->bytes.data + l->searched;
	const size_t len = l->bytes.len - l->searched;
	const char *lf = memchr(data, '\n', len);
	const char *cr = memchr(data, '\r', lf ? (size_t)(lf - data) : len);
	size_t at = lf ? (size_t)(lf - data) : len;

	/* A CR directly before the LF belongs to the line end. A CR that is the
	 * last byte so far may do so. */
	if (cr && (size_t)(cr - data) + 1 < at)
		at = (size_t)(cr - data);
	else if (cr && !lf && !l->ended)
		at = (size_t)(cr - data);
	else
		cr = NULL;
	l->searched += at;
	*end = l->searched;
	if (cr && at + 1 == len)
		return false;
	return lf || cr || l->ended;
}

/* Moves past the line end to the start of the next line. */
static void pass_end(struct lines *l, size_t end)
{
	l->skipping = false;
	l->number++;
	advance_to(l, end < l->bytes.len ? end + 1 : end);
}

static void set_line(const struct lines *l, struct line *line, size_t len,
		     size_t max)
{
	line->number = l->number + 1;
	line->too_long = len > max;
	if (line->too_long)
		len = LINES_CUT;
	line->text = (struct slice){l->bytes.data + l->at, len};
	line->text = slice_trim(line->text, LINE_SPACE);
}

enum step { LINE, PASSED, INCOMPLETE };

static enum step cut_line(struct lines *l, struct line *line, size_t max)
{
	set_line(l, line, lines_pending(l), max);
	l->skipping = true;
	return LINE;
}

/* Takes the line at l->at, or skips it if it is blank. The first byte of the
 * line has arrived and is not white space. */
static enum step take_line(struct lines *l, struct line *line)
{
	const char *text = l->bytes.data + l->at;
	const size_t json_max = l->json_max ? l->json_max : INPUT_JSON_LINE_MAX;
	const size_t max = *text == '{' ? json_max : INPUT_LINE_MAX;
	size_t end, len;

	if (!find_end(l, &end)) {
		/* One byte more is allowed: it may be the CR of the line
		 * end. */
		if (lines_pending(l) > max + 1)
			return cut_line(l, line, max);
		return INCOMPLETE;
	}
	len = end - l->at;
	if (len && text[len - 1] == '\r')
		len--;
	set_line(l, line, len, max);
	pass_end(l, end);
	return line->text.len ? LINE : PASSED;
}

static enum step skip_line(struct lines *l)
{
	size_t end;

	if (find_end(l, &end)) {
		pass_end(l, end);
		return PASSED;
	}
	advance_to(l, end);
	return INCOMPLETE;
}

bool lines_next(struct lines *l, struct line *line)
{
	enum step step = PASSED;

	if (!l->begun && !skip_bom(l))
		return false;
	while (step == PASSED) {
		if (!l->skipping)
			skip_space(l);
		if (l->at == l->bytes.len)
			return false;
		if (l->bytes.data[l->at] == '#')
			l->skipping = true;
		step = l->skipping ? skip_line(l) : take_line(l, line);
	}
	return step == LINE;
}
