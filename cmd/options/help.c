/* Prints --help from the tables of commands, options, modes and workloads, and
 * --version. */
#include "cmd/options/help.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/library/sqlite.h"
#include "cmd/engine/modes.h"
#include "cmd/options/command_line.h"
#include "cmd/options/table.h"
#include "cmd/options/version.h"
#include "cmd/workload/workload.h"
#include "parse/library.h"

/* Declared here as in <curl/curl.h>, <ares.h> and <libxml/xmlversion.h>,
 * because only fetch/ and parse/ include these headers, and only the versions
 * are needed here. */
char *curl_version(void);
const char *ares_version(int *number);

/* Column at which help texts begin. */
enum { HELP_COLUMN = 32 };

/* Size of a terminal without the line of the prompt. */
enum { SCREEN_LINES = 23, SCREEN_COLUMNS = 80 };

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_INPUT] = "Input",
	[GROUP_OUTPUT] = "Output",
	[GROUP_EXTRACTION] = "Extraction",
	[GROUP_GATHER] = "Gather",
	[GROUP_CRAWL] = "Crawl",
	[GROUP_WATCH] = "Watch",
	[GROUP_TABLE] = "Table",
	[GROUP_COMPARE] = "Compare",
	[GROUP_DIFF] = "Differences",
	[GROUP_CHECK] = "Check",
	[GROUP_FLEET] = "Machines",
	[GROUP_MERGE] = "Merge",
	[GROUP_COLLECT] = "Collect",
	[GROUP_ARCHIVE] = "Archive",
	[GROUP_LIMITS] = "Limits",
	[GROUP_REQUEST] = "Requests",
	[GROUP_LOGIN] = "Logins",
	[GROUP_NETWORK] = "Network",
	[GROUP_TLS] = "TLS",
	[GROUP_RUN] = "Running",
	[GROUP_GENERAL] = "General",
};

static void print_row(const struct option_row *r)
{
	char left[80];
	int len;

	if (r->letter)
		len = snprintf(left, sizeof(left), "  -%c, --", r->letter);
	else
		len = snprintf(left, sizeof(left), "      --");
	len += snprintf(left + len, sizeof(left) - (size_t)len, "%s%s%s",
			r->name,
			r->arg && !option_value_is_optional(r) ? " " : "",
			r->arg ? r->arg : "");
	printf("%-*s %s\n", HELP_COLUMN, left, r->help);
}

static void print_commands(const struct command_line *line)
{
	const struct command *command = line->command;
	char left[80];

	printf("Usage: scrape%s%s [OPTIONS] %s\n%s\n",
	       *command->name ? " " : "", command->name, command->usage,
	       command->help);
	if (*command->name)
		return;
	printf("\nOther commands (scrape COMMAND --help lists the options of "
	       "each)\n");
	for (const struct command *c = line->commands + 1; c->name; c++) {
		snprintf(left, sizeof(left), "  scrape %s %s", c->name,
			 c->usage);
		printf("%-*s %s\n", HELP_COLUMN, left, c->brief);
	}
}

/* Prints the options of the category, "": of all. */
static void print_options(const struct command *command, const char *category)
{
	enum option_group group = GROUP_COUNT;

	for (const struct option_row *r = option_rows; r->name; r++) {
		if (!(option_is_for(r) & command->bit) ||
		    (*category && strcasecmp(category, group_titles[r->group])))
			continue;
		if (r->group != group)
			printf("\n%s\n", group_titles[r->group]);
		group = r->group;
		print_row(r);
	}
}

/* Calls f for each group that has an option of the command. */
static void each_category(const struct command *command,
			  void (*f)(struct buf *to, const char *title),
			  struct buf *to)
{
	enum option_group group = GROUP_COUNT;

	for (const struct option_row *r = option_rows; r->name; r++) {
		if (!(option_is_for(r) & command->bit) || r->group == group)
			continue;
		group = r->group;
		f(to, group_titles[group]);
	}
}

static void add_category(struct buf *to, const char *title)
{
	buf_addstr(to, to->len ? ", " : "");
	for (; *title; title++)
		buf_addch(to, (char)tolower((unsigned char)*title));
}

int help_choose(struct command_line *line, const char *next)
{
	struct buf all = {0};

	if (!*line->help && next && *next != '-')
		line->help = next;
	if (!*line->help || !strcasecmp(line->help, "all"))
		return 0;
	for (const struct option_row *r = option_rows; r->name; r++)
		if (option_is_for(r) & line->command->bit &&
		    !strcasecmp(line->help, group_titles[r->group]))
			return 0;
	if (*command_find(line->commands, line->help)->name) {
		line->command = command_find(line->commands, line->help);
		line->help = "";
		return 0;
	}
	each_category(line->command, add_category, &all);
	command_line_fail(line, "there is no category \"%.100s\" of options; "
			  "there are %s", line->help, buf_cstr(&all));
	buf_release(&all);
	return -1;
}

static void print_modes(void)
{
	printf("\nModes\n");
	for (const struct mode *m = modes; m->name; m++)
		printf("  %-12s %s%s\n", m->name, m->help,
		       m == modes ? " (the default)" : "");
	printf("\nA page that takes longer than --parse-timeout to parse gives "
	       "a parse error. In\nmode fork its process is killed. In the "
	       "other modes this limit is only for pages\nthat are read with "
	       "--xpath, --jq or a regex: their thread is abandoned.\n");
}

static void print_workloads(void)
{
	printf("\nWorkloads, each with a server of its own on loopback\n");
	for (const struct workload_row *w = workloads; w->name; w++)
		printf("  %-12s %s\n", w->name, w->help);
}

