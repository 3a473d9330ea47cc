/* Defaults, and the checks that need several options together. Options that
 * contradict each other are errors, found before anything is fetched. */
#include "cmd/options/options.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/units.h"
#include "cmd/engine/modes.h"
#include "cmd/options/body.h"
#include "cmd/options/command_line.h"
#include "cmd/options/config_file.h"
#include "cmd/options/extraction.h"
#include "cmd/options/hints/value_hints.h"
#include "cmd/options/host_section.h"
#include "cmd/options/page_folder.h"
#include "cmd/options/resume.h"
#include "cmd/options/roles.h"
#include "cmd/options/secrets.h"
#include "cmd/options/sources.h"
#include "cmd/options/table_columns.h"
#include "cmd/options/version.h"
#include "cmd/output/format.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"

/* Default limits: requests in flight in all and per host, and the msec between
 * two starts of requests to a public host (20 a second). */
enum { PARALLEL_MAX = 64, PARALLEL_MAX_HOST = 8, PUBLIC_INTERVAL = 50 };

/* Returns the number of processors that this process may use: in a container or
 * under taskset fewer than the machine has. */
static unsigned processors(void)
{
	cpu_set_t set;
	long online;

	if (!sched_getaffinity(0, sizeof(set), &set))
		return (unsigned)CPU_COUNT(&set);
	/* EINVAL: the machine has more processors than fit the set. */
	online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (unsigned)online : 1;
}

static const struct fetch_config default_fetch = {
	.proto_default = "https",
	.user_agent = "scrape/" SCRAPE_VERSION,
	.connect_timeout = 10e3,
	.max_time = 30e3,
	.retry = 2,
	.retry_max_time = 60e3,
	.max_redirs = 10,
	.max_filesize = 16 << 20,
};

static void set_defaults(struct command_line *line)
{
	*line = (struct command_line){
		.o = {
			.engine = {
				.fetch = default_fetch,
				.limits.public_interval = PUBLIC_INTERVAL,
				.mode = &modes[0],
				.workers = processors(),
				.parse_timeout = 10e3,
			},
			.format = &formats[0],
			.check = {.slow = 2e3, .cert_days = 14},
			.archive.max_size = WARC_MAX_SIZE,
		},
		.location = true,
		.warc_compression = true,
	};
}

/* Returns the default of --parse-memory in bytes. While a body is parsed, it is
 * in memory several times: decoded, converted, and in its record. */
static uint64_t default_parse_memory(uint64_t max_filesize)
{
	const uint64_t usual = (uint64_t)1 << 30;

	if (max_filesize >= UNITS_SIZE_MAX / 8)
		return UNITS_SIZE_MAX;
	return max_filesize * 8 > usual ? max_filesize * 8 : usual;
}

static void apply_limits(struct command_line *line)
{
	struct fetch_config *f = &line->o.engine.fetch;

	if (!line->location)
		f->max_redirs = 0;
	if (line->command->bit == FOR_CRAWL)
		crawl_apply_limits(line);
	if (line->command->bit != FOR_GATHER)
		options_apply_limits(&line->o, 0);
	line->o.engine.parse.max_filesize = f->max_filesize;
	line->o.engine.parse.tls_info = f->tls_info;
	line->o.archive.is_plain = !line->warc_compression;
	if (!line->o.engine.parse_memory)
		line->o.engine.parse_memory =
			default_parse_memory(f->max_filesize);
}

/* Checks, before the run, that a file can be written at its end. */
static int check_writable(const struct command_line *line, const char *option,
			  const char *path)
{
	struct buf why = {0};
	int err = 0;

	if (path && file_check_writable(path, &why))
		err = command_line_fail(line, "%s \"%.200s\" cannot be "
					"written: %s", option, path,
					buf_cstr(&why));
	buf_release(&why);
	return err;
}

static bool is_same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* Fails if two options write to the same file. */
static int check_distinct(const struct command_line *line)
{
	const struct options *o = &line->o;
	const struct {
		const char *option, *path;
	} files[] = {
		{"--output", o->output},
		{"--summary", o->summary},
		{"--report", o->report},
		{"--log", o->log},
		{"--skipped", o->crawl.skipped},
	};
	const size_t count = sizeof(files) / sizeof(*files);

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			if (is_same(files[i].path, files[j].path))
				return command_line_fail(
					line, "%s and %s are the same file",
					files[i].option, files[j].option);
	return 0;
}

static int check_results(const struct command_line *line)
{
	const struct options *o = &line->o;

	if (check_distinct(line) ||
	    check_writable(line, "--summary", o->summary) ||
	    check_writable(line, "--skipped", o->crawl.skipped))
		return -1;
	if (line->command->bit == FOR_COMPARE &&
	    check_writable(line, "--output", o->output))
		return -1;
	return check_writable(line, "--report", o->report);
}

