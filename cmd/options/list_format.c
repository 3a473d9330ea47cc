/* Reads the names of the columns of tables before anything is fetched: one
 * without URLs is a usage error, and the output has the columns, too. */
#include "cmd/options/list_format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/input/csv_header.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"

enum { HEADER_MAX = 1 << 20, BLOCK = 64 << 10 };

int opt_input_format(const struct option_use *use)
{
	static const struct {
		const char *name;
		char separator;
	} formats[] = {{"lines", '\0'}, {"csv", ','}, {"tsv", '\t'}};
	char *separator = use->to;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (strcmp(use->value, formats[i].name) != 0)
			continue;
		*separator = formats[i].separator;
		return 0;
	}
	buf_addstr(use->why, "must be one of lines, csv, tsv");
	return -1;
}

/* Reads up to the end of the first row, or to HEADER_MAX. Returns false if
 * there is none. */
static bool read_first_row(struct csv *csv, struct lines *bytes, int fd,
			   off_t at)
{
	while (!csv_next(csv, bytes)) {
		ssize_t len;

		if (bytes->ended || lines_pending(bytes) >= HEADER_MAX)
			return false;
		len = pread(fd, lines_reserve(bytes, BLOCK), BLOCK, at);
		if (len < 0 && errno != EINTR)
			return false;
		if (len > 0)
			lines_added(bytes, (size_t)len);
		else if (!len)
			lines_end(bytes);
		at += len > 0 ? len : 0;
	}
	return true;
}

static bool has_column(const struct options *o, const char *name)
{
	for (size_t i = 0; i < o->input_columns.len; i++)
		if (!strcmp(o->input_columns.items[i], name))
			return true;
	return false;
}

static void add_columns(struct command_line *line, const struct csv_header *h)
{
	for (size_t i = 0; i < h->len; i++)
		if (i != h->url && !has_column(&line->o, h->names[i]))
			command_line_add(&line->o.input_columns,
					 command_line_keep(line,
						xstrdup(h->names[i])));
}

static int check_header(struct command_line *line, const char *name, int fd,
			off_t at)
{
	struct csv csv = {.separator = line->o.csv.separator};
	struct csv_header header = {0};
	struct lines bytes = {0};
	struct buf why = {0};
	int err = 0;

	if (read_first_row(&csv, &bytes, fd, at))
		err = csv_header_read(&header, &csv, line->o.csv.column, &why);
	if (err)
		command_line_fail(line, "--input-format: \"%.200s\": %s", name,
				  buf_cstr(&why));
	else
		add_columns(line, &header);
	csv_header_release(&header);
	csv_release(&csv);
	lines_release(&bytes);
	buf_release(&why);
	return err;
}

/* Checks a source, if it is a file that can be read again. *known becomes false
 * if its columns are not known. What is wrong with the file itself is found
 * later (cmd/options/sources.h). */
static int check_source(struct command_line *line, const char *text,
			bool *known)
{
	const bool is_stdin = !strcmp(text, "-");
	struct stat st;
	off_t at = 0;
	int fd, err;

	if (strstr(text, "://"))
		return 0;
	if (is_stdin ? fstat(STDIN_FILENO, &st) : stat(text, &st))
		return 0;
	if (S_ISREG(st.st_mode) && is_stdin)
		at = lseek(STDIN_FILENO, 0, SEEK_CUR);
	if (!S_ISREG(st.st_mode) || at < 0) {
		*known = false;
		return 0;
	}
	fd = is_stdin ? STDIN_FILENO
		      : open(text, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return 0;
	err = check_header(line, is_stdin ? "standard input" : text, fd, at);
	if (!is_stdin)
		close(fd);
	return err;
}

int list_format_check(struct command_line *line)
{
	struct options *o = &line->o;
	bool known = true;

	if (!o->csv.separator)
		return o->csv.column
			       ? command_line_fail(line, "--column needs "
						   "--input-format csv or tsv")
			       : 0;
	for (size_t i = 0; i < line->sources_len; i++)
		if (!line->sources[i].is_url &&
		    check_source(line, line->sources[i].text, &known))
			return -1;
	if (!line->sources_len && !line->o.compare.workload &&
	    check_source(line, "-", &known))
		return -1;
	if (!known)
		o->input_columns.len = 0;
	return 0;
}