static const char *exit_codes(const struct command *command)
{
	if (command->bit == FOR_DIFF)
		return "0 no record differs, 1 some do, 2 usage, 3 a file "
		       "could not be read, or has\nlines that are not records.";
	if (command->bit == FOR_CHECK)
		return "0 nothing is broken, 1 something is broken (or of "
		       "--fail-on), 2 usage,\n3 the run was not completed.";
	if (command->bit == FOR_MERGE)
		return "0 every request has its records, once; 1 some have "
		       "none, or several; 2 usage,\n3 a file could not be read, "
		       "or has lines that are not records.";
	if (command->bit == FOR_WATCH)
		return "0 the watch was stopped by a signal, or the round was "
		       "made; 1 some requests have\nerrors (with --fail), 2 "
		       "usage, 3 the run was not completed.";
	if (command->bit == FOR_FLEET)
		return "0 the action was done, and the job has ended "
		       "(collect); 2 usage, 3 the action\nwas not completed.";
	if (command->bit == FOR_TABLE)
		return "0 every record is in the table, 1 some lines were not "
		       "records, 2 usage,\n3 the table was not completed.";
	if (command->bit == FOR_GATHER)
		return "0 every endpoint has answered, 1 some have failed, 2 "
		       "usage,\n3 the run was not completed.";
	return "0 every request has its record, 1 some have errors (with "
	       "--fail), 2 usage,\n3 the run was not completed.";
}

void help_print(const struct command_line *line)
{
	const struct command *command = line->command;

	if (*line->help && strcasecmp(line->help, "all") != 0) {
		print_options(command, line->help);
		return;
	}
	print_commands(line);
	print_options(command, "");
	if (!(command->bit & (FOR_RECORDS | FOR_FLEET)))
		print_modes();
	if (command->bit == FOR_COMPARE)
		print_workloads();
	printf("\nValues in parentheses are defaults. Most options without a "
	       "value also have a\n--no-NAME form. man scrape describes all "
	       "options in detail. Exit codes:\n%s\n",
	       exit_codes(command));
}

/* The options of -h, the most important first. */
static const char *const important[] = {
	"output", "select",	  "jq",	  "article", "markdown", "format",
	"resume", "host-rate",	  "retry-failed",
	"spec",	  "every", "once", "state", "status", "level", "scope", "each",   "max-pages",
	"from-page", "fragments", "sitemap", "fail-on", "ignore", "baseline",
	"slow",	  "robots", "accept", "exclude",
	"stream", "var",	  "parallel-max", "header", "user",
	"columns", "table",	  "modes", "repeat",	   "records",
	"links",  "base-url", "fields",
};

static unsigned count_lines(const char *text)
{
	unsigned lines = 0;

	while ((text = strchr(text, '\n'))) {
		lines++;
		text++;
	}
	return lines;
}

/* Prints important options of the command, at most as many as `lines`. */
static void print_important(const struct command *command, unsigned lines)
{
	for (size_t i = 0; lines && i < sizeof(important) / sizeof(*important);
	     i++) {
		const struct option_row *row = option_variant(
			option_by_name(important[i], strlen(important[i])),
			command->bit);

		if (!(option_is_for(row) & command->bit))
			continue;
		print_row(row);
		lines--;
	}
}

/* Breaks the text at spaces into lines that fit a terminal. */
static void wrap(char *text)
{
	char *line = text, *space = NULL;

	for (char *p = text; *p; p++) {
		if (*p == ' ')
			space = p;
		if (p - line < SCREEN_COLUMNS || !space)
			continue;
		*space = '\n';
		line = space + 1;
		space = NULL;
	}
}

/* Returns the last lines of -h, which name the categories of options; the
 * caller frees them. */
static char *describe_more(const struct command *command)
{
	struct buf all = {0};
	struct buf text = {0};
	char *more;

	each_category(command, add_category, &all);
	buf_addf(&text, "--help lists all options, --help CATEGORY a part: "
			"%s.", buf_cstr(&all));
	buf_release(&all);
	more = buf_detach(&text);
	wrap(more);
	return more;
}

void help_print_short(const struct command_line *line)
{
	const struct command *command = line->command;
	char *more = describe_more(command);
	/* Lines used by titles, commands and the last lines, and not by
	 * options. */
	unsigned used = 2 + count_lines(command->examples) + 1 + 1 +
			count_lines(more) + 1;

	printf("Usage: scrape%s%s [OPTIONS] %s\n\n%s\n",
	       *command->name ? " " : "", command->name, command->usage,
	       command->examples);
	for (const struct command *c = line->commands + 1;
	     !*command->name && c->name; c++, used++)
		printf("  scrape %-22s %s\n", c->name, c->brief);
	if (!*command->name) {
		printf("\n");
		used++;
	}
	print_important(command, SCREEN_LINES - used);
	printf("\n%s\n", more);
	free(more);
}

static void print_xml_version(void)
{
	const unsigned version = parse_xml_version();

	if (version)
		printf("libxml2/%u.%u.%u", version / 10000, version / 100 % 100,
		       version % 100);
	else
		printf("libxml2/missing");
}

void version_print(const struct command_line *line)
{
	(void)line;
	printf("scrape %s\n", SCRAPE_VERSION);
	printf("%s c-ares/%s ", curl_version(), ares_version(NULL));
	print_xml_version();
	printf(" jansson/%s SQLite/%s\n", jansson_version_str(),
	       library_try(&sqlite_library) ? sqlite3_libversion() : "missing");
}
