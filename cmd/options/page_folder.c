/* Turns --output DIR into the file with the records, so that everything that
 * reads or writes that file works as it does for JSON lines. */
#include "cmd/options/page_folder.h"

#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "cmd/options/command.h"
#include "cmd/output/format.h"
#include "cmd/output/markdown/page_name.h"

/* Returns why this cannot be the folder, or NULL. */
static const char *folder_conflict(const char *path)
{
	struct stat st;

	if (!path || strstr(path, "://"))
		return "writes a file for each page and needs a folder for "
		       "them: --output DIR";
	if (!stat(path, &st) && !S_ISDIR(st.st_mode))
		return "writes a file for each page, and --output is a file: "
		       "give a folder";
	return NULL;
}

/* Returns why the command and its other options do not go with --format md, or
 * NULL. */
static const char *format_conflict(const struct command_line *line)
{
	if (line->command->bit == FOR_TABLE)
		return "writes Markdown, which saved records may not have: "
		       "give it to scrape, scrape crawl or scrape extract";
	if (line->o.crawl.map)
		return "and --map contradict each other: --map reads no pages "
		       "for records";
	return folder_conflict(line->o.output);
}

/* Returns the path of the folder without slashes at its end. */
static const char *without_slashes(struct command_line *line, const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return path[len] ? command_line_keep(line, xmemdup(path, len)) : path;
}

int page_folder_apply(struct command_line *line)
{
	struct options *o = &line->o;
	struct parse_config *parse = &o->engine.parse;
	const char *why;

	if (!o->format->open_folder)
		return 0;
	why = format_conflict(line);
	if (why)
		return command_line_fail(line, "--format md %s", why);
	o->folder.path = without_slashes(line, o->output);
	o->output = command_line_keep(line, xasprintf("%s/%s", o->folder.path,
						      PAGE_NAME_RECORDS));
	o->folder.keeps_article = parse->article;
	parse->article = true;
	if (parse->markdown == MARKDOWN_NOT)
		parse->markdown = MARKDOWN_MAIN;
	return 0;
}
