/* Reads options from arguments and from the lines of -K files, by the table of
 * options, and reports mistakes. */
#include "cmd/options/command_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/options/compare.h"
#include "cmd/options/config_file.h"
#include "cmd/options/help.h"
#include "cmd/options/hints.h"
#include "cmd/options/hints/value_hints.h"
#include "cmd/options/host_section.h"
#include "cmd/options/secrets.h"
#include "cmd/options/table.h"

/* Quoted values are cut to this length in messages. */
#define QUOTED "\"%.200s\""

/* Longer than any name in the table of options. */
enum { SPELLED_MAX = 40 };

int command_line_fail(const struct command_line *line, const char *fmt, ...)
{
	struct buf text = {0};
	va_list args;
	char what[1024];

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	if (line->file)
		buf_addf(&text, "%.500s:%u: ",
			 strcmp(line->file, "-") != 0 ? line->file
						      : "standard input",
			 line->file_line);
	buf_addstr(&text, what);
	log_fatal("%s", buf_cstr(&text));
	buf_release(&text);
	return -1;
}

void command_line_add(struct strings *list, const char *s)
{
	list->items = xgrow(list->items, list->len, 1, sizeof(*list->items));
	list->items[list->len++] = s;
}

const char *command_line_keep(struct command_line *line, char *s)
{
	command_line_add(&line->o.kept, s);
	return s;
}

void command_line_add_source(struct command_line *line, const char *text,
			     bool is_url)
{
	const size_t len = line->sources_len;

	line->sources = xgrow(line->sources, len, 1, sizeof(*line->sources));
	line->sources[len] = (struct source){text, is_url, NULL};
	line->sources_len++;
}

int command_line_claim_stdin(struct command_line *line, const char *reader,
			     struct buf *why)
{
	if (line->stdin_user) {
		buf_addf(why, "standard input is read by --%s already",
			 line->stdin_user);
		return -1;
	}
	line->stdin_user = reader;
	return 0;
}

/* Cuts the text off after its first line, and returns the other lines, an
 * excerpt of the value that shows where the mistake is. NULL if there is one
 * line only. */
static char *cut_excerpt(struct buf *why)
{
	char *end = why->len ? memchr(why->data, '\n', why->len) : NULL;
	char *excerpt;

	if (!end)
		return NULL;
	excerpt = xmemdup(end + 1, why->len - (size_t)(end + 1 - why->data));
	why->len = (size_t)(end - why->data);
	return excerpt;
}

static void log_excerpt(char *excerpt)
{
	char *line, *next = excerpt;

	while ((line = strsep(&next, "\n")))
		log_more("%s", line);
	free(excerpt);
}

static void fail_value(const struct command_line *line,
		       const struct option_row *row, const char *spelled,
		       const char *value, const char *why)
{
	const char *hint = line->command->bit == FOR_COMPARE
				   ? NULL : value_hint(row->name, value);
	struct buf shown = {0};

	option_secrets_show(&shown, row, value);
	command_line_fail(line, "%s " QUOTED ": %s%s%s", spelled,
			  buf_cstr(&shown), why, hint ? "; " : "",
			  hint ? hint : "");
	buf_release(&shown);
}

static bool is_web_url(const char *s)
{
	return !strncmp(s, "http://", 7) || !strncmp(s, "https://", 8);
}

/* Fails if a URL is given where a file or a header belongs: it is probably
 * meant as a SOURCE. */
static int check_no_url(const struct command_line *line,
			const struct option_row *row, const char *spelled,
			const char *value)
{
	const bool is_header = !strcmp(row->name, "header");
	const bool is_jar = !strcmp(row->name, "cookie-jar");

	if (!is_web_url(value) ||
	    (!is_header && strcmp(row->arg, "FILE") != 0))
		return 0;
	fail_value(line, row, spelled, value,
		   is_header ? "this is a URL, not a header: \"Name: value\""
		   : is_jar  ? "this is a URL, not a FILE for cookies "
			       "(--resume continues a run)"
			     : "this is a URL, not a FILE");
	return -1;
}

/* Calls the setter of a row with the value. spelled is the option as
 * written. */
