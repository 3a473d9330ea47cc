/* Removes options of the user's own file that do not fit the command or its
 * other options. The file is for all commands, so such options are ignored; in
 * a -K file or as arguments they are errors. */
#include <string.h>

#include "cmd/options/config_file.h"
#include "cmd/output/format.h"
#include "parse/extract/schema.h"

/* Returns true if the command can write the chosen format. */
static bool can_write(const struct command_line *line)
{
	const struct options *o = &line->o;

	if (line->command->bit == FOR_TABLE && o->format->open_folder)
		return false;
	if (line->command->bit == FOR_WATCH || o->crawl.state)
		return format_is_lines(o->format);
	return o->format->open || o->output;
}

static bool is_text_table(const struct command_line *line)
{
	return line->o.format->compare && line->o.format->open;
}

static bool is_database(const struct command_line *line)
{
	return line->o.format->open_database != NULL;
}

static bool has_columns(const struct command_line *line)
{
	return line->o.format->compare != NULL;
}

static bool reads_table(const struct command_line *line)
{
	return line->o.csv.separator != '\0';
}

static bool obeys_robots(const struct command_line *line)
{
	return line->o.engine.robots;
}

static bool can_resume(const struct command_line *line)
{
	return line->command->bit == FOR_CRAWL ? line->o.crawl.state != NULL
					       : line->o.output != NULL;
}

static bool has_no_endpoints(const struct command_line *line)
{
	return !line->sources_len;
}

static bool has_roles(const struct command_line *line)
{
	return line->o.roles != NULL;
}

/* Options that only apply together with other options. applies(): returns true
 * if these are given. */
static const struct needy {
	const char *name;
	bool (*applies)(const struct command_line *line);
	size_t at, size;	/* member of struct command_line */
} needy[] = {
#define NEEDY(name, applies, member)                            \
	{name, applies, offsetof(struct command_line, member), \
	 sizeof(((struct command_line *)NULL)->member)}
	NEEDY("bom", is_text_table, o.bom),
	NEEDY("csv-safe", is_text_table, o.csv_safe),
	NEEDY("columns", has_columns, o.columns),
	NEEDY("table", is_database, o.table),
	NEEDY("upsert", is_database, o.upsert),
	NEEDY("column", reads_table, o.csv.column),
	NEEDY("robots-agent", obeys_robots, o.engine.robots_agent),
	NEEDY("resume", can_resume, o.resume),
	NEEDY("retry-failed", can_resume, o.retry),
	NEEDY("spec", has_no_endpoints, o.spec),
	NEEDY("rows", has_roles, o.crawl.rows),
#undef NEEDY
};

static size_t own_index(const struct command_line *line, const char *name)
{
	for (size_t i = 0; i < line->own.len; i++)
		if (!strcmp(line->own.items[i], name))
			return i;
	return line->own.len;
}

void config_file_note(struct command_line *line, const char *name)
{
	const size_t i = own_index(line, name);

	if (line->is_default_file && i == line->own.len)
		command_line_add(&line->own, name);
	else if (!line->is_default_file && i < line->own.len)
		line->own.items[i] = line->own.items[--line->own.len];
}

static bool is_own(const struct command_line *line, const char *name)
{
	return own_index(line, name) < line->own.len;
}

/* Removes --each or --items if it comes from the user's own file and nothing is
 * selected: --each without fields, and --items without --each, would be
 * errors. */
static void drop_each(struct command_line *line)
{
	struct schema *schema = line->o.schema;
	const bool each_is_own = is_own(line, "each") || is_own(line, "each-jq");

	if (!schema)
		return;
	if (schema->items && is_own(line, "items") && !schema->fields.each_query)
		schema->items = false;
	if (schema->fields.count ||
	    (schema->items && !is_own(line, "items")) ||
	    (schema->fields.each_query && !each_is_own))
		return;
	schema_free(schema);
	line->o.schema = NULL;
}

void config_file_drop_needy(struct command_line *line)
{
	drop_each(line);
	line->o.check.ignore_is_own = is_own(line, "ignore");
	if (is_own(line, "format") && !can_write(line))
		line->o.format = line->command->bit == FOR_TABLE
					 ? format_find("csv") : &formats[0];
	for (size_t i = 0; i < sizeof(needy) / sizeof(*needy); i++) {
		const struct needy *n = &needy[i];

		if (is_own(line, n->name) && !n->applies(line))
			memset((char *)line + n->at, 0, n->size);
	}
}
