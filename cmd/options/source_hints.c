/* Guesses the meaning of a SOURCE that does not exist. */
#include "cmd/options/source_hints.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/suggest.h"
#include "cmd/options/table.h"

/* If the word is no longer than this, a flag before it is mentioned: the word
 * may be meant as the flag's value. */
enum { SHORT_WORD = 12 };

/* Words that may be meant as a command, with advice. needs: a command that must
 * exist for the row to be used; or NULL. */
static const struct {
	const char *words, *needs, *advice;
} commands[] = {
	{" crawl spider runspider mirror follow ", "crawl",
	 "scrape crawl URL follows links"},
	{" crawl spider runspider mirror follow ", NULL,
	 "links are not followed; \"scrape --links URL | jq -r '.links[]?' | "
	 "scrape -\" requests them"},
	{" fetch get download run start load request requests curl wget open "
	 "url urls list scrape all ", NULL,
	 "there is no command for that: scrape URL..., or scrape FILE with a "
	 "list of URLs"},
	{" post put delete patch head options trace ", NULL,
	 "a method is set by -X METHOD"},
	{" help man usage ", NULL,
	 "scrape --help lists the options, and man scrape explains them"},
	{" version ", NULL, "scrape --version prints it"},
	{" table tocsv to-csv csv2json convert export transform flatten format "
	 "reshape ", "table", "scrape table RECORDS... reshapes saved records"},
	{" table tocsv to-csv csv2json convert export transform flatten format "
	 "reshape ", NULL,
	 "there is no such command; --format csv, tsv or sqlite writes a "
	 "table"},
	{" parse html read local offline file files page ", NULL,
	 "scrape extract FILE... reads files"},
	{" jq query filter ", NULL,
	 "--jq NAME=FILTER makes a field of JSON"},
	{" select css pup htmlq selector field ", NULL,
	 "--select NAME=CSS makes a field"},
	{" xpath xidel xmllint ", NULL, "--xpath NAME=XPATH makes a field"},
	{" sitemap sitemaps feed rss ", NULL,
	 "scrape --xpath 'loc[]=//*[local-name()=\"loc\"]' URL reads a "
	 "sitemap"},
	{" bench benchmark speed profile perf modes ", NULL,
	 "scrape compare SOURCE... compares the modes"},
	{" resume continue restart ", NULL,
	 "--resume continues the run that wrote -o FILE"},
	{" retry retry-failed repeat ", NULL,
	 "--retry N sets the number of further attempts, and --retry-failed "
	 "repeats the requests of -o FILE that failed"},
	{" test validate linkcheck links status ping audit ", NULL,
	 "scrape check SOURCE... reports broken pages and links"},
	{" api batch join merge multi graphql aggregate ", NULL,
	 "scrape gather NAME=URL... requests several endpoints"},
	{" shell repl view startproject genspider init new install settings "
	 "config login logout completion completions serve server daemon "
	 "update upgrade edit parse-page ", NULL,
	 "there is no such command; scrape --help lists them"},
};

/* Tags that a selector may consist of. */
static const char tags[] = " a h1 h2 h3 h4 h5 h6 p div span img li ul ol table "
			   "tr td th title body article section main time "
			   "meta link ";

static const char *command_advice(const struct command_line *line,
				  const char *word)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		const char *needs = commands[i].needs;

		if (suggest_has_word(commands[i].words, word) &&
		    (!needs || *command_find(line->commands, needs)->name))
			return commands[i].advice;
	}
	return NULL;
}