static int apply_row(struct command_line *line, const struct option_row *row,
		     const char *spelled, const char *value, bool no)
{
	struct buf why = {0};
	const struct option_use use = {
		.line = line,
		.row = row,
		.to = (char *)line + row->at,
		.spelled = spelled,
		.value = value,
		.no = no,
		.why = &why,
	};
	const size_t headers = line->o.engine.fetch.headers.len;
	char *excerpt;
	int err;

	if (!(option_is_for(row) & line->command->bit))
		return hint_refuse(line, row, spelled);
	if (value && check_no_url(line, row, spelled, value))
		return -1;
	err = row->set(&use);
	host_section_note(line, row, headers);
	config_file_note(line, row->name);
	/* Keep the options for other runs that use them, too: the runs of
	 * compare, and the other machines of a fleet. */
	if (!err && line->command->bit & (FOR_COMPARE | FOR_SCRAPE | FOR_CRAWL))
		compare_keep_option(&line->o.compare, row, value, no);
	if (value)
		option_secrets_hide(row, value);
	excerpt = cut_excerpt(&why);
	if (why.len && value)
		fail_value(line, row, spelled, value, buf_cstr(&why));
	else if (why.len)
		command_line_fail(line, "%s: %s", spelled, buf_cstr(&why));
	log_excerpt(excerpt);
	buf_release(&why);
	return err;
}

/* Fails because the option does not exist. The message has the advice of the
 * hint. */
static int fail_with_hint(const struct command_line *line, const char *dashes,
			  const char *name, const struct hint *hint)
{
	const char *command = line->command->name;

	if (!hint->is_elsewhere)
		return command_line_fail(line, "there is no option %s%.100s: "
					 "%s", dashes, name, hint->advice);
	return command_line_fail(line, "there is no option %s%.100s: %s; that "
				 "is for %s, not for scrape%s%s", dashes, name,
				 hint->advice,
				 *command ? "scrape" : "other commands",
				 *command ? " " : "", command);
}

static int fail_unknown_name(const struct command_line *line, const char *name)
{
	const struct hint hint = hint_name(name, strlen(name), line->commands,
					   line->command->bit);
	char *similar = option_suggest(name, line->command->bit);

	if (hint.advice)
		fail_with_hint(line, "--", name, &hint);
	else if (similar)
		command_line_fail(line,
				  "there is no option --%.100s; "
				  "did you mean --%s?",
				  name, similar);
	else
		command_line_fail(line, "there is no option --%.100s; "
				  "scrape --help lists all", name);
	free(similar);
	return -1;
}

/* Reads a long option. name is the text after "--", up to "=" or the end. */
static int long_option(struct command_line *line, const char *name,
		       const char *equals, const char *next, bool *used)
{
	const char *bare = option_expanded_name(name);
	const struct option_row *row = option_by_name(bare, strlen(bare));
	const bool no = !row && !strncmp(name, "no-", 3);
	const char *value = NULL;
	char spelled[SPELLED_MAX];

	if (no)
		row = option_by_name(name + 3, strlen(name + 3));
	if (!row || (no && !row->negatable))
		return fail_unknown_name(line, bare);
	snprintf(spelled, sizeof(spelled), "--%s", name);
	if (bare != name && !row->arg)
		return command_line_fail(line, "%s: --%s has no value to "
					 "expand", spelled, bare);
	row = option_variant(row, line->command->bit);
	if (no || !row->arg) {
		if (equals)
			return command_line_fail(line, "%s takes no value",
						 spelled);
	} else if (equals) {
		value = equals + 1;
	} else if (option_value_is_optional(row) && (!line->file || !next)) {
		;	/* The option has no value: the next argument is a
			 * SOURCE. In a -K file, the next word is the value. */
	} else if (next) {
		value = next;
		*used = true;
	} else {
		return command_line_fail(line, "%s needs a value: %s", spelled,
					 row->arg);
	}
	if (value && bare != name) {
		option_secrets_hide(row, value);
		value = option_expand(line, spelled, value);
		if (!value)
			return -1;
	}
	return apply_row(line, row, spelled, value, no);
}

/* Fails because of the option letter at `at`, inside of word: "-x" or
 * "-xyz". */
