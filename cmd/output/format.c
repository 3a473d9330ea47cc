/* The table of --format: one row adds a format. */
#include "cmd/output/format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/suggest.h"

static struct sink *open_lines(int fd, const struct columns *columns)
{
	(void)columns;
	return sink_lines_open(fd);
}

static struct sink *open_array(int fd, const struct columns *columns)
{
	(void)columns;
	return sink_array_open(fd);
}

static struct sink *open_pretty(int fd, const struct columns *columns)
{
	(void)columns;
	return sink_pretty_open(fd, PRETTY);
}

static struct sink *open_coloured(int fd, const struct columns *columns)
{
	(void)columns;
	return sink_pretty_open(fd, PRETTY_COLOURED);
}

static struct sink *open_coloured_lines(int fd, const struct columns *columns)
{
	(void)columns;
	return sink_pretty_open(fd, PRETTY_COLOURED_LINES);
}

const struct format format_pretty = {"jsonl", NULL, open_pretty, NULL, NULL,
				     ""};
const struct format format_coloured = {"jsonl", NULL, open_coloured, NULL,
				       NULL, ""};
const struct format format_coloured_lines = {"jsonl", NULL,
					     open_coloured_lines, NULL, NULL,
					     ""};

/* Compares names as PostgreSQL does, which cuts them off after 63 bytes. */
static int compare_cut_off(const char *a, const char *b)
{
	return strncmp(a, b, 63);
}

const struct format formats[] = {
	{"jsonl", NULL, open_lines, NULL, NULL, " .jsonl .ndjson "},
	/* No extension: a file .json may have an array or lines. */
	{"json", NULL, open_array, NULL, NULL, ""},
	{"csv", strcmp, sink_csv_open, NULL, NULL, " .csv "},
	{"tsv", strcmp, sink_tsv_open, NULL, NULL, " .tsv .tab "},
	/* SQLite ignores letter case in column names. */
	{"sqlite", strcasecmp, NULL, sink_sqlite_open, NULL,
	 " .sqlite .sqlite3 .db "},
	{"postgres", compare_cut_off, NULL, sink_postgres_open, NULL, ""},
	/* No extension: the output is a folder. */
	{"md", NULL, NULL, NULL, sink_markdown_open, ""},
	{.name = NULL},
};

bool format_is_lines(const struct format *format)
{
	return format->open == open_lines || format->open_folder;
}

const struct format *format_find(const char *name)
{
	const struct format *f = formats;

	while (f->name && strcmp(f->name, name) != 0)
		f++;
	return f->name ? f : NULL;
}

const struct format *format_of_file(const char *path)
{
	const char *ending = strrchr(path, '.');
	const struct format *f = formats;

	if (!ending || strchr(ending, '/'))
		return NULL;
	while (f->name && !suggest_has_word(f->endings, ending))
		f++;
	return f->name ? f : NULL;
}