/* Returns the format that a word names, or NULL. */
static const char *format_of(const char *word)
{
	static const struct {
		const char *words, *format;
	} formats[] = {
		{" csv excel xlsx xls ", "csv"},
		{" tsv tab tabs ", "tsv"},
		{" json pretty ", "json"},
		{" jsonl ndjson jsonlines jl ", "jsonl"},
		{" sqlite sqlite3 db sql ", "sqlite"},
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (suggest_has_word(formats[i].words, word))
			return formats[i].format;
	return NULL;
}

/* Returns the option that was written directly before the source and takes no
 * value; NULL if there is none. */
static const struct option_row *flag_before(const struct source *source)
{
	const char *word = source->after;
	const struct option_row *row;

	if (!word)
		return NULL;
	row = word[1] == '-' ? option_by_name(word + 2, strlen(word + 2))
			     : option_by_letter(word[strlen(word) - 1]);
	return row && !row->arg ? row : NULL;
}

/* Returns true for texts like ".items[]", "//h1", "#id" and "h1{text}", which
 * are rarely file names. */
static bool looks_like_query(const char *s)
{
	if (*s == '#' || !strncmp(s, "//", 2) || strstr(s, "::"))
		return true;
	if (*s == '.' && (ascii_is_letter(s[1]) || s[1] == '['))
		return !strchr(s, '/');
	return suggest_has_word(tags, s) || strpbrk(s, "{}[]>");
}

static const char *query_advice(const char *s)
{
	if (!strncmp(s, "//", 2))
		return "--xpath NAME=XPATH makes a field";
	if (*s == '.')
		return "--jq NAME=FILTER makes a field of JSON, --select "
		       "NAME=CSS one of HTML";
	return "--select NAME=CSS makes a field";
}

/* Returns advice for a text in the syntax of httpie, name=value or Name:value;
 * or NULL. */
static const char *item_advice(const char *s)
{
	const size_t len = strcspn(s, "=:");

	if (!s[len] || !len || s[strcspn(s, "/.@?")] || ascii_is_digit(*s))
		return NULL;
	if (s[len] == ':' && s[len + 1] == '=')
		return "--json TEXT sends JSON";
	if (s[len] == ':')
		return ascii_is_digit(s[len + 1])
			       ? NULL : "-H \"Name: value\" sends a header";
	if (s[len + 1] == '=')
		return "write parameters into the URL";
	return "-d name=value sends a form; parameters are written into the "
	       "URL";
}

static bool flag_hint(struct buf *out, const struct source *source)
{
	const struct option_row *flag = flag_before(source);

	if (!flag || strlen(source->text) > SHORT_WORD ||
	    source->text[strcspn(source->text, "/.:")])
		return false;
	buf_addf(out, "--%s before it takes no value", flag->name);
	return true;
}

bool source_hint(struct buf *out, const struct command_line *line,
		 const struct source *source)
{
	const char *text = source->text;
	const char *format = format_of(text);
	const struct option_row *flag = flag_before(source);
	const bool is_first = source == line->sources;
	const char *advice = NULL;

	if (format) {
		buf_addf(out, "the format is --format %s", format);
		if (flag && flag->letter == 'f')
			buf_addstr(out, "; -f is --fail");
		return true;
	}
	if (is_first && line->command->bit == FOR_SCRAPE)
		advice = command_advice(line, text);
	if (!advice && text[strcspn(text, "*?")] && !strchr(text, '='))
		advice = "no file has a name like that";
	if (!advice && looks_like_query(text))
		advice = query_advice(text);
	if (!advice && line->command->bit == FOR_SCRAPE)
		advice = item_advice(text);
	if (advice)
		buf_addstr(out, advice);
	return advice || flag_hint(out, source);
}

int source_fail_url(const struct command_line *line, const char *url,
		    const char *what)
{
	struct buf shown = {0};

	secret_url_show(&shown, url, strlen(url));
	command_line_fail(line, "\"%.200s\"%s", buf_cstr(&shown), what);
	buf_release(&shown);
	return -1;
}

int source_fail_local_url(const struct command_line *line, const char *url)
{
	char *what = xasprintf(" is a URL: scrape %s reads %s",
			       line->command->name,
			       line->command->bit == FOR_EXTRACT
				       ? "files" : "saved records");

	source_fail_url(line, url, what);
	free(what);
	return -1;
}
