/* Values of options that a shell can offer. */
#include <string.h>

#include "cmd/check/findings.h"
#include "cmd/engine/modes.h"
#include "cmd/workload/workload.h"
#include "packaging/completions/completions.h"

/* The values of options whose values are names. */
static const struct {
	const char *option;
	unsigned commands;	/* bits, as in cmd/options/command.h */
	const char *words;
} lists[] = {
	{"color", ~0U, "always never auto"},
	{"format", FOR_COMPARE, "table json html"},
	{"format", FOR_DIFF, "table jsonl md html csv"},
	{"format", FOR_CHECK, "table jsonl md html csv junit"},
	{"format", FOR_TABLE, "jsonl json csv tsv sqlite postgres"},
	{"format", FOR_WATCH, "jsonl json"},
	{"format", ~(unsigned)FOR_COMPARE,
	 "jsonl json csv tsv sqlite postgres md"},
	{"log-format", ~0U, "text json"},
	{"markdown", ~0U, "main page"},
	{"input-format", ~0U, "lines csv tsv"},
	{"proto-default", ~0U, "https http"},
	{"resume", ~(unsigned)FOR_CRAWL, "url"},
	{"retry-failed", ~0U, "timeout 5xx 4xx 404"},
	{"scope", ~0U, "page prefix host domain any"},
	{"sitemaps", ~0U, "auto only off"},
	{"type", ~0U, "auto html xml json jsonl text"},
	{"request", ~0U, "GET HEAD POST PUT PATCH DELETE OPTIONS"},
	{"host-rate", ~0U, "none"},
};

bool option_fits(const struct option_row *row, const struct command *command)
{
	return option_is_for(row) & command->bit;
}

static const char *mode_words(void)
{
	static char words[128];

	*words = '\0';
	for (const struct mode *m = modes; m->name; m++)
		snprintf(words + strlen(words), sizeof(words) - strlen(words),
			 "%s%s", m == modes ? "" : " ", m->name);
	return words;
}

static const char *workload_words(void)
{
	static char words[256];

	*words = '\0';
	for (const struct workload_row *w = workloads; w->name; w++)
		snprintf(words + strlen(words), sizeof(words) - strlen(words),
			 "%s%s", w == workloads ? "" : " ", w->name);
	return words;
}

/* Returns a list of words: the kinds of findings, and then `others`. */
static const char *finding_words(const char *others)
{
	static char words[512];

	*words = '\0';
	for (int kind = 0; kind < FINDING_KINDS; kind++)
		snprintf(words + strlen(words), sizeof(words) - strlen(words),
			 "%s ", finding_name((enum finding_kind)kind));
	snprintf(words + strlen(words), sizeof(words) - strlen(words), "%s",
		 others);
	return words;
}

const char *command_words(const struct command *command)
{
	return command->bit == FOR_FLEET
		       ? "collect status pause resume stop delete" : "";
}

const char *value_words(const struct option_row *row,
			const struct command *command)
{
	if (!strcmp(row->name, "fail-on"))
		return finding_words("warning notice none");
	if (!strcmp(row->name, "ignore") && command->bit == FOR_CHECK)
		return finding_words("warning notice");
	if (!strcmp(row->name, "mode"))
		return mode_words();
	if (!strcmp(row->name, "workload"))
		return workload_words();
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (!strcmp(lists[i].option, row->name) &&
		    lists[i].commands & command->bit)
			return lists[i].words;
	return "";
}

enum value_kind value_kind(const struct option_row *row,
			   const struct command *command)
{
	if (!row->arg)
		return VALUE_NONE;
	if (option_value_is_optional(row))
		return VALUE_OPTIONAL;
	if (*value_words(row, command))
		return VALUE_WORDS;
	if (strstr(row->arg, "FILE"))
		return VALUE_FILE;
	return strstr(row->arg, "DIR") ? VALUE_FOLDER : VALUE_ANY;
}