/* Warns about cookie files that cannot be read: an argument without "=" names a
 * file, but a cookie may have been meant. It is not an error, because curl
 * ignores such files. The cookie jar is not checked, because it does not exist
 * before the first run. */
static void check_cookies(const struct fetch_config *f)
{
	for (size_t i = 0; i < f->cookie_files.len; i++) {
		const char *name = f->cookie_files.items[i];

		if (!*name || !strcmp(name, "-") ||
		    (f->cookie_jar && !strcmp(f->cookie_jar, name)))
			continue;
		if (access(name, R_OK))
			log_warn("--cookie \"%.200s\": no cookies are read "
				 "from that file: %s (a cookie itself is "
				 "NAME=VALUE)", name, strerror(errno));
	}
}

/* Fails on options that add to the record of a page if --items is given, which
 * would ignore them silently. */
static int check_items_options(const struct command_line *line)
{
	const struct parse_config *p = &line->o.engine.parse;
	const struct {
		const char *name;
		bool given;
	} rows[] = {
		{"--links", p->links},
		{"--headers", p->headers},
		{"--body", p->body},
		{"--meta", p->meta},
		{"--format md", line->o.folder.path},
		{"--article", p->article},
		{"--markdown", p->markdown != MARKDOWN_NOT},
		{"--tls-info", line->o.engine.fetch.tls_info},
	};

	if (!options_have_items(&line->o))
		return 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].given)
			return command_line_fail(
				line, "--items and %s contradict each other: "
				"the line of an item has nothing of its page "
				"but index, url and status; leave one of them "
				"out", rows[i].name);
	return 0;
}

static int finish_extraction(struct command_line *line)
{
	struct options *o = &line->o;
	struct buf why = {0};
	int result = 0;

	if (extraction_check(line) || roles_check_fields(line))
		return -1;
	o->engine.parse.timeout =
		o->engine.mode->kills || o->engine.parse_timeout == MSEC_NEVER
			? 0
			: o->engine.parse_timeout;
	o->engine.parse.deadline_threads = o->engine.workers;
	o->engine.parse.schema = o->schema;
	if (o->schema)
		result = schema_finish(o->schema, &why);
	if (result)
		command_line_fail(line, "%s", buf_cstr(&why));
	buf_release(&why);
	if (result || roles_finish_options(line))
		return -1;
	return check_items_options(line);
}

static int check_sandbox(const struct command_line *line)
{
	const struct options *o = &line->o;

	if (!o->engine.require_sandbox || o->engine.mode->kills)
		return 0;
	return command_line_fail(line, "--require-sandbox needs --mode fork: "
				 "with --mode %s pages are read in the program "
				 "itself", o->engine.mode->name);
}

static int check_robots(const struct command_line *line)
{
	if (line->o.engine.robots || !line->o.engine.robots_agent)
		return 0;
	return command_line_fail(line, "--robots-agent needs --robots");
}

static int check_files(struct command_line *line)
{
	if (line->o.stream && line->o.dry_run)
		return command_line_fail(line, "--stream and --dry-run "
					 "contradict each other");
	if (table_target_check(line) || check_sandbox(line) ||
	    check_robots(line) || check_results(line) ||
	    input_tables_check(line) || table_columns_check(line) ||
	    sources_validate(line))
		return -1;
	return resume_options_check(line);
}

/* Messages up to here are mistakes in the options, which are read on standard
 * error. */
static int apply_message_options(struct command_line *line)
{
	const char *log = line->o.log;

	/* compare prints nothing to standard output before its end. */
	line->o.coloured = line->color == CHOICE_ON ||
			   (!line->o.output &&
			    terminal_wants_colour(line->color));
	line->o.progress = terminal_wants_progress(
		line->meter, line->silent,
		line->command->bit != FOR_COMPARE && !line->o.output);
	log_set_level(line->verbose  ? LOG_VERBOSE
		      : line->silent ? LOG_QUIET
				     : LOG_NORMAL);
	if (log && log_open(log))
		return command_line_fail(line, "--log \"%.200s\" cannot be "
					 "written: %s", log, strerror(errno));
	log_set_json(line->log_json);
	return 0;
}

static bool is_one_url_on_a_terminal(const struct command_line *line)
{
	const struct strings *sources = &line->o.sources;

	return sources->len == 1 && isatty(STDOUT_FILENO) &&
	       (line->command->bit == FOR_EXTRACT
			? strcmp(sources->items[0], "-") != 0
			: strstr(sources->items[0], "://") != NULL);
}