static int fail_unknown_letter(const struct command_line *line,
			       const char *word, const char *at)
{
	const char spelled[] = {'-', *at, '\0'};
	const struct hint hint = hint_letter(*at, line->commands,
					     line->command->bit);
	const bool is_first = at == word + 1;

	if (hint.advice)
		return fail_with_hint(line, "", spelled, &hint);
	return command_line_fail(line, "there is no option %s%s%.100s; "
				 "scrape --help lists all",
				 is_first ? "" : spelled,
				 is_first ? "" : " in ", word);
}

/* Fails if word is the name of a long option behind a single dash. Read as
 * letters, "-output x" would write to a file "utput". */
static int check_dashes(const struct command_line *line, const char *word)
{
	const size_t len = strcspn(word, "=");
	const struct option_row *row =
		len > 3 ? option_by_name(word + 1, len - 1) : NULL;

	if (!row || !strcmp(row->name, "help"))
		return 0;
	return command_line_fail(line, "there is no option %.100s; did you "
				 "mean --%s?", word, row->name);
}

/* Reads short options. word is "-x", "-xvalue", or several letters of which
 * only the last may take a value. A value that may be left out (-h) needs the
 * option's name. */
static int short_options(struct command_line *line, const char *word,
			 const char *next, bool *used)
{
	if (check_dashes(line, word))
		return -1;
	for (const char *p = word + 1; *p && !line->show; p++) {
		const struct option_row *row = option_by_letter(*p);
		const char spelled[] = {'-', *p, '\0'};
		const char *value = NULL;
		bool needs_value;

		if (!row)
			return fail_unknown_letter(line, word, p);
		row = option_variant(row, line->command->bit);
		needs_value = row->arg && !option_value_is_optional(row);
		if (needs_value && p[1]) {
			value = p + 1;
		} else if (needs_value && next) {
			value = next;
			*used = true;
		} else if (needs_value) {
			return command_line_fail(line, "%s needs a value: %s",
						 spelled, row->arg);
		}
		if (apply_row(line, row, spelled, value, false))
			return -1;
		if (value)
			break;
	}
	return 0;
}

int command_line_option(struct command_line *line, const char *word,
			const char *next, bool *used)
{
	const char *equals;
	char *name;
	int err;

	*used = false;
	if (!word[1])	/* happens only in a -K file: as an argument, "-" is a
			 * SOURCE */
		return command_line_fail(line, "there is no option -");
	if (word[1] != '-')
		return short_options(line, word, next, used);
	equals = strchr(word, '=');
	name = xmemdup(word + 2, equals ? (size_t)(equals - word - 2)
					: strlen(word + 2));
	err = long_option(line, name, equals, next, used);
	free(name);
	return err;
}

/* Reads arguments, up to the end or to an option like --help. Returns the index
 * of the next argument, or -1 after logging what is wrong. */
static int read_arguments(struct command_line *line, int argc, char **argv)
{
	bool options_ended = false, used;
	const char *before = NULL;
	int i;

	for (i = 1; i < argc && !line->show; i++) {
		const char *word = argv[i];

		if (options_ended || word[0] != '-' || !word[1]) {
			command_line_add_source(line, word, false);
			line->sources[line->sources_len - 1].after = before;
			before = NULL;
			option_secrets_hide_source(word);
			continue;
		}
		if (!strcmp(word, "--")) {
			options_ended = true;
			continue;
		}
		if (command_line_option(line, word,
					i + 1 < argc ? argv[i + 1] : NULL,
					&used))
			return -1;
		before = used ? NULL : word;
		if (used && is_web_url(argv[i + 1]))
			line->url_taker = word;
		i += used;
	}
	return i;
}

int command_line_read(struct command_line *line, int argc, char **argv)
{
	const int next = read_arguments(line, argc, argv);

	if (next < 0)
		return -1;
	return line->help ? help_choose(line, argv[next]) : 0;
}

void command_line_release(struct command_line *line)
{
	free(line->sources);
	free(line->texts.items);
	free(line->given.headers.items);
	free(line->own.items);
	variables_release(&line->variables);
	buf_release(&line->data);
	buf_release(&line->query);
}
