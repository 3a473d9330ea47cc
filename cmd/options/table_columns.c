/* Checks options about tables: columns of the output, which depend on the
 * format and on the fields, and tables as input. */
#include "cmd/options/table_columns.h"

#include <string.h>

#include "base/mem.h"
#include "cmd/input/csv_file.h"
#include "cmd/options/command.h"
#include "cmd/options/config_file.h"
#include "cmd/output/columns.h"
#include "cmd/output/format.h"
#include "cmd/output/postgres_target.h"
#include "parse/extract/schema.h"

/* Adds the columns of the input table, other than the URLs, to the shape of
 * records. */
static void add_input(struct shape *shape, const struct options *o)
{
	const struct strings *names = &o->input_columns;
	struct shape *input;

	if (!o->csv.separator)
		return;
	input = shape_add(shape, (struct slice){"input", strlen("input")},
			  COLUMN_JSON);
	input->use = SHAPE_ASKED;
	input->is_flat = names->len > 0;
	input->is_open = !input->is_flat;
	for (size_t i = 0; i < names->len; i++)
		shape_add(input, (struct slice){names->items[i],
						strlen(names->items[i])},
			  COLUMN_TEXT);
}

struct columns *options_columns(const struct options *o, struct buf *why)
{
	struct shape *shape = o->crawl.map ? shape_of_map()
					   : shape_of_run(&o->engine.parse);
	struct columns *c;

	add_input(shape, o);
	if (o->format->open_database)
		shape_keep_time(shape);
	c = columns_new(shape, o->columns, o->format->compare, why);
	shape_free(shape);
	if (!c)
		return NULL;
	c->safe = o->csv_safe;
	c->bom = o->bom;
	c->items = options_have_items(o);
	return c;
}

static int check_postgres(const struct command_line *line)
{
	struct buf why = {0};
	int err = postgres_target_check(line->o.output, &why);

	if (err)
		command_line_fail(line, "--output: %s", buf_cstr(&why));
	buf_release(&why);
	return err;
}

static const struct format *default_format(const struct command_line *line)
{
	return line->command->bit == FOR_TABLE ? format_find("csv")
					       : &formats[0];
}

void output_ending_apply(struct command_line *line)
{
	struct options *o = &line->o;
	const unsigned writers =
		FOR_SCRAPE | FOR_EXTRACT | FOR_CRAWL | FOR_TABLE | FOR_WATCH;
	const struct format *format;

	if (line->has_format || !o->output || !(line->command->bit & writers) ||
	    postgres_target_is_url(o->output))
		return;
	format = format_of_file(o->output);
	if (!format)
		return;
	o->format = format;
	/* Note that the format is not from the user's own file. */
	config_file_note(line, "format");
}

int table_target_check(struct command_line *line)
{
	struct options *o = &line->o;
	const bool is_url = o->output && postgres_target_is_url(o->output);

	if (is_url && check_postgres(line))
		return -1;
	if (is_url && line->command->bit == FOR_GATHER)
		return command_line_fail(line, "--output: gather writes a JSON "
					 "document, which is not for a "
					 "database");
	if (is_url && line->command->bit & (FOR_DIFF | FOR_CHECK))
		return command_line_fail(line, "--output: this is "
					 "written to a file, not to a "
					 "database");
	if (is_url && o->format == default_format(line))
		o->format = format_find("postgres");
	if (is_url && o->format->open_database != sink_postgres_open)
		return command_line_fail(line, "--format %s is not for a "
					 "PostgreSQL database: leave it out",
					 o->format->name);
	if (o->format->open_database && !o->output)
		return command_line_fail(
			line, "--format %s needs %s", o->format->name,
			o->format->open_database == sink_postgres_open
				? "a database: --output "
				  "postgresql://USER@HOST/DATABASE"
				: "a file: --output FILE");
	if (!is_url && o->format->open_database == sink_postgres_open)
		return check_postgres(line);
	return 0;
}

/* Fails on options about tables if the format has no use for them. */
static int check_table_options(const struct command_line *line)
{
	const struct options *o = &line->o;
	const bool is_text = o->format->open == sink_csv_open ||
			     o->format->open == sink_tsv_open;

	if ((o->csv_safe || o->bom) && !is_text)
		return command_line_fail(line, "%s applies to --format csv and "
					 "tsv, not %s",
					 o->csv_safe ? "--csv-safe" : "--bom",
					 o->format->name);
	if (o->columns && !o->format->compare &&
	    line->command->bit != FOR_TABLE)
		return command_line_fail(line, "--columns applies to --format "
					       "csv, tsv, sqlite and postgres, not %s",
					 o->format->name);
	if ((o->table || o->upsert) && !o->format->open_database)
		return command_line_fail(line, "%s applies to --format sqlite "
					       "and postgres, not %s",
					 o->table ? "--table" : "--upsert",
					 o->format->name);
	return 0;
}

/* Fails if --upsert or --resume has no column by which to identify records. */
static int check_key(const struct command_line *line,
		     const struct columns *columns)
{
	size_t at;

	if (columns_find(columns, "url", &at))
		return 0;
	if (line->o.resume && line->o.format->open_database)
		return command_line_fail(line, "--resume compares records by "
					       "url, so --columns must have "
					       "url");
	if (!line->o.upsert)
		return 0;
	return command_line_fail(line, "--upsert replaces rows by url, so "
				       "--columns must have url");
}

int table_columns_check(const struct command_line *line)
{
	struct buf why = {0};
	struct columns *c;
	int err;

	if (check_table_options(line))
		return -1;
	/* `scrape table` takes its columns from the records that it reads, so
	 * there is nothing to check here. */
	if (!line->o.format->compare || line->command->bit == FOR_TABLE)
		return 0;
	c = options_columns(&line->o, &why);
	err = c ? 0
		: command_line_fail(line, "%s \"%.200s\": %s",
				    line->o.columns ? "--columns" : "--format",
				    line->o.columns ? line->o.columns
						    : line->o.format->name,
				    buf_cstr(&why));
	if (c)
		err = check_key(line, c);
	columns_free(c);
	buf_release(&why);
	return err;
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

static int fail_table(const struct command_line *line, const char *source,
		      struct buf *why)
{
	return command_line_fail(line, "--input-format: \"%.200s\": %s",
				 !strcmp(source, "-") ? "standard input"
						      : source,
				 buf_cstr(why));
}

/* Checks the first row of a source that is a file. *known becomes false if the
 * columns of the source are not known. Errors of the file itself are found
 * later. */
static int check_table(struct command_line *line, const char *source,
		       bool *known)
{
	struct csv_header header = {0};
	struct buf why = {0};
	int err = 0;

	if (strstr(source, "://"))
		return 0;
	switch (csv_file_header(&header, source, &line->o.csv, &why)) {
	case CSV_FILE_READ:
		add_columns(line, &header);
		break;
	case CSV_FILE_WRONG:
		err = fail_table(line, source, &why);
		break;
	case CSV_FILE_UNKNOWN:
		*known = false;
		break;
	case CSV_FILE_MISSING:
		break;
	}
	csv_header_release(&header);
	buf_release(&why);
	return err;
}

int input_tables_check(struct command_line *line)
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
		    check_table(line, line->sources[i].text, &known))
			return -1;
	if (!line->sources_len && !line->o.compare.workload &&
	    check_table(line, "-", &known))
		return -1;
	if (!known)
		o->input_columns.len = 0;
	return 0;
}