/* Chooses indented JSON or lines of JSON, with or without colours. */
static int choose_layout(struct command_line *line)
{
	struct options *o = &line->o;
	bool is_coloured;

	if (line->pretty == CHOICE_ON && line->own_pretty != CHOICE_ON &&
	    (o->format != &formats[0] || o->output))
		return command_line_fail(line, "--pretty is for JSON lines on "
					 "standard output");
	if (o->format != &formats[0] || o->output ||
	    !(line->command->bit & (FOR_SCRAPE | FOR_EXTRACT)))
		return 0;
	is_coloured = terminal_wants_colour(line->color);
	if (line->pretty == CHOICE_ON ||
	    (line->pretty != CHOICE_OFF && is_one_url_on_a_terminal(line)))
		o->format = is_coloured ? &format_coloured : &format_pretty;
	else if (is_coloured)
		o->format = &format_coloured_lines;
	return 0;
}

static enum options_result read_and_check(struct command_line *line, int argc,
					  char **argv)
{
	const bool has_bad_file =
		config_file_read_default(line, argc > 1 ? argv[1] : "") != 0;

	if (has_bad_file && !command_asks_for_help(argc, argv))
		return OPTIONS_EXIT_USAGE;
	line->own_pretty = line->pretty;
	if (command_line_read(line, argc, argv))
		return OPTIONS_EXIT_USAGE;
	if (line->show) {
		line->show(line);
		return OPTIONS_EXIT_OK;
	}
	output_ending_apply(line);
	config_file_drop_needy(line);
	option_secrets_register(line);
	if (host_sections_finish(line))
		return OPTIONS_EXIT_USAGE;
	check_options_apply(line);
	if (body_finish(line) || page_folder_apply(line) ||
	    finish_extraction(line))
		return OPTIONS_EXIT_USAGE;
	apply_limits(line);
	if (line->command->bit == FOR_CRAWL && crawl_check_options(line))
		return OPTIONS_EXIT_USAGE;
	if (line->command->bit == FOR_WATCH && watch_check_options(line))
		return OPTIONS_EXIT_USAGE;
	if (check_files(line))
		return OPTIONS_EXIT_USAGE;
	if (choose_layout(line))
		return OPTIONS_EXIT_USAGE;
	if (apply_message_options(line))
		return OPTIONS_EXIT_USAGE;
	if (line->verbose)
		roles_trace_filters(&line->o);
	if (line->command->bit & (FOR_SCRAPE | FOR_EXTRACT | FOR_CRAWL) &&
	    line->o.output && line->o.format == &formats[0])
		value_hint_output(line->o.output);
	audit_format_hint(line);
	if (compare_apply_defaults(line))
		return OPTIONS_EXIT_USAGE;
	check_cookies(&line->o.engine.fetch);
	header_hint(line);
	return OPTIONS_RUN;
}

void options_apply_limits(struct options *o, unsigned concurrency)
{
	struct fetch_config *f = &o->engine.fetch;

	if (!f->parallel_max)
		f->parallel_max = concurrency ? concurrency : PARALLEL_MAX;
	if (!f->parallel_max_host)
		f->parallel_max_host =
			concurrency ? concurrency : PARALLEL_MAX_HOST;
	if (f->parallel_max_host > f->parallel_max)
		f->parallel_max_host = f->parallel_max;
	o->engine.limits.parallel_max = f->parallel_max;
	o->engine.limits.parallel_max_host = f->parallel_max_host;
}

enum options_result options_parse(struct options *o,
				  const struct command *commands,
				  const struct command *command, int argc,
				  char **argv)
{
	struct command_line line;
	enum options_result result;

	set_defaults(&line);
	line.commands = commands;
	line.command = command;
	if (command->bit == FOR_TABLE)
		line.o.format = format_find("csv");
	if (command->bit == FOR_CRAWL)
		crawl_set_defaults(&line);
	result = read_and_check(&line, argc, argv);
	*o = line.o;
	command_line_release(&line);
	return result;
}

static void release_strings(struct strings *list)
{
	free(list->items);
	*list = (struct strings){0};
}

void options_release(struct options *o)
{
	for (size_t i = 0; i < o->kept.len; i++)
		free((char *)o->kept.items[i]);
	release_strings(&o->kept);
	release_strings(&o->crawl.domains);
	release_strings(&o->crawl.excluded);
	release_strings(&o->crawl.accepted);
	release_strings(&o->crawl.rejected);
	release_strings(&o->check.excluded);
	release_strings(&o->crawl.ignored);
	release_strings(&o->archive.headers);
	release_strings(&o->crawl.sitemap_urls);
	schema_free(o->schema);
	o->schema = NULL;
	roles_free(o->roles);
	o->roles = NULL;
	compare_options_release(&o->compare);
	release_strings(&o->sources);
	release_strings(&o->vars);
	release_strings(&o->input_columns);
	release_strings(&o->engine.fetch.headers);
	release_strings(&o->engine.fetch.file_headers);
	host_rules_release(&o->engine.fetch.hosts);
	release_strings(&o->engine.fetch.cookies);
	release_strings(&o->engine.fetch.cookie_files);
	release_strings(&o->engine.fetch.resolve);
}
