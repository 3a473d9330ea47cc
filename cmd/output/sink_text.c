/* Writes records as text to a descriptor: JSON Lines, one JSON array, CSV or
 * TSV. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/output/columns.h"
#include "cmd/output/formula.h"
#include "cmd/output/sink.h"
#include "cmd/output/writer.h"

struct text_sink {
	struct sink sink;
	int fd;
	bool begun;			/* the beginning of the array, or the
					 * line of column names, is written */
	struct buf out;
	/* Used for CSV and TSV only: */
	const struct columns *columns;	/* borrowed */
	struct slice *values;		/* values of the current row */
	struct buf cell;
	char separator;			/* separator between cells */
	const char *line_end;
};

/* Waits until a descriptor that is in non-blocking mode takes more bytes. */
static void wait_for_room(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	(void)poll(&p, 1, -1);
}

int sink_write_all(int fd, const char *data, size_t len)
{
	while (len) {
		const ssize_t written = write(fd, data, len);

		if (written >= 0) {
			data += written;
			len -= (size_t)written;
		} else if (errno == EPIPE) {
			writer_end_by_sigpipe();
		} else if (errno == EAGAIN) {
			wait_for_room(fd);
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

static int flush_out(struct text_sink *t)
{
	const int error = sink_write_all(t->fd, t->out.data, t->out.len);

	buf_clear(&t->out);
	return error;
}

bool sink_next_line(const char **lines, size_t *len, struct slice *line)
{
	const char *end = *len ? memchr(*lines, '\n', *len) : NULL;

	if (!end)
		return false;
	*line = (struct slice){*lines, (size_t)(end - *lines)};
	*len -= line->len + 1;
	*lines = end + 1;
	return true;
}

static int lines_write(struct sink *s, const char *lines, size_t len)
{
	return sink_write_all(((struct text_sink *)s)->fd, lines, len);
}

/* Writes the array as it grows: "[", records with "," between them, "]". */
static int array_write(struct sink *s, const char *lines, size_t len)
{
	struct text_sink *t = (struct text_sink *)s;
	struct slice line;

	while (sink_next_line(&lines, &len, &line)) {
		buf_addstr(&t->out, t->begun ? ",\n" : "[\n");
		t->begun = true;
		buf_add(&t->out, line.p, line.len);
	}
	return flush_out(t);
}

static int array_finish(struct sink *s)
{
	struct text_sink *t = (struct text_sink *)s;

	buf_addstr(&t->out, t->begun ? "\n]\n" : "[]\n");
	return flush_out(t);
}

/* Returns true if the cell must be quoted: RFC 4180, 2 requires quotes; or the
 * cell begins or ends with a space, which some readers would remove; or the row
 * would be an empty line, which readers skip. */
static bool needs_quotes(const struct text_sink *t, const struct buf *cell)
{
	const char *p = cell->data;

	if (!cell->len)
		return t->columns->len == 1;
	if (p[0] == ' ' || p[cell->len - 1] == ' ')
		return true;
	for (size_t i = 0; i < cell->len; i++)
		if (p[i] == t->separator || p[i] == '"' || p[i] == '\r' ||
		    p[i] == '\n')
			return true;
	return false;
}

/* Puts an apostrophe before a formula. Spreadsheets then treat the cell as text
 * and do not show the apostrophe. */
static void disarm_formula(struct buf *cell)
{
	struct buf safe = {0};

	if (!formula_is((struct slice){cell->data, cell->len}))
		return;
	buf_addch(&safe, '\'');
	buf_add(&safe, cell->data, cell->len);
	buf_release(cell);
	*cell = safe;
}

static void add_cell(struct text_sink *t, bool first)
{
	struct buf *cell = &t->cell;

	if (!first)
		buf_addch(&t->out, t->separator);
	if (t->columns->safe)
		disarm_formula(cell);
	if (!needs_quotes(t, cell)) {
		buf_add(&t->out, cell->data, cell->len);
		return;
	}
	buf_addch(&t->out, '"');
	for (size_t i = 0; i < cell->len; i++) {
		if (cell->data[i] == '"')
			buf_addch(&t->out, '"');
		buf_addch(&t->out, cell->data[i]);
	}
	buf_addch(&t->out, '"');
}

/* Returns true if the table does not begin at the start of its file. In the
 * middle of a file, a byte order mark would be a character (RFC 3629, 6). */
static bool is_appending(int fd)
{
	const int flags = fcntl(fd, F_GETFL);
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return false;
	return flags >= 0 && flags & O_APPEND ? st.st_size > 0
					      : lseek(fd, 0, SEEK_CUR) > 0;
}

/* Adds the line of column names before the first record. */
static void begin_table(struct text_sink *t)
{
	if (t->begun)
		return;
	t->begun = true;
	if (t->columns->named)
		return;
	if (t->columns->bom && !is_appending(t->fd))
		buf_addstr(&t->out, "\xef\xbb\xbf");
	for (size_t i = 0; i < t->columns->len; i++) {
		buf_clear(&t->cell);
		buf_addstr(&t->cell, t->columns->list[i].name);
		add_cell(t, i == 0);
	}
	buf_addstr(&t->out, t->line_end);
}

static int table_write(struct sink *s, const char *lines, size_t len)
{
	struct text_sink *t = (struct text_sink *)s;
	struct slice line;

	begin_table(t);
	while (sink_next_line(&lines, &len, &line)) {
		columns_read(t->columns, line, t->values);
		for (size_t i = 0; i < t->columns->len; i++) {
			buf_clear(&t->cell);
			columns_add_text(&t->cell, t->values[i]);
			add_cell(t, i == 0);
		}
		buf_addstr(&t->out, t->line_end);
	}
	return flush_out(t);
}

/* Writes the line of column names if there was no record. */
static int table_finish(struct sink *s)
{
	struct text_sink *t = (struct text_sink *)s;

	begin_table(t);
	return flush_out(t);
}

static void text_free(struct sink *s)
{
	struct text_sink *t = (struct text_sink *)s;

	buf_release(&t->out);
	buf_release(&t->cell);
	free(t->values);
	free(t);
}

static const struct sink_ops lines_ops = {
	.write = lines_write, .free = text_free,
};
static const struct sink_ops array_ops = {
	.write = array_write, .finish = array_finish, .free = text_free,
};
static const struct sink_ops table_ops = {
	.write = table_write, .finish = table_finish, .free = text_free,
};

static struct text_sink *text_open(const struct sink_ops *ops, int fd)
{
	struct text_sink *t = xcalloc(1, sizeof(*t));

	t->sink.ops = ops;
	t->fd = fd;
	return t;
}

static struct sink *table_open(int fd, const struct columns *columns,
			       char separator, const char *line_end)
{
	struct text_sink *t = text_open(&table_ops, fd);

	t->columns = columns;
	t->values = xcalloc(columns->len, sizeof(*t->values));
	t->separator = separator;
	t->line_end = line_end;
	return &t->sink;
}

struct sink *sink_lines_open(int fd)
{
	return &text_open(&lines_ops, fd)->sink;
}

struct sink *sink_array_open(int fd)
{
	return &text_open(&array_ops, fd)->sink;
}

struct sink *sink_csv_open(int fd, const struct columns *columns)
{
	return table_open(fd, columns, ',', "\r\n");
}

/* Opens a sink for TSV: CSV with tabs as separators, and with the line ends
 * that cut(1) and awk(1) expect. */
struct sink *sink_tsv_open(int fd, const struct columns *columns)
{
	return table_open(fd, columns, '\t', "\n");
}
